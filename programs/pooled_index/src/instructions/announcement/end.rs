//! How an announcement ends that was not applied.

use {
    crate::{
        error::{IndexError, ProgramResult, require},
        events::{self, AnnouncementVetoed},
        host::AccountIo,
        instructions::accrue,
        state::PooledIndex,
    },
    anchor_lang::prelude::*,
};

/// Why an announcement fell, as its event tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Cause {
    Cancelled = 0,
    Vetoed = 1,
    Expired = 2,
    Fell = 3,
}

/// Proves something announced under an index, of which account it is and who paid its rent:
/// what is passed, and what the account notes. Accrues fees. Errors: `WrongIndex`,
/// `WrongAccount`, and those of [`accrue`].
#[inline(never)]
pub(crate) fn prove_announced(
    index: &mut PooledIndex,
    [passed, rent_payer]: [&Pubkey; 2],
    [noted, paid_by]: [&Pubkey; 2],
    mint: &AccountInfo,
    now: i64,
) -> ProgramResult<()> {
    require(noted == passed, IndexError::WrongIndex)?;
    AccountIo::same(rent_payer, paid_by)?;
    accrue(index, mint, now)
}

/// Ends an announcement of whoever `may`, or that holders vetoed, that expired or fell. A veto
/// comes first: who made the announcement does not escape that its content is
/// remembered.
pub(crate) fn end(
    index: &mut PooledIndex,
    nonce: u64,
    may: bool,
    now: i64,
) -> ProgramResult<Cause> {
    let Ok(place) = index.announcement(nonce) else {
        return Ok(Cause::Fell);
    };
    let expired = index.require_unexpired(place, now).is_err();
    if index.count_veto(nonce, now)? {
        return Ok(Cause::Vetoed);
    }
    require(may || expired, IndexError::AnnouncementOpen)?;
    index.end_announcement(nonce)?;
    Ok(if expired {
        Cause::Expired
    } else {
        Cause::Cancelled
    })
}

/// Cancels an announcement if locks against it hold enough, and tells so. MUST follow
/// `accrue`.
pub(crate) fn cancel_if_vetoed(
    index: &mut PooledIndex,
    key: &Pubkey,
    clock: &Clock,
    nonce: u64,
) -> Result<bool> {
    let place = *index.announcement(nonce)?;
    let needed = index.veto_needs(&place)?;
    let vetoed = index.count_veto(nonce, clock.unix_timestamp)?;
    if vetoed {
        events::log(&AnnouncementVetoed {
            header: index.header(key, clock)?,
            nonce,
            against: place.against,
            needed,
            kind: u64::from(place.kind),
        });
    }
    Ok(vetoed)
}
