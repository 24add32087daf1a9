//! The JSON that scripts rely on: its schemas are those of the types, and every report of
//! the demo is as they say.

mod common;

use {common::Home, serde_json::Value, std::fs};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schema");

/// The committed schema of a report.
fn committed(name: &str) -> Value {
    let path = format!("{FOLDER}/{name}.schema.json");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap()
}

fn check(name: &str, report: &Value) {
    let validator = jsonschema::validator_for(&committed(name)).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(report)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn committed_schemas_are_those_of_the_types() {
    for (name, schema) in upside_core::report::schemas() {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let path = format!("{FOLDER}/{name}.schema.json");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        let hint = "UPDATE=1 cargo test -p upside-cli --test schema writes it";
        assert!(found == text, "{path} is not of this version: {hint}");
    }
}

#[test]
fn reports_are_as_their_schemas_say() {
    let home = Home::new();
    let output = home.bare(&["demo", "--output", "json"]).output().unwrap();
    assert!(output.status.success());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    check("token", &report["token"]);
    check("index", &report["index"]);
    let mut wrong = report["token"].clone();
    wrong.as_object_mut().unwrap().remove("backing");
    let validator = jsonschema::validator_for(&committed("token")).unwrap();
    assert!(!validator.is_valid(&wrong), "a member is missing");
}
