use {
    crate::{
        error::{TokenError, require},
        events::{self, SharesBoughtBack},
        host::{AccountIo, Host, TokenIo},
        mint_policy, seeds,
        state::{Holder, PersonalToken},
        token_io::Transfer,
    },
    anchor_lang::prelude::*,
};

/// The owner buys a holder's shares, who is paid in the same instruction and need not
/// sign: at no less than the buyback price.
#[derive(Accounts)]
pub struct BuyBack<'info> {
    /// The owner, who pays.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// Whose shares are bought.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The owner's holder account.
    #[account(mut)]
    pub owner_holder: AccountLoader<'info, Holder>,
    /// CHECK: the holder's wallet, proven by the holder account: no program's account,
    /// which might not be able to use what it is paid.
    pub wallet: UncheckedAccount<'info>,
    /// CHECK: the owner's account of the quote mint; the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// CHECK: the wallet's associated account of the quote mint, proven by its address.
    #[account(mut)]
    pub proceeds: UncheckedAccount<'info>,
    /// CHECK: the quote mint, proven by the token.
    pub quote_mint: UncheckedAccount<'info>,
    /// CHECK: the program that owns the quote mint, proven by the token.
    pub quote_token_program: UncheckedAccount<'info>,
    /// CHECK: the share mint, proven by the token: bearers may have burned their own.
    pub mint: UncheckedAccount<'info>,
}

/// What is bought back, and for how much at most.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct BuyBackArgs {
    /// Share atoms to buy, above zero: free ones.
    pub shares: u64,
    /// Refuse to pay more quote atoms than this.
    pub max_payment: u64,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

impl BuyBack<'_> {
    fn prove(&self, token: &PersonalToken, holder: &Holder, owner: &Holder) -> Result<()> {
        let key = self.token.key();
        require(
            holder.token == key && owner.token == key,
            TokenError::WrongToken,
        )?;
        require(owner.wallet == token.owner, TokenError::WrongAccount)?;
        AccountIo::same(self.wallet.key, &holder.wallet)?;
        let person = *self.wallet.owner == anchor_lang::system_program::ID;
        require(person && holder.venue == 0, TokenError::NotBuyable)?;
        AccountIo::same(self.mint.key, &token.mint)?;
        let quote = token.quote();
        require(*self.quote_mint.key == quote.mint, TokenError::WrongMint)?;
        let program = quote.token_program();
        require(
            *self.quote_token_program.key == program,
            TokenError::WrongTokenProgram,
        )?;
        let theirs = seeds::find_associated(self.wallet.key, &quote.mint, &program).0;
        AccountIo::same(self.proceeds.key, &theirs)?;
        TokenIo::prove_account(&self.proceeds, &quote.mint, self.wallet.key)?;
        Ok(())
    }
}

pub(crate) fn buy_back(ctx: Context<BuyBack>, args: BuyBackArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    require(args.shares > 0, TokenError::ZeroAmount)?;
    require(now <= args.deadline, TokenError::DeadlinePassed)?;
    mint_policy::check(&a.quote_mint)?;
    let distinct = a.holder.as_ref().key != a.owner_holder.as_ref().key;
    require(distinct, TokenError::SameAccount)?;
    let (event, decimals) = {
        let mut token = a.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        let mut owner = a.owner_holder.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        a.prove(&token, &holder, &owner)?;
        token.observe_supply(TokenIo::mint_supply(&a.mint)?)?;
        holder.require_free(args.shares)?;
        let price = token.buyback(&holder, args.shares, now)?;
        let paid = price.payment().0;
        require(paid > 0, TokenError::AmountTooSmall)?;
        require(paid <= args.max_payment, TokenError::Slippage)?;

        token.release(now)?;
        let cost = token.change(&mut holder, |holder| holder.sell(args.shares, paid))?;
        token.change(&mut owner, |owner| {
            owner.date(paid, now)?;
            owner.receive(args.shares, paid)
        })?;
        token.invariant()?;
        let event = SharesBoughtBack {
            header: token.header(a.token.as_ref().key, &clock)?,
            wallet: holder.wallet,
            shares: args.shares,
            paid,
            cost,
            by_reserve: price.reserve.0,
            by_last_price: price.last.0,
            by_cost: price.grown.0,
            holder_shares: holder.shares,
            owner_shares: owner.shares,
        };
        (event, token.quote().decimals)
    };

    Transfer {
        program: &a.quote_token_program,
        mint: &a.quote_mint,
        decimals,
        from: &a.payment,
        to: &a.proceeds,
        authority: &a.owner,
    }
    .by_wallet::<Host>(event.paid)?;

    events::log(&event);
    Ok(())
}
