//! The cap table: sorted and in pages, for spreadsheets, and in the Open Cap Table Format.

mod common;

use {
    common::{Home, amount},
    jsonschema::Validator,
    md5::{Digest, Md5},
    serde_json::Value,
    std::{fs, path::Path},
};

/// Ben has 5,000 shares for 500, of which 1,000 are in his wallet; Cleo was given 300;
/// Dan opened an account.
struct Table {
    home: Home,
    token: String,
    ben: String,
    cleo: String,
    dan: String,
}

fn table() -> Table {
    let home = Home::new();
    home.founder();
    let (ben_file, ben) = home.actor("ben");
    let (_, cleo) = home.actor("cleo");
    let (dan_file, dan) = home.actor("dan");
    home.ok(&["mint-quote", "20000", "--to", &ben]);
    let created = home.json(&[
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--bearer-cap",
        "max",
        "--cap",
        "1000000",
    ]);
    home.ok(&[
        "round",
        "open",
        "ADA",
        "--stage",
        "100000@0.10",
        "--closes",
        "30d",
    ]);
    home.ok(&["-k", &ben_file, "round", "contribute", "ADA", "500"]);
    home.ok(&["token", "issue", "ADA", &cleo, "300"]);
    home.ok(&["-k", &dan_file, "holder", "open", "ADA"]);
    home.ok(&["-k", &ben_file, "holder", "withdraw", "ADA", "1000"]);
    home.ok(&[
        "claim", "declare", "revenue", "ADA", "Lectures", "--share", "15%", "--total", "10000",
        "--ends", "365d",
    ]);
    home.ok(&["revenue", "pay", "ADA", "0", "430"]);
    home.ok(&["warp", "8d"]);
    Table {
        token: created["token"].as_str().unwrap().to_string(),
        home,
        ben,
        cleo,
        dan,
    }
}

impl Table {
    fn wallets(&self, arguments: &[&str]) -> Vec<String> {
        let listed = self
            .home
            .json(&[&["holder", "list", "ADA"], arguments].concat());
        let holders = listed["holders"].as_array().unwrap().iter();
        holders
            .map(|holder| holder["wallet"].as_str().unwrap().to_string())
            .collect()
    }
}

#[test]
fn holders_are_sorted_and_in_pages() {
    let table = table();
    let (ben, cleo, dan) = (&table.ben, &table.cleo, &table.dan);
    assert_eq!(table.wallets(&[])[..2], [ben.clone(), cleo.clone()]);
    let ascending = table.wallets(&["--sort", "shares"]);
    assert_eq!(ascending.last(), Some(ben));
    let mut sorted = ascending.clone();
    sorted.sort();
    assert_eq!(table.wallets(&["--sort", "wallet"]), sorted);
    sorted.reverse();
    assert_eq!(table.wallets(&["--sort", "wallet", "--desc"]), sorted);
    assert_eq!(
        table.wallets(&["--sort", "cost", "--desc"]).first(),
        Some(ben)
    );
    assert_eq!(
        table.wallets(&["--sort", "owed", "--desc"])[..2],
        [ben.clone(), cleo.clone()]
    );

    let all = ascending.len();
    let page = table.wallets(&["--page", "2", "--per-page", "1"]);
    assert_eq!(page, std::slice::from_ref(cleo));
    let last = all.to_string();
    let listed = table
        .home
        .json(&["holder", "list", "ADA", "--page", &last, "--per-page", "1"]);
    assert_eq!(
        (&listed["pages"], &listed["count"]),
        (&all.into(), &all.into())
    );
    assert!(table.wallets(&["--page", "1"]).contains(dan));
    let text = table.home.ok(&["holder", "list", "ADA", "--per-page", "1"]);
    assert!(text.contains(&format!("page 1 of {all}")), "{text}");
    for wrong in [["--page", "9"], ["--page", "0"], ["--per-page", "0"]] {
        table.home.fails(
            &[&["holder", "list", "ADA"], &wrong[..]].concat(),
            2,
            "Usage",
        );
    }
    table
        .home
        .fails(&["holder", "list", "ADA", "--desc"], 2, "Usage");
}

