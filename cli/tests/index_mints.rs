//! An index of ordinary mints alone: more of them than can be coins, and one more later.

mod common;

use common::{Home, amount};

#[test]
fn ten_mints_and_no_person_are_an_index() {
    let home = Home::new();
    home.founder();
    let mints: Vec<String> = (0..=10)
        .map(|decimals: u8| {
            let decimals = decimals.to_string();
            let minted = home.json(&["mint-quote", "1000", "--decimals", &decimals]);
            minted["mint"].as_str().unwrap().to_string()
        })
        .collect();
    let created = home.json(&["index", "create", "Metals", "METALS"]);
    let index = created["index"].as_str().unwrap();
    let (later, first) = mints.split_last().unwrap();
    let pieces: Vec<String> = first.iter().map(|mint| format!("{mint}=100")).collect();
    let mut seed = vec!["index", "seed", "METALS", "--shares", "100"];
    for piece in &pieces {
        seed.extend(["--piece", piece]);
    }
    home.ok(&seed);
    let gave = home.json(&["index", "contribute", "METALS", "50"]);
    assert_eq!(gave["gave"].as_array().unwrap().len(), 10, "{gave}");
    let paid = home.json(&["index", "redeem", "METALS", "75"]);
    let paid = paid["paid"].as_array().unwrap();
    assert!(paid.iter().all(|one| amount(one) == "75"), "{paid:?}");

    // Those that are no coins are looked through as well.
    let shown = home.json(&["inspect", "METALS"]);
    let slots = shown["constituents"].as_array().unwrap();
    assert_eq!(slots.len(), 10, "{shown}");
    assert!(
        slots
            .iter()
            .all(|slot| amount(&slot["owed_to_members"]) == "0")
    );

    // After the launch a mint has a slot; to collect dividends in it is announced.
    home.ok(&["index", "add", "METALS", later]);
    home.fails(&["index", "add", "METALS", later], 3, "AlreadyConstituent");
    // A stranger's atom in the empty slot keeps nobody from booking a gift in another.
    home.ok(&["mint-quote", "1", "--mint", later, "--to", index]);
    home.ok(&["mint-quote", "5", "--mint", &first[1], "--to", index]);
    let synced = home.json(&["index", "sync", "METALS"]);
    assert_eq!(synced["found"].as_array().unwrap().len(), 1, "{synced}");
    let list = ["index", "announce", "METALS", "--list-coin", later];
    home.fails(&list, 3, "CoinListFull");
    let unlist = ["index", "announce", "METALS", "--unlist-coin", &first[0]];
    home.ok(&unlist);
}
