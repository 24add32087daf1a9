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

/// Wallet, shares and cost of each holder with shares, in the order of the wallets.
fn holdings(home: &Home, token: &str) -> Vec<[String; 3]> {
    let listed = home.json(&["holder", "list", token, "--sort", "wallet"]);
    let holders = listed["holders"].as_array().unwrap().iter();
    let row = |holder: &Value| {
        [
            holder["wallet"].as_str().unwrap().to_string(),
            amount(&holder["shares"]).to_string(),
            amount(&holder["cost"]).to_string(),
        ]
    };
    holders.map(row).filter(|row| row[1] != "0").collect()
}

#[test]
fn an_exported_cap_table_is_read_back() {
    let table = table();
    let home = &table.home;
    let right = holdings(home, "ADA");
    assert_eq!(right.len(), 2);
    let csv = home.path("ada.csv").display().to_string();
    let folder = home.path("ada.ocf").display().to_string();
    home.ok(&["holder", "export", "ADA", "--format", "csv", "--file", &csv]);
    let terms = ["--currency", "USD", "--country", "GB", "--file", &folder];
    home.ok(&[&["holder", "export", "ADA", "--format", "ocf"][..], &terms].concat());
    for (symbol, file, left_out) in [("BOB", &csv, 0), ("CAR", &folder, 1)] {
        let (key, _) = home.actor(symbol);
        home.ok(&["-k", &key, "mint-quote", "1"]);
        home.ok(&[
            "-k", &key, "token", "create", symbol, symbol, "--cap", "1000000",
        ]);
        let issue = ["-k", &key, "holder", "issue", symbol, "--file", file];
        let planned = home.json(&[&issue[..], &["--dry-run"]].concat());
        assert_eq!(amount(&planned["shares"]), "4300");
        assert_eq!(holdings(home, symbol).len(), 0);
        let issued = home.json(&issue);
        assert_eq!(issued["left_out"].as_array().unwrap().len(), left_out);
        assert_eq!(holdings(home, symbol), right, "{symbol}");
        // Whoever runs it again issues nothing.
        let again = home.json(&issue);
        assert_eq!(amount(&again["shares"]), "0");
        assert_eq!(holdings(home, symbol), right);
    }
}

#[test]
fn a_cap_table_is_checked_as_a_whole_and_goes_on_where_it_stopped() {
    let home = Home::new();
    home.founder();
    home.ok(&[
        "token", "create", "Ada", "ADA", "--cap", "1000000", "--launch", "500000",
    ]);
    let wallets: Vec<_> = (0..40).map(|_| upside_sdk::Pubkey::new_unique()).collect();
    let file = home.path("holders.csv");
    let name = file.display().to_string();
    let issue = ["holder", "issue", "ADA", "--file", &name];
    let write = |shares: &str, wallets: &[upside_sdk::Pubkey]| {
        let line = |wallet| format!("{wallet},{shares},1.5\n");
        let lines: String = wallets.iter().map(line).collect();
        fs::write(&file, format!("wallet,shares,paid\n{lines}")).unwrap();
    };
    write("10", &[&wallets[..], &wallets[..1]].concat());
    let error = home.fails(&issue, 2, "Usage");
    assert!(
        error["message"].as_str().unwrap().contains("line 42"),
        "{error}"
    );
    write("20000", &wallets);
    home.fails(&issue, 3, "YearlyRoomExceeded");
    write("30000", &wallets);
    home.fails(&issue, 3, "SupplyCapExceeded");
    assert_eq!(holdings(&home, "ADA").len(), 0);
    // As a run that was cut off left it.
    write("10", &wallets[..7]);
    home.ok(&issue);
    write("10", &wallets);
    let issued = home.json(&issue);
    let sent = issued["transactions"].as_array().unwrap().len();
    assert!(sent < 10, "{sent} transactions for 33 holders");
    let holders = holdings(&home, "ADA");
    assert_eq!(holders.len(), 40);
    assert!(holders.iter().all(|row| row[1..] == ["10", "1.5"]));
    write("11", &wallets);
    let error = home.fails(&issue, 2, "Usage");
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("10 shares already"),
        "{error}"
    );
}

#[test]
fn tokens_are_searched_sorted_and_in_pages() {
    let home = Home::new();
    home.founder();
    let (bob, bob_key) = home.actor("bob");
    home.ok(&["token", "create", "Ada Lovelace", "ADA", "--cap", "1000000"]);
    home.ok(&["-k", &bob, "mint-quote", "1"]);
    home.ok(&[
        "-k", &bob, "token", "create", "Bob", "LOVE", "--cap", "1000000",
    ]);
    home.ok(&["-k", &bob, "token", "issue", "LOVE", "bob.json", "10"]);
    let symbols = |arguments: &[&str]| -> Vec<String> {
        let listed = home.json(&[&["token", "list"], arguments].concat());
        let tokens = listed["tokens"].as_array().unwrap().iter();
        tokens
            .map(|token| token["symbol"].as_str().unwrap().to_string())
            .collect()
    };
    assert_eq!(symbols(&[]), ["ADA", "LOVE"]);
    assert_eq!(symbols(&["love"]), ["ADA", "LOVE"]);
    assert_eq!(symbols(&["LOVELACE"]), ["ADA"]);
    assert_eq!(symbols(&["--owner", &bob_key]), ["LOVE"]);
    assert_eq!(symbols(&["--verified"]), [""; 0]);
    assert_eq!(symbols(&["--sort", "supply", "--desc"]), ["LOVE", "ADA"]);
    assert_eq!(symbols(&["--sort", "name"]), ["ADA", "LOVE"]);
    assert_eq!(symbols(&["--page", "2", "--per-page", "1"]), ["LOVE"]);
    home.fails(
        &["token", "list", "--page", "3", "--per-page", "1"],
        2,
        "Usage",
    );
    let text = home.ok(&["token", "list", "--per-page", "1"]);
    assert!(text.contains("page 1 of 2, 2 tokens"), "{text}");
    let text = home.ok(&["token", "list", "nobody"]);
    assert!(text.contains("No token is like that"), "{text}");
}
