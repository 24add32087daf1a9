//! Indexes.

use {
    super::{Found, same},
    crate::model::{
        Model,
        index::{self, Book, CASH, SLOTS, Slot, TRADES, VERSION, WINDOW},
    },
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, find_associated, find_holder},
        index::{Index, Kind, ParametersArgs, TermsArgs, find_index, find_shares},
    },
};

fn parameters(of: &upside_sdk::index::Parameters) -> ParametersArgs {
    ParametersArgs {
        management_fee_bps: of.management_fee_bps,
        entry_fee_bps: of.entry_fee_bps,
        exit_fee_bps: of.exit_fee_bps,
        max_harvest_age: of.max_harvest_age,
    }
}

fn terms(of: &upside_sdk::index::Terms) -> TermsArgs {
    TermsArgs {
        equal_share_bps: of.equal_share_bps,
        offer_cap_bps: of.offer_cap_bps,
        window_cap_bps: of.window_cap_bps,
        notice_seconds: of.notice_seconds,
    }
}

/// A text as accounts hold it.
fn padded<const N: usize>(text: &str) -> [u8; N] {
    let mut field = [0; N];
    field[..text.len()].copy_from_slice(text.as_bytes());
    field
}

pub(super) fn check(
    found: &mut Found,
    model: &Model,
    key: &Pubkey,
    data: &Index,
    mine: &index::Index,
) {
    let bumps = (find_index(&mine.creator, mine.number).1, find_shares(key).1);
    found.field("bumps", (data.bump, data.mint_bump), bumps);
    found.field("version", data.version, VERSION);
    found.field("status", data.status, mine.status as u8);
    found.field("paused", data.paused, u8::from(mine.paused));
    found.field("terms", terms(&data.terms), mine.terms);
    found.field("parameters", parameters(&data.parameters), mine.parameters);
    found.field(
        "pending_parameters",
        parameters(&data.pending_parameters),
        mine.announced,
    );
    found.field("name", data.name, padded(&mine.name));
    found.field("symbol", data.symbol, padded(&mine.symbol));
    let somebody = |who: Option<Pubkey>| who.unwrap_or_default();
    found.field("curator", data.curator, somebody(mine.curator));
    found.field(
        "pending_curator",
        data.pending_curator,
        somebody(mine.pending_curator),
    );
    found.field("guardian", data.guardian, somebody(mine.guardian));
    found.field("mint", data.mint, find_shares(key).0);
    found.field(
        "pending_fee_shares",
        data.pending_fee_shares,
        mine.pending_fee,
    );
    same!(
        found, data, mine;
        parameters_at, weights_at, creator, fee_recipient, number, supply, fee_carry,
        accrued_at, members, claimants, memberships, auctions_opened, sequence,
        dilution_day,
    );
    // A ring by day: only the days of the window are in it.
    let mut ring = [0; WINDOW as usize];
    for (day, shares) in &mine.dilution {
        ring[(day % WINDOW) as usize] = *shares;
    }
    found.field("dilution", data.dilution, ring);
    for place in 0..CASH {
        check_book(found, place, &data.cash[place], &mine.books[place]);
    }
    for place in 0..TRADES {
        let open = &data.auctions[place];
        let chain = (open.used, open.number, open.sell, open.buy);
        let model = mine.trades[place].map_or((0, 0, 0, 0), |t| (1, t.number, t.sell, t.buy));
        found.field(&format!("auctions[{place}]"), chain, model);
    }
    for place in 0..SLOTS {
        let slot = mine.slots[place].as_ref();
        check_slot(found, model, key, place, &data.constituents[place], slot);
    }
}

fn check_book(found: &mut Found, place: usize, data: &upside_sdk::index::CashBook, mine: &Book) {
    let name = |field| format!("cash[{place}].{field}");
    found.field(&name("index"), data.index.unsigned(), mine.index);
    found.field(&name("carry"), data.carry, mine.carry);
    found.field(&name("owed"), data.owed, mine.owed);
    found.field(&name("slot"), data.slot, mine.slot);
    found.field(&name("used"), data.used, u8::from(mine.used));
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
    found.field(&name("kind"), data.kind, mine.kind as u8);
    found.field(&name("counter"), data.counter, mine.counter);
    found.field(&name("pending"), data.pending, mine.pending);
    found.field(&name("weight"), data.weight, mine.weight);
    found.field(
        &name("pending_weight"),
        data.pending_weight,
        mine.pending_weight,
    );
    found.field(&name("harvested_at"), data.harvested_at, mine.harvested_at);
    found.field(&name("decimals"), data.decimals, mine.decimals);
    found.field(&name("cash"), data.cash, mine.book);
    let (custody, flags) = match mine.kind {
        Kind::Cash => {
            let mint = &model.mints[&mine.key];
            let token_2022 = u8::from(mint.program == TOKEN_2022_PROGRAM);
            (
                find_associated(index, &mine.key, &mint.program).0,
                token_2022 + 2 * u8::from(mint.seizable) + 4 * u8::from(mint.freezable),
            )
        }
        Kind::Free | Kind::Personal => (find_holder(&mine.key, index).0, 0),
    };
    found.field(&name("custody"), data.custody, custody);
    found.field(&name("flags"), data.flags, flags);
}
