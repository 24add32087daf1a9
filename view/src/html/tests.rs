//! What a page does with whatever a chain may say.

use {
    super::{disclosure, parts, tree},
    crate::text::{NEVER, Names, powers},
    maud::Markup,
    serde::Serialize,
    upside_core::inspect::{
        Act, Amount, Announced, AnnouncedName, AssetReport, AttestationReport, AttesterReport,
        Backing, ClaimReport, Dilution, Disclosure, FormerNameReport, GovernanceReport, MintAmount,
        OwnerIdentity, Power, Supply, TermsReport, TokenReport, When, Who,
    },
};

fn amount(text: &str) -> Amount {
    Amount {
        atoms: format!("{text}000000"),
        amount: text.to_string(),
    }
}

fn of(mint: &str, text: &str) -> Vec<MintAmount> {
    vec![MintAmount {
        mint: mint.to_string(),
        amount: amount(text),
    }]
}

/// A token that is called so everywhere where its owner chooses the words.
fn token(called: &str) -> TokenReport {
    let text = called.to_string();
    TokenReport {
        token: "TOKEN".to_string(),
        name: text.clone(),
        symbol: text.clone(),
        uri: text.clone(),
        verified: false,
        identity: upside_core::identity::Identity::Unverified,
        former_names: Vec::new(),
        announced_name: None,
        looks_like: Vec::new(),
        creator: "CREATOR".to_string(),
        owner: "OWNER".to_string(),
        pending_owner: None,
        guardian: None,
        registrar: None,
        owner_seen: 1_800_000_000,
        mint: "MINT".to_string(),
        quote_mint: "QUOTE".to_string(),
        paused: false,
        admission: "open",
        transfer_policy: "free",
        governance: GovernanceReport {
            status: "active",
            announced: None,
            polls: Vec::new(),
            polls_put: 0,
            voice: None,
            terms_version: 0,
            executor: None,
            executor_from: 1_807_776_000,
        },
        terms: TermsReport {
            supply_cap: amount("10000"),
            launch_shares: amount("1000"),
            room: "25".to_string(),
            bearer_cap: None,
            floor: amount("1"),
            loss_limit: amount("0"),
            cash_out_tax: "5".to_string(),
            royalty: "5".to_string(),
            reserve: "20".to_string(),
            poll_threshold: "50".to_string(),
            drip_seconds: 604_800,
            notice_seconds: 604_800,
            inactivity_seconds: 7_776_000,
        },
        supply: Supply {
            total: amount("1000"),
            held: amount("1000"),
            uncollected: amount("0"),
            warming: amount("0"),
            bearer: amount("0"),
            offered: amount("0"),
            fully_diluted: amount("10000"),
            cap_left: amount("9000"),
            launch_left: amount("0"),
            room_left: amount("250"),
            creatable: amount("250"),
            holders: 1,
        },
        backing: Backing {
            liquid: of("QUOTE", "12"),
            attested: of("QUOTE", "34"),
            ..Backing::default()
        },
        assets: vec![AssetReport {
            mint: "QUOTE".to_string(),
            vault: "VAULT".to_string(),
            reserve: amount("12"),
            escrow: amount("13"),
            payouts: amount("14"),
            balance: amount("39"),
            per_share: amount("0"),
            seizable: true,
            freezable: true,
            pausable: false,
            immovable: None,
            payout: true,
        }],
        streams: Vec::new(),
        attestation_threshold: 1,
        attesters: vec![AttesterReport {
            attester: "ATTESTER".to_string(),
            accepted_by: "owner",
            is_owner: false,
            since: 1_800_000_000,
            successor: None,
            handover_at: None,
        }],
        claims: vec![claim(called)],
        result: amount("0"),
        rounds: Vec::new(),
        holders: Vec::new(),
        disclosure: others(called),
        slot: 7,
        time: 1_800_000_000,
    }
}

/// What others can do to holders of a token that was called so, and will be again.
fn others(called: &str) -> Disclosure {
    let text = called.to_string();
    let power = |who, when, act| Power { who, when, act };
    Disclosure {
        powers: vec![
            power(
                Who::Owner,
                When::AtOnce,
                Act::CreateShares {
                    creatable: amount("9000"),
                    offered: amount("500"),
                    room: "25".to_string(),
                },
            ),
            power(
                Who::Holders,
                When::AfterPoll {
                    notice_seconds: 604_800,
                },
                Act::RaiseTax {
                    most: "50".to_string(),
                },
            ),
            power(
                Who::Issuer,
                When::AtOnce,
                Act::TouchAsset {
                    mint: "QUOTE".to_string(),
                    seizable: true,
                    freezable: true,
                    pausable: false,
                },
            ),
        ],
        dilution: Dilution {
            supply: amount("1000"),
            cap: amount("10000"),
            existing: "10".to_string(),
            ..Dilution::default()
        },
        announced: vec![Announced::Name(AnnouncedName {
            name: Some(text.clone()),
            symbol: None,
            uri: None,
            effective_at: 1_800_604_800,
        })],
        identity: OwnerIdentity {
            name: text.clone(),
            name_hash: "ef".repeat(32),
            owner: "OWNER".to_string(),
            former_names: vec![FormerNameReport {
                name: text.clone(),
                symbol: text,
                until_at: 1_799_000_000,
            }],
            ..OwnerIdentity::default()
        },
        ..Disclosure::default()
    }
}

