//! The look-through as a page: nothing is missing on it, and nothing of it is hostile, in
//! a real browser too.

mod browser;
mod common;
mod pool;
#[path = "pool/ada.rs"]
mod scene;

use {
    browser::{Browser, Screen},
    common::Home,
    pool::Pool,
    scene::ada,
    serde_json::Value,
    std::{env, fs, path::PathBuf},
    upside_localnet::{EmbeddedChain, Options},
    upside_sdk::amount::Grouped,
};

/// Writes the page and returns its path, its text and the reading that it shows.
fn page(home: &Home, of: &str) -> (PathBuf, String, Value) {
    let file = home.path("page.html");
    let written = home.json(&["inspect", of, "--html", &file.display().to_string()]);
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(written["bytes"], text.len());
    (file, text, written["report"].clone())
}

/// What a reader sees, entities resolved; titles and machine-readable times with it.
fn read(page: &str) -> String {
    let page = page.split_once("</style>").unwrap().1;
    page.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// Every figure of a report is on its page.
fn covers(text: &str, member: &str, value: &Value) {
    let has = |figure: &str| assert!(text.contains(figure), "{member}: {figure} is missing");
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(member, value)| covers(text, member, value)),
        Value::Array(all) => all.iter().for_each(|value| covers(text, member, value)),
        Value::String(_) if member == "atoms" => {}
        Value::String(word) if member == "document" && word.bytes().all(|b| b == b'0') => {}
        Value::String(figure) if figure.parse::<f64>().is_ok() => {
            let zero = matches!(member, "written_off");
            if !zero || figure != "0" {
                has(&Grouped(figure.clone()).to_string());
            }
        }
        Value::String(word) if text.contains(word.as_str()) => {}
        Value::String(word) => has(&word.replace('_', " ")),
        Value::Number(number) => {
            let number = number.as_i64().unwrap();
            let time = member.ends_with("_at")
                || member.ends_with("_from")
                || matches!(
                    member,
                    "time"
                        | "since"
                        | "paused_until"
                        | "cost_counts_from"
                        | "owner_seen"
                        | "acceptable_from"
                );
            let span = member.ends_with("_seconds") || member.ends_with("_ago");
            if time {
                has(&format!("datetime=\"{}", minute(number)));
            } else if matches!(member, "next_period" | "last_period") {
                has(&format!("{}-{:02}", number / 100, number % 100));
            } else if span {
                has(&format!("\"{number} seconds\""));
            } else if number > 0 {
                has(&number.to_string());
            }
        }
        Value::Bool(_) | Value::Null => {}
    }
}

