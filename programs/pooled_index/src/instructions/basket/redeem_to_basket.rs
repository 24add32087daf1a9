use {
    crate::{
        events::{self, SharesRedeemed},
        host::{AccountIo, TokenIo},
        instructions::share::*,
        seeds,
        state::{Basket, require_at_least},
    },
    anchor_lang::prelude::*,
};

/// A wallet burns shares for a basket that owes it its part of every constituent,
/// to be paid out one by one.
#[derive(Accounts)]
pub struct RedeemToBasket<'info> {
    /// The redeemer, who signs, pays the basket's rent and gets it back.
    #[account(mut)]
    pub wallet: Signer<'info>,
    /// The index, its share mint and the redeemer's share account.
    pub shares: ShareAccounts<'info>,
    /// The basket to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub basket: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn redeem_to_basket(
    ctx: Context<RedeemToBasket>,
    nonce: u64,
    args: RedeemArgs,
) -> Result<()> {
    let a = ctx.accounts;
    let s = &a.shares;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let (key, wallet) = (s.index.key(), a.wallet.key());
    require_in_time(now, args.deadline)?;

    let number = nonce.to_le_bytes();
    let seeds = seeds::basket(&key, &wallet, &number);
    let bump = AccountIo::create_own::<Basket>(&a.wallet, &a.basket, &seeds)?;
    let event = {
        let mut index = s.index.load_mut()?;
        let mut basket = AccountIo::load_new::<Basket>(&a.basket)?;
        index.require_launched()?;
        s.prepare(&mut index, &wallet, now)?;
        let redemption = index.redemption(args.shares)?;
        require_at_least(&redemption.amounts, &args.least)?;

        basket.open_payout(&key, &wallet, nonce, bump, args.deadline);
        index.redeem_to(&mut basket, args.shares, &redemption)?;
        SharesRedeemed {
            header: index.header(&key, &clock)?,
            wallet,
            burned: args.shares,
            fee: redemption.fee,
            supply: index.supply,
            pending_fee_shares: index.pending_fee_shares,
            basket: a.basket.key(),
        }
    };

    TokenIo::burn(
        &s.token_program,
        &s.mint,
        &s.share_account,
        &a.wallet,
        args.shares,
        None,
    )?;

    events::log(&event);
    Ok(())
}
