use {
    crate::{
        error::{TokenError, require},
        events::{self, ClaimSynced},
        host::TokenIo,
        state::{Claim, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// Books what arrived unasked in a claim's vault to its units, never to its cost; what its
/// mint's issuer took leaves them. Anyone may.
#[derive(Accounts)]
pub struct SyncClaim<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
    /// The claim's vault.
    ///
    /// CHECK: the claim's associated account of its mint, proven by its address.
    pub claim_vault: UncheckedAccount<'info>,
}

pub(crate) fn sync_claim(ctx: Context<SyncClaim>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, claim_key) = (a.token.key(), a.claim.key());
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        require(claim.token == key, TokenError::WrongToken)?;
        TokenIo::prove_associated(&a.claim_vault, &claim.mint, &claim_key)?;
        let balance = TokenIo::balance(&a.claim_vault)?;

        let effects = claim.sync(balance, clock.unix_timestamp)?;
        ClaimSynced {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            found: effects.found,
            lost: effects.lost,
            held: claim.held()?,
        }
    };

    events::log(&event);
    Ok(())
}
