//! Memberships over many processes: several offers and their end, one human once, a new
//! owner, and the index's answer to who prints shares.

mod common;
mod pool;

use {
    common::{Home, amount},
    pool::Pool,
};

/// A call of `upside index member` on MAKERS.
fn member(home: &Home, key: &str, verb: &str, rest: &[&str]) -> Vec<String> {
    let file = home.path(&format!("{key}.json")).display().to_string();
    let call = ["-k", &file, "index", "member", verb, "MAKERS"];
    let words = call.iter().copied().chain(rest.iter().copied());
    words.map(str::to_string).collect()
}

/// As text slices.
fn words(call: &[String]) -> Vec<&str> {
    call.iter().map(String::as_str).collect()
}

fn offer(home: &Home, symbol: &str, gives: &str, gets: &str) -> u64 {
    let call = ["index", "member", "offer", "MAKERS", symbol, "--gives"];
    let offered = home.json(&[&call[..], &[gives, "--gets", gets]].concat());
    assert_eq!(amount(&offered["token_shares"]), gives);
    assert_eq!(amount(&offered["cap"]), "10000000");
    offered["nonce"].as_u64().unwrap()
}

#[test]
fn several_offers_are_told_apart_and_lapse() {
    let pool = Pool::launched(&["cee"]);
    let home = &pool.home;
    home.actor("other");
    home.ok(&["index", "add", "MAKERS", "CEE"]);
    assert_eq!(offer(home, "CEE", "1000", "10"), 1);
    assert_eq!(offer(home, "CEE", "2000", "15"), 2);
    let shown = home.json(&["index", "show", "MAKERS"]);
    let offers = shown["offers"].as_array().unwrap();
    assert_eq!(amount(&offers[1]["index_shares"]), "15");
    let from = offers[1]["acceptable_from"].as_i64().unwrap();
    assert_eq!(
        offers[1]["expires_at"].as_i64().unwrap(),
        from + 14 * 86_400
    );

    let accept = member(home, "cee", "accept", &["CEE"]);
    let error = home.fails(&words(&accept), 2, "Usage");
    assert!(error["hint"].as_str().unwrap().contains("1, 2"), "{error}");
    let other = member(home, "other", "cancel", &["CEE", "1"]);
    home.fails(&words(&other), 3, "AnnouncementOpen");
    let cancelled = home.json(&["index", "member", "cancel", "MAKERS", "CEE", "1"]);
    assert_eq!(cancelled["cancelled"], true);
    assert_eq!(amount(&cancelled["index_shares"]), "10");

    // Its notice, and two weeks.
    home.ok(&["warp", "21d"]);
    pool.attest("cee");
    home.ok(&["warp", "1m"]);
    home.fails(&words(&accept), 3, "AnnouncementExpired");
    let other = member(home, "other", "cancel", &["CEE"]);
    home.ok(&words(&other));
    home.fails(&words(&accept), 2, "NotFound");
    let shown = home.json(&["index", "show", "MAKERS"]);
    assert!(shown["offers"].as_array().unwrap().is_empty(), "{shown}");
}

