//! Who came into an index, and what it trades.

use {
    super::parts::{Column, amount, amounts, chip, end_of, name, table, time},
    crate::{text::IndexView, words::Word},
    maud::{Markup, html},
    upside_core::{
        Pubkey,
        index::inspect::{MembershipPhase, RebalanceReport},
    },
};

/// People who came in, and who is offered to.
pub fn members(view: &IndexView) -> Markup {
    let report = &view.report;
    html! {
        @if report.memberships.is_empty() && report.offers.is_empty() {
            p.empty { "Nobody came in, and nobody is offered to." }
        }
        @if !report.memberships.is_empty() { (joined(view)) }
        @if !report.offers.is_empty() { (offered(view)) }
    }
}

/// What a personal token is called in this index.
fn person(view: &IndexView, token: &Pubkey) -> Markup {
    let mut slots = view.report.constituents.iter();
    let slot = slots.find(|slot| slot.key == *token);
    let who = slot.map_or_else(|| end_of(token), |slot| name(&view.name(slot)));
    html! { span title=(token) { (who) } }
}

fn joined(view: &IndexView) -> Markup {
    let columns = [
        Column::Words("who"),
        Column::Words("status"),
        Column::Numbers("gave"),
        Column::Numbers("got"),
        Column::Numbers("of them locked"),
        Column::Numbers("equal share to collect"),
        Column::Words("member"),
        Column::Words("since"),
        Column::Words("ends"),
        Column::Words("taken over by"),
        Column::Words("from"),
    ];
    let when = |at: Option<i64>| at.map_or(html! { "-" }, time);
    let wallet = |key: &Option<Pubkey>| key.as_ref().map_or(html! { "-" }, end_of);
    let rows = view.report.memberships.iter().map(|member| {
        let status = match member.status {
            MembershipPhase::Active => chip("good", "member"),
            status => chip("plain", status.word()),
        };
        vec![
            person(view, &member.token),
            status,
            amount(&member.token_shares),
            amount(&member.index_shares),
            amount(&member.locked),
            amounts(&member.collectable, |mint| view.names.of(mint)),
            wallet(&member.member),
            time(member.joined_at),
            when(member.ends_at),
            wallet(&member.successor),
            when(member.successor_at),
        ]
    });
    table("Memberships", &columns, rows.collect())
}

fn offered(view: &IndexView) -> Markup {
    let columns = [
        Column::Words("number"),
        Column::Words("who"),
        Column::Numbers("gives"),
        Column::Numbers("gets"),
        Column::Words("accepted from"),
        Column::Words("until"),
        Column::Numbers("locked against it"),
        Column::Numbers("cancel it"),
    ];
    let rows = view.report.offers.iter().map(|offer| {
        vec![
            html! { (offer.nonce) },
            person(view, &offer.token),
            amount(&offer.token_shares),
            amount(&offer.index_shares),
            time(offer.acceptable_from),
            time(offer.expires_at),
            amount(&offer.against),
            amount(&offer.veto_needs),
        ]
    });
    table("Offers", &columns, rows.collect())
}

/// The rebalance that is drafted, announced or traded.
pub fn rebalance(view: &IndexView, rebalance: &RebalanceReport) -> Markup {
    let columns = [
        Column::Words("side"),
        Column::Words("of"),
        Column::Numbers("a share holds"),
        Column::Numbers("shall hold"),
        Column::Numbers("left"),
        Column::Numbers("low"),
        Column::Numbers("high"),
        Column::Numbers("price now"),
    ];
    let slot_name = |number: u8| {
        let mut slots = view.report.constituents.iter();
        let found = slots.find(|slot| slot.slot == number);
        found.map_or(html! { "slot " (number) }, |slot| name(&view.name(slot)))
    };
    let rows = rebalance.orders.iter().map(|order| {
        vec![
            html! { (order.side.word()) },
            slot_name(order.slot),
            amount(&order.held),
            amount(&order.target),
            amount(&order.left),
            html! { (order.low) },
            html! { (order.high) },
            html! { @if let Some(price) = order.price { (price) } @else { "-" } },
        ]
    });
    html! {
        p {
            span title=(rebalance.address) { "Rebalance " (rebalance.nonce) }
            ", " (rebalance.status.word())
            @if rebalance.starts_at > 0 {
                ", traded " (time(rebalance.starts_at)) " to " (time(rebalance.ends_at))
                "; " (amount(&rebalance.against)) " shares locked against it, "
                (amount(&rebalance.support)) " for it"
            }
        }
        (table("What is sold and bought", &columns, rows.collect()))
    }
}
