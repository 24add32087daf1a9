//! Rounds and what backers put into them.

use {
    crate::model::compare::{Found, same},
    crate::model::round::{Contribution, Round},
    upside_sdk::{
        Pubkey,
        address::find_round,
        state::{self, RoundStatus},
    },
};

pub(crate) fn check(
    found: &mut Found,
    token: &Pubkey,
    number: u64,
    data: &state::Round,
    mine: &Round,
) {
    let terms = &mine.terms;
    found.field("token", data.token, *token);
    found.field("number", data.number, number);
    let status = match mine.status {
        crate::model::round::RoundStatus::Open => RoundStatus::Open,
        crate::model::round::RoundStatus::Succeeded => RoundStatus::Succeeded,
        crate::model::round::RoundStatus::Failed => RoundStatus::Failed,
        crate::model::round::RoundStatus::Settled => RoundStatus::Settled,
    };
    found.field("status", data.status.raw(), status as u8);
    found.field("by_approval", data.by_approval, u8::from(terms.by_approval));
    found.field("alone", data.alone, u8::from(mine.alone));
    found.field(
        "stage_count",
        usize::from(data.stage_count),
        mine.stages().len(),
    );
    found.field(
        "stage_shares",
        data.stage_shares,
        terms.stages.map(|stage| stage.shares),
    );
    found.field(
        "stage_prices",
        data.stage_prices,
        terms.stages.map(|stage| stage.price),
    );
    same!(
        found, data, terms;
        reserve_bps, min_raise, backer_cap, min_contribution, opens_at, closes_at,
        most_part_bps,
    );
    same!(
        found, data, mine;
        rent_payer, sold, raised, contributions, uncollected, locked, sold_out_at, to_owner,
        refunded,
    );
    found.field("extended", data.extended, u8::from(mine.extended));
    let royalty = (data.royalty.epoch, data.royalty.bps);
    found.field("royalty", royalty, mine.royalty);
    let checkpoints = data.checkpoints.map(|index| index.unsigned());
    found.field("checkpoints", checkpoints, mine.checkpoints);
}

pub(crate) fn check_contribution(
    found: &mut Found,
    (token, number, wallet): (&Pubkey, u64, &Pubkey),
    data: &state::Contribution,
    mine: &Contribution,
) {
    found.field("round", data.round, find_round(token, number).0);
    found.field("wallet", data.wallet, *wallet);
    same!(found, data, mine; rent_payer, paid, by_stage);
}
