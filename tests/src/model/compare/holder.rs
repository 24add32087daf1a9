//! Holder accounts.

use {
    super::{Found, same},
    crate::model::{Holder, approval::Approval},
    upside_sdk::{Pubkey, state},
};

pub(super) fn check(
    found: &mut Found,
    token: &Pubkey,
    wallet: &Pubkey,
    data: &state::Holder,
    mine: &Holder,
) {
    found.field("token", data.token, *token);
    found.field("wallet", data.wallet, *wallet);
    found.field("voting", data.voting, u8::from(mine.voting));
    found.field("venue", data.venue, u8::from(mine.venue));
    same!(
        found, data, mine;
        vote, shares, locked, cost, proceeds, withdrawn, withdrawn_cost, rent_payer,
        ballot, bids, royalty_bps, royalty_epoch, royalty_ahead,
    );
    for (place, (data, mine)) in data.streams.iter().zip(mine.earnings).enumerate() {
        let name = |field| format!("streams[{place}].{field}");
        found.field(
            &name("checkpoint"),
            data.checkpoint.unsigned(),
            mine.checkpoint,
        );
        found.field(&name("owed"), data.owed.unsigned(), mine.owed);
    }
}

pub(super) fn check_approval(
    found: &mut Found,
    [token, from, to]: [&Pubkey; 3],
    data: &state::Approval,
    mine: &Approval,
) {
    found.field("token", data.token, *token);
    found.field("from", data.from, *from);
    found.field("to", data.to, *to);
    same!(found, data, mine; rent_payer, shares, expires_at);
}
