//! Who decides in an index: the curator under notice, holders by what they lock.

mod common;
mod pool;

use {
    common::{Home, amount},
    pool::Pool,
    serde_json::Value,
};

fn atoms(value: &Value) -> u64 {
    value["atoms"].as_str().unwrap().parse().unwrap()
}

/// `upside index …` in words.
fn index(home: &Home, key: &str, words: &[&str]) -> Value {
    home.json(&[&["-k", key, "index"][..], words].concat())
}

#[test]
fn a_curator_announces_and_leaves() {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    let (next, next_key) = home.actor("next");
    let fees = |fee: &'static str| ["index", "announce", "MAKERS", "--management-fee", fee];
    home.fails(&["index", "announce", "MAKERS"], 2, "Usage");
    home.fails(&fees("6%"), 3, "InvalidParameters");
    home.fails(
        &["index", "announce", "MAKERS", "--list-coin", "ANN"],
        3,
        "WrongKind",
    );
    home.fails(&["index", "apply", "MAKERS"], 3, "NotAnnounced");

    // Three changes are one announcement.
    let more = ["--guardian", &next_key, "--recipient", &next];
    let announced = home.json(&[&fees("5%")[..], &more].concat());
    assert_eq!(announced["nonce"], 1, "{announced}");
    assert_eq!(announced["actions"].as_array().unwrap().len(), 3);
    assert_eq!(announced["actions"][0]["fees"]["management_fee"], "5");
    assert_eq!(announced["actions"][2]["role"], "guardian");
    home.fails(&["index", "apply", "MAKERS"], 3, "NoticePending");
    let text = home.ok(&["index", "announcements", "MAKERS"]);
    for said in [
        "Announcement 1",
        "set fees: 5 % a year",
        &next_key,
        "shares that cancel it",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(
        home.ok(&["index", "show", "MAKERS"])
            .contains("Announcement 1")
    );
    home.ok(&["warp", "7d"]);
    let applied = index(home, &next, &["apply", "MAKERS"]);
    assert_eq!(applied["change"], "applied");
    home.fails(&["index", "apply", "MAKERS", "1"], 3, "NotAnnounced");
    home.ok(&["warp", "365d"]);
    let fees = home.json(&["index", "fees", "show", "MAKERS"]);
    assert_eq!(fees["management_fee"], "5");
    assert_eq!(fees["recipients"][0]["key"], next_key.as_str());
    // Five percent of 1,000 shares in exactly a year, and of the seconds since.
    assert!((50_000_000_000..50_001_000_000).contains(&atoms(&fees["pending"])));
    let collected = index(home, &next, &["fees", "collect", "MAKERS"]);
    assert_eq!(collected["recipients"][0]["key"], next_key.as_str());
    assert!(atoms(&collected["recipients"][0]["shares"]) >= 50_000_000_000);

    // Down at once, up never.
    let lower = |fee: &'static str| ["index", "fees", "lower", "MAKERS", "--management-fee", fee];
    home.fails(&["index", "fees", "lower", "MAKERS"], 2, "Usage");
    home.fails(&lower("5%"), 3, "FeesNotLower");
    assert_eq!(home.json(&lower("0.5%"))["management_fee"], "0.5");
    home.fails(&lower("1%"), 3, "FeesNotLower");

    pauses(home, &next);
    hands_over(&pool, &next, &next_key);
}

/// The guardian pauses, the curator ends it, and none follows at once.
fn pauses(home: &Home, guardian: &str) {
    let paused = index(home, guardian, &["pause", "MAKERS"]);
    let (until, again) = (&paused["paused_until"], &paused["pausable_from"]);
    assert_eq!(
        until.as_i64().unwrap() + 7 * 86_400,
        again.as_i64().unwrap()
    );
    home.fails(&["index", "contribute", "MAKERS", "1"], 3, "Paused");
    home.fails(&["index", "pause", "MAKERS"], 3, "Paused");
    home.ok(&["index", "redeem", "MAKERS", "1"]);
    home.fails(
        &["-k", guardian, "index", "unpause", "MAKERS"],
        2,
        "MissingSigner",
    );
    home.ok(&["index", "unpause", "MAKERS"]);
    home.fails(&["index", "pause", "MAKERS"], 3, "PausedLately");
    let told = home.ok(&["history", "MAKERS"]);
    for said in ["paused new money until", "admitted new money again"] {
        assert!(told.contains(said), "{said}: {told}");
    }
}

/// The next curator accepts, gives a role up, winds the index down and leaves.
fn hands_over(pool: &Pool, next: &str, next_key: &str) {
    let home = &pool.home;
    home.fails(
        &["index", "curator", "accept", "MAKERS"],
        3,
        "NotPendingCurator",
    );
    home.ok(&["index", "announce", "MAKERS", "--curator", next_key]);
    home.ok(&["index", "cancel", "MAKERS"]);
    home.fails(&["index", "cancel", "MAKERS"], 3, "NotAnnounced");
    home.ok(&["index", "announce", "MAKERS", "--curator", next_key]);
    home.ok(&["warp", "7d"]);
    home.ok(&["index", "apply", "MAKERS"]);
    let roles = home.json(&["index", "roles", "show", "MAKERS"]);
    assert_eq!(roles["pending_curator"], next_key);
    index(home, next, &["curator", "accept", "MAKERS"]);
    let cleared = index(home, next, &["roles", "clear", "MAKERS", "guardian"]);
    assert_eq!(cleared["previous"], next_key);
    let clear = ["index", "roles", "clear", "MAKERS", "guardian"];
    home.fails(&clear, 3, "RoleVacant");
    home.fails(&["index", "wind-down", "MAKERS"], 2, "MissingSigner");

    home.fails(&["index", "sync", "MAKERS"], 3, "NothingToSync");
    home.ok(&["mint-quote", "5", "--to", &pool.index]);
    let synced = home.json(&["index", "sync", "MAKERS"]);
    assert_eq!(amount(&synced["found"][0]), "5");
    home.ok(&["-k", next, "index", "wind-down", "MAKERS"]);
    home.fails(&["index", "contribute", "MAKERS", "1"], 3, "NotActive");
    home.ok(&["-k", next, "index", "curator", "resign", "MAKERS"]);
    let shown = home.json(&["index", "show", "MAKERS"]);
    assert_eq!(
        (shown["status"].as_str(), &shown["curator"]),
        (Some("wind_down"), &Value::Null)
    );
    home.ok(&["index", "redeem", "MAKERS", "ALL"]);
    let told = home.ok(&["history", "MAKERS"]);
    for said in [
        "announcement 1: fees of 5% a year",
        "announcement 1 was applied",
        "is guardian no longer",
        "as proposed curator",
        "took back announcement 2",
        "took over from",
        "left for good",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
}

#[test]
fn holders_veto_what_they_do_not_want() {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    // Of 1,500 shares a fifth cancels something.
    let eve = pool.backer("eve", 500);
    let veto = ["-k", &eve, "index", "veto", "MAKERS"];
    home.fails(&veto, 3, "NotAnnounced");
    let fees = ["index", "announce", "MAKERS", "--entry-fee", "3%"];
    home.ok(&fees);
    home.fails(&veto, 2, "Usage");
    let much = ["-k", &eve, "index", "lock", "MAKERS", "501"];
    home.fails(&much, 3, "InsufficientFunds");
    let locked = index(home, &eve, &["lock", "MAKERS", "400"]);
    assert_eq!(amount(&locked["locked"]), "400");
    home.fails(&veto, 3, "LockTooYoung");
    home.ok(&["warp", "3d"]);
    let voted = home.json(&[&veto[..], &["1"]].concat());
    assert_eq!(voted["vetoed"], true, "{voted}");
    assert_eq!(amount(&voted["against"]), "400");
    assert_eq!(amount(&voted["veto_needs"]), "300");
    let none = home.json(&["index", "announcements", "MAKERS"]);
    assert_eq!(none["announcements"].as_array().unwrap().len(), 0);
    home.ok(&["warp", "7d"]);
    home.fails(&["index", "apply", "MAKERS", "1"], 3, "NotAnnounced");
    // What fell is closed by anybody.
    index(home, &eve, &["cancel", "MAKERS", "1"]);

    // The same again needs a third.
    assert_eq!(home.json(&fees)["vetoes"], 1);
    let voted = home.json(&veto);
    assert_eq!(amount(&voted["veto_needs"]), "500");
    assert_eq!(voted["vetoed"], false);
    home.fails(&veto, 3, "VoteUnchanged");
    home.fails(&["index", "count-veto", "MAKERS"], 3, "NotVetoed");
    let locks = home.json(&["index", "locks", "MAKERS"]);
    assert_eq!(locks["locks"][0]["votes"][0]["side"], "against");
    assert!(home.ok(&["index", "locks", "MAKERS"]).contains("against 2"));

    // Shares that leave make less enough.
    let left = index(home, &eve, &["unlock", "MAKERS", "100"]);
    assert_eq!(amount(&left["locked"]), "300");
    home.ok(&["index", "redeem", "MAKERS", "620"]);
    // Those of before this second count still.
    home.ok(&["warp", "1m"]);
    let counted = home.json(&["index", "count-veto", "MAKERS"]);
    assert_eq!(amount(&counted["against"]), "300");
    let told = home.ok(&["history", "MAKERS"]);
    for said in [
        "locked 400 shares",
        "counts 400 shares against announcement 1",
        "holders vetoed announcement 1 of actions",
        "the same was vetoed before",
        "unlocked 100 shares",
        "holders vetoed announcement 2",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }

    // Straight from the lock.
    home.fails(
        &["-k", &eve, "index", "unlock", "MAKERS", "301"],
        3,
        "LockedLess",
    );
    let paid = index(home, &eve, &["redeem", "MAKERS", "450"]);
    assert_eq!(amount(&paid["unlocked"]), "250");
    let paid = index(home, &eve, &["redeem", "MAKERS", "ALL"]);
    assert_eq!(amount(&paid["unlocked"]), "50");
    home.fails(
        &["-k", &eve, "index", "unlock", "MAKERS", "ALL"],
        2,
        "Usage",
    );
}

#[test]
fn a_majority_replaces_the_curator() {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    let (next, next_key) = home.actor("next");
    let eve = pool.backer("eve", 500);
    home.ok(&["index", "lock", "MAKERS", "700"]);
    index(home, &eve, &["lock", "MAKERS", "ALL"]);
    let back = ["index", "candidate", "back", "MAKERS", &next_key];
    home.fails(&back, 2, "NotFound");
    index(home, &next, &["candidate", "open", "MAKERS"]);
    home.fails(&back, 3, "LockTooYoung");
    home.ok(&["warp", "7d"]);
    home.ok(&[
        "index",
        "announce",
        "MAKERS",
        "--exit-fee",
        "1%",
        "--launcher",
        &next_key,
    ]);
    index(home, &eve, &["candidate", "back", "MAKERS", &next_key]);
    let take = ["-k", &next, "index", "candidate", "take-over", "MAKERS"];
    home.fails(&take, 3, "NoMajority");
    let backed = home.json(&back);
    assert_eq!(amount(&backed["support"]), "1200");
    home.fails(&back, 3, "VoteUnchanged");
    let listed = home.json(&["index", "candidate", "list", "MAKERS"]);
    assert_eq!(amount(&listed["half"]), "750");
    assert_eq!(listed["candidates"][0]["majority"], true);
    assert!(
        home.ok(&["index", "candidate", "list", "MAKERS"])
            .contains("1,200")
    );

    // Who changes their mind counts no longer.
    index(home, &eve, &["candidate", "withdraw", "MAKERS"]);
    home.fails(&take, 3, "NoMajority");
    index(home, &eve, &["candidate", "back", "MAKERS", &next_key]);
    home.ok(&take);
    let shown = home.json(&["index", "show", "MAKERS"]);
    assert_eq!(shown["curator"], next_key.as_str());
    assert_eq!(shown["fee_recipients"][0]["key"], next_key.as_str());
    assert_eq!(shown["announcements"].as_array().unwrap().len(), 0);
    home.fails(
        &["index", "announce", "MAKERS", "--exit-fee", "1%"],
        2,
        "MissingSigner",
    );
    index(home, &next, &["announce", "MAKERS", "--exit-fee", "1%"]);
    let support = ["-k", &eve, "index", "support", "MAKERS"];
    assert_eq!(amount(&home.json(&support)["support"]), "500");
    let told = home.ok(&["history", "MAKERS"]);
    for said in [
        "stands for curator",
        "backs nobody any more",
        "holders made",
        "for announcement 2",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }

    let (other, other_key) = home.actor("other");
    index(home, &other, &["candidate", "open", "MAKERS"]);
    index(home, &other, &["candidate", "close", "MAKERS"]);
    let none = ["index", "candidate", "back", "MAKERS", &other_key];
    home.fails(&none, 2, "NotFound");
}