#[test]
fn a_spreadsheet_has_a_row_a_holder() {
    let table = table();
    let file = table.home.path("ada.csv").display().to_string();
    let written = table.home.json(&[
        "holder", "export", "ADA", "--format", "csv", "--file", &file,
    ]);
    assert_eq!(amount(&written["supply"]), "5300");
    assert_eq!(amount(&written["bearer"]), "1000");
    let text = fs::read_to_string(&file).unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    assert!(
        header.starts_with("wallet,shares,percent,locked,withdrawn,cost "),
        "{header}"
    );
    assert_eq!(header.matches(',').count(), 7, "{header}");
    let rows: Vec<&str> = lines.collect();
    assert_eq!(rows.len(), written["holders"].as_u64().unwrap() as usize);
    let owed = |wallet: &str| {
        let shown = table.home.json(&["holder", "show", "ADA", wallet]);
        amount(&shown["collectable"][0]).to_string()
    };
    // Of 430, their 4,000 and 300 shares get 0.1 each, less what is not a whole atom.
    assert_eq!(owed(&table.ben), "399.999999");
    let ben = format!(
        "{},4000,75.4716,0,1000,400,0,{}",
        table.ben,
        owed(&table.ben)
    );
    let cleo = format!("{},300,5.6603,0,0,0,0,{}", table.cleo, owed(&table.cleo));
    assert_eq!(rows[..2], [ben, cleo]);
    assert!(
        rows.iter()
            .any(|row| row.starts_with(&format!("{},0,0,", table.dan)))
    );
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn schema(name: &str) -> Validator {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ocf-schema");
    let schema = read(&folder.join(format!("{name}.schema.json")));
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).unwrap()
}

fn valid(name: &str, document: &Value) {
    let errors: Vec<String> = schema(name)
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0], "{name}");
}

#[test]
fn the_open_cap_table_format_is_valid_and_adds_up() {
    let table = table();
    let folder = table.home.path("ada.ocf");
    let path = folder.display().to_string();
    let export = [
        "holder", "export", "ADA", "--format", "ocf", "--file", &path,
    ];
    let money = ["--currency", "usd", "--country", "GB"];
    let written = table.home.json(&[&export[..], &money].concat());
    assert_eq!(written["files"].as_array().unwrap().len(), 4);

    let manifest = read(&folder.join("Manifest.ocf.json"));
    valid("OCFManifestFile", &manifest);
    assert_eq!(manifest["issuer"]["legal_name"], "Ada Lovelace");
    let named = |list: &str| {
        let file = &manifest[list][0];
        let bytes = fs::read(folder.join(file["filepath"].as_str().unwrap())).unwrap();
        let sum: String = Md5::digest(&bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(file["md5"], sum);
        serde_json::from_slice::<Value>(&bytes).unwrap()
    };
    let classes = named("stock_classes_files");
    valid("StockClassesFile", &classes);
    assert_eq!(classes["items"][0]["initial_shares_authorized"], "1000000");
    let stakeholders = named("stakeholders_files");
    valid("StakeholdersFile", &stakeholders);
    let transactions = named("transactions_files");
    assert_eq!(transactions["file_type"], "OCF_TRANSACTIONS_FILE");
    let issued = transactions["items"].as_array().unwrap();
    let people = stakeholders["items"].as_array().unwrap();
    assert_eq!(issued.len(), people.len());
    let mut shares = 0;
    for (issuance, person) in issued.iter().zip(people) {
        valid("StockIssuance", issuance);
        assert_eq!(issuance["stakeholder_id"], person["id"]);
        assert_eq!(issuance["stock_class_id"], classes["items"][0]["id"]);
        shares += issuance["quantity"]
            .as_str()
            .unwrap()
            .parse::<u64>()
            .unwrap();
    }
    assert_eq!(shares, 5_300, "the supply");
    let of = |id: &str| {
        issued
            .iter()
            .find(|one| one["stakeholder_id"] == id)
            .unwrap()
    };
    let ben = of(&table.ben);
    assert_eq!(ben["share_price"]["amount"], "0.1");
    assert_eq!(ben["cost_basis"]["amount"], "400");
    assert_eq!(ben["cost_basis"]["currency"], "USD");
    assert_eq!(of(&format!("{}:bearer", table.token))["quantity"], "1000");

    // The schemas do refuse what is wrong.
    let mut wrong = ben.clone();
    wrong["quantity"] = Value::from(4_000);
    assert!(!schema("StockIssuance").is_valid(&wrong));
    let mut wrong = manifest.clone();
    wrong["as_of"] = Value::from("yesterday");
    assert!(!schema("OCFManifestFile").is_valid(&wrong));
}

#[test]
fn what_the_format_wants_is_asked_for() {
    let table = table();
    let path = table.home.path("ada.ocf").display().to_string();
    let export = [
        "holder", "export", "ADA", "--format", "ocf", "--file", &path,
    ];
    table.home.fails(&export, 2, "Usage");
    let country = [&export[..], &["--currency", "USD", "--country", "Britain"]].concat();
    table.home.fails(&country, 2, "Usage");
    let named = ["--legal-name", "Ada King", "--formed", "2027-01-31"];
    let all = [
        &export[..],
        &["--currency", "USD", "--country", "GB"],
        &named,
    ]
    .concat();
    table.home.ok(&all);
    let manifest = read(Path::new(&path).join("Manifest.ocf.json").as_path());
    assert_eq!(manifest["issuer"]["legal_name"], "Ada King");
    assert_eq!(manifest["issuer"]["formation_date"], "2027-01-31");
    let missing = [
        "holder",
        "export",
        "ADA",
        "--format",
        "csv",
        "--file",
        "no/such/file.csv",
    ];
    table.home.fails(&missing, 5, "File");
}
