//! What others can do to a holder, in words. Text, pages and previews take them from here,
//! so that the same sentence stands in every place where somebody can pay.

use {
    super::{
        names::Names,
        people::{looks_like, verified_by},
        powers::{NEVER, brief_text, powers},
        view::{Row, TokenView},
    },
    crate::{
        style::{self, grouped, heading, paint, short, span, wrapped},
        time::stamp,
        words::{Word, figures, risks},
    },
    upside_core::{
        Pubkey,
        inspect::{
            Announced, AssetRisk, AttesterReport, Disclosure, Part, PollReport, RoundReport,
        },
        state::Origin,
    },
};

/// How many shares exist, and how many may.
pub fn dilution(facts: &Disclosure) -> Vec<Row> {
    let dilution = &facts.dilution;
    let (supply, cap) = (grouped(&dilution.supply), grouped(&dilution.cap));
    let left = grouped(&dilution.launch_left);
    let mut rows = vec![
        (
            "fully diluted",
            format!(
                "{supply} of {cap} shares exist, {} % of the cap",
                dilution.existing
            ),
        ),
        (
            "launch",
            format!(
                "{left} of the first {} shares left: they take no yearly room",
                grouped(&dilution.launch_shares)
            ),
        ),
        (
            "yearly room",
            format!(
                "{} left of {} % of all shares a year beyond them",
                grouped(&dilution.room_left),
                dilution.room
            ),
        ),
    ];
    if !dilution.offered.is_zero() {
        let offered = grouped(&dilution.offered);
        rows.push(("on offer", format!("{offered} shares: they may come")));
    }
    rows
}

/// What terms take and give.
pub fn terms(facts: &Disclosure, quote: &str) -> Vec<Row> {
    let terms = &facts.terms;
    let floor = if terms.floor.is_zero() {
        "none: all profit of exits is shared out".to_string()
    } else {
        format!("{} {quote} of exits' profit", grouped(&terms.floor))
    };
    let tax = &terms.cash_out_tax;
    vec![
        (
            "cash-out tax",
            format!("{tax} % of what a part redeems for stays with the others"),
        ),
        ("royalty", format!("{} % of your profit", terms.royalty)),
        ("owner's floor", floor),
        (
            "reserve part",
            format!(
                "{} % of payouts; the rest streams over {}",
                terms.reserve,
                span(terms.drip_seconds.into())
            ),
        ),
        (
            "who may hold",
            format!(
                "admission {}, transfers {}",
                terms.admission.word(),
                terms.transfer_policy.word()
            ),
        ),
    ]
}

/// Who chose an attester.
pub fn chosen(attester: &AttesterReport) -> &'static str {
    match attester.accepted_by {
        Origin::Owner => "chosen by the owner before others bought shares",
        Origin::Poll => "accepted by a poll of holders",
        Origin::Successor => "successor of an attester",
    }
}

/// Whose word on claims counts, and who accepted them.
pub fn attesters(facts: &Disclosure) -> Vec<Row> {
    let list = &facts.attesters;
    let all = list.accepted.iter();
    let mut rows: Vec<Row> = all
        .map(|one| {
            let mut text = format!("{}, {}", one.attester, chosen(one));
            if one.is_owner {
                text.push_str("; the owner by now: counts nothing");
            }
            ("attester", text)
        })
        .collect();
    rows.push(match rows.len() {
        0 => (
            "attesters",
            "none: claims on paper stay declared".to_string(),
        ),
        many => (
            "attested by",
            format!(
                "a claim needs fresh signatures of {} of these {many}",
                list.attestation_threshold
            ),
        ),
    });
    rows
}

/// What a poll changes, of which claim, attester or asset.
pub fn subject(poll: &PollReport) -> String {
    let about = match (poll.claim, &poll.attester, &poll.asset) {
        (Some(claim), ..) => format!(" of claim {claim}"),
        (_, Some(key), _) | (_, _, Some(key)) => format!(" {}", short(key)),
        _ => String::new(),
    };
    format!("{}{about}", poll.changes.word())
}

