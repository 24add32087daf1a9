use {
    super::transfer::{needs_approval, use_up},
    crate::{
        error::{TokenError, require},
        events::{self, SharesSold},
        host::{AccountIo, Host, TokenIo},
        mint_policy,
        state::{Holder, PersonalToken, Sale},
        token_io::Transfer,
    },
    anchor_lang::prelude::*,
};

/// Buys from a sale: pays the seller and registers the shares, or neither.
#[derive(Accounts)]
pub struct Buy<'info> {
    /// The buyer.
    pub buyer: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The sale; closed by who buys the last of it.
    #[account(mut)]
    pub sale: AccountLoader<'info, Sale>,
    /// The seller's holder account, proven by the sale.
    #[account(mut)]
    pub seller_holder: AccountLoader<'info, Holder>,
    /// The buyer's holder account.
    #[account(mut)]
    pub buyer_holder: AccountLoader<'info, Holder>,
    /// The owner's holder account, where royalty is due to somebody who is not buying.
    #[account(mut)]
    pub owner_holder: Option<AccountLoader<'info, Holder>>,
    /// CHECK: the buyer's account of the quote mint; the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// CHECK: the seller's account of the quote mint, proven by its fields.
    #[account(mut)]
    pub proceeds: UncheckedAccount<'info>,
    /// CHECK: the quote mint, proven by the token.
    pub quote_mint: UncheckedAccount<'info>,
    /// CHECK: the program that owns the quote mint, proven by the token.
    pub quote_token_program: UncheckedAccount<'info>,
    /// CHECK: who paid the sale's rent, proven by the sale.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// CHECK: the approval, where the policy needs one; proven by its fields and used up.
    #[account(mut)]
    pub approval: Option<UncheckedAccount<'info>>,
    /// CHECK: who paid the approval's rent, proven by the approval.
    #[account(mut)]
    pub approval_rent_payer: Option<UncheckedAccount<'info>>,
}

/// What is bought, and for how much at most.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct BuyArgs {
    /// Share atoms to buy, above zero: all of the sale or a part.
    pub shares: u64,
    /// Refuse to pay more quote atoms than this.
    pub max_payment: u64,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

impl Buy<'_> {
    fn prove(&self, token: &PersonalToken, sale: &Sale) -> Result<()> {
        let key = self.token.key();
        require(sale.token == key, TokenError::WrongToken)?;
        let quote = token.quote();
        require(*self.quote_mint.key == quote.mint, TokenError::WrongMint)?;
        let program = quote.token_program();
        require(
            *self.quote_token_program.key == program,
            TokenError::WrongTokenProgram,
        )?;
        TokenIo::prove_account(&self.proceeds, &quote.mint, &sale.seller)?;
        AccountIo::same(self.rent_payer.key, &sale.rent_payer)?;
        Ok(())
    }

    /// Each holder account stands here once: whoever both sells and buys does neither.
    fn prove_distinct(&self) -> Result<()> {
        let (seller, buyer) = (self.seller_holder.key(), self.buyer_holder.key());
        require(seller != buyer, TokenError::SameAccount)?;
        if let Some(owner) = &self.owner_holder {
            let owner = owner.key();
            require(owner != seller && owner != buyer, TokenError::SameAccount)?;
        }
        Ok(())
    }

    /// Gives the royalty to the owner: to the buyer where that is the owner.
    #[inline(never)]
    fn pay_royalty(
        &self,
        token: &mut PersonalToken,
        buyer: &mut Holder,
        shares: u64,
        cost: u64,
    ) -> Result<()> {
        if let Some(account) = &self.owner_holder {
            let mut owner = account.load_mut()?;
            require(owner.token == buyer.token, TokenError::WrongToken)?;
            require(owner.wallet == token.owner, TokenError::WrongAccount)?;
            token.change(&mut owner, |owner| owner.receive(shares, cost))?;
            return Ok(());
        }
        if shares > 0 {
            require(buyer.wallet == token.owner, TokenError::OwnerHolderRequired)?;
            token.change(buyer, |buyer| buyer.receive(shares, cost))?;
        }
        Ok(())
    }
}

pub(crate) fn buy(ctx: Context<Buy>, args: BuyArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.token.key(), clock.unix_timestamp);
    require(now <= args.deadline, TokenError::DeadlinePassed)?;
    mint_policy::check(&a.quote_mint)?;
    a.prove_distinct()?;
    let (event, decimals, over, approved) = {
        let mut token = a.token.load_mut()?;
        let mut sale = a.sale.load_mut()?;
        let mut seller = a.seller_holder.load_mut()?;
        let mut buyer = a.buyer_holder.load_mut()?;
        a.prove(&token, &sale)?;
        require(
            seller.token == key && buyer.token == key,
            TokenError::WrongToken,
        )?;
        require(seller.wallet == sale.seller, TokenError::WrongAccount)?;
        require(buyer.wallet == *a.buyer.key, TokenError::NotHolder)?;
        sale.require(a.buyer.key, args.shares, now)?;
        let approved = needs_approval(&token, &seller, &buyer)?;
        let trade = sale.trade(&seller, &token.owner, args.shares)?;
        require(trade.payment <= args.max_payment, TokenError::Slippage)?;

        let over = sale.book(&trade)?;
        token.release(now)?;
        let gift = token.change(&mut seller, |seller| seller.deliver(&trade))?;
        token.change(&mut buyer, |buyer| {
            buyer.receive(trade.shares, trade.payment)
        })?;
        a.pay_royalty(&mut token, &mut buyer, trade.royalty, gift)?;
        token.invariant()?;
        let event = SharesSold {
            header: token.header(&key, &clock)?,
            seller: sale.seller,
            buyer: buyer.wallet,
            number: sale.number,
            shares: trade.shares,
            paid: trade.payment,
            cost: trade.cost,
            royalty: trade.royalty,
            left: sale.shares,
            seller_shares: seller.shares,
            buyer_shares: buyer.shares,
        };
        (event, token.quote().decimals, over, approved)
    };

    Transfer {
        program: &a.quote_token_program,
        mint: &a.quote_mint,
        decimals,
        from: &a.payment,
        to: &a.proceeds,
        authority: &a.buyer,
    }
    .by_wallet::<Host>(event.paid)?;
    if approved {
        let (account, payer) = (a.approval.as_deref(), a.approval_rent_payer.as_deref());
        use_up(
            account,
            payer,
            [&key, &event.seller, &event.buyer],
            event.shares,
            now,
        )?;
    }
    if over {
        AccountIo::close(a.sale.as_ref(), &a.rent_payer)?;
    }

    events::log(&event);
    Ok(())
}
