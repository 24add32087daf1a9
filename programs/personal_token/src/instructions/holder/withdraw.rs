use {
    super::MoveBearerAccounts,
    crate::{
        error::{TokenError, require},
        events::{self, SharesWithdrawn},
        host::ThisProgram,
        token_io::{TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// Registered shares become tokens in the holder's wallet, up to the bearer cap.
pub(crate) fn withdraw(ctx: Context<MoveBearerAccounts>, shares: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    require(shares > 0, TokenError::ZeroAmount)?;
    let (event, signer) = {
        let mut token = a.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        a.prove(&token, &holder)?;

        token.release(clock.unix_timestamp)?;
        token.withdraw(&mut holder, shares)?;
        let event = SharesWithdrawn {
            header: token.header(&a.token.key(), &clock)?,
            wallet: holder.wallet,
            shares,
            holder_shares: holder.shares,
            bearer: token.bearer()?,
        };
        (event, TokenSigner::of(&token))
    };

    Transfer {
        program: &a.token_2022_program,
        mint: &a.mint,
        decimals: upside_math::SHARE_DECIMALS,
        from: &a.share_custody,
        to: &a.wallet_tokens,
        authority: a.token.as_ref(),
    }
    .by_seeds::<ThisProgram>(shares, &signer.seeds())?;

    events::log(&event);
    Ok(())
}
