use {
    crate::{
        error::{TokenError, require},
        events::{self, SharesRedeemed},
        host::{Host, TokenIo},
        seeds::TOKEN_2022_PROGRAM,
        state::{Holder, MAX_ASSETS, PersonalToken, is_forgone},
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// What is burned, and what at least must come back.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct RedeemArgs {
    /// Share atoms to burn, above zero.
    pub shares: u64,
    /// Refuse less of each asset than this, in the order of the list.
    pub min_out: [u64; MAX_ASSETS],
    /// Bit `i` set: go without asset `i`, whose part stays with the others. The
    /// way out where an issuer has frozen or paused an asset.
    pub forgone: u8,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

/// What both kinds of redemption share. The remaining accounts are mint, vault
/// and destination of each listed asset in order, without those forgone.
#[derive(Accounts)]
pub struct Redeeming<'info> {
    /// Whose shares; owns every destination.
    pub wallet: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// CHECK: the share mint, proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: Token-2022, proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
    /// CHECK: classic SPL Token, proven against each asset that it owns.
    pub token_program: UncheckedAccount<'info>,
}

/// Redeems registered shares: those that warm first.
#[derive(Accounts)]
pub struct Redeem<'info> {
    pub redeeming: Redeeming<'info>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// CHECK: the register, proven by the token.
    #[account(mut)]
    pub register: UncheckedAccount<'info>,
}

/// Redeems bearer tokens straight from a wallet: nobody can be kept from the
/// exit by not being admitted.
#[derive(Accounts)]
pub struct RedeemBearer<'info> {
    pub redeeming: Redeeming<'info>,
    /// CHECK: the wallet's own account of the share mint, proven by its fields.
    #[account(mut)]
    pub wallet_tokens: UncheckedAccount<'info>,
}

pub(crate) fn redeem<'info>(ctx: Context<'info, Redeem<'info>>, args: RedeemArgs) -> Result<()> {
    let a = ctx.accounts;
    let r = &a.redeeming;
    let (event, signer) = {
        let clock = Clock::get()?;
        let mut token = r.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        require(holder.token == r.token.key(), TokenError::WrongToken)?;
        require(holder.wallet == *r.wallet.key, TokenError::NotHolder)?;
        token_io::prove_shares(&token, &r.mint, &a.register, &r.token_2022_program)?;

        token.release(clock.unix_timestamp)?;
        let warm = token.give_up(&mut holder, args.shares)?;
        let mut event = r.book(&mut token, &args, &clock, false)?;
        event.warm = warm;
        (event, TokenSigner::of(&token))
    };

    let (program, token) = (&r.token_2022_program, r.token.as_ref());
    TokenIo::burn(
        program,
        &r.mint,
        &a.register,
        token,
        args.shares,
        Some(&signer.seeds()),
    )?;
    r.pay_out(ctx.remaining_accounts, &event, &signer)?;

    events::log(&event);
    Ok(())
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

        (
            r.book(&mut token, &args, &clock, true)?,
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

impl<'info> Redeeming<'info> {
    /// Computes what the shares redeem for and takes it out of the books.
    #[inline(never)]
    fn book(
        &self,
        token: &mut PersonalToken,
        args: &RedeemArgs,
        clock: &Clock,
        bearer: bool,
    ) -> Result<SharesRedeemed> {
        require(
            clock.unix_timestamp <= args.deadline,
            TokenError::DeadlinePassed,
        )?;
        let listed = u32::from(token.asset_count);
        require(
            args.forgone.checked_shr(listed).unwrap_or(0) == 0,
            TokenError::AssetAccountsMismatch,
        )?;
        let redemption = {
            // Bearers may have burned tokens themselves: the mint knows. What this
            // redemption unregistered is still in its supply.
            let minted = TokenIo::mint_supply(&self.mint)?;
            token.observe_supply(minted)?;
            token.redemption(args.shares, args.forgone)?
        };
        let enough = redemption
            .paid
            .iter()
            .zip(&args.min_out)
            .all(|(paid, least)| paid >= least);
        require(enough, TokenError::Slippage)?;

        token.redeem(args.shares, &redemption)?;
        Ok(SharesRedeemed {
            header: token.header(self.token.as_ref().key, clock)?,
            wallet: self.wallet.key(),
            shares: args.shares,
            bearer: u64::from(bearer),
            warm: 0,
            paid: redemption.paid,
            forgone: u64::from(args.forgone),
            supply: token.supply,
        })
    }

    /// Pays every listed asset that was not forgone.
    #[inline(never)]
    fn pay_out(
        &self,
        accounts: &[AccountInfo<'info>],
        event: &SharesRedeemed,
        signer: &TokenSigner,
    ) -> Result<()> {
        let (assets, count) = {
            let token = self.token.load()?;
            (token.assets, usize::from(token.asset_count))
        };
        let forgone = u8::try_from(event.forgone).map_err(|_| TokenError::Overflow)?;
        let mut given = accounts.chunks_exact(3);
        for (place, (asset, paid)) in assets.iter().zip(event.paid).take(count).enumerate() {
            if is_forgone(forgone, place) {
                continue;
            }
            let Some([mint, vault, destination]) = given.next() else {
                return Err(TokenError::AssetAccountsMismatch.into());
            };
            let program = if asset.token_program() == TOKEN_2022_PROGRAM {
                &self.token_2022_program
            } else {
                &self.token_program
            };
            require(*mint.key == asset.mint, TokenError::AssetAccountsMismatch)?;
            token_io::prove_asset(asset, mint, vault, program)?;
            TokenIo::prove_account(destination, mint.key, self.wallet.key)?;
            Transfer {
                program,
                mint,
                decimals: asset.decimals,
                from: vault,
                to: destination,
                authority: self.token.as_ref(),
            }
            .by_seeds::<Host>(paid, &signer.seeds())?;
        }
        let none_left = given.next().is_none() && given.remainder().is_empty();
        require(none_left, TokenError::AssetAccountsMismatch)?;
        Ok(())
    }
}
