//! What bytes of accounts and instructions mean by a program's IDL, as lines of text.

use {serde_json::Value, upside_sdk::Pubkey};

/// An IDL of a program.
pub struct Idl(Value);

impl Idl {
    /// Parses an IDL.
    ///
    /// # Panics
    /// If the text is no JSON.
    pub fn parse(text: &str) -> Idl {
        Idl(serde_json::from_str(text).expect("an IDL is JSON"))
    }

    /// Names of its types of accounts.
    pub fn accounts(&self) -> Vec<&str> {
        let accounts = self.0["accounts"].as_array().into_iter().flatten();
        accounts.filter_map(|it| it["name"].as_str()).collect()
    }

    /// Names of its instructions.
    pub fn instructions(&self) -> Vec<&str> {
        let all = self.0["instructions"].as_array().into_iter().flatten();
        all.filter_map(|it| it["name"].as_str()).collect()
    }

    /// The first eight bytes of what has a name in a list of the IDL.
    fn discriminator(&self, list: &str, name: &str) -> Vec<u8> {
        let bytes = self.named(list, name)["discriminator"].as_array();
        let bytes = bytes.expect("it has a discriminator").iter();
        bytes.map(|byte| byte.as_u64().unwrap_or(0) as u8).collect()
    }

    fn named(&self, list: &str, name: &str) -> &Value {
        let mut all = self.0[list].as_array().into_iter().flatten();
        all.find(|it| it["name"] == name)
            .unwrap_or_else(|| panic!("the IDL has no {name} in {list}"))
    }

    /// Whether an account's bytes begin as those of this type.
    pub fn is_account(&self, name: &str, data: &[u8]) -> bool {
        data.starts_with(&self.discriminator("accounts", name))
    }

    /// The fields of an account that are not zero.
    ///
    /// # Errors
    /// If the bytes are too short, too long or of another type.
    pub fn account(&self, name: &str, data: &[u8]) -> Result<String, String> {
        let start = self.discriminator("accounts", name);
        let mut reader = Reader::new(self, &start, data)?;
        reader.defined("", name)?;
        reader.end()
    }

    /// The arguments of an instruction.
    ///
    /// # Errors
    /// As [`Idl::account`].
    pub fn instruction(&self, name: &str, data: &[u8]) -> Result<String, String> {
        let start = self.discriminator("instructions", name);
        let mut reader = Reader::new(self, &start, data)?;
        reader.zeros = true;
        reader.fields("", &self.named("instructions", name)["args"])?;
        reader.end()
    }
}

/// Reads bytes in the order of fields. Accounts have no padding between fields, so that
/// they are read as Borsh is.
struct Reader<'a> {
    idl: &'a Idl,
    data: &'a [u8],
    lines: String,
    /// Whether zeros are written too.
    zeros: bool,
}

