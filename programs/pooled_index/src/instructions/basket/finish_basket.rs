use {
    crate::{
        error::{IndexError, require},
        events::{self, BasketClosed, BasketFinished},
        host::{AccountIo, TokenIo},
        instructions::share::*,
        state::{Basket, BasketKind},
    },
    anchor_lang::prelude::*,
};

/// Turns a basket into shares for its wallet, with the entry fee of its opening, and what
/// is left of it into a payout; a basket without a rest is closed. Anybody may, with the
/// shares that it asks for, also while contributions are paused.
#[derive(Accounts)]
pub struct FinishBasket<'info> {
    /// Whoever signs; only the basket's wallet asks for other shares than at its opening.
    pub authority: Signer<'info>,
    /// The index, its share mint and the share account of the basket's wallet: the associated
    /// one, or any if that wallet signs.
    pub shares: ShareAccounts<'info>,
    /// The basket; it is closed if nothing is left of it.
    #[account(mut)]
    pub basket: AccountLoader<'info, Basket>,
    /// Who paid the basket's rent and gets it back if the basket is closed.
    ///
    /// CHECK: proven by the basket.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn finish_basket(ctx: Context<FinishBasket>, shares: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.shares.index.key();
    let (event, closed) = {
        let mut index = a.shares.index.load_mut()?;
        let mut basket = a.basket.load_mut()?;
        require(basket.index == key, IndexError::WrongIndex)?;
        basket.require(BasketKind::Contribution)?;
        let asked = shares == basket.shares || *a.authority.key == basket.wallet;
        require(asked, IndexError::NotBasketOwner)?;
        require_in_time(now, basket.deadline)?;
        AccountIo::same(a.rent_payer.key, &basket.rent_payer)?;
        index.require_active()?;
        a.shares.prepare(&mut index, &basket.wallet, now)?;
        // Nobody waits for it, and nobody can hand an associated account of these shares on.
        if *a.authority.key != basket.wallet {
            let (to, mint) = (&a.shares.share_account, a.shares.mint.key);
            TokenIo::prove_associated(to, mint, &basket.wallet)?;
        }

        let contribution = index.finish(&mut basket, shares, now)?;
        let event = BasketFinished {
            header: index.header(&key, &clock)?,
            wallet: basket.wallet,
            basket: a.basket.key(),
            minted: contribution.minted,
            fee: contribution.fee,
            supply: index.supply,
            pending_fee_shares: index.pending_fee_shares,
        };
        let closed = if basket.is_empty() {
            Some(index.header(&key, &clock)?)
        } else {
            None
        };
        (event, closed)
    };

    a.shares.mint(event.minted)?;
    if closed.is_some() {
        AccountIo::close(a.basket.as_ref(), &a.rent_payer)?;
    }

    events::log(&event);
    if let Some(header) = closed {
        events::log(&BasketClosed {
            header,
            basket: event.basket,
        });
    }
    Ok(())
}
