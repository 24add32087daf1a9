//! Slots that cannot move, tickets for them, persons that were wound up.

use {
    crate::cases::index::*,
    upside_sdk::{
        Atoms,
        address::{find_claim, find_receipt},
        index::{SlotKind, UnwrapTicketsArgs, Wrapper, find_tickets, find_wrapper},
        state::{Account, PersonalToken, Policy, Receipt},
    },
};

/// Shares of the index that bob has in these worlds before a slot is wrapped.
pub const OUTSIDE: u64 = 100 * INDEX_ONE;

/// The person in a slot, if it is one.
pub fn person_in(pool: &mut PoolWorld, slot: u8) -> Option<Account<PersonalToken>> {
    let constituent = pool.index().data.constituents[usize::from(slot)];
    let personal = constituent.kind == SlotKind::Personal;
    personal.then(|| pool.world.get(&constituent.key))
}

/// A person's transfers become free (0), approved (1) or closed (2), after the notice.
pub fn set_transfers(pool: &mut PoolWorld, name: &str, transfer_policy: u8) {
    let token = pool.token(name);
    let policy = Policy {
        transfer_policy: transfer_policy.try_into().unwrap(),
        ..token.data.policy().unwrap()
    };
    let propose = token_ix::propose_policy(&token, policy);
    pool.send(&propose, &[name]).succeeded();
    pool.world.pass(i64::from(token.data.terms.notice_seconds));
    let apply = token_ix::apply_policy(&token.key, &key("carol"));
    pool.send(&apply, &["carol"]).succeeded();
}

/// Freezes or thaws the index's account of a mint, as its issuer could.
pub fn set_frozen(pool: &mut PoolWorld, account: &Pubkey, frozen: bool) {
    let mut state = pool.world.engine.account(account).unwrap();
    state.data[108] = 1 + u8::from(frozen);
    pool.world.engine.set_account(*account, state);
}

/// Notes whether a slot moves.
pub fn note_ix(pool: &mut PoolWorld, slot: u8) -> Instruction {
    let token = person_in(pool, slot);
    let token = token.as_ref().map(|token| &token.data);
    ix::note_stuck(&pool.index(), slot, token).unwrap()
}

/// Wraps a slot.
pub fn wrap_ix(pool: &mut PoolWorld, slot: u8) -> Instruction {
    let token = person_in(pool, slot);
    let token = token.as_ref().map(|token| &token.data);
    ix::wrap(&pool.index(), &pool.payer(), slot, token).unwrap()
}

/// The wrapper with this number.
pub fn wrapper(pool: &mut PoolWorld, number: u64) -> Account<Wrapper> {
    let tickets = find_tickets(&pool.index, number).0;
    pool.world.get(&find_wrapper(&tickets).0)
}

/// What is wrapped, if it is a person.
pub fn wrapped_person(pool: &mut PoolWorld, number: u64) -> Option<Account<PersonalToken>> {
    let wrapper = wrapper(pool, number).data;
    let personal = wrapper.kind == SlotKind::Personal;
    personal.then(|| pool.world.get(&wrapper.key))
}

/// Collects dividends in the quote mint of a wrapped person.
pub fn harvest_ix(pool: &mut PoolWorld, number: u64) -> Instruction {
    let (wrapper, token) = (wrapper(pool, number), wrapped_person(pool, number));
    let token = token.expect("a person");
    ix::harvest_wrapped(&pool.index(), &wrapper, &token.data, 0).unwrap()
}

/// Atoms of a mint that exist.
pub fn supply(pool: &mut PoolWorld, mint: &Pubkey) -> u64 {
    let mint = pool.world.engine.account(mint).unwrap();
    u64::from_le_bytes(mint.data[36..44].try_into().unwrap())
}

/// Unwraps tickets of a wallet.
pub fn unwrap_ix(pool: &mut PoolWorld, number: u64, name: &str, tickets: u64) -> Instruction {
    let wrapper = wrapper(pool, number);
    let supply = supply(pool, &wrapper.data.mint);
    let args = UnwrapTicketsArgs {
        tickets,
        least: 0,
        forgone: 0,
    };
    ix::unwrap_tickets(&pool.index(), &wrapper, &key(name), supply, args).unwrap()
}

/// Makes a wrapped slot itself again.
pub fn unwrap_slot_ix(pool: &mut PoolWorld, number: u64) -> Instruction {
    let (wrapper, token) = (wrapper(pool, number), wrapped_person(pool, number));
    let token = token.as_ref().map(|token| &token.data);
    ix::unwrap_slot(&pool.index(), &wrapper, token).unwrap()
}