/// An open poll in a line.
fn poll(poll: &PollReport) -> String {
    let (before, after) = (figures(&poll.before), figures(&poll.after));
    let what = format!(
        "{}: {} from {before} to {after}",
        poll.number,
        subject(poll)
    );
    let passed = poll.tally.as_ref().filter(|tally| tally.passed);
    let at = passed.and_then(|tally| tally.effective_at);
    match (passed, at) {
        (Some(_), Some(at)) => format!("{what}, passed, to be applied from {}", stamp(at)),
        (Some(_), None) => format!("{what}, passed"),
        _ => format!("{what}, lapses {}", stamp(poll.lapses_at)),
    }
}

fn announced(change: &Announced, quote: &str) -> String {
    match change {
        Announced::Policy(policy) => format!(
            "admission {}, transfers {}, from {}",
            policy.admission.word(),
            policy.transfer_policy.word(),
            stamp(policy.effective_at)
        ),
        Announced::Name(name) => {
            let texts = [&name.name, &name.symbol, &name.uri];
            let texts = texts.into_iter().flatten();
            let texts: Vec<_> = texts.map(|text| brief_text(text)).collect();
            format!(
                "called {}, from {}",
                texts.join(", "),
                stamp(name.effective_at)
            )
        }
        Announced::Seat {
            attester,
            successor,
            handover_at,
        } => format!(
            "attester {} hands its seat to {successor}, from {}",
            short(attester),
            stamp(*handover_at)
        ),
        Announced::Auction {
            claim,
            name,
            left,
            end,
            starts_at,
            ends_at,
        } => format!(
            "{left} units of claim {claim} ({}) are sold by auction down to {} {quote} for \
             all, {} to {}",
            brief_text(name),
            grouped(end),
            stamp(*starts_at),
            stamp(*ends_at)
        ),
    }
}

/// Open polls and announced changes, with their dates.
pub fn coming(facts: &Disclosure, quote: &str) -> Vec<Row> {
    let polls = facts.polls.iter().map(|open| ("poll", poll(open)));
    let coming = facts.announced.iter();
    let coming = coming.map(|change| ("announced", announced(change, quote)));
    polls.chain(coming).collect()
}

/// The same, or that there are none.
pub fn changes(facts: &Disclosure, quote: &str) -> Vec<Row> {
    let mut rows = coming(facts, quote);
    if rows.is_empty() {
        rows.push((
            "polls",
            "none is open, and nothing was announced".to_string(),
        ));
    }
    rows
}

/// Who has which role.
pub fn roles(facts: &Disclosure) -> Vec<Row> {
    let roles = &facts.roles;
    let mut rows = Vec::new();
    let mut named = |what, key: &Option<Pubkey>| {
        rows.extend(key.map(|key| (what, key.to_string())));
    };
    named("proposed owner", &roles.pending_owner);
    named("guardian", &roles.guardian);
    named("registrar", &roles.registrar);
    if let Some(key) = &roles.executor {
        let from = stamp(roles.executor_from);
        rows.push((
            "executor",
            format!("{key}, from {from} without a sign of life"),
        ));
    }
    rows
}

