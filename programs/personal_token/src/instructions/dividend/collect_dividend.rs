use {
    crate::{
        error::{TokenError, require},
        events::{self, DividendCollected},
        host::{ThisProgram, TokenIo},
        state::{Holder, PersonalToken},
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// A holder takes what one stream has released to their shares.
#[derive(Accounts)]
pub struct CollectDividend<'info> {
    /// The holder's wallet.
    pub wallet: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The wallet's account of the payout mint, which receives the dividend.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// The token's vault of the mint, which pays the dividend.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The payout mint of the stream.
    ///
    /// CHECK: proven by the token.
    pub mint: UncheckedAccount<'info>,
    /// The token program of the mint.
    ///
    /// CHECK: proven by the token.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn collect_dividend(ctx: Context<CollectDividend>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (event, decimals, signer) = {
        let mut token = a.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        require(holder.token == a.token.key(), TokenError::WrongToken)?;
        require(holder.wallet == *a.wallet.key, TokenError::NotHolder)?;
        let place = token.asset_of(a.mint.key)?;
        let asset = token.asset(place)?;
        let (stream, decimals) = (usize::from(asset.stream), asset.decimals);
        token_io::prove_asset(asset, &a.mint, &a.vault, &a.token_program)?;
        TokenIo::prove_account(&a.destination, a.mint.key, &holder.wallet)?;

        token.release(clock.unix_timestamp)?;
        token.settle(&mut holder)?;
        let amount = holder.take_owed(stream)?;
        let payouts = token.pay_dividend(place, amount)?;
        let event = DividendCollected {
            header: token.header(&a.token.key(), &clock)?,
            wallet: holder.wallet,
            mint: a.mint.key(),
            amount,
            payouts,
        };
        (event, decimals, TokenSigner::of(&token))
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals,
        from: &a.vault,
        to: &a.destination,
        authority: a.token.as_ref(),
    }
    .by_seeds::<ThisProgram>(event.amount, &signer.seeds())?;

    events::log(&event);
    Ok(())
}
