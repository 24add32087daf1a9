//! Receipts of estates.

use {
    crate::model::Receipt,
    crate::model::compare::{Found, same},
    upside_sdk::{
        Pubkey,
        state::{self},
    },
};

pub(crate) fn receipt(
    found: &mut Found,
    (token, wallet, number): (Pubkey, Pubkey, u64),
    data: &state::Receipt,
    mine: &Receipt,
) {
    found.field("token", data.token, token);
    found.field("wallet", data.wallet, wallet);
    found.field("number", data.number, number);
    let mut taken = [0; 4];
    for estate in &mine.taken {
        taken[(estate / 64) as usize] |= 1u64 << (estate % 64);
    }
    found.field("taken", data.taken, taken);
    same!(found, data, mine; rent_payer, shares, estates);
}
