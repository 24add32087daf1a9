use {
    crate::{
        error::{TokenError, require},
        events::{self, EndowmentWithdrawn},
        host::{ThisProgram, TokenIo},
        state::PersonalToken,
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// The owner takes what nothing locks out of the endowment.
#[derive(Accounts)]
pub struct WithdrawEndowmentAccounts<'info> {
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The owner's account of the mint, which receives the atoms.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// The token's vault of the mint, which pays.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The mint of a listed asset.
    ///
    /// CHECK: proven by the token.
    pub mint: UncheckedAccount<'info>,
    /// The token program of the mint.
    ///
    /// CHECK: proven by the token.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn withdraw_endowment(
    ctx: Context<WithdrawEndowmentAccounts>,
    amount: u64,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    require(amount > 0, TokenError::ZeroAmount)?;
    let (event, decimals, signer) = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        let place = token.asset_of(a.mint.key)?;
        let asset = token.asset(place)?;
        let decimals = asset.decimals;
        token_io::prove_asset(asset, &a.mint, &a.vault, &a.token_program)?;
        TokenIo::prove_account(&a.destination, a.mint.key, a.owner.key)?;
        let balance = TokenIo::balance(&a.vault)?;

        let endowment = token.take_endowment(place, amount, balance)?;
        let event = EndowmentWithdrawn {
            header: token.header(a.token.as_ref().key, &clock)?,
            mint: a.mint.key(),
            amount,
            endowment,
        };
        (event, decimals, TokenSigner::of(&token))
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals,
        from: &a.vault,
        to: &a.destination,
        authority: a.token.as_ref(),
    }
    .by_seeds::<ThisProgram>(amount, &signer.seeds())?;

    events::log(&event);
    Ok(())
}
