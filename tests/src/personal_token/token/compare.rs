//! Personal tokens.

use {
    crate::model::compare::{Found, same},
    crate::model::{Model, Token, creation::PERIODS, stream::Stream, token::Asset},
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, find_associated},
        state::{self, Admission, NO_STREAM, PersonalToken, TransferPolicy},
    },
};

pub(crate) fn check(found: &mut Found, model: &Model, key: &Pubkey, data: &PersonalToken) {
    let (mine, tally) = (&model.tokens[key], model.tally(key));
    let (admission, transfer_policy, credential, schema) = mine.policy;
    found.field("admission", data.admission, admission.into());
    found.field(
        "transfer_policy",
        data.transfer_policy,
        transfer_policy.into(),
    );
    found.field("credential", data.credential, credential);
    found.field("schema", data.schema, schema);
    let none = (
        (
            Admission::Open,
            TransferPolicy::Free,
            Pubkey::default(),
            Pubkey::default(),
        ),
        0,
    );
    let (pending, at) = mine.pending_policy.unwrap_or(none);
    found.field(
        "pending_admission",
        data.pending_admission,
        pending.0.into(),
    );
    found.field(
        "pending_transfer_policy",
        data.pending_transfer_policy,
        pending.1.into(),
    );
    found.field("pending_credential", data.pending_credential, pending.2);
    found.field("pending_schema", data.pending_schema, pending.3);
    found.field("policy_at", data.policy_at, at);
    found.field("paused", data.paused, u8::from(mine.paused));
    found.field("status", data.status.raw(), u8::from(mine.wound_up));
    found.field("wound_up_at", data.wound_up_at, mine.wound_up_at);
    found.field("terms", data.terms.args(), mine.terms);
    found.field("result", data.result.signed(), mine.result);
    let share_custody = find_associated(key, &mine.mint, &TOKEN_2022_PROGRAM).0;
    found.field("register", data.share_custody, share_custody);
    same!(
        found, data, mine;
        mint, creator, owner, pending_owner, guardian, registrar, executor, supply,
        last_price, rounds, first_round, claims, grants, products, sequence, created_slot, owner_seen,
        terms_version, changed_at, owner_since, wound_up_at, estates, receipted,
        custodies,
    );
    let raises = mine.raises();
    found.field("royalty_epoch", data.royalty_epoch, raises);
    for (place, lowest) in data.royalty_lowest.into_iter().enumerate() {
        // The last of the raises that this place is of; before there was one, all count.
        let place = place as u32;
        let ago = (0..4).find(|ago| raises >= *ago && (raises - ago) % 4 == place);
        let expected = mine.lowest_since(ago.map_or(0, |ago| raises - ago));
        found.field("royalty_lowest", lowest, expected);
    }
    found.field("registered", data.registered, tally.registered);
    found.field("warming", data.warming, tally.warming);
    found.field("poll_seq", data.poll_seq, mine.polls_put);
    found.field("owner_shares", data.owner_shares, model.owner_shares(key));
    for (place, slot) in data.polls.iter().enumerate() {
        check_poll(found, model, key, place, data, slot);
    }
    for place in 0..8u8 {
        let exempt = data.exempt >> place & 1 == 1;
        found.field("exempt", exempt, mine.exempt.contains(&place));
    }
    found.field("offered", data.offered, tally.offered);
    found.field("open_rounds", data.open_rounds, tally.open_rounds);
    found.field("escrow_round", data.escrow_round, tally.escrow_round);
    found.field("holders", data.holders, tally.holders);
    check_made(found, data, mine);

    found.field(
        "stream_count",
        usize::from(data.stream_count),
        mine.streams.len(),
    );
    for (place, stream) in data.streams.iter().enumerate() {
        let mine = mine.streams.get(place).copied().unwrap_or_default();
        found.field("payouts_from", data.payouts_from[place], mine.opens_at);
        check_stream(found, place, stream, &mine);
    }
    found.field(
        "asset_count",
        usize::from(data.asset_count),
        mine.assets.len(),
    );
    for (place, asset) in data.assets.iter().enumerate() {
        match mine.assets.get(place) {
            Some(mine) => check_asset(found, model, key, place, asset, mine),
            None => found.field("unused asset", *asset, state::Asset::default()),
        }
    }
}

