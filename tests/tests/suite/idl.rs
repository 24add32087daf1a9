//! What the IDLs note about addresses holds for the call of every case.

use {
    serde_json::Value, solana_program::instruction::Instruction, std::collections::BTreeMap,
    upside_sdk::Pubkey, upside_tests::cases,
};

/// An account of an instruction, as the IDL describes it.
struct Slot<'a> {
    name: &'a str,
    about: &'a Value,
}

fn read(name: &str) -> Value {
    let path = format!("{}/../idl/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the committed IDL");
    serde_json::from_str(&text).expect("JSON")
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn bytes(value: &Value) -> Vec<u8> {
    let all = value.as_array().expect("bytes").iter();
    all.map(|byte| byte.as_u64().expect("a byte") as u8)
        .collect()
}

/// The accounts of an instruction, those of nested lists in their place.
fn slots<'a>(accounts: &'a [Value], into: &mut Vec<Slot<'a>>) {
    for about in accounts {
        match about["accounts"].as_array() {
            Some(nested) => slots(nested, into),
            None => into.push(Slot {
                name: about["name"].as_str().expect("a name"),
                about,
            }),
        }
    }
}

/// The address that the IDL notes for a slot, if it notes one.
fn noted(slot: &Slot, program: &Pubkey, given: &BTreeMap<&str, Pubkey>) -> Option<Pubkey> {
    if let Some(fixed) = slot.about["address"].as_str() {
        return Some(fixed.parse().expect("an address"));
    }
    let made = slot.about.get("pda")?;
    let seeds: Vec<Vec<u8>> = list(made, "seeds")
        .iter()
        .map(|seed| match seed["path"].as_str() {
            Some(path) => given[path].to_bytes().to_vec(),
            None => bytes(&seed["value"]),
        })
        .collect();
    let seeds: Vec<&[u8]> = seeds.iter().map(Vec::as_slice).collect();
    let by = match made.get("program") {
        Some(program) => bytes(&program["value"]).try_into().expect("32 bytes"),
        None => *program,
    };
    Some(Pubkey::find_program_address(&seeds, &by).0)
}

/// Compares one call with the IDL, and notes what was found.
fn compare(idl: &Value, case: &str, call: &Instruction, wrong: &mut Vec<String>) -> usize {
    let described = list(idl, "instructions").iter();
    let instruction = described
        .clone()
        .find(|it| call.data.starts_with(&bytes(&it["discriminator"])))
        .expect("every call is described");
    let mut all = Vec::new();
    slots(list(instruction, "accounts"), &mut all);
    let keys = call.accounts.iter().map(|meta| meta.pubkey);
    let given: BTreeMap<&str, Pubkey> = all.iter().map(|slot| slot.name).zip(keys).collect();
    let mut count = 0;
    for (slot, meta) in all.iter().zip(&call.accounts) {
        let left_out = slot.about["optional"] == true && meta.pubkey == call.program_id;
        let Some(address) = noted(slot, &call.program_id, &given).filter(|_| !left_out) else {
            continue;
        };
        count += 1;
        if address != meta.pubkey {
            wrong.push(format!("{case}: {}", slot.name));
        }
    }
    count
}

#[test]
fn noted_addresses_are_those_of_every_call() {
    let (token, index) = (read("personal_token"), read("pooled_index"));
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (name, make) in cases::CASES {
        count += compare(&token, name, &make().instruction, &mut wrong);
    }
    for (name, make) in cases::index::CASES {
        count += compare(&index, name, &make().instruction, &mut wrong);
    }
    assert!(
        wrong.is_empty(),
        "{} are others:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    // Not vacuous: calls have about two such accounts each.
    assert!(count > 400, "only {count} addresses are noted");
}
