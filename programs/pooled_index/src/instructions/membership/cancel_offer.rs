use {
    crate::{
        events::{self, OfferCancelled},
        host::AccountIo,
        instructions::{end_announced, prove_announced},
        state::{Offer, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// Takes back an offer that nobody accepted.
#[derive(Accounts)]
pub struct CancelOffer<'info> {
    /// The curator, the launcher or who admits members signs; anybody once it is vetoed,
    /// has lapsed or fell.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The offer; it is closed.
    #[account(mut)]
    pub offer: AccountLoader<'info, Offer>,
    /// Who paid the offer's rent and gets it back.
    ///
    /// CHECK: proven by the offer.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn cancel_offer(ctx: Context<CancelOffer>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let offer = a.offer.load()?;
        let noted = [&offer.index, &offer.rent_payer];
        prove_announced(&mut index, [&key, a.rent_payer.key], noted, &a.mint, now)?;
        let may = index.require_admissions(a.authority.key).is_ok()
            || index.require_launcher(a.authority.key).is_ok();
        let cause = end_announced(&mut index, offer.nonce, may, now)?;
        OfferCancelled {
            header: index.header(&key, &clock)?,
            token: offer.token,
            nonce: offer.nonce,
            by: a.authority.key(),
            cause: u64::from(cause as u8),
        }
    };
    AccountIo::close(a.offer.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
