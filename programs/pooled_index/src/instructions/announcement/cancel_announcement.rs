use {
    crate::{
        error::{IndexError, Outcome, require},
        events::{self, AnnouncementCancelled},
        host::AccountIo,
        instructions::accrue,
        state::{Announcement, Index},
    },
    anchor_lang::prelude::*,
};

/// Takes announced actions back: the curator or the launcher at any time, anybody once
/// holders vetoed them, they expired, or they fell with their curator.
#[derive(Accounts)]
pub struct CancelAnnouncement<'info> {
    /// The curator or the launcher; otherwise anybody.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// CHECK: the share mint, proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The announcement; it is closed.
    #[account(mut)]
    pub announcement: AccountLoader<'info, Announcement>,
    /// CHECK: who paid the announcement's rent, proven by the announcement.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

/// Why an announcement fell, as its event tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Cause {
    Cancelled = 0,
    Vetoed = 1,
    Expired = 2,
    Fell = 3,
}

pub(crate) fn cancel_announcement(ctx: Context<CancelAnnouncement>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let announcement = a.announcement.load()?;
        require(announcement.index == key, IndexError::WrongIndex)?;
        AccountIo::same(a.rent_payer.key, &announcement.rent_payer)?;
        accrue(&mut index, &a.mint, now)?;

        let may = index.require_launcher(a.authority.key).is_ok();
        let cause = end(&mut index, announcement.nonce, may, now)?;
        AnnouncementCancelled {
            header: index.header(&key, &clock)?,
            nonce: announcement.nonce,
            by: a.authority.key(),
            cause: u64::from(cause as u8),
        }
    };
    AccountIo::close(a.announcement.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}

/// Ends an announcement of whoever `may`, or that holders vetoed, that expired or fell. A veto
/// comes first: who made the announcement does not escape that its content is
/// remembered.
pub(crate) fn end(index: &mut Index, nonce: u64, may: bool, now: i64) -> Outcome<Cause> {
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