/// Makes a wallet's account of tickets.
pub fn open_tickets(pool: &mut PoolWorld, number: u64, name: &str) -> Pubkey {
    let mint = find_tickets(&pool.index, number).0;
    let (payer, wallet) = (pool.payer(), key(name));
    let create = token_ix::create_associated(&payer, &wallet, &mint, &TOKEN_PROGRAM);
    pool.send(&create, &[]).succeeded();
    upside_sdk::address::find_associated(&wallet, &mint, &TOKEN_PROGRAM).0
}

/// A world in which p0 closed its transfers, so that slot 0 is stuck.
pub fn stuck() -> PoolWorld {
    let mut pool = launched();
    pool.contribute("bob", OUTSIDE);
    set_transfers(&mut pool, "p0", 2);
    pool
}

/// A world in which that was noted a notice ago.
pub fn noted() -> PoolWorld {
    let mut pool = stuck();
    let note = note_ix(&mut pool, 0);
    pool.send(&note, &[]).succeeded();
    let notice = pool.index().data.terms.notice_seconds;
    pool.world.pass(i64::from(notice));
    pool
}

/// A world in which slot 0 is wrapped, and bob has tickets for half of his shares.
pub fn wrapped() -> PoolWorld {
    thread_local! {
        static POOL: PoolWorld = {
            let mut pool = noted();
            let wrap = wrap_ix(&mut pool, 0);
            pool.send(&wrap, &[]).succeeded();
            open_tickets(&mut pool, 0, "bob");
            pool.redeem("bob", OUTSIDE / 2);
            pool
        };
    }
    POOL.with(PoolWorld::fork)
}

/// The same in which p0 then paid 1,000, and nothing streams any more.
pub fn wrapped_with_dividends() -> PoolWorld {
    let mut pool = wrapped();
    pool.pay_revenue("p0", 1_000 * ONE);
    pool.world.pass(40 * DAY);
    pool
}

/// A world in which the slot moves again, with the dividends in the pot.
pub fn moving() -> PoolWorld {
    let mut pool = wrapped_with_dividends();
    let harvest = harvest_ix(&mut pool, 0);
    pool.send(&harvest, &[]).succeeded();
    set_transfers(&mut pool, "p0", 0);
    pool
}

/// A world in which p0 is wound up with a reserve of 1,000.
pub fn with_wound_up() -> PoolWorld {
    let mut pool = launched();
    wind_up(&mut pool, "p0", 1_000 * ONE);
    pool
}

/// A person gives to the reserve and is wound up.
pub fn wind_up(pool: &mut PoolWorld, name: &str, reserve: u64) {
    let (token, quote) = (pool.token(name), pool.world.quote);
    let executor = key("executor");
    let give = token_ix::deposit_reserve(&token, &key(name), &quote, Atoms(reserve)).unwrap();
    let set = token_ix::set_executor(&token, &executor);
    pool.send_all(&[give, set], &[name]).succeeded();
    pool.world.pass(366 * DAY);
    let up = token_ix::wind_up_by_executor(&token.key, &executor);
    pool.send(&up, &["executor"]).succeeded();
}

/// Redeems the index's shares of the person in a slot.
pub fn redeem_wound_up_ix(pool: &mut PoolWorld, slot: u8) -> Instruction {
    let index = pool.index();
    let constituent = index.data.constituents[usize::from(slot)];
    let token = pool.world.get(&constituent.key);
    let holder = pool
        .world
        .get::<upside_sdk::state::Holder>(&constituent.custody);
    ix::redeem_wound_up(&index, &pool.payer(), slot, &token, &holder.data).unwrap()
}

/// A world in which p0 is wound up with custody of a mint that the index holds, which is
/// shared out, and the index redeemed its shares for a receipt.
pub fn with_receipt() -> PoolWorld {
    let mut pool = with_estate();
    let redeem = redeem_wound_up_ix(&mut pool, 0);
    pool.send(&redeem, &[]).succeeded();
    pool
}

/// The same before the redemption.
pub fn with_estate() -> PoolWorld {
    let mut pool = launched();
    let mint = key("custody mint");
    pool.world
        .add_mint(mint, TOKEN_PROGRAM, crate::world::mint_bytes(u64::MAX));
    pool.world.give(&key("p0"), &mint, 1_000_000 * ONE);
    let authority = Some(key("mint authority"));
    let add = ix::add_mint(
        &pool.index(),
        &pool.payer(),
        &mint,
        &TOKEN_PROGRAM,
        authority,
        false,
    );
    pool.send(&add, &["curator"]).succeeded();
    let token = pool.token("p0");
    let declare = token_ix::declare_claim(&token, &pool.payer(), crate::terms::tokenized_terms());
    pool.send(&declare, &["p0"]).succeeded();
    let claim = find_claim(&token.key, 0).0;
    let token = pool.token("p0");
    let deposit =
        token_ix::deposit_equity(&token, &claim, &mint, &TOKEN_PROGRAM, 1_000 * ONE, Atoms(0));
    pool.send(&deposit, &["p0"]).succeeded();
    wind_up(&mut pool, "p0", 1_000 * ONE);
    let claim = pool.world.get(&claim);
    let open = token_ix::open_estate(&claim, &key("carol"));
    pool.send(&open, &["carol"]).succeeded();
    pool
}