fn check_poll(
    found: &mut Found,
    model: &Model,
    token: &Pubkey,
    place: usize,
    data: &PersonalToken,
    slot: &state::PollSlot,
) {
    let name = |field| format!("polls[{place}].{field}");
    let open = data.open_polls >> place & 1 == 1;
    let Some(number) = model.open_at(token, place) else {
        found.field(&name("open"), open, false);
        found.field(&name("slot"), *slot, state::PollSlot::default());
        return;
    };
    let poll = &model.polls[&(*token, number)];
    let (in_favor, against) = model.counted(token, number);
    found.field(&name("open"), open, true);
    found.field(&name("seq"), slot.seq, number + 1);
    found.field(&name("put_at"), slot.put_at, poll.put_at);
    found.field(&name("in_favor"), slot.in_favor, in_favor);
    found.field(&name("against"), slot.against, against);
    found.field(&name("eligible"), slot.eligible, poll.eligible);
    found.field(&name("passed_at"), slot.passed_at, poll.passed_at);
    found.field(&name("lapses_at"), slot.lapses_at, poll.lapses_at);
    found.field(&name("threshold"), slot.threshold_bps, poll.threshold);
    let against_holders = u8::from(poll.against_holders);
    found.field(&name("class"), slot.against_holders, against_holders);
}

/// What was created beyond the launch, period by period up to that of the last creation.
fn check_made(found: &mut Found, data: &PersonalToken, mine: &Token) {
    let created = u64::try_from(mine.created).unwrap_or(u64::MAX);
    found.field("created", data.created, created);
    found.field("made_period", data.made_period, mine.made.last);
    let mut made = [0; 13];
    let first = (mine.made.last + 1).saturating_sub(PERIODS);
    for (period, shares) in mine.made.by_period.range(first..=mine.made.last) {
        made[(period % PERIODS) as usize] = *shares;
    }
    found.field("made", data.made, made);
}

fn check_stream(found: &mut Found, place: usize, data: &state::PayoutStream, mine: &Stream) {
    let name = |field| format!("streams[{place}].{field}");
    found.field(&name("index"), data.index.unsigned(), mine.index);
    found.field(&name("remaining"), data.remaining, mine.remaining);
    found.field(&name("carry"), data.carry, mine.carry);
    found.field(&name("last"), data.last, mine.last);
    found.field(&name("end"), data.end, mine.end);
    found.field(&name("paid"), data.paid, mine.paid);
    found.field(&name("asset"), data.asset, mine.asset);
}

fn check_asset(
    found: &mut Found,
    model: &Model,
    token: &Pubkey,
    place: usize,
    data: &state::Asset,
    mine: &Asset,
) {
    let name = |field| format!("assets[{place}].{field}");
    let mint = &model.mints[&mine.mint];
    let vault = find_associated(token, &mine.mint, &mint.program).0;
    found.field(&name("mint"), data.mint, mine.mint);
    found.field(&name("vault"), data.vault, vault);
    found.field(&name("reserve"), data.reserve, mine.reserve);
    found.field(&name("endowment"), data.endowment, mine.endowment);
    found.field(&name("locked"), data.locked, mine.locked);
    found.field(&name("escrow"), data.escrow, mine.escrow);
    found.field(&name("bids"), data.bids, mine.bids);
    found.field(&name("payouts"), data.payouts, mine.payouts);
    found.field(&name("immovable_at"), data.immovable_at, mine.immovable_at);
    found.field(&name("decimals"), data.decimals, mint.decimals);
    found.field(&name("token program"), data.token_program(), mint.program);
    found.field(&name("seizable"), data.is_seizable(), mint.seizable);
    found.field(&name("freezable"), data.is_freezable(), mint.freezable);
    found.field(&name("pausable"), data.is_pausable(), false);
    found.field(
        &name("stream"),
        data.stream,
        mine.stream.unwrap_or(NO_STREAM),
    );
}
