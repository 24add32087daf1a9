use {
    super::announced,
    crate::{
        error::{TokenError, require},
        events,
        instructions::evidence::{Given, weigh},
        state::{AuctionBy, AuctionTerms, Claim, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The owner announces an auction of tokenized equity, for all, which starts when the
/// notice period is over. The accounts behind these are the attestations of all accepted
/// attesters on the claim, in the order of the list: too few fresh ones, and it takes a
/// poll.
#[derive(Accounts)]
pub struct AnnounceAuction<'info> {
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
    /// The token's accepted attesters, who may not exist.
    ///
    /// CHECK: proven by their seeds or fields.
    pub attesters: UncheckedAccount<'info>,
}

pub(crate) fn announce_auction<'info>(
    ctx: Context<'info, AnnounceAuction<'info>>,
    terms: AuctionTerms,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.token.key(), clock.unix_timestamp);
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.require_active()?;
        require(claim.token == key, TokenError::WrongToken)?;
        let given = Given {
            token: &key,
            claim: a.claim.as_ref().key,
            attesters: &a.attesters,
            signed: ctx.remaining_accounts,
        };
        let evidence = weigh(&token, &claim, &given, now)?;
        let starts_at = token.after_notice(now)?;

        claim.announce_auction(&terms, &evidence, AuctionBy::Owner, starts_at, now)?;
        announced(token.header(&key, &clock)?, &claim)
    };

    events::log(&event);
    Ok(())
}
