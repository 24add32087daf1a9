//! The file that wallets read: written, checked, and described by a schema that says the
//! same as the check.

mod common;
mod pool;

use {
    common::Home,
    pool::Pool,
    serde_json::{Value, json},
    std::fs,
    upside_sdk::metadata,
};

/// Whether schema and check agree on a file, and what they say.
fn agreed(file: &Value) -> bool {
    let schema: Value = serde_json::from_str(metadata::SCHEMA).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let valid = metadata::problems(file).is_empty();
    assert_eq!(schema.is_valid(file), valid, "{file}");
    valid
}

fn good() -> Value {
    json!({
        "name": "Ada Lovelace",
        "symbol": "ADA",
        "description": "A part of what Ada earns.\nShe says so herself.",
        "image": "https://ada.example/ada.png",
        "external_url": "https://ada.example",
        "extensions": { "twitter": "https://x.com/ada" }
    })
}

#[test]
fn the_schema_says_what_the_check_says() {
    assert!(agreed(&good()));
    let with = |field: &str, value: Value| {
        let mut file = good();
        file[field] = value;
        file
    };
    let fine = [
        with("image", json!("ipfs://bafy/ada.svg")),
        with("image", json!("ar://abc")),
        with("symbol", json!("A")),
        with("name", json!("É ß")),
        with("extensions", json!({})),
        with("attributes", json!([{ "trait_type": "cap", "value": 1 }])),
    ];
    for file in fine {
        assert!(agreed(&file), "{file}");
    }
    let long = "x".repeat(65);
    let many: Value = (0..21)
        .map(|n| (format!("site{n}"), json!("https://ada.example")))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let bad = [
        json!([]),
        json!("Ada"),
        with("name", json!("")),
        with("name", json!(" Ada")),
        with("name", json!(7)),
        with("name", json!(long)),
        with("symbol", json!("SEVENTEEN LETTERS")),
        with("symbol", Value::Null),
        with("description", json!("")),
        with("description", json!("x".repeat(2_001))),
        with("image", json!("http://ada.example/ada.png")),
        with("image", json!("ada.png")),
        with("image", json!("https://")),
        with("image", json!("https://ada.example/a b.png")),
        with("image", json!("data:image/png;base64,AAAA")),
        with("image", json!("javascript:alert(1)")),
        with("external_url", json!("ipfs://bafy")),
        with("external_url", Value::Null),
        with("extensions", json!(["https://x.com/ada"])),
        with("extensions", json!({ "Twitter": "https://x.com/ada" })),
        with("extensions", json!({ "1st": "https://x.com/ada" })),
        with("extensions", json!({ "twitter": "@ada" })),
        with("extensions", many),
    ];
    for file in bad {
        assert!(!agreed(&file), "{file}");
    }
    for field in ["name", "symbol", "description", "image"] {
        let mut file = good();
        file.as_object_mut().unwrap().remove(field);
        assert!(!agreed(&file), "{field}");
        assert!(metadata::problems(&file)[0].starts_with(field));
    }
}

/// What no schema sees: characters that hide or turn what a reader sees.
#[test]
fn names_that_deceive_are_refused() {
    let mut file = good();
    file["name"] = json!("Ada\u{202e}");
    assert_eq!(metadata::problems(&file).len(), 1);
}

