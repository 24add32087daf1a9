//! Wrappers.

use {
    crate::model::compare::{Found, pooled_index, same},
    crate::model::{
        Model,
        index::{VERSION, wraps},
    },
    upside_sdk::{
        Pubkey,
        index::{Wrapper, find_tickets, find_wrapper},
    },
};

pub(crate) fn wrapper(
    found: &mut Found,
    model: &Model,
    (index, number): (&Pubkey, u64),
    data: &Wrapper,
    mine: &wraps::Wrapper,
) {
    let mint = find_tickets(index, number).0;
    let bump = find_wrapper(&mint).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("mint", data.mint, mint);
    found.field("number", data.number, number);
    found.field("active", data.active, u8::from(mine.active));
    found.field("kind", data.kind.raw(), mine.kind as u8);
    let (custody, flags) = pooled_index::custody(model, index, mine.kind, &mine.key);
    found.field("custody", data.custody, custody);
    found.field("flags", data.flags, flags);
    same!(
        found, data, mine;
        slot, decimals, key, tickets, atoms, wrapped_at, pots, before, rent_payer,
    );
}
