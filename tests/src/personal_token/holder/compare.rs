//! Holder accounts.

use {
    crate::model::compare::{Found, same},
    crate::model::{Diary, Holder, approval::Approval},
    upside_sdk::{Pubkey, state},
};

pub(crate) fn check(
    found: &mut Found,
    token: &Pubkey,
    wallet: &Pubkey,
    data: &state::Holder,
    mine: &Holder,
    diary: &Diary,
) {
    found.field("token", data.token, *token);
    found.field("wallet", data.wallet, *wallet);
    let (pending, announced) = mine.pending_venue.unwrap_or((0, 0));
    found.field("venue", data.venue.raw(), mine.venue);
    found.field("pending_venue", data.pending_venue.raw(), pending);
    found.field("venue_announced_at", data.venue_announced_at, announced);
    same!(
        found, data, mine;
        pass_locked, pass_epoch, receipts, shares, locked, cost, proceeds, withdrawn,
        withdrawn_cost, rent_payer, bids, royalty_bps, royalty_epoch, royalty_ahead, warm,
        warm_cost, warm_at,
    );
    found.field("born", data.born, diary.born);
    found.field("put", data.put, diary.put);
    found.field("moved_at", data.moved_at, diary.moved_at());
    let low = match diary.held.is_empty() {
        true => 0,
        false => diary.least_since(diary.moved_at()),
    };
    found.field("low", data.low, low);
    for (place, (data, mine)) in data.marks.iter().zip(diary.marks).enumerate() {
        let name = |field| format!("marks[{place}].{field}");
        found.field(&name("seq"), data.seq, mine.seq);
        found.field(&name("weight"), data.weight, mine.weight);
        let part = |says| {
            if mine.says == Some(says) {
                mine.weight
            } else {
                0
            }
        };
        found.field(&name("in_favor"), data.in_favor, part(true));
        found.field(&name("against"), data.against, part(false));
    }
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

pub(crate) fn check_approval(
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
