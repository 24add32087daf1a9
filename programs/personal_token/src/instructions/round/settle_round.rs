use {
    crate::{
        error::{TokenError, require},
        events::{self, RoundSettled},
        host::{ThisProgram, TokenIo},
        state::{PersonalToken, Round},
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// Pays the owner's part of the proceeds of a round that succeeded, once. Anyone may;
/// nothing waits for it: reserve and streams got theirs at the close.
#[derive(Accounts)]
pub struct SettleRound<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The round.
    #[account(mut)]
    pub round: AccountLoader<'info, Round>,
    /// The owner's account of the quote mint, which receives the owner's part: the associated one,
    /// or any that nobody else can take from.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub proceeds: UncheckedAccount<'info>,
    /// The quote vault, where the proceeds wait.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub quote_vault: UncheckedAccount<'info>,
    /// The quote mint.
    ///
    /// CHECK: proven by the token.
    pub quote_mint: UncheckedAccount<'info>,
    /// The token program of the quote mint.
    ///
    /// CHECK: proven by the token.
    pub quote_token_program: UncheckedAccount<'info>,
}

pub(crate) fn settle_round(ctx: Context<SettleRound>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (event, decimals, signer) = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        require(round.token == a.token.key(), TokenError::WrongToken)?;
        let (mint, vault, program) = (&a.quote_mint, &a.quote_vault, &a.quote_token_program);
        token_io::prove_asset(token.quote(), mint, vault, program)?;
        TokenIo::prove_payee(&a.proceeds, mint.key, &token.owner)?;

        let to_owner = round.settle()?;
        token.free_escrow(to_owner)?;
        let event = RoundSettled {
            header: token.header(&a.token.key(), &clock)?,
            round: round.number,
            to_owner,
            escrow: token.quote().escrow,
        };
        (event, token.quote().decimals, TokenSigner::of(&token))
    };

    Transfer {
        program: &a.quote_token_program,
        mint: &a.quote_mint,
        decimals,
        from: &a.quote_vault,
        to: &a.proceeds,
        authority: a.token.as_ref(),
    }
    .by_seeds::<ThisProgram>(event.to_owner, &signer.seeds())?;

    events::log(&event);
    Ok(())
}
