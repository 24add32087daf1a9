use {
    // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
    super::executing::*,
    crate::{
        error::{TokenError, require},
        events::{self, OrderExecuted},
        host::TokenIo,
        instructions::round::{Sold, record},
        mint_policy,
        state::Round,
        token_io,
    },
    anchor_lang::prelude::*,
};

/// Buys shares in a round with a holder's dividends, as the holder ordered. The remaining
/// accounts are mint and vault of each asset that is exempted.
#[derive(Accounts)]
pub struct BuyByOrder<'info> {
    /// Anybody, who pays the rent of a contribution that is made.
    #[account(mut)]
    pub executor: Signer<'info>,
    /// The order, whose dividends they are, and where they go.
    pub executing: ExecutingAccounts<'info>,
    /// The round.
    #[account(mut)]
    pub round: AccountLoader<'info, Round>,
    /// The holder's contribution, if the round caps its backers. It is made if it is missing.
    ///
    /// CHECK: proven by its fields, or by its seeds if it is made.
    #[account(mut)]
    pub contribution: Option<UncheckedAccount<'info>>,
    /// The share mint.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// The share custody, which holds the registered shares.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub share_custody: UncheckedAccount<'info>,
    /// Token-2022, the token program of the share mint.
    ///
    /// CHECK: proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
    /// The system program, which makes the contribution.
    pub system_program: Program<'info, System>,
}

pub(crate) fn buy_by_order<'info>(ctx: Context<'info, BuyByOrder<'info>>) -> Result<()> {
    let a = ctx.accounts;
    let e = &a.executing;
    let clock = Clock::get()?;
    let (key, now) = (e.token.key(), clock.unix_timestamp);
    mint_policy::check(&e.quote_mint)?;
    let (executed, sold) = {
        let mut token = e.token.load_mut()?;
        let mut holder = e.holder.load_mut()?;
        let mut round = a.round.load_mut()?;
        let order = e.order.load()?;
        e.prove(&token, &holder, &order)?;
        require(round.token == key, TokenError::WrongToken)?;
        let owner = holder.wallet == token.owner;
        require(!owner, TokenError::OwnerCannotContribute)?;
        token_io::prove_shares(&token, &a.mint, &a.share_custody, &a.token_2022_program)?;
        token.observe_supply(TokenIo::mint_supply(&a.mint)?)?;
        token.require_running()?;
        order.require_round(&token, a.round.as_ref().key, &round, now)?;

        token.release(now)?;
        token.settle(&mut holder)?;
        let owed = holder.owed(0)?;
        round.require_open(now, owed)?;
        let purchase = round.quote(owed)?;
        order.require_price(&purchase)?;
        let paid = purchase.charge.0;
        holder.spend_owed(0, paid)?;
        let payouts = token.pay_dividend(0, paid)?;
        let exempt = token_io::exempted(&token, ctx.remaining_accounts, now)?;
        if round.caps_backers() {
            let account = a.contribution.as_deref();
            let of = [a.round.as_ref().key, &holder.wallet];
            record(&a.executor, account, of, &purchase, round.backer_cap)?;
        }
        let executed = OrderExecuted {
            header: token.header(&key, &clock)?,
            wallet: holder.wallet,
            to: order.to,
            amount: paid,
            payouts,
        };
        let sold = Sold::sell(
            &mut token,
            &mut round,
            &mut holder,
            &purchase,
            exempt,
            &clock,
        )?;
        (executed, sold)
    };

    let (to_owner, decimals, signer) = sold.proceeds();
    e.pay(to_owner, decimals, signer)?;
    let program = &a.token_2022_program;
    sold.mint([&a.mint, &a.share_custody, e.token.as_ref(), program])?;

    events::log(&executed);
    sold.log();
    Ok(())
}