/// `2027-01-31T18:00`.
fn minute(time: i64) -> String {
    let (mut year, mut days) = (1970, time / 86_400);
    let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    while days >= 365 + i64::from(leap(year)) {
        days -= 365 + i64::from(leap(year));
        year += 1;
    }
    let months = [
        31,
        28 + i64::from(leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    let mut month = 0;
    while days >= months[month] {
        days -= months[month];
        month += 1;
    }
    let rest = time % 86_400;
    let (hour, minute) = (rest / 3600, rest % 3600 / 60);
    format!(
        "{year}-{:02}-{:02}T{hour:02}:{minute:02}",
        month + 1,
        days + 1
    )
}

/// Opens a page on every kind of screen: it fits, asks for nothing, complains of nothing.
fn looks_right(name: &str, file: &std::path::Path) {
    let mut browser = match Browser::start() {
        Ok(browser) => browser,
        Err(why) => return eprintln!("skipped: no browser looks at the page: {why}"),
    };
    let pictures = env::var_os("UPSIDE_PICTURES").map(PathBuf::from);
    for (width, height) in [(360, 780), (390, 844), (1280, 800)] {
        for dark in [false, true] {
            let screen = Screen {
                width,
                height,
                dark,
            };
            browser.open(file, screen);
            browser.value("document.querySelectorAll('details').forEach(one => one.open = true)");
            let wide = browser.value("document.documentElement.scrollWidth");
            assert_eq!(wide, width, "{name} overflows at {width}");
            let outside = browser.value(
                "[...document.querySelectorAll('body *')].filter(one => one.getClientRects().length \
                 && !one.closest('thead') && one.getBoundingClientRect().right > innerWidth + 1) \
                 .map(one => one.outerHTML.slice(0, 200))",
            );
            assert_eq!(outside, serde_json::json!([]), "{name} at {width}");
            let small = browser.value(
                "Math.min(...[...document.querySelectorAll('svg text')].filter(one => \
                 one.getClientRects().length).map(one => one.getBoundingClientRect().height))",
            );
            let charts = browser.value("document.querySelectorAll('svg').length");
            assert!(
                charts == 0 || small.as_f64().unwrap() > 10.0,
                "{name}: {small} px at {width}"
            );
            let paper = browser.value("getComputedStyle(document.body).backgroundColor");
            assert_eq!(paper == "rgb(18, 21, 28)", dark, "{paper}");
            if let Some(folder) = &pictures {
                let mode = if dark { "dark" } else { "light" };
                let to = |what: &str| folder.join(format!("{name}-{width}-{mode}{what}.png"));
                fs::write(to("-open"), browser.picture(true)).unwrap();
                browser.open(file, screen);
                fs::write(to("-whole"), browser.picture(true)).unwrap();
                fs::write(to(""), browser.picture(false)).unwrap();
            }
        }
    }
    // A script in a name would have made an element, a request or a complaint.
    assert_eq!(
        browser.value("document.scripts.length + document.images.length"),
        0
    );
    let own = |url: &&String| !url.starts_with("file://") && !url.starts_with("data:");
    assert_eq!(browser.requests.iter().find(own), None);
    assert_eq!(browser.complaints, Vec::<String>::new());
}

#[test]
fn a_token_is_shown_whole() {
    let home = ada();
    let (file, page, report) = page(&home, "ADA");
    covers(&read(&page), "report", &report);
    for hostile in ["<img", "<script", "onerror=\""] {
        assert!(!page.contains(hostile), "{hostile}");
    }
    assert!(page.contains("href=\"https://acme.example/deed\""));
    assert!(page.contains("unverified") && page.contains("default-src 'none'"));
    // The quote that the chart draws is the one that the chain pays.
    let all: u64 = report["supply"]["total"]["atoms"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(all > 0 && read(&page).contains("What an exit pays now"));
    let text = home.ok(&["inspect", "ADA", "--html", &file.display().to_string()]);
    assert!(text.contains("Open it in a browser"), "{text}");
    let nowhere = home.path("no/such/folder.html").display().to_string();
    home.fails(&["inspect", "ADA", "--html", &nowhere], 5, "File");
    looks_right("token", &file);
}

#[test]
fn an_index_is_shown_whole() {
    let pool = Pool::launched(&["cee"]);
    pool.exit("ann");
    let home = &pool.home;
    home.ok(&["index", "add", "MAKERS", "CEE"]);
    let offer = [
        "index", "member", "offer", "MAKERS", "CEE", "--gives", "1000", "--gets", "10",
    ];
    home.ok(&offer);
    let fees = [
        "--entry-fee",
        "1%",
        "--exit-fee",
        "0.5%",
        "--guardian",
        &pool.founder,
    ];
    home.ok(&[&["index", "announce", "MAKERS"][..], &fees].concat());
    home.ok(&["index", "lock", "MAKERS", "123"]);
    let bob = home.path("bob.json").display().to_string();
    let equity = [
        "claim",
        "declare",
        "equity",
        "BOB",
        "Bolt GmbH",
        "--units",
        "10",
        "--cost",
        "3000",
    ];
    home.ok(&[&["-k", &bob][..], &equity].concat());
    home.ok(&["reserve", "deposit", "ANN", "2500"]);
    home.ok(&["reserve", "deposit", "BOB", "700"]);
    home.ok(&["index", "harvest", "MAKERS"]);
    let (file, page, report) = page(home, "MAKERS");
    covers(&read(&page), "report", &report);
    looks_right("index", &file);
}

#[test]
fn an_empty_token_is_shown() {
    let home = Home::new();
    home.founder();
    home.ok(&["token", "create", "Zoë", "ZOE", "--cap", "10000000"]);
    let (file, page, report) = page(&home, "ZOE");
    covers(&read(&page), "report", &report);
    assert!(page.contains("The reserve is empty") && page.contains("No round was opened yet"));
    looks_right("empty", &file);
}

#[test]
fn what_a_node_says_cannot_take_over_the_terminal() {
    let home = Home::new();
    home.founder();
    let created = home.json(&[
        "token",
        "create",
        "Ada Lovelace",
        "ADA",
        "--cap",
        "10000000",
    ]);
    // The program refuses such names: a lying node does not ask it.
    let mint = created["mint"].as_str().unwrap().parse().unwrap();
    let chain =
        EmbeddedChain::open(&home.chain(), &upside_sdk::programs(), Options::default()).unwrap();
    let mut account = chain.account(&mint).unwrap();
    let place = account
        .data
        .windows(12)
        .position(|bytes| bytes == b"Ada Lovelace")
        .unwrap();
    account.data[place..place + 12].copy_from_slice("A\u{1b}[2J\r\u{202e}\u{9b}b".as_bytes());
    chain.set_account(&mint, account).unwrap();
    drop(chain);
    for command in [
        &["inspect", "ADA"][..],
        &["token", "list"],
        &["token", "show", "ADA"],
    ] {
        let shown = home.ok(command);
        assert!(shown.contains("A␛[2J␍⟨U+202E⟩⟨U+009B⟩b"), "{shown}");
        let hidden = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!shown.contains(hidden), "{shown:?}");
    }
    // Documents keep the name as it is, and are safe to print.
    let text = home.ok(&["inspect", "ADA", "--output", "json"]);
    assert!(!text.contains('\u{202e}') && text.contains("\\u202e") && text.contains("\\u009b"));
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["name"], "A\u{1b}[2J\r\u{202e}\u{9b}b");
    let (_, page, _) = page(&home, "ADA");
    assert!(!page.contains('\u{202e}') && page.contains("A␛[2J␍⟨U+202E⟩⟨U+009B⟩b"));
}
