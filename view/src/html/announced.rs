//! What is announced of an index, with dates and votes.

use {
    super::parts::{Column, amount, chip, name, seconds, table, time},
    crate::{text::IndexView, words::Word},
    maud::{Markup, html},
    upside_core::index::inspect::AnnouncementPhase,
};

/// What is announced.
pub fn announced(view: &IndexView) -> Markup {
    let columns = [
        Column::Numbers("number"),
        Column::Words("what"),
        Column::Words("does"),
        Column::Words("status"),
        Column::Words("notice"),
        Column::Words("from"),
        Column::Words("until"),
        Column::Numbers("against"),
        Column::Numbers("cancels it"),
        Column::Words("locked for"),
        Column::Numbers("vetoed before"),
        Column::Numbers("for"),
    ];
    let rows = view.report.announcements.iter().map(|it| {
        let class = match it.status {
            AnnouncementPhase::Waiting => "warn",
            AnnouncementPhase::Effective => "bad",
            AnnouncementPhase::Expired | AnnouncementPhase::Vetoed => "plain",
        };
        vec![
            html! { (it.nonce) },
            html! { (it.kind.word()) },
            html! { @for line in view.announced(it) { div { (name(&line)) } } },
            chip(class, it.status.word()),
            seconds(it.notice_seconds),
            time(it.effective_at),
            time(it.expires_at),
            amount(&it.against),
            amount(&it.veto_needs),
            seconds(it.veto_age_seconds),
            html! { (it.vetoes) @if it.vetoes == 1 { " time" } @else { " times" } },
            html! { (amount(&it.support)) @if it.supported { ", a majority" } },
        ]
    });
    table("What is announced", &columns, rows.collect())
}