/// Collects the index's part of p0's custody.
pub fn collect_ix(pool: &mut PoolWorld) -> Instruction {
    let token = token_of("p0");
    let claim = pool.world.get(&find_claim(&token, 0).0);
    let custody = upside_sdk::address::find_holder(&token, &pool.index).0;
    let holder = pool.world.get::<upside_sdk::state::Holder>(&custody);
    let receipt = find_receipt(&token, &pool.index, holder.data.receipts - 1).0;
    let receipt: Account<Receipt> = pool.world.get(&receipt);
    ix::collect_wound_up(&pool.index(), &claim, &receipt, &TOKEN_PROGRAM).unwrap()
}

pub(crate) fn note() -> Case<PoolWorld> {
    let mut pool = stuck();
    let note = note_ix(&mut pool, 0);
    by(pool, note, &[])
}

pub(crate) fn note_moving() -> Case<PoolWorld> {
    let mut pool = noted();
    set_transfers(&mut pool, "p0", 0);
    let note = note_ix(&mut pool, 0);
    by(pool, note, &[])
}

pub(crate) fn note_cash() -> Case<PoolWorld> {
    let mut pool = launched();
    freeze_cash(&mut pool, true);
    let note = note_ix(&mut pool, CASH_SLOT);
    by(pool, note, &[])
}

/// Freezes or thaws the index's cash.
pub fn freeze_cash(pool: &mut PoolWorld, frozen: bool) {
    let quote = pool.world.quote;
    let own = upside_sdk::address::find_associated(&pool.index, &quote, &TOKEN_PROGRAM).0;
    set_frozen(pool, &own, frozen);
}

/// A world in which the index's cash is frozen and wrapped.
pub fn wrapped_cash() -> PoolWorld {
    let Case {
        world: mut pool,
        instruction,
        ..
    } = wrap_cash();
    pool.send(&instruction, &[]).succeeded();
    pool
}

pub(crate) fn wrap() -> Case<PoolWorld> {
    let mut pool = noted();
    let wrap = wrap_ix(&mut pool, 0);
    by(pool, wrap, &[])
}

pub(crate) fn wrap_cash() -> Case<PoolWorld> {
    let Case {
        world: mut pool,
        instruction,
        ..
    } = note_cash();
    pool.send(&instruction, &[]).succeeded();
    let notice = pool.index().data.terms.notice_seconds;
    pool.world.pass(i64::from(notice));
    let wrap = wrap_ix(&mut pool, CASH_SLOT);
    by(pool, wrap, &[])
}

pub(crate) fn harvest() -> Case<PoolWorld> {
    let mut pool = wrapped_with_dividends();
    let harvest = harvest_ix(&mut pool, 0);
    by(pool, harvest, &[])
}

pub(crate) fn unwrap() -> Case<PoolWorld> {
    let mut pool = moving();
    let unwrap = unwrap_ix(&mut pool, 0, "bob", 10 * ONE);
    by(pool, unwrap, &["bob"])
}

pub(crate) fn unwrap_slot() -> Case<PoolWorld> {
    let mut pool = moving();
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    by(pool, unwrap, &[])
}

pub(crate) fn unwrap_cash() -> Case<PoolWorld> {
    let mut pool = wrapped_cash();
    freeze_cash(&mut pool, false);
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    by(pool, unwrap, &[])
}

pub(crate) fn close() -> Case<PoolWorld> {
    let mut pool = wrapped_cash();
    freeze_cash(&mut pool, false);
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    pool.send(&unwrap, &[]).succeeded();
    let wrapper = wrapper(&mut pool, 0);
    let close = ix::close_wrapper(&pool.index, &wrapper);
    by(pool, close, &[])
}

pub(crate) fn redeem_wound_up() -> Case<PoolWorld> {
    let mut pool = with_wound_up();
    let redeem = redeem_wound_up_ix(&mut pool, 0);
    by(pool, redeem, &[])
}

pub(crate) fn redeem_for_receipt() -> Case<PoolWorld> {
    let mut pool = with_estate();
    let redeem = redeem_wound_up_ix(&mut pool, 0);
    by(pool, redeem, &[])
}

pub(crate) fn collect() -> Case<PoolWorld> {
    let mut pool = with_receipt();
    let collect = collect_ix(&mut pool);
    by(pool, collect, &[])
}
