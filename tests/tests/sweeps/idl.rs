//! What the committed IDLs say of instructions, their accounts and arguments.

use {
    serde_json::Value,
    upside_sdk::{Pubkey, index, state},
};

/// One account of an instruction.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its name; those of a group have the group's before a dot.
    pub name: String,
    /// Whether it signs.
    pub signer: bool,
    /// Whether it is written.
    pub writable: bool,
    /// Whether the program's own address may stand for nothing.
    pub optional: bool,
}

/// A type of account that a program owns.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// Its first eight bytes.
    pub discriminator: [u8; 8],
    /// Whose it is.
    pub owner: Pubkey,
}

/// The IDL of one program.
pub struct Idl {
    /// The program's address.
    pub program: Pubkey,
    value: Value,
}

impl Idl {
    /// The personal token's.
    pub fn personal_token() -> Idl {
        let text = include_str!("../../../idl/personal_token.json");
        Idl::of(state::PROGRAM_ID, text)
    }

    /// The pooled index's.
    pub fn pooled_index() -> Idl {
        let text = include_str!("../../../idl/pooled_index.json");
        Idl::of(index::PROGRAM_ID, text)
    }

    fn of(program: Pubkey, text: &str) -> Idl {
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(value["address"], program.to_string());
        Idl { program, value }
    }

    fn list(&self, name: &str) -> &Vec<Value> {
        self.value[name].as_array().unwrap()
    }

    fn instruction(&self, name: &str) -> &Value {
        let named = |one: &&Value| one["name"] == name;
        self.list("instructions").iter().find(named).unwrap()
    }

    /// Names of all instructions.
    pub fn instructions(&self) -> Vec<&str> {
        let names = self.list("instructions").iter();
        names.map(|one| one["name"].as_str().unwrap()).collect()
    }

    /// Types of the accounts that the program owns.
    pub fn kinds(&self) -> Vec<Kind> {
        let kinds = self.list("accounts").iter();
        kinds
            .map(|kind| Kind {
                name: kind["name"].as_str().unwrap().to_string(),
                discriminator: serde_json::from_value(kind["discriminator"].clone()).unwrap(),
                owner: self.program,
            })
            .collect()
    }

    /// The discriminator of an instruction.
    pub fn discriminator(&self, name: &str) -> [u8; 8] {
        serde_json::from_value(self.instruction(name)["discriminator"].clone()).unwrap()
    }

    /// The accounts of an instruction in their order.
    pub fn slots(&self, name: &str) -> Vec<Slot> {
        let mut slots = Vec::new();
        flatten("", &self.instruction(name)["accounts"], &mut slots);
        slots
    }

    /// Where the data of a call has length prefixes of four bytes, and that the
    /// arguments end where the data does.
    pub fn lengths(&self, name: &str, data: &[u8]) -> Vec<usize> {
        let mut reader = Reader {
            idl: self,
            data,
            at: 8,
            lengths: Vec::new(),
        };
        for argument in self.instruction(name)["args"].as_array().unwrap() {
            reader.skip(&argument["type"]);
        }
        assert_eq!(reader.at, data.len(), "{name}: arguments of another length");
        reader.lengths
    }
}

fn flatten(group: &str, accounts: &Value, slots: &mut Vec<Slot>) {
    for account in accounts.as_array().unwrap() {
        let name = format!("{group}{}", account["name"].as_str().unwrap());
        if account.get("accounts").is_some() {
            flatten(&format!("{name}."), &account["accounts"], slots);
            continue;
        }
        let is = |flag: &str| account.get(flag) == Some(&Value::Bool(true));
        slots.push(Slot {
            signer: is("signer"),
            writable: is("writable"),
            optional: is("optional"),
            name,
        });
    }
}

/// Walks borsh data along its type.
struct Reader<'a> {
    idl: &'a Idl,
    data: &'a [u8],
    at: usize,
    lengths: Vec<usize>,
}

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        self.at += 1;
        self.data[self.at - 1]
    }

    fn length(&mut self) -> usize {
        self.lengths.push(self.at);
        self.at += 4;
        let bytes = self.data[self.at - 4..self.at].try_into().unwrap();
        u32::from_le_bytes(bytes) as usize
    }

    fn skip(&mut self, kind: &Value) {
        if let Some(name) = kind.as_str() {
            self.at += match name {
                "bool" | "u8" | "i8" => 1,
                "u16" | "i16" => 2,
                "u32" | "i32" => 4,
                "u64" | "i64" => 8,
                "u128" | "i128" => 16,
                "pubkey" => 32,
                "string" | "bytes" => self.length(),
                other => panic!("the type {other} is not known here"),
            };
        } else if let Some(element) = kind.get("vec") {
            for _ in 0..self.length() {
                self.skip(element);
            }
        } else if let Some(array) = kind.get("array") {
            for _ in 0..array[1].as_u64().unwrap() {
                self.skip(&array[0]);
            }
        } else if let Some(inner) = kind.get("option") {
            if self.byte() == 1 {
                self.skip(inner);
            }
        } else {
            let name = &kind["defined"]["name"];
            let types = self.idl.list("types");
            let found = types.iter().find(|one| one["name"] == *name).unwrap();
            let found = &found["type"];
            match found["kind"].as_str().unwrap() {
                "struct" => self.fields(found),
                "enum" => {
                    let variant = usize::from(self.byte());
                    self.fields(&found["variants"][variant]);
                }
                other => panic!("the kind {other} is not known here"),
            }
        }
    }

    fn fields(&mut self, of: &Value) {
        for field in of["fields"].as_array().into_iter().flatten() {
            // Fields of tuples are types, those of structs have one.
            self.skip(field.get("type").unwrap_or(field));
        }
    }
}
