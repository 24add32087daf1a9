//! `docs/REFERENCE.md`: accounts, instructions, events and errors of the programs, from
//! their IDLs.

use {serde_json::Value, std::fmt::Write as _};

/// Fields that hold nothing.
const EMPTY: [&str; 2] = ["padding", "reserved"];

/// The whole text, of the IDLs in this order.
pub fn text(idls: &[Value]) -> String {
    let mut out = String::from(
        "# Reference\n\nEvery instruction, account, event and error of the programs. Written by \
         `cargo xtask idl` from the IDLs in `idl/`: change the doc comments in the programs, not \
         this file.\n\n\
         Of an account, *signs* and *written* say what the instruction does with it, and\n\
         *address* from what it follows where it is not given freely. All integers are\n\
         little-endian.\n",
    );
    let mut known: Vec<&Value> = Vec::new();
    for idl in idls {
        program(idl, &known, &mut out);
        known.extend(list(&idl["types"]));
    }
    out
}

/// Limits, and the prefixes of addresses.
fn constants(all: &[Value], name: &str, out: &mut String) {
    let _ = write!(out, "\n### Constants of {name}\n");
    let _ = write!(out, "\n| constant | value | |\n| --- | --- | --- |\n");
    for it in all {
        let value = word(&it["value"]);
        let bytes = value.trim_matches(['[', ']']).split(", ");
        let bytes: Option<Vec<u8>> = bytes.map(|byte| byte.parse().ok()).collect();
        let shown = match (word(&it["type"]), bytes) {
            ("bytes", Some(bytes)) => format!("\"{}\"", String::from_utf8_lossy(&bytes)),
            _ => value.to_owned(),
        };
        let docs: Vec<&str> = list(&it["docs"]).iter().map(word).collect();
        let docs = docs.join(" ");
        let _ = writeln!(out, "| `{}` | `{shown}` | {docs} |", word(&it["name"]));
    }
}

/// One program. `known` are the types of those before, which it may use too.
fn program(idl: &Value, known: &[&Value], out: &mut String) {
    let name = word(&idl["metadata"]["name"]);
    let _ = write!(out, "\n## {name}\n\nAddress `{}`.\n", word(&idl["address"]));
    let _ = write!(out, "\n### Instructions of {name}\n");
    for it in list(&idl["instructions"]) {
        heading(it, out);
        let arguments = list(&it["args"]);
        if !arguments.is_empty() {
            let all: Vec<_> = arguments.iter().map(argument).collect();
            let _ = write!(out, "\nArguments: {}.\n", all.join(", "));
        }
        let _ = write!(
            out,
            "\n| account | | address | |\n| --- | --- | --- | --- |\n"
        );
        slots(list(&it["accounts"]), out);
    }
    constants(list(&idl["constants"]), name, out);
    let types = list(&idl["types"]);
    let named = |name: &Value| types.iter().find(|it| it["name"] == *name);
    let part = |title: &str, key: &str, out: &mut String| {
        let _ = write!(out, "\n### {title} of {name}\n");
        for it in list(&idl[key]).iter().filter_map(|it| named(&it["name"])) {
            described(it, out);
        }
    };
    part("Accounts", "accounts", out);
    part("Events", "events", out);
    let _ = write!(out, "\n### Types of {name}\n");
    let apart = |it: &&Value| {
        let of = |key: &str| {
            list(&idl[key])
                .iter()
                .any(|other| other["name"] == it["name"])
        };
        !of("accounts") && !of("events") && !known.contains(it)
    };
    for it in types.iter().filter(apart) {
        described(it, out);
    }
    let _ = write!(
        out,
        "\n### Errors of {name}\n\n| number | name | |\n| ---: | --- | --- |\n"
    );
    for it in list(&idl["errors"]) {
        let (code, name, text) = (&it["code"], word(&it["name"]), word(&it["msg"]));
        let _ = writeln!(out, "| {code} | `{name}` | {} |", cell(text));
    }
}

/// A type with its fields or variants.
fn described(it: &Value, out: &mut String) {
    heading(it, out);
    let kind = &it["type"];
    let fields = list(&kind["fields"]);
    let shown = |field: &&Value| {
        !EMPTY
            .iter()
            .any(|empty| word(&field["name"]).contains(empty))
    };
    if fields
        .iter()
        .any(|field| field.is_object() && field.get("name").is_some())
    {
        let _ = write!(out, "\n| field | type | |\n| --- | --- | --- |\n");
        for field in fields.iter().filter(shown) {
            let docs = cell(&joined(&field["docs"]));
            let _ = writeln!(
                out,
                "| `{}` | `{}` | {docs} |",
                word(&field["name"]),
                of(&field["type"])
            );
        }
    }
    let variants = list(&kind["variants"]);
    if !variants.is_empty() {
        let _ = write!(out, "\n| variant | fields |\n| --- | --- |\n");
        for variant in variants {
            let fields: Vec<_> = list(&variant["fields"]).iter().map(field).collect();
            let _ = writeln!(
                out,
                "| `{}` | {} |",
                word(&variant["name"]),
                fields.join(", ")
            );
        }
    }
}