#[test]
fn a_tokens_file_is_written_and_checked_against_its_mint() {
    let home = Home::new();
    home.founder();
    home.ok(&["token", "create", "Ada Lovelace", "ADA", "--cap", "1000000"]);
    let write = [
        "token",
        "metadata",
        "ADA",
        "--description",
        "A part of what Ada earns",
        "--image",
        "https://ada.example/ada.png",
        "--link",
        "twitter=https://x.com/ada",
    ];
    let said = home.json(&write);
    assert_eq!(said["file"], "ada.json");
    assert!(said.get("uri").is_none(), "{said}");
    let written: Value =
        serde_json::from_str(&fs::read_to_string(home.path("ada.json")).unwrap()).unwrap();
    assert_eq!(written, said["metadata"]);
    assert_eq!(written["name"], "Ada Lovelace");
    assert!(agreed(&written));
    let error = home.fails(&write, 2, "Usage");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("not overwritten"),
        "{error}"
    );

    // Once the mint names an address, that is where it belongs.
    home.ok(&[
        "token",
        "update",
        "ADA",
        "--uri",
        "https://ada.example/ada.json",
    ]);
    let text = home.ok(&["token", "metadata", "ADA", "--check", "ada.json"]);
    assert!(
        text.contains("names https://ada.example/ada.json"),
        "{text}"
    );
    assert!(text.contains("application/json"), "{text}");
    let other = home.write("eve.json", &{
        let mut file = good();
        file["name"] = json!("Eve");
        file["image"] = json!("ada.png");
        file.to_string()
    });
    let error = home.fails(&["token", "metadata", "ADA", "--check", &other], 2, "Usage");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("image is missing"), "{message}");
    assert!(
        message.contains("\"Ada Lovelace\" on the share mint"),
        "{message}"
    );
    // A file of anybody's, without a chain's word.
    let broken = home.write("broken.json", "{");
    for (file, why) in [(&broken, "no JSON"), (&other, "image")] {
        let error = home.fails(&["token", "metadata", "--check", file], 2, "Usage");
        assert!(error["message"].as_str().unwrap().contains(why), "{error}");
    }
    let schema = home.json(&["token", "metadata", "--schema"]);
    assert_eq!(
        schema,
        serde_json::from_str::<Value>(metadata::SCHEMA).unwrap()
    );
}

#[test]
fn before_a_token_exists_its_name_is_given() {
    let home = Home::new();
    let common = [
        "--description",
        "Twelve makers",
        "--image",
        "ipfs://bafy/makers.svg",
    ];
    let nobody = [&["index", "metadata"][..], &common].concat();
    let error = home.fails(&nobody, 2, "Usage");
    assert!(
        error["hint"].as_str().unwrap().contains("--name"),
        "{error}"
    );
    let named = ["--name", "Makers", "--symbol", "M/K", "--file", "new.json"];
    let text = home.ok(&[&nobody[..], &named].concat());
    assert!(
        text.contains("upside index create \"Makers\" M/K --uri"),
        "{text}"
    );
    assert!(home.path("new.json").exists());
    let lacks = [
        &["token", "metadata", "--name", "A", "--symbol", "B"][..],
        &common[..2],
    ]
    .concat();
    let error = home.fails(&lacks, 2, "Usage");
    assert!(
        error["message"].as_str().unwrap().contains("--image"),
        "{error}"
    );
}

#[test]
fn an_index_names_its_file_at_its_creation_and_later() {
    let pool = Pool::created(&[]);
    let home = &pool.home;
    let first = "https://makers.example/makers.json";
    home.ok(&[
        "index", "create", "Others", "OTHERS", "--number", "1", "--uri", first,
    ]);
    let write = [
        "index",
        "metadata",
        "OTHERS",
        "--description",
        "Others",
        "--image",
        "https://makers.example/others.png",
    ];
    let said = home.json(&write);
    assert_eq!(
        (said["uri"].as_str(), said["file"].as_str()),
        (Some(first), Some("others.json"))
    );
    let second = "ipfs://bafy/makers.json";
    let told = home.json(&["index", "update", "OTHERS", "--uri", second]);
    assert_eq!(told["uri"], second);
    let said = home.json(&["index", "metadata", "OTHERS", "--check", "others.json"]);
    assert_eq!(said["uri"], second);
    let history = home.ok(&["history", "OTHERS"]);
    assert!(
        history.contains("names the file ipfs://bafy/makers.json"),
        "{history}"
    );
    let (other, _) = home.actor("eve");
    home.fails(
        &["-k", &other, "index", "update", "OTHERS", "--uri", ""],
        2,
        "MissingSigner",
    );
}
