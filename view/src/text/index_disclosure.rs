//! What others can do to a holder of an index, in words. Text, pages and previews take them
//! from here, so that the same sentence stands in every place where somebody can pay.

use {
    super::{
        announced,
        index_powers::{INDEX_NEVER, index_powers},
        index_view::IndexView,
        names::Names,
        view::Row,
    },
    crate::{
        sanitize::cut,
        style::{
            self, Column, cell, colored, grouped, heading, listed, paint, short, span, table,
            wrapped,
        },
        time::stamp,
    },
    comfy_table::Color,
    upside_core::{
        Pubkey,
        index::inspect::{
            AnnouncedKind, AnnouncementReport, IndexDisclosure, MostTaken, PersonFacts,
            QuotePerformance, SlotFacts, SlotState,
        },
        inspect::Part,
    },
};

/// Longest name from the chain in a sentence.
const NAME: usize = 32;

/// The most that a curator can take in a year, in one line.
pub fn most_taken(takes: &MostTaken) -> Row {
    let line = if takes.together.is_zero() {
        "nothing: it is wound down".to_string()
    } else {
        format!(
            "{} % of a share without an announcement, at most {} % with everything that \
             can be announced {} ahead: fees up to {} %, up to {} % for members, {} % \
             of each slot traded badly; and {} % of dividends, for members",
            takes.unannounced,
            takes.together,
            span(takes.notice_seconds.into()),
            takes.most_fees.management_fee,
            takes.members,
            takes.trades,
            takes.equal_share
        )
    };
    ("the most in a year", line)
}

/// The same for whoever reads only facts.
pub fn most_taken_brief(takes: &MostTaken) -> Row {
    let line = format!(
        "the curator takes {} % of a share, or with announcements {} % at most",
        takes.unannounced, takes.together
    );
    ("in a year", line)
}

/// What the line hangs on.
pub fn taken(takes: &MostTaken) -> Vec<Row> {
    let fees = |of: &upside_core::index::inspect::ParametersReport| announced::fees(of);
    vec![
        most_taken(takes),
        ("fees now", fees(&takes.fees)),
        ("fees at most", fees(&takes.most_fees)),
        (
            "for members",
            format!(
                "{} shares may be minted for them now; {} % of dividends are theirs now",
                grouped(&takes.members_left),
                takes.equal_share_now
            ),
        ),
        (
            "trades",
            format!(
                "{} % of each slot in 30 days; within one rebalance a price falls by {} % at most \
                 from what was announced as its first",
                takes.trades_in_30_days, takes.band
            ),
        ),
    ]
}

/// An announcement in a line.
fn line(one: &AnnouncementReport, names: &Names, now: i64) -> String {
    let does: Vec<String> = match one.kind {
        AnnouncedKind::Rebalance => vec!["a rebalance".to_string()],
        AnnouncedKind::Offer => vec!["a membership".to_string()],
        AnnouncedKind::Actions => {
            let actions = one.actions.iter();
            let name = |mint: &Pubkey| names.of(mint);
            actions.flat_map(|it| announced::action(it, name)).collect()
        }
    };
    format!(
        "{}: {}; {}, from {} until {}; {} of {} shares that cancel it are locked against it",
        one.nonce,
        does.join(", "),
        announced::standing(one, now),
        stamp(one.effective_at),
        stamp(one.expires_at),
        grouped(&one.against),
        grouped(&one.veto_needs)
    )
}

/// What is announced, with dates and votes.
pub fn index_changes(facts: &IndexDisclosure, names: &Names, now: i64) -> Vec<Row> {
    if facts.announcements.is_empty() {
        return vec![("announced", "nothing".to_string())];
    }
    let all = facts.announcements.iter();
    all.map(|one| ("announced", line(one, names, now)))
        .collect()
}

/// Who can stop it.
pub fn index_voice(facts: &IndexDisclosure) -> Vec<Row> {
    let voice = &facts.voice;
    let mut rows = vec![(
        "lockable",
        format!(
            "{} of {} shares ({} %) could be locked to vote, those in pools of exchanges among \
             them; {} are",
            grouped(&voice.lockable),
            grouped(&voice.counted),
            voice.lockable_part,
            grouped(&voice.locked)
        ),
    )];
    let age = span(voice.veto_age_seconds.into());
    rows.push(if voice.can_veto {
        let needs = grouped(&voice.veto_needs);
        (
            "a veto takes",
            format!("{needs} shares, locked for {age} before the notice is over"),
        )
    } else {
        (
            "a veto",
            "is not possible: too few shares can be locked".to_string(),
        )
    });
    let known = |part: &Part| format!("{} {} %", short(&part.wallet), part.part);
    let known: Vec<String> = voice.insiders.iter().map(known).collect();
    let held = match known.as_slice() {
        [] => "nothing in the wallets that are named".to_string(),
        known => known.join(", "),
    };
    rows.push((
        "keys hold",
        format!("{held}; several wallets may be one person's"),
    ));
    rows
}

fn quote_line(of: &QuotePerformance, names: &Names) -> String {
    let mint = names.of(&of.mint);
    let redeems = grouped(&of.redeems);
    let without = match of.without_cost {
        0 => String::new(),
        some => format!("; {some} people's shares cost nothing"),
    };
    match &of.redeems_of_put_in {
        Some(percent) => format!(
            "{} {mint} were paid for its shares of people; they redeem for {redeems} {mint} now, \
             {percent} %{without}",
            grouped(&of.put_in)
        ),
        None => format!(
            "nothing was paid for its shares of people; they redeem for {redeems} {mint} now"
        ),
    }
}

