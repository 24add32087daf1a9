use {
    super::MoveBearerAccounts,
    crate::{
        error::{TokenError, require},
        events::{self, SharesDeposited},
        host::ThisProgram,
        token_io::Transfer,
    },
    anchor_lang::prelude::*,
};

/// Tokens in the holder's wallet come back into custody, at any time. They redeem at once;
/// after a day they earn and vote like the others.
pub(crate) fn deposit(ctx: Context<MoveBearerAccounts>, shares: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    require(shares > 0, TokenError::ZeroAmount)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        a.prove(&token, &holder)?;

        token.release(clock.unix_timestamp)?;
        token.deposit(&mut holder, shares)?;
        SharesDeposited {
            header: token.header(&a.token.key(), &clock)?,
            wallet: holder.wallet,
            shares,
            warm: holder.warm,
            warm_at: holder.warm_at,
            bearer: token.bearer()?,
        }
    };

    Transfer {
        program: &a.token_2022_program,
        mint: &a.mint,
        decimals: upside_math::SHARE_DECIMALS,
        from: &a.wallet_tokens,
        to: &a.share_custody,
        authority: &a.wallet,
    }
    .by_wallet::<ThisProgram>(shares)?;

    events::log(&event);
    Ok(())
}
