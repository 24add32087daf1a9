//! Every reason for which wrapping is refused.

use {
    super::*,
    upside_sdk::index::UnwrapTicketsArgs,
    upside_tests::{cases::index::launched, engine::Engine},
};

#[test]
fn only_what_cannot_move_is_noted() {
    let mut pool = launched();
    let note = note_ix(&mut pool, 0);
    refused(&mut pool, &note, &[], IndexError::NothingToNote);
    let cash = note_ix(&mut pool, 2);
    refused(&mut pool, &cash, &[], IndexError::NothingToNote);
    let mut pool = stuck();
    let note = note_ix(&mut pool, 0);
    let mut short = note.clone();
    short.accounts.pop();
    refused(&mut pool, &short, &[], IndexError::MissingAccounts);
    let mut long = note.clone();
    long.accounts.push(long.accounts[1].clone());
    refused(&mut pool, &long, &[], IndexError::ExtraAccounts);
    pool.send(&note, &[]).succeeded();
    refused(&mut pool, &note, &[], IndexError::NothingToNote);
}

#[test]
fn nothing_is_wrapped_before_the_launch() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 1, |_| {});
    pool.add_everybody();
    set_transfers(&mut pool, "p0", 2);
    let note = note_ix(&mut pool, 0);
    refused(&mut pool, &note, &[], IndexError::NotLaunched);
}

#[test]
fn a_slot_is_wrapped_a_notice_after_it_was_noted() {
    let mut pool = launched();
    let wrap = wrap_ix(&mut pool, 0);
    refused(&mut pool, &wrap, &[], IndexError::SlotMoves);
    let mut pool = stuck();
    let wrap = wrap_ix(&mut pool, 0);
    refused(&mut pool, &wrap, &[], IndexError::NotNoted);
    let note = note_ix(&mut pool, 0);
    pool.send(&note, &[]).succeeded();
    pool.world.pass(7 * DAY - 1);
    refused(&mut pool, &wrap, &[], IndexError::NoticePending);
    pool.world.pass(1);
    pool.send(&wrap, &[]).succeeded();
    let again = note_ix(&mut pool, 0);
    refused(&mut pool, &again, &[], IndexError::AlreadyWrapped);
    let again = wrap_ix(&mut pool, 0);
    refused(&mut pool, &again, &[], IndexError::AlreadyWrapped);
}

/// Whoever opens and closes again begins anew, if anybody looks in between.
#[test]
fn a_slot_that_moved_in_between_is_noted_anew() {
    let mut pool = noted();
    set_transfers(&mut pool, "p0", 0);
    let note = note_ix(&mut pool, 0);
    pool.send(&note, &[]).succeeded();
    assert_eq!(slot(&mut pool, 0).stuck_at, 0);
    set_transfers(&mut pool, "p0", 2);
    let wrap = wrap_ix(&mut pool, 0);
    refused(&mut pool, &wrap, &[], IndexError::NotNoted);
}

#[test]
fn an_empty_slot_is_not_wrapped() {
    let mut pool = launched();
    let mint = key("unused mint");
    pool.world.add_mint(
        mint,
        TOKEN_PROGRAM,
        upside_tests::world::mint_bytes(u64::MAX),
    );
    let authority = Some(key("mint authority"));
    let (index, payer) = (pool.index(), pool.payer());
    let add = ix::add_mint(&index, &payer, &mint, &TOKEN_PROGRAM, authority, false);
    pool.send(&add, &["curator"]).succeeded();
    let custody = slot(&mut pool, 3).custody;
    set_frozen(&mut pool, &custody, true);
    let note = note_ix(&mut pool, 3);
    pool.send(&note, &[]).succeeded();
    pool.world.pass(7 * DAY);
    let wrap = wrap_ix(&mut pool, 3);
    refused(&mut pool, &wrap, &[], IndexError::NothingToWrap);
}