#[test]
fn one_human_is_a_member_once_and_a_new_owner_takes_over() {
    let pool = Pool::launched(&["cee", "eli"]);
    let home = &pool.home;
    let (frank, frank_key) = home.actor("frank");
    home.actor("other");
    for symbol in ["CEE", "ELI"] {
        home.ok(&["index", "add", "MAKERS", symbol]);
        offer(home, symbol, "1000", "10");
    }
    home.ok(&["warp", "7d"]);
    pool.attest("cee");
    home.ok(&words(&member(home, "cee", "accept", &["CEE"])));
    // The same human with another wallet and another token.
    let eli = home.path("eli.json").display().to_string();
    home.ok(&["mint-credential", &eli, "cee"]);
    let accept = member(home, "eli", "accept", &["ELI"]);
    home.fails(&words(&accept), 3, "SubjectTaken");
    pool.attest("eli");
    let dry = [&words(&accept)[..], &["--dry-run"]].concat();
    let simulated = home.json(&dry);
    assert_eq!(simulated["status"], "simulated");
    assert_eq!(amount(&simulated["gets"]), "5");
    home.ok(&words(&accept));

    let cee = home.path("cee.json").display().to_string();
    home.ok(&["-k", &cee, "token", "transfer-ownership", "CEE", &frank_key]);
    home.ok(&[
        "-k",
        &frank,
        "token",
        "transfer-ownership",
        "CEE",
        "--accept",
    ]);
    let theirs = member(home, "other", "take-over", &["CEE"]);
    home.fails(&words(&theirs), 2, "MissingSigner");
    let announced = home.json(&words(&member(home, "frank", "take-over", &["CEE"])));
    assert_eq!(announced["change"], "take_over_announced");
    assert!(announced["effective_at"].as_i64().unwrap() > 0);
    let apply = member(home, "other", "apply-take-over", &["CEE"]);
    home.fails(&words(&apply), 3, "NoticePending");
    home.ok(&["warp", "7d"]);
    home.fails(&words(&apply), 3, "CredentialRequired");
    pool.attest("frank");
    let taken = home.json(&words(&apply));
    assert_eq!(taken["member"], frank_key.as_str());
    assert_eq!(amount(&taken["locked"]), "5");
    home.fails(&words(&apply), 3, "NoSuccessor");

    // A stranger ends nothing that holds shares; the curator does, with the notice.
    let theirs = member(home, "other", "end", &["ELI"]);
    home.fails(&words(&theirs), 3, "SlotHeld");
    home.fails(
        &["index", "member", "keep", "MAKERS", "ELI"],
        3,
        "NotEnding",
    );
    home.fails(
        &words(&member(home, "other", "apply-end", &["ELI"])),
        3,
        "NotEnding",
    );
    let end = ["index", "member", "end", "MAKERS", "ELI"];
    let ending = home.json(&end);
    assert_eq!(ending["change"], "ending");
    home.fails(&end, 3, "MembershipEnding");
    let text = home.ok(&["index", "show", "MAKERS"]);
    assert!(text.contains("ends in"), "{text}");
    home.ok(&["warp", "7d"]);
    let ended = home.json(&words(&member(home, "other", "apply-end", &["ELI"])));
    assert_eq!(amount(&ended["locked"]), "5");
    let shown = home.json(&["index", "show", "MAKERS"]);
    let left = shown["memberships"].as_array().unwrap();
    assert_eq!(left.len(), 1, "{shown}");
    assert_eq!(left[0]["member"], frank_key.as_str());
    // What was locked is Eli's, who can leave with all ten shares.
    let paid = home.json(&["-k", &eli, "index", "redeem", "MAKERS", "10"]);
    assert_eq!(amount(&paid["shares"]), "10");
}

#[test]
fn the_index_answers_against_printing_and_nothing_else() {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    home.ok(&["warp", "1s"]);
    let why = home.write("why.txt", "More shares of Ann.");
    let ann = home.path("ann.json").display().to_string();
    let put = |kind: &str, value: &str| {
        let call = [
            "-k",
            &ann,
            "poll",
            "put",
            kind,
            "ANN",
            value,
            "--document",
            &why,
        ];
        home.json(&call)["poll"].as_u64().unwrap().to_string()
    };
    let cap = put("supply-cap", "20000000");
    let opposed = home.json(&["index", "oppose", "MAKERS", "ANN"]);
    assert_eq!(amount(&opposed["weight"]), "100");
    assert_eq!(amount(&opposed["against"]), "100");
    let shown = home.json(&["poll", "show", "ANN", &cap]);
    assert_eq!(amount(&shown["tally"]["against"]), "100");
}

#[test]
fn a_poll_on_another_term_gets_no_answer() {
    let pool = Pool::launched(&[]);
    let home = &pool.home;
    home.ok(&["warp", "1s"]);
    let why = home.write("why.txt", "A longer stream.");
    let bob = home.path("bob.json").display().to_string();
    home.ok(&[
        "-k",
        &bob,
        "poll",
        "put",
        "drip",
        "BOB",
        "14d",
        "--document",
        &why,
    ]);
    home.fails(&["index", "oppose", "MAKERS", "BOB"], 3, "NotOpposed");
    home.fails(&["index", "oppose", "MAKERS", "BOB", "9"], 2, "NotFound");
    home.fails(&["index", "oppose", "MAKERS", "EVE"], 2, "NotFound");
}