/// What became of what was put in, and what is not known of it.
pub fn index_performance(facts: &IndexDisclosure, names: &Names) -> Vec<Row> {
    let of = &facts.performance;
    let quotes = of.by_quote.iter();
    let mut rows: Vec<Row> = quotes
        .map(|one| ("put in", quote_line(one, names)))
        .collect();
    if !of.due.is_empty() {
        let due = listed(&of.due, |mint| names.of(mint));
        rows.push(("due", format!("{due} of dividends, not collected yet")));
    }
    rows.push((
        "not known",
        "what holders paid for shares of the index, what mints are worth in each other, and what \
         was given out since; shares that were issued or granted count as free, claims as nothing"
            .to_string(),
    ));
    rows
}

/// A name from the chain, cut.
fn cut_name(text: &str) -> String {
    match cut(text, NAME) {
        Some(head) => format!("{head}…"),
        None => text.to_string(),
    }
}

/// What a slot is called.
pub fn slot_called(slot: &SlotFacts, names: &Names) -> String {
    match &slot.person {
        Some(person) if !person.symbol.is_empty() => cut_name(&person.symbol),
        _ => names.of(&slot.key),
    }
}

/// Whether a slot moves, in words.
pub fn state(state: SlotState) -> &'static str {
    match state {
        SlotState::Moves => "moves",
        SlotState::WoundUp => "wound up",
        SlotState::Closed => "closed: its shares do not leave",
        SlotState::Frozen => "frozen",
        SlotState::Paused => "paused",
        SlotState::Wrapped => "wrapped: tickets stand for it",
    }
}

/// People of whom more shares may come, or who keep something of what redeeming takes:
/// before somebody pays one line is enough.
pub fn people_brief(facts: &IndexDisclosure, names: &Names) -> Vec<Row> {
    let mut rows = Vec::new();
    let people = || facts.slots.iter().filter_map(|slot| slot.person.as_ref());
    let creating: Vec<&PersonFacts> = people()
        .filter(|person| !person.head_room.is_zero())
        .collect();
    if !creating.is_empty() {
        let one = |person: &&PersonFacts| {
            format!("{} {} %", cut_name(&person.symbol), person.part_of_cap)
        };
        let all: Vec<String> = creating.iter().take(8).map(one).collect();
        let more = match creating.len().saturating_sub(8) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        rows.push((
            "fully diluted",
            format!(
                "of the caps of people who can create shares now it has {}{more}: of their claims \
                 only a poll makes this part smaller",
                all.join(", ")
            ),
        ));
    }
    let stuck = facts.slots.iter().filter(|slot| !slot.state.moves());
    for slot in stuck {
        let what = slot_called(slot, names);
        rows.push(("does not move", format!("{what}: {}", state(slot.state))));
    }
    rows
}

/// What others can do to a holder, as text: in sentences, and with what it hangs on.
pub fn index_disclosure(view: &IndexView) -> String {
    let shown = &view.report.disclosure;
    let mut text = heading("What others can do to you");
    text.push_str(&wrapped(&index_powers(shown, &view.names)));
    text.push_str(&index_never());
    let mut rows = taken(&shown.takes);
    rows.extend(index_changes(shown, &view.names, view.report.time));
    rows.extend(index_voice(shown));
    rows.extend(index_performance(shown, &view.names));
    text + &wrapped(&rows)
}

/// What nobody can do, in lines that fit a terminal.
pub fn index_never() -> String {
    let lines = style::wrap(INDEX_NEVER, 98).into_iter();
    lines
        .map(|line| format!("  {}\n", paint(style::GOOD, line)))
        .collect()
}

/// What redeeming every slot pays now, and how many shares of a person there may be.
pub fn index_exits(view: &IndexView) -> String {
    let columns = [
        Column::Words("of"),
        Column::Words("redeems for"),
        Column::Words("state"),
        Column::Numbers("tax %"),
        Column::Numbers("% of cap"),
        Column::Numbers("cap"),
        Column::Numbers("head-room"),
        Column::Numbers("put in"),
    ];
    let names = &view.names;
    let row = |slot: &SlotFacts| {
        let amounts = |amounts: &[_]| listed(amounts, |mint| names.of(mint));
        let of_person = |show: fn(&PersonFacts) -> String| {
            let person = slot.person.as_ref();
            cell(person.map_or_else(|| "-".to_string(), show))
        };
        let (color, redeems) = match (slot.state.moves(), slot.stuck.is_empty()) {
            (true, true) => (None, amounts(&slot.redeems)),
            _ => {
                let text = format!("{}; stuck {}", amounts(&slot.redeems), amounts(&slot.stuck));
                (Some(Color::Yellow), text)
            }
        };
        vec![
            cell(slot_called(slot, names)),
            (color, redeems),
            match color {
                Some(color) => colored(color, state(slot.state)),
                None => cell(state(slot.state)),
            },
            of_person(|person| person.cash_out_tax.to_string()),
            of_person(|person| person.part_of_cap.to_string()),
            of_person(|person| grouped(&person.cap)),
            of_person(|person| grouped(&person.head_room)),
            of_person(|person| grouped(&person.put_in)),
        ]
    };
    let rows = view.report.disclosure.slots.iter().map(row).collect();
    let note = paint(style::DIM, "what the index's part would pay now, after tax");
    heading(&format!("Redeems for  {note}")) + &table(&columns, rows)
}
