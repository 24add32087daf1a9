//! What the state shows of a slot: whether it can move, and what it owes.

use {
    crate::{
        custody::Rest,
        error::{IndexError, ProgramResult, foreign},
        host::{AccountIo, TokenIo},
        state::{Constituent, PooledIndex, Shown, SlotKind},
    },
    anchor_lang::prelude::*,
    personal_token::state::{Holder, PersonalToken},
    upside_support::mint_policy,
};

/// Reads a slot, wrapped or not: `constituent` is what it is without tickets, `key` and
/// `custody` are its accounts. Of a person the mint and the payout vault of each stream in
/// a coin follow, in the order of the streams: a person is stuck also while such a vault
/// is. Errors: `WrongAccount`, `MissingAccounts`, `ExtraAccounts`, `NotAConstituent`.
#[inline(never)]
pub(crate) fn show(
    index: &PooledIndex,
    constituent: &Constituent,
    [key, custody]: [&AccountInfo; 2],
    accounts: &[AccountInfo],
    now: i64,
) -> Result<Shown> {
    AccountIo::same(key.key, &constituent.key)?;
    AccountIo::same(custody.key, &constituent.custody)?;
    let mut rest = Rest(accounts);
    let shown = match constituent.kind()? {
        SlotKind::Personal => person(index, [key, custody], &mut rest, now)?,
        SlotKind::Mint => Shown {
            stuck: is_stuck(key, custody)?,
            balance: TokenIo::balance(custody)?,
            dues: Default::default(),
            streams: 0,
        },
        SlotKind::Free => return Err(IndexError::NotAConstituent.into()),
    };
    rest.done()?;
    Ok(shown)
}

/// Whether atoms of a mint cannot leave this account now: it is frozen, or the mint is
/// paused or has an extension by now with which it is not moved.
fn is_stuck(mint: &AccountInfo, account: &AccountInfo) -> ProgramResult<bool> {
    let admitted = mint_policy::check(mint).is_ok();
    Ok(!admitted || TokenIo::is_frozen(account)? || mint_policy::is_paused(mint)?)
}

fn person(
    index: &PooledIndex,
    [token, holder]: [&AccountInfo; 2],
    rest: &mut Rest,
    now: i64,
) -> Result<Shown> {
    let token = AccountIo::read::<PersonalToken>(token)?;
    let holder = AccountIo::read::<Holder>(holder)?;
    let mut shown = Shown {
        // To somebody who is no venue.
        stuck: token.needs_approval(&holder, &Holder::default()) != Ok(false),
        balance: holder.shares,
        dues: Default::default(),
        streams: 0,
    };
    let streams = token.active_streams().map_err(foreign)?;
    for (place, stream) in streams.iter().enumerate() {
        let asset = token.asset(usize::from(stream.asset)).map_err(foreign)?;
        let Ok(coin) = index.coin_of(&asset.mint) else {
            continue;
        };
        // What is only announced is not collected yet.
        if index.collected(index.book(coin)?.slot).is_err() {
            continue;
        }
        let [mint, vault] = rest.take::<2>()?;
        AccountIo::same(mint.key, &asset.mint)?;
        AccountIo::same(vault.key, &asset.vault)?;
        shown.stuck |=
            TokenIo::is_frozen(vault)? || mint_policy::is_paused(mint).map_err(IndexError::from)?;
        let (atoms, _) = token.dividend(&holder, place, now).map_err(foreign)?;
        if let Some(due) = shown.dues.get_mut(usize::from(coin)) {
            *due = atoms.0;
        }
        let bit = u32::try_from(place)
            .ok()
            .and_then(|place| 1u8.checked_shl(place));
        shown.streams |= bit.unwrap_or(0);
    }
    Ok(shown)
}
