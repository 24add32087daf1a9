use {
    // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
    super::redeeming::*,
    crate::{
        error::{TokenError, require},
        events,
        host::TokenIo,
        seeds::TOKEN_2022_PROGRAM,
        token_io::TokenSigner,
    },
    anchor_lang::prelude::*,
};

/// Redeems bearer tokens straight from a wallet: nobody can be kept from the
/// exit by not being admitted.
#[derive(Accounts)]
pub struct RedeemBearer<'info> {
    /// Whose shares are redeemed, the mint and the token programs.
    pub redeeming: RedeemingAccounts<'info>,
    /// The wallet's own account of the share mint, whose tokens are burned.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub wallet_tokens: UncheckedAccount<'info>,
}

pub(crate) fn redeem_bearer<'info>(
    ctx: Context<'info, RedeemBearer<'info>>,
    args: RedeemArgs,
) -> Result<()> {
    let a = ctx.accounts;
    let r = &a.redeeming;
    let (event, signer) = {
        let clock = Clock::get()?;
        let mut token = r.token.load_mut()?;
        require(*r.mint.key == token.mint, TokenError::WrongMint)?;
        require(
            *r.token_2022_program.key == TOKEN_2022_PROGRAM,
            TokenError::WrongTokenProgram,
        )?;
        TokenIo::prove_account(&a.wallet_tokens, &token.mint, r.wallet.key)?;
        let held = TokenIo::balance(&a.wallet_tokens)?;
        require(args.shares <= held, TokenError::InsufficientShares)?;

        token.require_no_estates()?;
        (
            r.book(&mut token, &args, &clock, None)?,
            TokenSigner::of(&token),
        )
    };

    let program = &r.token_2022_program;
    TokenIo::burn(
        program,
        &r.mint,
        &a.wallet_tokens,
        &r.wallet,
        args.shares,
        None,
    )?;
    r.pay_out(ctx.remaining_accounts, &event, &signer)?;

    events::log(&event);
    Ok(())
}
