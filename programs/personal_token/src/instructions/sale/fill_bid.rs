use {
    crate::{
        error::{TokenError, require},
        events::{self, BidFilled},
        host::{AccountIo, ThisProgram, TokenIo},
        instructions::holder::use_up,
        mint_policy,
        state::{Bid, Holder, PersonalToken},
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// What is sold, and for how much at least.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct FillBidArgs {
    /// Share atoms to sell, above zero: all that the bid wants or a part.
    pub shares: u64,
    /// Refuse to receive fewer quote atoms than this, after royalty.
    pub min_proceeds: u64,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

/// Sells registered shares into a bid: registers them to the bidder and pays the seller,
/// or neither. The royalty, if the seller owes one, stays in the vault for the owner.
/// Possible while the token is paused and in a wind-down.
#[derive(Accounts)]
pub struct FillBid<'info> {
    /// The seller.
    pub seller: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The bid. It is closed if the last shares that it wants are sold.
    #[account(mut)]
    pub bid: AccountLoader<'info, Bid>,
    /// The bidder's holder account, proven by the bid.
    #[account(mut)]
    pub bidder_holder: AccountLoader<'info, Holder>,
    /// The seller's holder account.
    #[account(mut)]
    pub seller_holder: AccountLoader<'info, Holder>,
    /// The seller's account of the quote mint, which is paid.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub proceeds: UncheckedAccount<'info>,
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
    /// The approval that this uses up, if the transfer policy needs one. It is closed.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub approval: Option<UncheckedAccount<'info>>,
    /// Who paid the approval's rent and gets it back.
    ///
    /// CHECK: proven by the approval.
    #[account(mut)]
    pub approval_rent_payer: Option<UncheckedAccount<'info>>,
}

pub(crate) fn fill_bid(ctx: Context<FillBid>, args: FillBidArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.token.key(), clock.unix_timestamp);
    require(now <= args.deadline, TokenError::DeadlinePassed)?;
    mint_policy::check(&a.quote_mint)?;
    let distinct = a.seller_holder.as_ref().key != a.bidder_holder.as_ref().key;
    require(distinct, TokenError::SameAccount)?;
    let (event, proceeds, decimals, over, approved, signer) = {
        let mut token = a.token.load_mut()?;
        let mut bid = a.bid.load_mut()?;
        let mut bidder = a.bidder_holder.load_mut()?;
        let mut seller = a.seller_holder.load_mut()?;
        a.prove(&token, &bid, &bidder, &seller)?;
        bid.require(a.seller.key, args.shares, now)?;
        let approved = token.needs_approval(&seller, &bidder)?;
        let deal = bid.deal(args.shares)?;

        token.free_bid(deal.payment.0)?;
        token.release(now)?;
        let trade = token.settle_trade(&mut seller, &mut bidder, &deal, true)?;
        let proceeds = trade.proceeds()?;
        require(proceeds >= args.min_proceeds, TokenError::Slippage)?;
        let over = bid.book(&trade)?;
        if over {
            bidder.forget_bid()?;
        }
        let event = BidFilled {
            header: token.header(&key, &clock)?,
            bidder: bid.bidder,
            seller: seller.wallet,
            number: bid.number,
            shares: trade.shares,
            paid: trade.payment,
            recovered: trade.recovered,
            royalty: trade.royalty,
            left: bid.shares,
            escrow: bid.escrow,
            seller_shares: seller.shares,
            bidder_shares: bidder.shares,
        };
        let decimals = token.quote().decimals;
        let signer = TokenSigner::of(&token);
        (event, proceeds, decimals, over, approved, signer)
    };

    Transfer {
        program: &a.quote_token_program,
        mint: &a.quote_mint,
        decimals,
        from: &a.quote_vault,
        to: &a.proceeds,
        authority: a.token.as_ref(),
    }
    .by_seeds::<ThisProgram>(proceeds, &signer.seeds())?;
    if approved {
        let (account, payer) = (a.approval.as_deref(), a.approval_rent_payer.as_deref());
        let keys = [&key, &event.seller, &event.bidder];
        use_up(account, payer, keys, event.shares, now)?;
    }
    if over {
        AccountIo::close(a.bid.as_ref(), &a.rent_payer)?;
    }

    events::log(&event);
    Ok(())
}

impl FillBid<'_> {
    fn prove(
        &self,
        token: &PersonalToken,
        bid: &Bid,
        bidder: &Holder,
        seller: &Holder,
    ) -> Result<()> {
        let key = *self.token.as_ref().key;
        let ours = bid.token == key && bidder.token == key && seller.token == key;
        require(ours, TokenError::WrongToken)?;
        require(bidder.wallet == bid.bidder, TokenError::WrongAccount)?;
        require(seller.wallet == *self.seller.key, TokenError::NotHolder)?;
        let quote = token.quote();
        token_io::prove_asset(
            quote,
            &self.quote_mint,
            &self.quote_vault,
            &self.quote_token_program,
        )?;
        TokenIo::prove_account(&self.proceeds, &quote.mint, &seller.wallet)?;
        AccountIo::same(self.rent_payer.key, &bid.rent_payer)?;
        Ok(())
    }
}
