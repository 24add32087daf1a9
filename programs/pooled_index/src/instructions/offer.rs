use {
    super::fees::accrue,
    crate::{
        error::{IndexError, require},
        events::{self, MembershipOffered, OfferWithdrawn},
        host::AccountIo,
        seeds,
        state::{Index, Membership, MembershipStatus, OfferTerms},
    },
    anchor_lang::prelude::*,
    personal_token::state::PersonalToken,
};

/// The curator offers a person shares of the index for shares of the person's token,
/// which is a constituent. The offer waits out the notice period.
#[derive(Accounts)]
pub struct OfferMembership<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The curator.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// CHECK: the share mint, proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The personal token.
    pub token: AccountLoader<'info, PersonalToken>,
    /// CHECK: the membership to make, proven by its seeds.
    #[account(mut)]
    pub membership: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn offer_membership(ctx: Context<OfferMembership>, terms: OfferTerms) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let (key, token) = (a.index.key(), a.token.key());
    {
        let mut index = a.index.load_mut()?;
        index.require_curator(a.curator.key)?;
        index.require_running()?;
        accrue(&mut index, &a.mint, now)?;
        index.slot_of(&token)?;
        let fits = terms.index_shares <= index.offer_cap()?;
        require(fits, IndexError::OfferTooLarge)?;
    }

    let seeds: [&[u8]; 3] = [seeds::MEMBERSHIP, key.as_ref(), token.as_ref()];
    let bump = AccountIo::create_own::<Membership>(&a.payer, &a.membership, &seeds)?;
    let event = {
        let mut index = a.index.load_mut()?;
        let mut membership = AccountIo::load_new::<Membership>(&a.membership)?;
        let acceptable_from = index.after_notice(now)?;
        let supply = a.token.load()?.supply;
        let keys = [&key, &token, a.payer.key];
        membership.offer(&terms, keys, supply, now, acceptable_from)?;
        membership.bump = bump;
        MembershipOffered {
            header: index.header(&key, &clock)?,
            token,
            token_shares: terms.token_shares,
            index_shares: terms.index_shares,
            acceptable_from,
            expires_at: terms.expires_at,
        }
    };

    events::log(&event);
    Ok(())
}

/// Withdraws an offer that nobody accepted: the curator at any time, anybody after
/// its expiry.
#[derive(Accounts)]
pub struct WithdrawOffer<'info> {
    /// The curator, or after the expiry anybody.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The membership; it is closed.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// CHECK: who paid the membership's rent, proven by the membership.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn withdraw_offer(ctx: Context<WithdrawOffer>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let (header, token) = {
        let mut index = a.index.load_mut()?;
        let membership = a.membership.load()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        membership.require(MembershipStatus::Offered)?;
        let expired = clock.unix_timestamp > membership.expires_at;
        let curator = index.require_curator(a.authority.key).is_ok();
        require(expired || curator, IndexError::OfferOpen)?;
        AccountIo::same(a.rent_payer.key, &membership.rent_payer)?;
        (index.header(&key, &clock)?, membership.token)
    };
    AccountIo::close(a.membership.as_ref(), &a.rent_payer)?;

    events::log(&OfferWithdrawn { header, token });
    Ok(())
}
