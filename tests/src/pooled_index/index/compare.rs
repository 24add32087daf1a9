//! Indexes.

use {
    crate::model::compare::{Found, same},
    crate::model::{
        Model,
        creation::PERIODS,
        index::{self, Book, CASH, SLOTS, Slot, VERSION},
    },
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, find_associated, find_holder},
        index::{
            ParametersInput, PooledIndex, SlotKind, TermsInput, VoteSide, find_index, find_shares,
        },
    },
};

fn parameters(of: &upside_sdk::index::IndexParameters) -> ParametersInput {
    ParametersInput {
        management_fee_bps: of.management_fee_bps,
        entry_fee_bps: of.entry_fee_bps,
        exit_fee_bps: of.exit_fee_bps,
    }
}

fn terms(of: &upside_sdk::index::IndexTerms) -> TermsInput {
    TermsInput {
        equal_share_bps: of.equal_share_bps,
        dilution_bps: of.dilution_bps,
        notice_seconds: of.notice_seconds,
        credential: of.credential,
        schema: of.schema,
    }
}

/// A text as accounts hold it.
fn padded<const N: usize>(text: &str) -> [u8; N] {
    let mut field = [0; N];
    field[..text.len()].copy_from_slice(text.as_bytes());
    field
}

pub(crate) fn check(
    found: &mut Found,
    model: &Model,
    key: &Pubkey,
    data: &PooledIndex,
    mine: &index::PooledIndex,
) {
    let bumps = (find_index(&mine.creator, mine.number).1, find_shares(key).1);
    found.field("bumps", (data.bump, data.mint_bump), bumps);
    found.field("version", data.version, VERSION);
    found.field("status", data.status.raw(), mine.status as u8);
    found.field("terms", terms(&data.terms), mine.terms);
    found.field("parameters", parameters(&data.parameters), mine.parameters);
    found.field("name", data.name, padded(&mine.name));
    found.field("symbol", data.symbol, padded(&mine.symbol));
    let somebody = |who: Option<Pubkey>| who.unwrap_or_default();
    found.field("curator", data.curator, somebody(mine.curator));
    found.field(
        "pending_curator",
        data.pending_curator,
        somebody(mine.pending_curator),
    );
    found.field("launcher", data.launcher, somebody(mine.launcher));
    found.field("admissions", data.admissions, somebody(mine.admissions));
    found.field("guardian", data.guardian, somebody(mine.guardian));
    for place in 0..4 {
        let of = &data.recipients[place];
        let model = mine.recipients.get(place).copied().unwrap_or_default();
        let chain = (of.key, of.portion_bps);
        let name = format!("recipients[{place}]");
        found.field(&name, chain, (model.key, model.portion_bps));
    }
    found.field("locked", data.locked, mine.locked());
    found.field("mint", data.mint, find_shares(key).0);
    found.field(
        "pending_fee_shares",
        data.pending_fee_shares,
        mine.pending_fee,
    );
    same!(
        found, data, mine;
        creator, number, supply, fee_carry, accrued_at, settled, settled_at,
        candidacies, paused_until, pausable_from, members, claimants, memberships, wraps, sequence,
        diluted_period,
    );
    // A ring by period: only those of the last year are in it.
    let mut ring = [0; PERIODS as usize];
    let first = (mine.diluted_period + 1).saturating_sub(PERIODS);
    for (period, parts) in mine.diluted.range(first..) {
        ring[(period % PERIODS) as usize] = *parts;
    }
    found.field("diluted", data.diluted, ring);
    found.field("members_locked", data.members_locked, mine.members_locked());
    let (mut chain, mut admitted) = (data.admitted, mine.admitted.clone());
    admitted.extend([0; 3]);
    admitted.sort_by_key(|at| std::cmp::Reverse(*at));
    chain.sort_by_key(|at| std::cmp::Reverse(*at));
    found.field("admitted", chain.as_slice(), &admitted[..3]);
    for place in 0..CASH {
        check_book(found, place, &data.coins[place], &mine.books[place]);
    }
    found.field(
        "announcements_made",
        data.announcements_made,
        mine.notices_made,
    );
    for (place, notice) in mine.notices.iter().enumerate() {
        let open = &data.announcements[place];
        let chain = (
            open.nonce,
            open.kind.raw(),
            open.notice,
            open.effective_at,
            open.content,
        );
        let model = notice.as_ref().map_or((0, 0, 0, 0, [0; 32]), |it| {
            (it.nonce, it.kind, it.notice, it.effective_at, it.content)
        });
        found.field(&format!("announcements[{place}]"), chain, model);
        let chain = (open.against, open.support, open.vetoes);
        let model = notice.as_ref().map_or((0, 0, 0), |it| {
            let counted = |side| mine.counted(it.nonce, side);
            (
                counted(VoteSide::Against),
                counted(VoteSide::For),
                it.vetoes,
            )
        });
        found.field(&format!("announcements[{place}] votes"), chain, model);
    }
    for (place, known) in mine.vetoed.iter().enumerate() {
        let of = &data.vetoed[place];
        let model = (known.content, known.at, known.times);
        let chain = (of.content, of.at, of.times);
        found.field(&format!("vetoed[{place}]"), chain, model);
    }
    let used = mine.slots.iter().rposition(|slot| slot.is_some());
    let used = used.map_or(0, |place| place + 1);
    found.field("slots", usize::from(data.slots), used);
    for place in 0..SLOTS {
        let slot = mine.slots[place].as_ref();
        check_slot(found, model, key, place, &data.constituents[place], slot);
    }
}

