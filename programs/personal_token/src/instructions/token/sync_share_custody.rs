use {
    crate::{
        error::{TokenError, require},
        events::{self, ShareCustodySynced},
        host::TokenIo,
        state::PersonalToken,
        token_io::{self, TokenSigner},
    },
    anchor_lang::prelude::*,
};

/// Burns bearer tokens that somebody sent to the register unasked, and takes the
/// mint's true supply over: bearers may have burned their own. Anyone may.
#[derive(Accounts)]
pub struct SyncShareCustody<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The share mint.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// The share custody, which holds the registered shares.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub share_custody: UncheckedAccount<'info>,
    /// Token-2022, the token program of the share mint.
    ///
    /// CHECK: proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
}

pub(crate) fn sync_share_custody(ctx: Context<SyncShareCustody>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (event, signer) = {
        let mut token = a.token.load_mut()?;
        token_io::prove_shares(&token, &a.mint, &a.share_custody, &a.token_2022_program)?;
        let held = TokenIo::balance(&a.share_custody)?;
        let burned = held
            .checked_sub(token.in_custody()?)
            .ok_or(TokenError::InvariantBroken)?;
        let before = token.supply;

        let minted = TokenIo::mint_supply(&a.mint)?;
        token.observe_supply(
            minted
                .checked_sub(burned)
                .ok_or(TokenError::InvariantBroken)?,
        )?;
        require(token.supply != before, TokenError::NothingToSync)?;
        token.invariant()?;
        let header = token.header(&a.token.key(), &clock)?;
        (
            ShareCustodySynced {
                header,
                burned,
                supply: token.supply,
            },
            TokenSigner::of(&token),
        )
    };

    if event.burned > 0 {
        TokenIo::burn(
            &a.token_2022_program,
            &a.mint,
            &a.share_custody,
            a.token.as_ref(),
            event.burned,
            Some(&signer.seeds()),
        )?;
    }

    events::log(&event);
    Ok(())
}