fn claim(called: &str) -> ClaimReport {
    ClaimReport {
        number: 0,
        address: "CLAIM".to_string(),
        kind: "equity",
        class: "attested",
        status: "declared",
        name: called.to_string(),
        unit: called.to_string(),
        held: "5000".to_string(),
        units: "5000".to_string(),
        value: Some(amount("34")),
        counted_value: Some(amount("34")),
        cost: Some(amount("34")),
        cost_that_counts: Some(amount("0")),
        received: amount("0"),
        total: None,
        share: None,
        payer: None,
        ends_at: None,
        mint: None,
        document: "ab".repeat(32),
        uri: called.to_string(),
        attestations: vec![AttestationReport {
            attester: "ATTESTER".to_string(),
            accepted: true,
            units: "5000".to_string(),
            value: amount("77"),
            cost: amount("34"),
            cost_counts_from: 1_800_000_000,
            fresh: true,
            signed_at: 1_800_000_000,
            expires_at: 1_900_000_000,
        }],
        terms: "cd".repeat(32),
        disputed_by: Vec::new(),
        disputed_by_holders: false,
        transforms: 0,
        written_off: "0".to_string(),
        found: "0".to_string(),
        reports: None,
        auction: None,
        declared_at: 1_800_000_000,
        age_seconds: 60,
    }
}

fn drawn(called: &str) -> String {
    let mut names = Names::default();
    names.set("QUOTE", called);
    let token = token(called);
    let whole: Markup = maud::html! {
        (parts::name(&token.name)) (parts::uri(&token.uri)) (tree::below(&names, &token))
        (disclosure::disclosure(&token.disclosure, &names, &names.of("QUOTE")))
    };
    whole.into_string()
}

#[test]
fn hostile_texts_are_inert() {
    let hostile = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></style><style>*{display:none}",
        "<!--",
        "]]><svg onload=alert(1)>",
        "&lt;script&gt;",
        "javascript:alert(1)",
    ];
    for text in hostile {
        let page = drawn(text);
        assert!(
            !page.contains(text) || text.starts_with("javascript") || text.starts_with('\''),
            "{page}"
        );
        for tag in ["<script", "<img", "<style", "<svg", "<!--", "href="] {
            assert!(!page.contains(tag), "{text}: {tag}\n{page}");
        }
        // Inside a quoted attribute only its own quote could end it.
        let shown = page
            .replace("&quot;", "")
            .replace("&lt;", "")
            .replace("&gt;", "");
        assert!(!shown.contains("\" onmouseover"), "{page}");
    }
    // What was escaped once is escaped again, not read.
    assert!(drawn("&lt;b&gt;").contains("&amp;lt;b&amp;gt;"));
}

#[test]
fn what_cannot_be_seen_is_shown() {
    let page = drawn("a\u{202e}b\u{200b}c\u{1b}[2Jd\r\ne");
    for hidden in ['\u{202e}', '\u{200b}', '\u{1b}', '\r'] {
        assert!(!page.contains(hidden));
    }
    assert!(page.contains("a⟨U+202E⟩b⟨U+200B⟩c␛[2Jd␍␊e"), "{page}");
}

#[test]
fn long_texts_are_cut_and_kept_whole_in_a_title() {
    let long = "ä".repeat(10_000);
    let page = drawn(&long);
    assert!(page.contains(&format!("title=\"{long}\"")));
    // Beside the titles, nowhere more than an address of a document is long.
    let shown = page.replace(&long, "");
    assert!(!shown.contains(&"ä".repeat(97)) && shown.contains(&format!(">{}…", "ä".repeat(48))));
}

#[test]
fn addresses_are_links_only_where_they_are_https() {
    assert!(
        drawn("https://ada.example/a?b=\"c\"")
            .contains("href=\"https://ada.example/a?b=&quot;c&quot;\"")
    );
    for text in [
        "http://ada.example",
        "data:text/html,x",
        "https://bank.com@evil.com",
    ] {
        assert!(!drawn(text).contains("href"));
    }
}

#[derive(Serialize)]
struct Newer {
    known: u8,
    unheard_of: Amount,
    settles_at: i64,
    words: &'static str,
}

#[test]
fn what_a_page_does_not_know_is_shown_all_the_same() {
    let newer = Newer {
        known: 1,
        unheard_of: Amount {
            atoms: "1234567000000".to_string(),
            amount: "1234567".to_string(),
        },
        settles_at: 1_800_000_000,
        words: "<b>",
    };
    let shown = parts::rest(&newer, &["known"]).unwrap().into_string();
    for text in ["unheard of", "1,234,567", "2027-01-15", "&lt;b&gt;"] {
        assert!(shown.contains(text), "{shown}");
    }
    assert!(parts::rest(&newer, &["known", "unheard_of", "settles_at", "words"]).is_none());
}

#[test]
fn what_others_can_do_is_said_in_the_words_of_the_text() {
    let mut names = Names::default();
    names.set("QUOTE", "USDC");
    let shown = others("Ada");
    let page = disclosure::disclosure(&shown, &names, "USDC").into_string();
    for (what, sentence) in powers(&shown, &names, "USDC") {
        assert!(page.contains(&format!("<b>{what}</b>")), "{what}\n{page}");
        assert!(page.contains(&sentence), "{sentence}\n{page}");
    }
    for words in [
        "the owner can, at once: create up to 9,000 shares more now, beyond the launch 25 % of all",
        "500 are on offer already",
        "holders can, after poll and 7 d of notice: raise the cash-out tax, to 50 % at most.",
        "an issuer can, at once: seize or rescale, freeze USDC in the reserve.",
        "1,000 of 10,000 shares exist, 10 % of the cap",
        "called Ada, from 2027-01-22 08:00 UTC",
        "Ada (Ada), until 2027-01-03 ",
        "none: claims on paper stay declared",
        NEVER,
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(page.contains(&"ef".repeat(32)) && page.contains("OWNER, the creator"));
    // Nobody read the holders: so nothing is said of them.
    assert!(!page.contains("largest others"));
}
