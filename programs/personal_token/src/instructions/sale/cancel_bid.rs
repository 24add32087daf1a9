use {
    crate::{
        error::{TokenError, require},
        events::{self, BidCancelled},
        host::{AccountIo, ThisProgram, TokenIo},
        state::{Bid, Holder, PersonalToken},
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// A bid ends: its bidder ends it at any time, anybody once it has expired. What waits of
/// its money goes back.
#[derive(Accounts)]
pub struct CancelBid<'info> {
    /// The bidder; anybody after the expiry.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The bidder's holder account, proven by the bid.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The bid; it is closed.
    #[account(mut)]
    pub bid: AccountLoader<'info, Bid>,
    /// The bidder's account of the quote mint, which receives the rest of the money: the
    /// associated one, or any that nobody else can take from; any at all if the bidder signs.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// The quote vault, where the bid's money waits.
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
    /// Who paid the bid's rent and gets it back.
    ///
    /// CHECK: proven by the bid.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn cancel_bid(ctx: Context<CancelBid>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let (event, decimals, signer) = {
        let mut token = a.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        let bid = a.bid.load()?;
        let (now, shown) = (clock.unix_timestamp, ctx.remaining_accounts.first());
        a.prove(&token, &bid, &holder, now, shown)?;

        holder.forget_bid()?;
        token.free_bid(bid.escrow)?;
        let event = BidCancelled {
            header: token.header(&key, &clock)?,
            bidder: bid.bidder,
            by: a.authority.key(),
            number: bid.number,
            shares: bid.shares,
            refunded: bid.escrow,
        };
        (event, token.quote().decimals, TokenSigner::of(&token))
    };
    AccountIo::close(a.bid.as_ref(), &a.rent_payer)?;

    Transfer {
        program: &a.quote_token_program,
        mint: &a.quote_mint,
        decimals,
        from: &a.quote_vault,
        to: &a.destination,
        authority: a.token.as_ref(),
    }
    .by_seeds::<ThisProgram>(event.refunded, &signer.seeds())?;

    events::log(&event);
    Ok(())
}

impl CancelBid<'_> {
    fn prove(
        &self,
        token: &PersonalToken,
        bid: &Bid,
        holder: &Holder,
        now: i64,
        shown: Option<&AccountInfo>,
    ) -> Result<()> {
        let key = *self.token.as_ref().key;
        let ours = bid.token == key && holder.token == key;
        require(ours, TokenError::WrongToken)?;
        require(holder.wallet == bid.bidder, TokenError::WrongAccount)?;
        AccountIo::same(self.rent_payer.key, &bid.rent_payer)?;
        let quote = token.quote();
        token_io::prove_asset(
            quote,
            &self.quote_mint,
            &self.quote_vault,
            &self.quote_token_program,
        )?;
        let signed = *self.authority.key == bid.bidder;
        require(signed || now > bid.expires_at, TokenError::BidNotExpired)?;
        TokenIo::prove_own(&self.destination, &quote.mint, &bid.bidder, signed, shown)?;
        Ok(())
    }
}