/// A field of a variant, with or without a name.
fn field(it: &Value) -> String {
    match it.get("name") {
        Some(name) => format!("`{}: {}`", word(name), of(&it["type"])),
        None => format!("`{}`", of(it)),
    }
}

fn argument(it: &Value) -> String {
    format!("`{}: {}`", word(&it["name"]), of(&it["type"]))
}

fn heading(it: &Value, out: &mut String) {
    let _ = write!(out, "\n#### {}\n", word(&it["name"]));
    let docs = joined(&it["docs"]);
    if !docs.is_empty() {
        let _ = write!(out, "\n{docs}\n");
    }
}

/// The rows of an instruction's accounts, those of nested lists in their place.
fn slots(accounts: &[Value], out: &mut String) {
    for it in accounts {
        if it.get("accounts").is_some() {
            slots(list(&it["accounts"]), out);
            continue;
        }
        let marks = [
            ("signer", "signs"),
            ("writable", "written"),
            ("optional", "optional"),
        ];
        let marks = marks.iter().filter(|(key, _)| it[*key] == true);
        let marks: Vec<_> = marks.map(|(_, mark)| *mark).collect();
        let address = match (it["address"].as_str(), it.get("pda")) {
            (Some(fixed), _) => format!("`{fixed}`"),
            (None, Some(made)) => derived(made),
            (None, None) => String::new(),
        };
        let docs = cell(&joined(&it["docs"]));
        let _ = writeln!(
            out,
            "| `{}` | {} | {address} | {docs} |",
            word(&it["name"]),
            marks.join(", ")
        );
    }
}

/// Seeds in words: texts in quotation marks, slots by name.
fn derived(made: &Value) -> String {
    let seed = |seed: &Value| match seed["path"].as_str() {
        Some(path) => format!("`{path}`"),
        None => {
            let bytes = list(&seed["value"]).iter().filter_map(Value::as_u64);
            let bytes: Vec<u8> = bytes.filter_map(|byte| u8::try_from(byte).ok()).collect();
            match String::from_utf8(bytes) {
                Ok(text) if text.is_ascii() && text.len() < 32 => format!("\"{text}\""),
                // The only key that is a seed.
                _ => "Token-2022".to_owned(),
            }
        }
    };
    let seeds: Vec<_> = list(&made["seeds"]).iter().map(seed).collect();
    let by = match made.get("program") {
        None => "",
        Some(_) if seeds.len() == 3 && !seeds[0].starts_with('"') => "associated: ",
        Some(_) => "of the other program: ",
    };
    format!("{by}{}", seeds.join(", "))
}

/// A type as Rust writes it.
fn of(it: &Value) -> String {
    if let Some(name) = it.as_str() {
        return name.to_owned();
    }
    let inner = |key: &str| it.get(key);
    if let Some(named) = inner("defined") {
        return word(&named["name"]).to_owned();
    }
    if let Some(of_it) = inner("option") {
        return format!("Option<{}>", of(of_it));
    }
    if let Some(of_it) = inner("vec") {
        return format!("Vec<{}>", of(of_it));
    }
    match inner("array").map(list) {
        Some([of_it, length]) => {
            let length = length
                .as_u64()
                .map_or_else(|| "N".to_owned(), |it| it.to_string());
            format!("[{}; {length}]", of(of_it))
        }
        _ => it.to_string(),
    }
}

/// The lines of docs, with links to items of the crate as plain names.
fn joined(docs: &Value) -> String {
    let lines: Vec<_> = list(docs).iter().map(word).collect();
    lines.join("\n").replace("[`", "`").replace("`]", "`")
}

/// Text for one cell of a table.
fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use {super::*, serde_json::json};

    #[test]
    fn types_are_written_as_in_rust() {
        let list = json!({"vec": {"option": {"array": ["u8", 32]}}});
        assert_eq!(of(&list), "Vec<Option<[u8; 32]>>");
        assert_eq!(of(&json!({"defined": {"name": "Header"}})), "Header");
    }

    #[test]
    fn a_derived_address_names_its_seeds() {
        let made = json!({"seeds": [
            {"kind": "const", "value": [109, 105, 110, 116]},
            {"kind": "account", "path": "token"}
        ]});
        assert_eq!(derived(&made), "\"mint\", `token`");
    }
}
