use {
    crate::{
        error::{TokenError, require},
        events::{self, SharesDeposited, SharesWithdrawn},
        host::{Host, TokenIo},
        state::{Holder, PersonalToken},
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// Registered shares to bearer tokens in the wallet, or back.
#[derive(Accounts)]
pub struct MoveBearer<'info> {
    /// The holder's wallet.
    pub wallet: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The wallet's own account of the share mint, for the bearer tokens.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub wallet_tokens: UncheckedAccount<'info>,
    /// The register.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub register: UncheckedAccount<'info>,
    /// The share mint.
    ///
    /// CHECK: proven by the token.
    pub mint: UncheckedAccount<'info>,
    /// Token-2022, the token program of the share mint.
    ///
    /// CHECK: proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
}

impl MoveBearer<'_> {
    fn prove(&self, token: &PersonalToken, holder: &Holder) -> Result<()> {
        require(holder.token == self.token.key(), TokenError::WrongToken)?;
        require(holder.wallet == *self.wallet.key, TokenError::NotHolder)?;
        token_io::prove_shares(token, &self.mint, &self.register, &self.token_2022_program)?;
        TokenIo::prove_account(&self.wallet_tokens, &token.mint, &holder.wallet)?;
        Ok(())
    }
}

/// Registered shares become tokens in the holder's wallet, up to the bearer cap.
pub(crate) fn withdraw(ctx: Context<MoveBearer>, shares: u64) -> Result<()> {
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
        from: &a.register,
        to: &a.wallet_tokens,
        authority: a.token.as_ref(),
    }
    .by_seeds::<Host>(shares, &signer.seeds())?;

    events::log(&event);
    Ok(())
}

/// Tokens in the holder's wallet come back into custody, at any time. They redeem at once;
/// after a day they earn and vote like the others.
pub(crate) fn deposit(ctx: Context<MoveBearer>, shares: u64) -> Result<()> {
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
        to: &a.register,
        authority: &a.wallet,
    }
    .by_wallet::<Host>(shares)?;

    events::log(&event);
    Ok(())
}
