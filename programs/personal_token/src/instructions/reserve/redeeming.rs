use {
    crate::{
        error::{TokenError, require},
        events::SharesRedeemed,
        host::{ThisProgram, TokenIo},
        seeds::TOKEN_2022_PROGRAM,
        state::{GiveUpEffects, MAX_ASSETS, PersonalToken, Redemption, is_forgone},
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
pub struct RedeemingAccounts<'info> {
    /// The wallet whose shares are redeemed. It owns every destination.
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

impl<'info> RedeemingAccounts<'info> {
    /// Computes what the shares redeem for and takes it out of the books. `given` is `None`
    /// of bearer tokens.
    #[inline(never)]
    pub(super) fn book(
        &self,
        token: &mut PersonalToken,
        args: &RedeemArgs,
        clock: &Clock,
        given: Option<&GiveUpEffects>,
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
            bearer: u64::from(given.is_none()),
            warm: given.map_or(0, |given| given.warm),
            paid: redemption.paid,
            forgone: u64::from(args.forgone),
            passes_ended: u64::from(given.is_some_and(|given| given.passes_ended)),
            supply: token.supply,
        })
    }

    /// Pays every listed asset that was not forgone.
    #[inline(never)]
    pub(super) fn pay_out(
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
            .by_seeds::<ThisProgram>(paid, &signer.seeds())?;
        }
        let none_left = given.next().is_none() && given.remainder().is_empty();
        require(none_left, TokenError::AssetAccountsMismatch)?;
        Ok(())
    }
}
