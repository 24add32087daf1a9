//! What a page does with whatever a chain may say.

use {
    super::{disclosure, parts, tree},
    crate::text::{NEVER, Names, powers},
    maud::Markup,
    upside_core::{
        Pubkey,
        inspect::{
            Act, Amount, Announced, AnnouncedName, AssetReport, AttestationReport, AttesterFacts,
            AttesterReport, Backing, ClaimReport, Dilution, Disclosure, EvidenceClass,
            FormerNameReport, GovernanceReport, Hash, MintAmount, OwnerIdentity, Percent, Power,
            Roles, Scale, Supply, TermFacts, TermsReport, TokenReport, When, Who,
        },
        state::{Admission, ClaimKind, ClaimStatus, Origin, TokenStatus, TransferPolicy},
    },
};

fn amount(whole: u64) -> Amount {
    Amount::new(whole * 1_000_000, 6)
}

fn of(mint: Pubkey, whole: u64) -> Vec<MintAmount> {
    vec![MintAmount {
        mint,
        amount: amount(whole),
    }]
}

/// A key for each thing.
fn key(of: &str) -> Pubkey {
    let mut bytes = [1; 32];
    bytes[..of.len()].copy_from_slice(of.as_bytes());
    Pubkey::new_from_array(bytes)
}

/// A token that is called so everywhere where its owner chooses the words.
fn token(called: &str) -> TokenReport {
    let text = called.to_string();
    TokenReport {
        token: key("TOKEN"),
        name: text.clone(),
        symbol: text.clone(),
        uri: Some(text.clone()),
        verified: false,
        identity: upside_core::identity::Identity::Unverified,
        former_names: Vec::new(),
        announced_name: None,
        looks_like: Vec::new(),
        creator: key("CREATOR"),
        owner: key("OWNER"),
        pending_owner: None,
        guardian: None,
        registrar: None,
        owner_seen: 1_800_000_000,
        mint: key("MINT"),
        quote_mint: key("QUOTE"),
        paused: false,
        admission: Admission::Open,
        transfer_policy: TransferPolicy::Free,
        governance: GovernanceReport {
            status: TokenStatus::Active,
            announced: None,
            polls: Vec::new(),
            polls_put: 0,
            voice: None,
            terms_version: 0,
            executor: None,
            executor_from: 1_807_776_000,
        },
        terms: TermsReport {
            supply_cap: amount(10000),
            launch_shares: amount(1000),
            room: Percent::of_bps(2500),
            bearer_cap: None,
            floor: amount(1),
            loss_limit: amount(0),
            cash_out_tax: Percent::of_bps(500),
            royalty: Percent::of_bps(500),
            reserve: Percent::of_bps(2000),
            poll_threshold: Percent::of_bps(5000),
            drip_seconds: 604_800,
            notice_seconds: 604_800,
            inactivity_seconds: 7_776_000,
        },
        supply: Supply {
            total: amount(1000),
            held: amount(1000),
            uncollected: amount(0),
            warming: amount(0),
            bearer: amount(0),
            offered: amount(0),
            fully_diluted: amount(10000),
            cap_left: amount(9000),
            launch_left: amount(0),
            room_left: amount(250),
            creatable: amount(250),
            holders: 1,
        },
        backing: Backing {
            liquid: of(key("QUOTE"), 12),
            attested: of(key("QUOTE"), 34),
            ..Backing::default()
        },
        assets: vec![AssetReport {
            mint: key("QUOTE"),
            vault: key("VAULT"),
            reserve: amount(12),
            endowment: amount(2),
            endowment_locked: amount(1),
            escrow: amount(13),
            payouts: amount(14),
            balance: amount(39),
            per_share: amount(0),
            seizable: true,
            freezable: true,
            pausable: false,
            immovable: None,
            payout: true,
            multiplier: Scale::of_multiplier(10.0),
        }],
        streams: Vec::new(),
        attestation_threshold: 1,
        attesters: vec![AttesterReport {
            attester: key("ATTESTER"),
            accepted_by: Origin::Owner,
            is_owner: false,
            since: 1_800_000_000,
            successor: None,
            handover_at: None,
        }],
        claims: vec![claim(called)],
        result: amount(0),
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
                    creatable: amount(9000),
                    offered: amount(500),
                    room: Percent::of_bps(2500),
                },
            ),
            power(
                Who::Holders,
                When::AfterPoll {
                    notice_seconds: 604_800,
                },
                Act::RaiseTax {
                    most: Percent::of_bps(5000),
                },
            ),
            power(
                Who::Issuer,
                When::AtOnce,
                Act::TouchAsset {
                    mint: key("QUOTE"),
                    seizable: true,
                    freezable: true,
                    pausable: false,
                },
            ),
        ],
        dilution: Dilution {
            supply: amount(1000),
            cap: amount(10000),
            existing: Percent::of_bps(1000),
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
            name_hash: Hash([0xef; 32]),
            owner: key("OWNER"),
            former_names: vec![FormerNameReport {
                name: text.clone(),
                symbol: text,
                until_at: 1_799_000_000,
            }],
            ..OwnerIdentity::default()
        },
        terms: TermFacts {
            cash_out_tax: Percent::of_bps(500),
            royalty: Percent::of_bps(500),
            floor: amount(1),
            loss_limit: amount(0),
            reserve: Percent::of_bps(2_000),
            drip_seconds: 604_800,
            notice_seconds: 604_800,
            admission: Admission::Open,
            transfer_policy: TransferPolicy::Free,
        },
        roles: Roles::default(),
        attesters: AttesterFacts::default(),
        polls: Vec::new(),
        voice: None,
        concentration: None,
        assets: Vec::new(),
    }
}

