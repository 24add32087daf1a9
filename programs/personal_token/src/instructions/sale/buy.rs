use {
    crate::{
        error::{TokenError, require},
        events::{self, SharesSold},
        host::{AccountIo, ThisProgram, TokenIo},
        instructions::holder::use_up,
        mint_policy,
        state::{Holder, PersonalToken, Sale},
        token_io::{self, Transfer},
    },
    anchor_lang::prelude::*,
};

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

/// Buys from a sale: pays the seller and registers the shares, or neither. The royalty,
/// if the seller owes one, is taken from what they receive and waits in the quote vault
/// for the owner, of whom nothing is needed.
#[derive(Accounts)]
pub struct Buy<'info> {
    /// The buyer.
    pub buyer: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The sale. It is closed if its last shares are bought.
    #[account(mut)]
    pub sale: AccountLoader<'info, Sale>,
    /// The seller's holder account, proven by the sale.
    #[account(mut)]
    pub seller_holder: AccountLoader<'info, Holder>,
    /// The buyer's holder account.
    #[account(mut)]
    pub buyer_holder: AccountLoader<'info, Holder>,
    /// The buyer's account of the quote mint, which pays.
    ///
    /// CHECK: the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// The seller's account of the quote mint, which is paid: the associated one, or any that
    /// nobody else can take from.
    ///
    /// CHECK: proven by its fields and its address.
    #[account(mut)]
    pub proceeds: UncheckedAccount<'info>,
    /// The quote vault, where the royalty waits for the owner.
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
    /// Who paid the sale's rent and gets it back.
    ///
    /// CHECK: proven by the sale.
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

pub(crate) fn buy(ctx: Context<Buy>, args: BuyArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.token.key(), clock.unix_timestamp);
    require(now <= args.deadline, TokenError::DeadlinePassed)?;
    mint_policy::check(&a.quote_mint)?;
    let distinct = a.seller_holder.as_ref().key != a.buyer_holder.as_ref().key;
    require(distinct, TokenError::SameAccount)?;
    let (event, trade, decimals, over, approved) = {
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
        let approved = token.needs_approval(&seller, &buyer)?;
        let deal = sale.deal(args.shares)?;
        require(deal.payment.0 <= args.max_payment, TokenError::Slippage)?;
        // A vault that its mint's issuer froze takes nothing in: no reason not to sell.
        let royalty = !TokenIo::is_frozen(&a.quote_vault)?;

        token.release(now)?;
        let trade = token.settle_trade(&mut seller, &mut buyer, &deal, royalty)?;
        let over = sale.book(&trade)?;
        let event = SharesSold {
            header: token.header(&key, &clock)?,
            seller: sale.seller,
            buyer: buyer.wallet,
            number: sale.number,
            shares: trade.shares,
            paid: trade.payment,
            recovered: trade.recovered,
            royalty: trade.royalty,
            left: sale.shares,
            seller_shares: seller.shares,
            buyer_shares: buyer.shares,
        };
        (event, trade, token.quote().decimals, over, approved)
    };

    a.pay(&a.proceeds, trade.proceeds()?, decimals)?;
    a.pay(&a.quote_vault, trade.royalty, decimals)?;
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

impl<'info> Buy<'info> {
    fn prove(&self, token: &PersonalToken, sale: &Sale) -> Result<()> {
        let key = self.token.key();
        require(sale.token == key, TokenError::WrongToken)?;
        let quote = token.quote();
        token_io::prove_asset(
            quote,
            &self.quote_mint,
            &self.quote_vault,
            &self.quote_token_program,
        )?;
        TokenIo::prove_payee(&self.proceeds, &quote.mint, &sale.seller)?;
        AccountIo::same(self.rent_payer.key, &sale.rent_payer)?;
        Ok(())
    }

    fn pay(&self, to: &AccountInfo<'info>, amount: u64, decimals: u8) -> Result<()> {
        Transfer {
            program: &self.quote_token_program,
            mint: &self.quote_mint,
            decimals,
            from: &self.payment,
            to,
            authority: &self.buyer,
        }
        .by_wallet::<ThisProgram>(amount)
    }
}