impl<'a> Reader<'a> {
    fn new(idl: &'a Idl, start: &[u8], data: &'a [u8]) -> Result<Reader<'a>, String> {
        Ok(Reader {
            idl,
            data: data.strip_prefix(start).ok_or("another discriminator")?,
            lines: String::new(),
            zeros: false,
        })
    }

    fn end(self) -> Result<String, String> {
        match self.data.len() {
            0 => Ok(self.lines),
            more => Err(format!("{more} bytes too many")),
        }
    }

    fn take(&mut self, length: usize, path: &str) -> Result<&'a [u8], String> {
        let parts = self.data.split_at_checked(length);
        let (taken, rest) = parts.ok_or_else(|| format!("{path} is cut off"))?;
        self.data = rest;
        Ok(taken)
    }

    fn number(&mut self, length: usize, path: &str) -> Result<u128, String> {
        let mut bytes = [0; 16];
        bytes[..length].copy_from_slice(self.take(length, path)?);
        Ok(u128::from_le_bytes(bytes))
    }

    fn length(&mut self, path: &str) -> Result<usize, String> {
        usize::try_from(self.number(4, path)?).map_err(|_| format!("{path} is too long"))
    }

    fn line(&mut self, path: &str, value: impl std::fmt::Display, zero: bool) {
        if self.zeros || !zero {
            let path = path.trim_start_matches('.');
            self.lines += &format!("{path} = {value}\n");
        }
    }

    fn fields(&mut self, path: &str, fields: &Value) -> Result<(), String> {
        for (place, field) in fields.as_array().into_iter().flatten().enumerate() {
            match field["name"].as_str() {
                Some(name) => self.value(&format!("{path}.{name}"), &field["type"])?,
                // The only field of a number with a unit.
                None if place == 0 => self.value(path, field)?,
                None => self.value(&format!("{path}.{place}"), field)?,
            }
        }
        Ok(())
    }

    fn defined(&mut self, path: &str, name: &str) -> Result<(), String> {
        let kind = &self.idl.named("types", name)["type"];
        if kind["kind"] == "struct" {
            return self.fields(path, &kind["fields"]);
        }
        let tag = self.number(1, path)? as usize;
        let variant = &kind["variants"][tag];
        let chosen = variant["name"]
            .as_str()
            .ok_or_else(|| format!("{path}: {name} has no variant {tag}"))?;
        self.line(path, chosen, false);
        self.fields(&format!("{path}.{chosen}"), &variant["fields"])
    }

    fn value(&mut self, path: &str, kind: &Value) -> Result<(), String> {
        if let Some(name) = kind.as_str() {
            return self.plain(path, name);
        }
        if let Some(name) = kind["defined"]["name"].as_str() {
            return self.defined(path, name);
        }
        if let Some(item) = kind.get("option") {
            return match self.number(1, path)? {
                0 => {
                    self.line(path, "none", true);
                    Ok(())
                }
                _ => self.value(path, item),
            };
        }
        let (item, length) = match (kind.get("vec"), kind["array"].as_array()) {
            (Some(item), _) => {
                let length = self.length(path)?;
                self.line(&format!("{path}.length"), length, length == 0);
                (item, length)
            }
            (None, Some(array)) => (&array[0], array[1].as_u64().unwrap_or(0) as usize),
            _ => return Err(format!("{path}: unknown type {kind}")),
        };
        if item == "u8" {
            return self.bytes(path, length);
        }
        (0..length).try_for_each(|place| self.value(&format!("{path}[{place}]"), item))
    }

    fn plain(&mut self, path: &str, name: &str) -> Result<(), String> {
        let length = match name {
            "bool" | "u8" => 1,
            "u16" => 2,
            "u32" => 4,
            "u64" => 8,
            "u128" => 16,
            "i64" => {
                let number = self.number(8, path)? as u64 as i64;
                self.line(path, number, number == 0);
                return Ok(());
            }
            "pubkey" => {
                let key: [u8; 32] = self.take(32, path)?.try_into().map_err(|_| path)?;
                self.line(path, Pubkey::from(key), key == [0; 32]);
                return Ok(());
            }
            "string" => {
                let length = self.length(path)?;
                let text = String::from_utf8_lossy(self.take(length, path)?);
                self.line(path, format!("{text:?}"), false);
                return Ok(());
            }
            "bytes" => {
                let length = self.length(path)?;
                return self.bytes(path, length);
            }
            _ => return Err(format!("{path}: unknown type {name}")),
        };
        let number = self.number(length, path)?;
        self.line(path, number, number == 0);
        Ok(())
    }

    fn bytes(&mut self, path: &str, length: usize) -> Result<(), String> {
        let bytes = self.take(length, path)?;
        let zero = bytes.iter().all(|byte| *byte == 0);
        self.line(path, hex(bytes), zero);
        Ok(())
    }
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of hexadecimal digits.
///
/// # Panics
/// If there are other characters.
pub fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    let digits = digits.map(|pair| std::str::from_utf8(pair).expect("ASCII"));
    digits
        .map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal digits"))
        .collect()
}
