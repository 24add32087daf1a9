use {
    super::end::{end, prove_announced},
    crate::{
        events::{self, AnnouncementCancelled},
        host::AccountIo,
        state::{Announcement, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// Takes announced actions back: the curator or the launcher at any time, anybody once
/// holders vetoed them, they expired, or they fell with their curator.
#[derive(Accounts)]
pub struct CancelAnnouncement<'info> {
    /// The curator or the launcher, who signs; anybody once it is vetoed, has expired or fell.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The announcement; it is closed.
    #[account(mut)]
    pub announcement: AccountLoader<'info, Announcement>,
    /// Who paid the announcement's rent and gets it back.
    ///
    /// CHECK: proven by the announcement.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn cancel_announcement(ctx: Context<CancelAnnouncement>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let announcement = a.announcement.load()?;
        let noted = [&announcement.index, &announcement.rent_payer];
        prove_announced(&mut index, [&key, a.rent_payer.key], noted, &a.mint, now)?;

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
