use {
    crate::{
        error::{TokenError, require},
        events::{self, ReceiptGiven, SharesRedeemed},
        host::{AccountIo, Host, TokenIo},
        seeds::{self, TOKEN_2022_PROGRAM},
        state::{Holder, MAX_ASSETS, PersonalToken, Receipt, ReceiptPlace, Redemption, is_forgone},
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
/// and destination of each listed asset in order, without those forgone; then, of
/// registered shares in a wind-down with estates, the receipt to make, who pays its rent and
/// gets it back, and the system program.
#[derive(Accounts)]
pub struct Redeeming<'info> {
    /// Whose shares; owns every destination.
    pub wallet: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The share mint.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// Token-2022, the token program of the share mint.
    ///
    /// CHECK: proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
    /// Classic SPL Token, for the assets that it owns.
    ///
    /// CHECK: proven against each asset that it owns.
    pub token_program: UncheckedAccount<'info>,
}

/// Redeems registered shares: those that warm first.
#[derive(Accounts)]
pub struct Redeem<'info> {
    /// Whose shares are redeemed, the mint and the token programs.
    pub redeeming: Redeeming<'info>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The register.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub register: UncheckedAccount<'info>,
}

/// Redeems bearer tokens straight from a wallet: nobody can be kept from the
/// exit by not being admitted.
#[derive(Accounts)]
pub struct RedeemBearer<'info> {
    /// Whose shares are redeemed, the mint and the token programs.
    pub redeeming: Redeeming<'info>,
    /// The wallet's own account of the share mint, whose tokens are burned.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub wallet_tokens: UncheckedAccount<'info>,
}

pub(crate) fn redeem<'info>(ctx: Context<'info, Redeem<'info>>, args: RedeemArgs) -> Result<()> {
    let a = ctx.accounts;
    let r = &a.redeeming;
    let clock = Clock::get()?;
    let (event, estates, signer) = {
        let mut token = r.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        require(holder.token == r.token.key(), TokenError::WrongToken)?;
        require(holder.wallet == *r.wallet.key, TokenError::NotHolder)?;
        token_io::prove_shares(&token, &r.mint, &a.register, &r.token_2022_program)?;

        token.release(clock.unix_timestamp)?;
        let (warm, passes_ended) = token.give_up(&mut holder, args.shares)?;
        let mut event = r.book(&mut token, &args, &clock, false)?;
        event.warm = warm;
        event.passes_ended = u64::from(passes_ended);
        (event, token.estates > 0, TokenSigner::of(&token))
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
    let accounts = ctx.remaining_accounts;
    if !estates {
        r.pay_out(accounts, &event, &signer)?;
        events::log(&event);
        return Ok(());
    }

    let Some((assets, last)) = accounts.split_last_chunk::<3>() else {
        return Err(TokenError::ReceiptRequired.into());
    };
    let [.., system_program] = last;
    let given = *system_program.key == anchor_lang::system_program::ID;
    require(given, TokenError::ReceiptRequired)?;
    r.pay_out(assets, &event, &signer)?;
    let receipt = a.give_receipt(last, args.shares, &clock)?;

    events::log(&event);
    events::log(&receipt);
    Ok(())
}

impl<'info> Redeem<'info> {
    /// Makes the receipt of `shares` that were burned.
    #[inline(never)]
    fn give_receipt(
        &self,
        [receipt, payer, _]: &[AccountInfo<'info>; 3],
        shares: u64,
        clock: &Clock,
    ) -> Result<ReceiptGiven> {
        let r = &self.redeeming;
        let (token, wallet) = (r.token.as_ref().key, r.wallet.key);
        require(payer.is_signer, TokenError::WrongAccount)?;
        let number = self.holder.load_mut()?.next_receipt()?;
        let order = number.to_le_bytes();
        let seeds: [&[u8]; 4] = [seeds::RECEIPT, token.as_ref(), wallet.as_ref(), &order];
        let bump = AccountIo::create_own::<Receipt>(payer, receipt, &seeds)?;
        let mut state = r.token.load_mut()?;
        let mut receipt = AccountIo::load_new::<Receipt>(receipt)?;
        let place = ReceiptPlace {
            token,
            wallet,
            rent_payer: payer.key,
            number,
            bump,
        };
        state.give_receipt(&mut receipt, &place, shares)?;
        Ok(ReceiptGiven {
            header: state.header(token, clock)?,
            wallet: *wallet,
            number,
            shares,
            estates: receipt.estates,
        })
    }
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
            let redemption = token.share_out(args.shares, args.forgone)?;
            // Estates may be all that is left.
            let any = token.estates > 0 || redemption != Redemption::default();
            require(any, TokenError::NothingToRedeem)?;
            redemption
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
            passes_ended: 0,
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
