//! How a token is governed: its status, what was announced, polls, who ends it.

use {
    super::parts::{Column, amount, chip, facts, key, name, table, time, uri},
    crate::words::{Word, figures},
    maud::{Markup, html},
    upside_core::inspect::{
        AnnouncedName, AnnouncedPolicy, GovernanceReport, PollReport, PollTally, TokenReport,
    },
};

/// How a token is governed.
pub fn governance(report: &TokenReport) -> Markup {
    let GovernanceReport {
        status,
        announced,
        polls,
        polls_put,
        voice,
        terms_version,
        executor,
        executor_from,
    } = &report.governance;
    let mut rows = vec![
        ("status", html! { (status.word()) }),
        ("the terms have changed", html! { (terms_version) " times" }),
        ("polls ever put", html! { (polls_put) }),
    ];
    rows.extend(announced.iter().flat_map(policy));
    rows.extend(report.announced_name.iter().flat_map(new_name));
    rows.push(match executor {
        Some(executor) => (
            "executor",
            html! { (key(executor)) ", from " (time(*executor_from)) " if the owner stays silent" },
        ),
        None => (
            "executor",
            html! { "nobody; one could act from " (time(*executor_from)) " if the owner stays silent" },
        ),
    });
    if let Some(voice) = voice {
        rows.push((
            "can answer polls",
            html! {
                (amount(&voice.answering)) " of " (amount(&voice.eligible)) " eligible shares, "
                (amount(&voice.needed)) " are needed against holders"
                @if voice.silent { ": " (chip("warn", "none passes")) }
            },
        ));
    }
    html! {
        (facts(rows))
        @if !polls.is_empty() { (open(polls)) }
    }
}

fn policy(policy: &AnnouncedPolicy) -> Vec<(&'static str, Markup)> {
    let AnnouncedPolicy {
        admission,
        transfer_policy,
        credential,
        schema,
        effective_at,
    } = policy;
    let mut rows = vec![(
        "announced",
        html! {
            "admission " (admission.word()) ", transfers " (transfer_policy.word())
            ", from " (time(*effective_at))
        },
    )];
    rows.extend(credential.as_ref().map(|it| ("its credential", key(it))));
    rows.extend(schema.as_ref().map(|it| ("its schema", key(it))));
    rows
}

fn new_name(announced: &AnnouncedName) -> Vec<(&'static str, Markup)> {
    let AnnouncedName {
        name: new,
        symbol,
        uri: link,
        effective_at,
    } = announced;
    let mut rows = Vec::new();
    rows.extend(new.as_ref().map(|it| ("announced name", name(it))));
    rows.extend(symbol.as_ref().map(|it| ("announced symbol", name(it))));
    rows.extend(link.as_ref().map(|it| ("announced metadata", uri(it))));
    rows.push(("from", time(*effective_at)));
    rows
}

fn cell(tally: Option<&PollTally>, show: &dyn Fn(&PollTally) -> Markup) -> Markup {
    tally.map_or_else(|| html! { "-" }, show)
}

fn open(polls: &[PollReport]) -> Markup {
    let columns = [
        Column::Numbers("poll"),
        Column::Words("changes"),
        Column::Words("from"),
        Column::Words("to"),
        Column::Words("class"),
        Column::Numbers("for"),
        Column::Numbers("needed"),
        Column::Numbers("against"),
        Column::Words("lapses"),
    ];
    let row = |poll: &PollReport| {
        let tally = poll.tally.as_ref();
        vec![
            html! { (poll.number) },
            html! { (poll.changes.word()) },
            html! { (figures(&poll.before)) },
            html! { (figures(&poll.after)) },
            html! { (poll.class.word()) },
            cell(
                tally,
                &|it| html! { (it.part) " %, " (amount(&it.in_favor)) },
            ),
            cell(tally, &|it| {
                html! {
                    (it.threshold) " %, " (amount(&it.needed)) " of " (amount(&it.eligible))
                }
            }),
            cell(tally, &|it| {
                html! {
                    (amount(&it.against))
                    @if let Some(most) = &it.objection { ", " (amount(most)) " stop it" }
                }
            }),
            time(poll.lapses_at),
        ]
    };
    table("Open polls", &columns, polls.iter().map(row).collect())
}
