use {
    crate::{
        error::{TokenError, require},
        events::{self, ReserveDeposited},
        host::Host,
        mint_policy,
        state::PersonalToken,
        token_io::{self, Transfer},
    },
    anchor_lang::prelude::*,
};

/// Anyone gives to the reserve. Nothing is owed for it.
#[derive(Accounts)]
pub struct DepositReserve<'info> {
    /// Who gives.
    pub giver: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// CHECK: the giver's account; the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// CHECK: the vault, proven by the token.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// CHECK: a listed mint, proven by the token.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the program that owns the mint, proven by the token.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn deposit_reserve(ctx: Context<DepositReserve>, amount: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    require(amount > 0, TokenError::ZeroAmount)?;
    let facts = mint_policy::check(&a.mint)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let place = token.asset_of(a.mint.key)?;
        token_io::prove_asset(token.asset(place)?, &a.mint, &a.vault, &a.token_program)?;

        let reserve = token.add_reserve(place, amount)?;
        ReserveDeposited {
            header: token.header(&a.token.key(), &clock)?,
            mint: a.mint.key(),
            from: a.giver.key(),
            amount,
            reserve,
        }
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals: facts.decimals,
        from: &a.payment,
        to: &a.vault,
        authority: &a.giver,
    }
    .by_wallet::<Host>(amount)?;

    events::log(&event);
    Ok(())
}
