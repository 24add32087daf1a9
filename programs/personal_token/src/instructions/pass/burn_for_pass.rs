use {
    // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
    super::passing::*,
    crate::{
        error::{TokenError, require},
        events,
        host::TokenIo,
        state::{Holder, ProductKind, Redemption},
        token_io::{self, TokenSigner},
    },
    anchor_lang::prelude::*,
};

/// Burns registered shares for a pass. Nothing is paid out for them: what they would
/// have redeemed for stays with the other holders.
#[derive(Accounts)]
pub struct BurnForPass<'info> {
    /// The product, the pass and who gets it.
    pub passing: PassingAccounts<'info>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
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
}

pub(crate) fn burn_for_pass(ctx: Context<BurnForPass>, args: PassInput) -> Result<()> {
    let a = ctx.accounts;
    let p = &a.passing;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let (event, signer) = {
        let mut token = p.token.load_mut()?;
        let shares = {
            let product = p.product.load()?;
            let mut holder = a.holder.load_mut()?;
            let key = p.token.key();
            let ours = product.token == key && holder.token == key;
            require(ours, TokenError::WrongToken)?;
            require(holder.wallet == *p.wallet.key, TokenError::NotHolder)?;
            product.require_open(ProductKind::Burn)?;
            token.require_running()?;
            args.require(product.price, now)?;
            token_io::prove_shares(&token, &a.mint, &a.share_custody, &a.token_2022_program)?;

            token.release(now)?;
            token.unregister(&mut holder, product.price)?;
            product.price
        };
        let minted = TokenIo::mint_supply(&a.mint)?;
        token.observe_supply(minted)?;
        token.redeem(shares, &Redemption::default())?;
        let taken = Taken {
            burned: shares,
            ..Taken::default()
        };
        (
            p.give(&mut token, None, &taken, &clock)?,
            TokenSigner::of(&token),
        )
    };

    let (program, token) = (&a.token_2022_program, p.token.as_ref());
    TokenIo::burn(
        program,
        &a.mint,
        &a.share_custody,
        token,
        event.burned,
        Some(&signer.seeds()),
    )?;

    events::log(&event);
    Ok(())
}
