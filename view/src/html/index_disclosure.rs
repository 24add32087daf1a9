//! What others can do to a holder of an index, on a page: in the words of the text.

use {
    super::{
        disclosure::rows,
        parts::{Column, amount, amounts, chip, facts, foreign, key, name, seconds, table, time},
    },
    crate::text::{
        INDEX_NEVER, IndexView, index_changes, index_performance, index_powers, index_voice,
        slot_called, slot_state, taken,
    },
    maud::{Markup, html},
    upside_core::Pubkey,
    upside_core::{
        index::{
            MAX_PAUSE,
            inspect::{PersonFacts, SlotFacts},
        },
        inspect::Part,
    },
};

/// Longest sentence that is shown whole.
const SENTENCE: usize = 600;

/// The powers as a list, and what they hang on.
pub fn others(view: &IndexView) -> Markup {
    let (shown, names) = (&view.report.disclosure, &view.names);
    let mut words = taken(&shown.takes);
    words.extend(index_changes(shown, names, view.report.time));
    words.extend(index_voice(shown));
    words.extend(index_performance(shown, names));
    let mut all = rows(words);
    let voice = &shown.voice;
    all.extend([
        ("locked for members", amount(&voice.members_locked)),
        ("a majority takes", amount(&voice.majority_needs)),
        ("locked before a veto", seconds(voice.veto_age_seconds)),
        ("before a majority", seconds(voice.majority_age_seconds)),
        ("a pause lasts", seconds(MAX_PAUSE)),
    ]);
    html! {
        ul.powers {
            @for (what, sentence) in index_powers(shown, names) {
                li { b { (what) } " " (foreign(&sentence, SENTENCE)) }
            }
        }
        p.lead { (INDEX_NEVER) }
        (facts(all))
        @if !voice.insiders.is_empty() { (insiders(&voice.insiders)) }
    }
}

/// What those hold who have a role or receive fees.
fn insiders(parts: &[Part]) -> Markup {
    let columns = [
        Column::Words("wallet"),
        Column::Numbers("shares"),
        Column::Numbers("% of all"),
    ];
    let row = |part: &Part| {
        vec![
            key(&part.wallet),
            amount(&part.amount),
            html! { (part.part) },
        ]
    };
    table(
        "What the keys of this index hold",
        &columns,
        parts.iter().map(row).collect(),
    )
}

/// What redeeming every slot pays now, and how many shares of a person there may be.
pub fn exits(view: &IndexView) -> Markup {
    let columns = [
        Column::Words("of"),
        Column::Numbers("redeems for"),
        Column::Words("state"),
        Column::Numbers("tax"),
        Column::Numbers("% of cap"),
        Column::Numbers("cap"),
        Column::Numbers("head-room"),
        Column::Numbers("on offer"),
        Column::Numbers("put in"),
        Column::Numbers("of it"),
    ];
    let of = |slot: &SlotFacts, show: &dyn Fn(&PersonFacts) -> Markup| {
        let person = slot.person.as_ref();
        person.map_or_else(|| html! { span.none { "-" } }, show)
    };
    let row = |slot: &SlotFacts| {
        let in_names = |mint: &Pubkey| view.names.of(mint);
        vec![
            html! { span title=(slot.key) { (name(&slot_called(slot, &view.names))) } },
            html! {
                (amounts(&slot.redeems, in_names))
                @if !slot.stuck.is_empty() {
                    div { (chip("bad", "stuck")) " " (amounts(&slot.stuck, in_names)) }
                }
            },
            html! {
                (slot_state(slot.state))
                @if let Some(at) = slot.noted_at { ", noted " (time(at)) }
                @if let Some(at) = slot.wrappable_from { ", may be wrapped from " (time(at)) }
            },
            of(slot, &|person| html! { (person.cash_out_tax) " %" }),
            of(slot, &|person| html! { (person.part_of_cap) }),
            of(slot, &|person| amount(&person.cap)),
            of(slot, &|person| amount(&person.head_room)),
            of(slot, &|person| amount(&person.offered)),
            of(slot, &|person| amount(&person.put_in)),
            of(slot, &|person| {
                let percent = person.redeems_of_put_in;
                html! {
                    (amount(&person.redeems))
                    @if let Some(percent) = percent { ", " (percent) " %" }
                    @if !person.open { " " (chip("warn", "holders are admitted")) }
                    @if !person.settled { " " (chip("warn", "changes are announced")) }
                    div.note { (person.part) " % of " (amount(&person.supply)) }
                }
            }),
        ]
    };
    let slots = view.report.disclosure.slots.iter();
    table(
        "What the index's part would pay now, after tax",
        &columns,
        slots.map(row).collect(),
    )
}