#[test]
fn a_slot_is_itself_again_only_once_it_moves_with_nothing_due() {
    let mut pool = wrapped();
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    refused(&mut pool, &unwrap, &[], IndexError::SlotStuck);
    let mut pool = wrapped_with_dividends();
    set_transfers(&mut pool, "p0", 0);
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    refused(&mut pool, &unwrap, &[], IndexError::DividendsDue);
    let tickets_of = wrapper(&mut pool, 0);
    let close = ix::close_wrapper(&pool.index, &tickets_of);
    refused(&mut pool, &close, &[], IndexError::AlreadyWrapped);
    let harvest = harvest_ix(&mut pool, 0);
    pool.send_all(&[harvest.clone(), unwrap.clone()], &[])
        .succeeded();
    refused(&mut pool, &unwrap, &[], IndexError::NotWrapped);
    let tickets_of = wrapper(&mut pool, 0);
    let close = ix::close_wrapper(&pool.index, &tickets_of);
    refused(&mut pool, &close, &[], IndexError::TicketsLeft);
    pool.pay_revenue("p0", 10 * ONE);
    pool.world.pass(40 * DAY);
    refused(&mut pool, &harvest, &[], IndexError::NotWrapped);
}

#[test]
fn tickets_are_unwrapped_within_their_bounds() {
    let mut pool = moving();
    let all = tickets(&mut pool, 0, "bob");
    for (tickets, error) in [
        (0, IndexError::ZeroAmount),
        (u64::MAX, IndexError::InsufficientShares),
    ] {
        let mut call = unwrap_ix(&mut pool, 0, "bob", all);
        call.data[8..16].copy_from_slice(&tickets.to_le_bytes());
        refused(&mut pool, &call, &["bob"], error);
    }
    let it = wrapper(&mut pool, 0);
    let supply = supply(&mut pool, &it.data.mint);
    let with = |pool: &mut PoolWorld, args| {
        ix::unwrap_tickets(&pool.index(), &it, &key("bob"), supply, args).unwrap()
    };
    let greedy = UnwrapTicketsArgs {
        tickets: all,
        least: all + 1,
        forgone: 0,
    };
    let call = with(&mut pool, greedy);
    refused(&mut pool, &call, &["bob"], IndexError::Slippage);
    // Without the pot: it stays with the others.
    let modest = UnwrapTicketsArgs {
        tickets: all,
        least: all,
        forgone: 1,
    };
    let (call, cash) = (with(&mut pool, modest), pool.cash("bob"));
    pool.send(&call, &["bob"]).succeeded();
    assert_eq!(pool.cash("bob"), cash);
    assert_eq!(wrapper(&mut pool, 0).data.pots[0], it.data.pots[0]);
}

#[test]
fn while_it_cannot_move_tickets_wait() {
    let mut pool = wrapped();
    let unwrap = unwrap_ix(&mut pool, 0, "bob", ONE);
    let outcome = pool.send(&unwrap, &["bob"]);
    outcome.refused(upside_sdk::TokenError::TransferClosed);
}

/// The pot of a person is in a coin that was wrapped itself meanwhile.
#[test]
fn a_pot_in_a_wrapped_coin_waits() {
    let mut pool = moving();
    freeze_cash(&mut pool, true);
    let note = note_ix(&mut pool, 2);
    pool.send(&note, &[]).succeeded();
    pool.world.pass(7 * DAY);
    let wrap = wrap_ix(&mut pool, 2);
    pool.send(&wrap, &[]).succeeded();
    let unwrap = unwrap_slot_ix(&mut pool, 0);
    refused(&mut pool, &unwrap, &[], IndexError::CoinWrapped);
    let mine = tickets(&mut pool, 0, "bob");
    let unwrap = unwrap_ix(&mut pool, 0, "bob", mine);
    refused(&mut pool, &unwrap, &["bob"], IndexError::CoinWrapped);
    pool.pay_revenue("p0", 10 * ONE);
    pool.world.pass(40 * DAY);
    let harvest = harvest_ix(&mut pool, 0);
    refused(&mut pool, &harvest, &[], IndexError::CoinWrapped);
    check_wrapped(&mut pool, 0);
    check_wrapped(&mut pool, 1);
    // The way out without it.
    let (it, supply) = (wrapper(&mut pool, 0), supply_of(&mut pool, 0));
    let args = UnwrapTicketsArgs {
        tickets: mine,
        least: mine,
        forgone: 1,
    };
    let call = ix::unwrap_tickets(&pool.index(), &it, &key("bob"), supply, args).unwrap();
    pool.send(&call, &["bob"]).succeeded();
}

fn supply_of(pool: &mut PoolWorld, number: u64) -> u64 {
    let mint = wrapper(pool, number).data.mint;
    wraps::supply(pool, &mint)
}

#[test]
fn nothing_is_collected_where_nothing_is_due() {
    let mut pool = wrapped();
    let harvest = harvest_ix(&mut pool, 0);
    refused(&mut pool, &harvest, &[], IndexError::NothingToCollect);
}
