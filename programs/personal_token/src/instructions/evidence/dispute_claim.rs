use {
    crate::{
        error::{TokenError, require},
        events::{self, ClaimDisputed, DisputeResolved},
        state::{Attesters, Claim, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// An accepted attester disputes a claim, or a dispute ends. While one lasts the claim is
/// not attested; what exits and revenue bring reaches holders all the same.
#[derive(Accounts)]
pub struct DisputeClaim<'info> {
    /// An accepted attester; or the owner, where nobody sits any more where it was disputed.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The token's attesters.
    pub attesters: AccountLoader<'info, Attesters>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
}

/// `reasons` is the SHA-256 of what the attester has to say.
pub(crate) fn dispute_claim(ctx: Context<DisputeClaim>, reasons: [u8; 32]) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let list = a.attesters.load()?;
        let mut claim = a.claim.load_mut()?;
        require(
            list.token == key && claim.token == key,
            TokenError::WrongToken,
        )?;

        claim.dispute(&list, a.authority.key)?;
        ClaimDisputed {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            attester: a.authority.key(),
            reasons,
        }
    };

    events::log(&event);
    Ok(())
}

pub(crate) fn resolve_dispute(ctx: Context<DisputeClaim>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let list = a.attesters.load()?;
        let mut claim = a.claim.load_mut()?;
        require(
            list.token == key && claim.token == key,
            TokenError::WrongToken,
        )?;
        let owner = token.owner == *a.authority.key;

        claim.resolve(&list, a.authority.key, owner)?;
        DisputeResolved {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            by: a.authority.key(),
        }
    };

    events::log(&event);
    Ok(())
}