fn claim(called: &str) -> ClaimReport {
    ClaimReport {
        number: 0,
        address: key("CLAIM"),
        kind: ClaimKind::Equity,
        class: EvidenceClass::Attested,
        status: ClaimStatus::Declared,
        name: called.to_string(),
        unit: Some(called.to_string()),
        held: Amount::new(5000, 0),
        units: Amount::new(5000, 0),
        value: Some(amount(34)),
        counted_value: Some(amount(34)),
        cost: Some(amount(34)),
        cost_that_counts: Some(amount(0)),
        received: amount(0),
        total: None,
        share: None,
        payer: None,
        ends_at: None,
        mint: None,
        document: Some(Hash([0xab; 32])),
        uri: Some(called.to_string()),
        attestations: vec![AttestationReport {
            attester: key("ATTESTER"),
            accepted: true,
            units: Amount::new(5000, 0),
            value: amount(77),
            cost: amount(34),
            cost_counts_from: 1_800_000_000,
            fresh: true,
            signed_at: 1_800_000_000,
            expires_at: 1_900_000_000,
        }],
        terms: Hash([0xcd; 32]),
        disputed_by: Vec::new(),
        disputed_by_holders: false,
        transforms: 0,
        written_off: Amount::new(0, 0),
        found: Amount::new(0, 0),
        reports: None,
        auction: None,
        declared_at: 1_800_000_000,
        age_seconds: 60,
    }
}

fn drawn(called: &str) -> String {
    let mut names = Names::default();
    names.set(&key("QUOTE"), called);
    let token = token(called);
    let whole: Markup = maud::html! {
        (parts::name(&token.name)) @if let Some(uri) = &token.uri { (parts::uri(uri)) } (tree::below(&names, &token))
        (disclosure::disclosure(&token.disclosure, &names, &names.of(&key("QUOTE"))))
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

#[test]
fn what_others_can_do_is_said_in_the_words_of_the_text() {
    let mut names = Names::default();
    names.set(&key("QUOTE"), "USDC");
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
    assert!(
        page.contains(&"ef".repeat(32)) && page.contains(&format!("{}, the creator", key("OWNER")))
    );
    // Nobody read the holders: so nothing is said of them.
    assert!(!page.contains("largest others"));
}
