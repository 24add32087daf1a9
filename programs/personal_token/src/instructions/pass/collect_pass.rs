use {
    // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
    super::passing::*,
    crate::{
        error::{TokenError, require},
        events,
        state::{Holder, ProductKind},
    },
    anchor_lang::prelude::*,
};

/// Takes a pass for shares held, which it locks while it runs.
#[derive(Accounts)]
pub struct CollectPass<'info> {
    /// The product, the pass and who gets it.
    pub passing: PassingAccounts<'info>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
}

pub(crate) fn collect_pass(ctx: Context<CollectPass>) -> Result<()> {
    let a = ctx.accounts;
    let p = &a.passing;
    let clock = Clock::get()?;
    let event = {
        let mut token = p.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        let held = {
            let product = p.product.load()?;
            let key = p.token.key();
            let ours = product.token == key && holder.token == key;
            require(ours, TokenError::WrongToken)?;
            require(holder.wallet == *p.wallet.key, TokenError::NotHolder)?;
            product.require_open(ProductKind::Hold)?;
            token.require_active()?;
            product.price
        };
        let taken = Taken {
            held,
            ..Taken::default()
        };
        p.give(&mut token, Some(&mut holder), &taken, &clock)?
    };

    events::log(&event);
    Ok(())
}
