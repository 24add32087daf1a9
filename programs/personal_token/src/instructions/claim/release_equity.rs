use {
    crate::{
        error::{TokenError, require},
        events::{self, EquityReleased},
        host::{ThisProgram, TokenIo},
        seeds,
        state::{Claim, PersonalToken},
        token_io::{self, Transfer},
    },
    anchor_lang::prelude::*,
};

/// The owner, or in a wind-down anybody, moves tokenized equity from a claim into the reserve,
/// where holders redeem it in kind. Its mint must be listed, and no auction of the claim be
/// announced or running.
#[derive(Accounts)]
pub struct ReleaseEquity<'info> {
    /// The owner; in a wind-down anybody.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
    /// The claim's vault, which the equity leaves.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub claim_vault: UncheckedAccount<'info>,
    /// The token's vault of the equity's mint, which receives the equity.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The equity's mint.
    ///
    /// CHECK: proven by the token and the claim.
    pub mint: UncheckedAccount<'info>,
    /// The token program of the mint.
    ///
    /// CHECK: proven by the token.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn release_equity(ctx: Context<ReleaseEquity>, units: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let (event, decimals, number, bump) = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        token.require_tidier(a.owner.key, &clock)?;
        require(claim.token == key, TokenError::WrongToken)?;
        require(claim.mint == *a.mint.key, TokenError::WrongMint)?;
        let place = token.asset_of(a.mint.key)?;
        let decimals = token.asset(place)?.decimals;
        token_io::prove_asset(token.asset(place)?, &a.mint, &a.vault, &a.token_program)?;
        TokenIo::prove_account(&a.claim_vault, a.mint.key, a.claim.as_ref().key)?;

        claim.release(&token, units, clock.unix_timestamp)?;
        let reserve = token.add_reserve(place, units)?;
        let event = EquityReleased {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            mint: a.mint.key(),
            units,
            held: claim.held()?,
            reserve,
        };
        (event, decimals, claim.number.to_le_bytes(), [claim.bump])
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals,
        from: &a.claim_vault,
        to: &a.vault,
        authority: a.claim.as_ref(),
    }
    .by_seeds::<ThisProgram>(units, &seeds::claim_signer(&key, &number, &bump))?;

    events::log(&event);
    Ok(())
}