/// `7kbn…x2Qa 12.5 %, …`; `nobody` for none.
fn largest(parts: &[Part]) -> String {
    if parts.is_empty() {
        return "nobody".to_string();
    }
    let one = |part: &Part| format!("{} {} %", short(&part.wallet), part.part);
    parts.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Who holds how much.
pub fn concentration(facts: &Disclosure) -> Vec<Row> {
    let Some(held) = &facts.concentration else {
        return Vec::new();
    };
    let wallets = match held.wallets {
        1 => "1 wallet has".to_string(),
        many => format!("{many} wallets have"),
    };
    let mut rows = vec![
        (
            "the owner holds",
            format!("{} % of all shares; {wallets} registered ones", held.owner),
        ),
        ("largest others", largest(&held.largest)),
        (
            "in polls",
            format!(
                "these have {} % of what counts, {} % pass a poll against holders; several wallets \
                 may be one person's",
                held.largest_in_polls, held.poll_threshold
            ),
        ),
    ];
    if !held.bearer.is_zero() {
        let text = format!("{} % are tokens in wallets not seen here", held.bearer);
        rows.push(("outside", text));
    }
    if facts.voice.as_ref().is_some_and(|voice| voice.silent) {
        let text = "too few shares can answer: no poll against holders passes";
        rows.push(("so", text.to_string()));
    }
    rows
}

/// What it was called before.
pub fn former_names(facts: &Disclosure) -> Vec<Row> {
    let names = facts.identity.former_names.iter();
    let row = |one: &upside_core::inspect::FormerNameReport| {
        let until = stamp(one.until_at);
        (
            "formerly",
            format!(
                "{} ({}), until {until}",
                brief_text(&one.name),
                brief_text(&one.symbol)
            ),
        )
    };
    names.map(row).collect()
}

/// Who it is, and what is known of it.
pub fn identity(facts: &Disclosure) -> Vec<Row> {
    let who = &facts.identity;
    let verified = verified_by(&who.identity).unwrap_or_else(|| {
        let why = who.identity.missing();
        let why = why.unwrap_or("nobody whom you trust vouches");
        format!("unverified: {why}")
    });
    let mut rows = vec![("identity", verified)];
    rows.extend(looks_like(&who.looks_like).map(|alike| ("look-alikes", alike)));
    rows.push(("name hash", who.name_hash.to_string()));
    let owner = match who.handed_over_at {
        None => "the creator".to_string(),
        Some(at) => format!("since {}; created by {}", stamp(at), who.creator),
    };
    rows.push(("owned by", format!("{}, {owner}", who.owner)));
    rows.extend(former_names(facts));
    rows
}

/// What issuers can do with the reserve.
pub fn assets(facts: &Disclosure, names: &Names) -> Vec<Row> {
    let row = |one: &AssetRisk| {
        let words = risks(one.seizable, one.freezable, one.pausable, one.immovable);
        let name = brief_text(&names.of(&one.mint));
        (!words.is_empty()).then(|| ("asset", format!("{name}: {}", words.join(", "))))
    };
    facts.assets.iter().filter_map(row).collect()
}

/// From whom a round's money came.
pub fn contributors(round: &RoundReport) -> Vec<Row> {
    let Some(from) = &round.contributors else {
        return Vec::new();
    };
    let wallets = match from.wallets {
        1 => "1 wallet".to_string(),
        many => format!("{many} wallets"),
    };
    vec![
        ("paid by", format!("{wallets}: {}", largest(&from.largest))),
        (
            "mind",
            "a minimum raise proves how much came in, not from whom: any wallet may be the owner's"
                .to_string(),
        ),
    ]
}

/// What others can do, as text: in sentences, and with what it hangs on.
pub fn disclosure(view: &TokenView) -> String {
    let (report, shown) = (&view.report, &view.report.disclosure);
    let quote = view.names.of(&report.quote_mint);
    let mut text = heading("What others can do to you");
    text.push_str(&wrapped(&powers(shown, &view.names, &quote)));
    text.push_str(&never());
    let mut rows = changes(shown, &quote);
    rows.extend(attesters(shown));
    rows.extend(concentration(shown));
    rows.extend(assets(shown, &view.names));
    text + &wrapped(&rows)
}

/// What nobody can do, in lines that fit a terminal.
pub fn never() -> String {
    let lines = style::wrap(NEVER, 98).into_iter();
    lines
        .map(|line| format!("  {}\n", paint(style::GOOD, line)))
        .collect()
}
