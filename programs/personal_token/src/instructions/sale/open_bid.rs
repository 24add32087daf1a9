use {
    crate::{
        error::{TokenError, require},
        events::{self, BidOpened},
        host::{AccountIo, ThisProgram},
        mint_policy, seeds,
        state::{Bid, BidTerms, Holder, PersonalToken},
        token_io::{self, Transfer},
    },
    anchor_lang::prelude::*,
};

/// Offers to buy registered shares for a price, to everybody or to one seller. The money
/// waits in the quote vault until somebody sells or the bid ends.
#[derive(Accounts)]
pub struct OpenBid<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The bidder.
    pub bidder: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The bidder's holder account, which receives the shares: it cannot close before the
    /// bid does, so no seller finds it missing.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The bid to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub bid: UncheckedAccount<'info>,
    /// The bidder's account of the quote mint, which pays.
    ///
    /// CHECK: the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// The quote vault, where the bid's money will wait.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub quote_vault: UncheckedAccount<'info>,
    /// The quote mint.
    ///
    /// CHECK: proven by the token.
    pub quote_mint: UncheckedAccount<'info>,
    /// The token program of the quote mint.
    ///
    /// CHECK: proven by the token.
    pub quote_token_program: UncheckedAccount<'info>,
    /// The system program, which makes the bid.
    pub system_program: Program<'info, System>,
}

pub(crate) fn open_bid(ctx: Context<OpenBid>, terms: BidTerms) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, bidder) = (a.token.key(), a.bidder.key());
    mint_policy::check(&a.quote_mint)?;
    {
        let holder = a.holder.load()?;
        require(holder.token == key, TokenError::WrongToken)?;
        require(holder.wallet == bidder, TokenError::NotHolder)?;
    }

    let number = terms.number.to_le_bytes();
    let seeds = seeds::bid(&key, &bidder, &number);
    let bump = AccountIo::create_own::<Bid>(&a.payer, &a.bid, &seeds)?;
    let (event, decimals) = {
        let mut token = a.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        let mut bid = AccountIo::load_new::<Bid>(&a.bid)?;
        let quote = token.quote();
        token_io::prove_asset(quote, &a.quote_mint, &a.quote_vault, &a.quote_token_program)?;
        let escrow = bid.open(&mut holder, &terms, a.payer.key, bump, clock.unix_timestamp)?;
        token.hold_bid(escrow)?;
        let event = BidOpened {
            header: token.header(&key, &clock)?,
            bidder,
            seller: terms.seller,
            number: terms.number,
            shares: terms.shares,
            price: terms.price,
            expires_at: terms.expires_at,
            escrow,
        };
        (event, token.quote().decimals)
    };

    Transfer {
        program: &a.quote_token_program,
        mint: &a.quote_mint,
        decimals,
        from: &a.payment,
        to: &a.quote_vault,
        authority: &a.bidder,
    }
    .by_wallet::<ThisProgram>(event.escrow)?;

    events::log(&event);
    Ok(())
}
