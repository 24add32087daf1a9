use {
    // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
    super::executing::*,
    crate::{
        events::{self, OrderExecuted},
        mint_policy,
        token_io::TokenSigner,
    },
    anchor_lang::prelude::*,
};

/// Leaves a holder's dividends to the owner, as the holder ordered.
#[derive(Accounts)]
pub struct PayByOrder<'info> {
    /// The order, whose dividends they are, and where they go.
    pub executing: ExecutingAccounts<'info>,
}

pub(crate) fn pay_by_order(ctx: Context<PayByOrder>) -> Result<()> {
    let e = &ctx.accounts.executing;
    let clock = Clock::get()?;
    mint_policy::check(&e.quote_mint)?;
    let (event, decimals, signer) = {
        let mut token = e.token.load_mut()?;
        let mut holder = e.holder.load_mut()?;
        let order = e.order.load()?;
        e.prove(&token, &holder, &order)?;
        order.require_owner(&token, clock.unix_timestamp)?;

        token.release(clock.unix_timestamp)?;
        token.settle(&mut holder)?;
        let amount = holder.take_owed(0)?;
        let payouts = token.pay_dividend(0, amount)?;
        let event = OrderExecuted {
            header: token.header(e.token.as_ref().key, &clock)?,
            wallet: holder.wallet,
            to: order.to,
            amount,
            payouts,
        };
        (event, token.quote().decimals, TokenSigner::of(&token))
    };

    e.pay(event.amount, decimals, &signer)?;

    events::log(&event);
    Ok(())
}