fn check_book(found: &mut Found, place: usize, data: &upside_sdk::index::Coin, mine: &Book) {
    let name = |field| format!("coins[{place}].{field}");
    found.field(&name("index"), data.index.unsigned(), mine.index);
    found.field(&name("carry"), data.carry, mine.carry);
    found.field(&name("owed"), data.owed, mine.owed);
    found.field(&name("pots"), data.pots, mine.pots);
    found.field(&name("due"), data.due, mine.due);
    found.field(&name("slot"), data.slot, mine.slot);
    found.field(&name("used"), data.used, mine.used);
    found.field(&name("listing"), data.listing, mine.listing);
}

fn check_slot(
    found: &mut Found,
    model: &Model,
    index: &Pubkey,
    place: usize,
    data: &upside_sdk::index::Constituent,
    mine: Option<&Slot>,
) {
    let name = |field| format!("constituents[{place}].{field}");
    let Some(mine) = mine else {
        let free = upside_sdk::index::Constituent::default();
        return found.field(&name("all"), *data, free);
    };
    found.field(&name("key"), data.key, mine.key);
    found.field(&name("kind"), data.kind.raw(), mine.kind as u8);
    found.field(&name("counter"), data.counter, mine.counter);
    found.field(&name("pending"), data.pending, mine.pending);
    found.field(&name("harvested_at"), data.harvested_at, mine.harvested_at);
    found.field(&name("decimals"), data.decimals, mine.decimals);
    found.field(&name("coin"), data.coin, mine.coin);
    found.field(&name("behind"), data.behind, mine.behind);
    found.field(&name("stuck_at"), i64::from(data.stuck_at), mine.stuck_at);
    found.field(&name("is_wrapped"), data.is_wrapped(), mine.wraps.is_some());
    let stands = mine.wraps.is_none_or(|key| data.has(&key));
    found.field(&name("stands_for"), stands, true);
    found.field(&name("harvests"), data.harvests, mine.harvests);
    let (custody, flags) = custody(model, index, mine.kind, &mine.key);
    found.field(&name("custody"), data.custody, custody);
    found.field(&name("flags"), data.flags, flags);
}

/// Where an index keeps a person's shares or a mint, and the flags of it.
pub(crate) fn custody(model: &Model, index: &Pubkey, kind: SlotKind, key: &Pubkey) -> (Pubkey, u8) {
    match kind {
        SlotKind::Mint => {
            let mint = &model.mints[key];
            let token_2022 = u8::from(mint.program == TOKEN_2022_PROGRAM);
            let flags = token_2022 + 2 * u8::from(mint.seizable) + 4 * u8::from(mint.freezable);
            (find_associated(index, key, &mint.program).0, flags)
        }
        SlotKind::Free | SlotKind::Personal => (find_holder(key, index).0, 0),
    }
}
