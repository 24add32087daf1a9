//! Who came into an index, and what it trades.

use {
    super::parts::{Column, amount, amounts, chip, end_of, name, table, time},
    crate::report::IndexLook,
    maud::{Markup, html},
};

/// People who came in, and who is offered to.
pub fn members(look: &IndexLook) -> Markup {
    if look.report.memberships.is_empty() {
        return html! { p.empty { "Nobody came in, and nobody is offered to." } };
    }
    let columns = [
        Column::Words("who"),
        Column::Words("status"),
        Column::Numbers("gave"),
        Column::Numbers("got"),
        Column::Numbers("equal share to claim"),
        Column::Words("member"),
        Column::Words("open from"),
        Column::Words("until"),
    ];
    let rows = look.report.memberships.iter().map(|member| {
        let status = match member.status {
            "accepted" => chip("good", "member"),
            status => chip("plain", status),
        };
        let slots = look.report.constituents.iter();
        let slot = slots.clone().find(|slot| slot.key == member.token);
        let who = slot.map_or_else(|| end_of(&member.token), |slot| name(&look.name(slot)));
        let wallet = member.member.as_deref();
        vec![
            html! { span title=(member.token) { (who) } },
            status,
            amount(&member.token_shares),
            amount(&member.index_shares),
            amounts(&member.claimable, |mint| look.names.of(mint)),
            wallet.map_or(html! { "-" }, end_of),
            time(member.acceptable_from),
            time(member.expires_at),
        ]
    });
    table("Memberships and offers", &columns, rows.collect())
}

/// Trades that are open or announced.
pub fn auctions(look: &IndexLook) -> Markup {
    let columns = [
        Column::Numbers("auction"),
        Column::Numbers("left"),
        Column::Words("sells"),
        Column::Words("for"),
        Column::Numbers("price now"),
        Column::Words("starts"),
        Column::Words("ends"),
    ];
    let slot_name = |number: u8| {
        let mut slots = look.report.constituents.iter();
        let found = slots.find(|slot| slot.slot == number);
        found.map_or(html! { "slot " (number) }, |slot| name(&look.name(slot)))
    };
    let rows = look.report.auctions.iter().map(|auction| {
        let price = auction.price.as_ref();
        vec![
            html! { span title=(auction.address) { (auction.number) } },
            amount(&auction.left),
            slot_name(auction.sell_slot),
            slot_name(auction.buy_slot),
            price.map_or(html! { "-" }, amount),
            time(auction.starts_at),
            time(auction.ends_at),
        ]
    });
    table(
        "Auctions that are open or announced",
        &columns,
        rows.collect(),
    )
}
