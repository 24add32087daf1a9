use {
    crate::{
        events::{self, MembershipOffered},
        host::AccountIo,
        instructions::accrue,
        seeds,
        state::{Offer, OfferTerms, PooledIndex},
    },
    anchor_lang::prelude::*,
    personal_token::state::PersonalToken,
};

/// An offer to a person: shares of the index for shares of the person's token, which is a
/// constituent. It waits out the notice, and lapses two weeks after it.
#[derive(Accounts)]
pub struct OfferMembership<'info> {
    /// Signs, pays the offer's rent, and gets it back when it is closed.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The curator or who admits members, who signs.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The personal token to whose owner the offer goes.
    pub token: AccountLoader<'info, PersonalToken>,
    /// The offer to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub offer: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn offer_membership(ctx: Context<OfferMembership>, terms: OfferTerms) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let (key, token) = (a.index.key(), a.token.key());
    let new = {
        let mut index = a.index.load_mut()?;
        index.require_admissions(a.authority.key)?;
        accrue(&mut index, &a.mint, now)?;
        index.offer(&terms, &token, &*a.token.load()?, now)?
    };

    let nonce = new.nonce.to_le_bytes();
    let seeds = seeds::offer(&key, &nonce);
    let bump = AccountIo::create_own::<Offer>(&a.payer, &a.offer, &seeds)?;
    AccountIo::load_new::<Offer>(&a.offer)?.open(&new, &key, a.payer.key, bump);

    events::log(&MembershipOffered {
        header: a.index.load_mut()?.header(&key, &clock)?,
        token,
        nonce: new.nonce,
        token_shares: new.token_shares,
        index_shares: new.index_shares,
        cap: new.cap,
        acceptable_from: new.acceptable_from,
    });
    Ok(())
}
