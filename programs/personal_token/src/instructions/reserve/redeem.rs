use {
    // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
    super::redeeming::*,
    crate::{
        error::{TokenError, require},
        events::{self, ReceiptGiven},
        host::{AccountIo, TokenIo},
        seeds,
        state::{Holder, Receipt, ReceiptPlace},
        token_io::{self, TokenSigner},
    },
    anchor_lang::prelude::*,
};

/// Redeems registered shares: those that warm first.
#[derive(Accounts)]
pub struct Redeem<'info> {
    /// Whose shares are redeemed, the mint and the token programs.
    pub redeeming: RedeemingAccounts<'info>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The share custody, which holds the registered shares.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub share_custody: UncheckedAccount<'info>,
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
        token_io::prove_shares(&token, &r.mint, &a.share_custody, &r.token_2022_program)?;

        token.release(clock.unix_timestamp)?;
        let given = token.give_up(&mut holder, args.shares)?;
        let event = r.book(&mut token, &args, &clock, Some(&given))?;
        (event, token.estates > 0, TokenSigner::of(&token))
    };

    let (program, token) = (&r.token_2022_program, r.token.as_ref());
    TokenIo::burn(
        program,
        &r.mint,
        &a.share_custody,
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
        let seeds = seeds::receipt(token, wallet, &order);
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
