//! Sales of registered shares and bids for them, with the royalty.

use {
    crate::model::{
        Model, Predicted, Reason,
        number::{BPS, ceil64, fit, floor64},
        require,
    },
    num_bigint::BigUint,
    upside_sdk::{
        Pubkey, TokenError,
        state::{BidTerms, BuyArgs, FillBidArgs, SaleTerms},
    },
};

/// Longest life of a sale and of a bid, in seconds.
const LONGEST: i64 = 2 * 365 * 86_400;
/// Share atoms of a whole share.
const WHOLE: u64 = 1_000_000;

/// Shares offered for a price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sale {
    /// Who alone may buy; zero for anybody.
    pub buyer: Pubkey,
    /// Share atoms still offered.
    pub shares: u64,
    /// Quote atoms per whole share.
    pub price: u64,
    /// Last second, unix time.
    pub expires_at: i64,
    /// Share atoms sold so far.
    pub sold: u64,
}

/// Money that waits for shares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bid {
    /// Who alone may sell; zero for anybody.
    pub seller: Pubkey,
    /// Share atoms still wanted.
    pub shares: u64,
    /// Quote atoms per whole share.
    pub price: u64,
    /// Last second, unix time.
    pub expires_at: i64,
    /// Share atoms bought so far.
    pub bought: u64,
    /// Quote atoms that wait.
    pub escrow: u64,
}

/// What shares cost at a price, rounded up.
fn payment(shares: u64, price: u64) -> Predicted<u64> {
    Ok(ceil64(shares, price, WHOLE).ok_or(TokenError::Overflow)?)
}

/// What a bid pays for shares at a price, rounded down.
fn bid_payment(shares: u64, price: u64) -> Predicted<u64> {
    Ok(floor64(shares, price, WHOLE).ok_or(TokenError::Overflow)?)
}

fn require_time(expires_at: i64, now: i64) -> Predicted {
    let fits = expires_at > now && expires_at <= now + LONGEST;
    require(fits, TokenError::InvalidExpiry)
}

impl Model {
    fn sale(&self, token: &Pubkey, seller: &Pubkey, number: u64) -> Predicted<&Sale> {
        let sale = self.sales.get(&(*token, *seller, number));
        sale.ok_or(Reason::Missing.into())
    }

    fn standing_bid(&self, token: &Pubkey, bidder: &Pubkey, number: u64) -> Predicted<&Bid> {
        let bid = self.bids.get(&(*token, *bidder, number));
        bid.ok_or(Reason::Missing.into())
    }

    /// A holder offers registered shares, and locks them.
    ///
    /// # Errors
    /// `Missing`, `AlreadyExists`, `ZeroAmount`, `InvalidExpiry`, `Overflow`,
    /// `InsufficientShares`.
    pub fn open_sale(&mut self, token: &Pubkey, seller: &Pubkey, terms: &SaleTerms) -> Predicted {
        let now = self.now;
        self.holder(token, seller)?;
        self.touch(token, seller)?;
        let free = self.holder(token, seller)?.free();
        self.token_mut(token)?.report();
        let place = (*token, *seller, terms.number);
        let taken = self.sales.contains_key(&place);
        require(!taken, TokenError::AlreadyExists)?;
        let nothing = terms.shares == 0 || terms.price == 0;
        require(!nothing, TokenError::ZeroAmount)?;
        require_time(terms.expires_at, now)?;
        payment(terms.shares, terms.price)?;
        require(terms.shares <= free, TokenError::InsufficientShares)?;
        self.holder_mut(token, seller)?.locked += terms.shares;
        let sale = Sale {
            buyer: terms.buyer,
            shares: terms.shares,
            price: terms.price,
            expires_at: terms.expires_at,
            sold: 0,
        };
        self.sales.insert(place, sale);
        Ok(())
    }

    /// A sale ends unsold: by its seller at any time, by anybody once it has expired.
    ///
    /// # Errors
    /// `Missing`, `SaleNotExpired`.
    pub fn cancel_sale(
        &mut self,
        token: &Pubkey,
        seller: &Pubkey,
        number: u64,
        by: &Pubkey,
    ) -> Predicted {
        let sale = *self.sale(token, seller, number)?;
        let may = by == seller || self.now > sale.expires_at;
        require(may, TokenError::SaleNotExpired)?;
        self.touch(token, seller)?;
        self.holder_mut(token, seller)?.locked -= sale.shares;
        self.sales.remove(&(*token, *seller, number));
        self.token_mut(token)?.report();
        Ok(())
    }

    /// Somebody buys from a sale. The royalty is a part of the payment, and waits for the
    /// owner. The owner's approval is passed along where `approved` says so.
    ///
    /// # Errors
    /// `Missing`, `DeadlinePassed`, `SameAccount`, `ZeroAmount`, `SaleExpired`, `NotBuyer`,
    /// `SaleExceeded`, `TransferClosed`, `Overflow`, `Slippage`, `InsufficientFunds`, and
    /// those of an approval.
    pub fn buy(
        &mut self,
        token: &Pubkey,
        (seller, number): (&Pubkey, u64),
        buyer: &Pubkey,
        args: &BuyArgs,
        approved: bool,
    ) -> Predicted {
        let now = self.now;
        let mut sale = *self.sale(token, seller, number)?;
        self.holder(token, seller)?;
        self.holder(token, buyer)?;
        require(now <= args.deadline, TokenError::DeadlinePassed)?;
        require(seller != buyer, TokenError::SameAccount)?;
        let quote = self.token(token)?.assets[0].mint;
        self.require_account(seller, &quote)?;
        require(args.shares > 0, TokenError::ZeroAmount)?;
        require(now <= sale.expires_at, TokenError::SaleExpired)?;
        let named = sale.buyer == Pubkey::default() || sale.buyer == *buyer;
        require(named, TokenError::NotBuyer)?;
        require(args.shares <= sale.shares, TokenError::SaleExceeded)?;
        self.require_open_policy(token, seller, buyer)?;
        let paid = payment(args.shares, sale.price)?;
        require(paid <= args.max_payment, TokenError::Slippage)?;

        sale.shares -= args.shares;
        sale.sold += args.shares;
        self.holder_mut(token, seller)?.locked -= args.shares;
        let royalty = self.trade(token, seller, buyer, args.shares, paid)?;
        self.pay(buyer, seller, &quote, paid - royalty)?;
        self.pay(buyer, token, &quote, royalty)?;
        self.pass_policy(token, seller, buyer, args.shares, approved)?;
        let place = (*token, *seller, number);
        self.sales.insert(place, sale);
        if sale.shares == 0 {
            self.sales.remove(&place);
        }
        Ok(())
    }

    /// Refuses where shares move between no two people.
    fn require_open_policy(&self, token: &Pubkey, from: &Pubkey, to: &Pubkey) -> Predicted {
        let venue = self.holder(token, from)?.venue != 0 || self.holder(token, to)?.venue == 1;
        let closed = self.token(token)?.transfer_policy() == 2;
        require(venue || !closed, TokenError::TransferClosed)
    }

    /// What is paid first brings back everything that the seller ever paid. Of what is
    /// beyond, a part is the owner's, rounded up once in a seller's life. Returns the
    /// royalty, what is brought back, and what is paid ahead by rounding.
    fn royalty(&self, token: &Pubkey, seller: &Pubkey, paid: u64) -> Predicted<(u64, u64, u16)> {
        let (it, from) = (self.token(token)?, self.holder(token, seller)?);
        let none = it.owner == *seller || it.wound_up;
        let lowest = self.lowest_royalty(token, seller)?;
        let rate = if none { 0 } else { lowest };
        let recovered = paid.min(from.cost);
        let due = BigUint::from(paid - recovered) * rate;
        let ahead = BigUint::from(from.royalty_ahead);
        let mut royalty = BigUint::ZERO;
        if due > ahead {
            royalty = (&due - &ahead + (BPS - 1)) / BPS;
        }
        let left = &royalty * BPS + &ahead - &due;
        let royalty = fit(royalty).expect("at most the payment");
        let ahead = u16::try_from(left).expect("less than an atom");
        Ok((royalty, recovered, ahead))
    }

    /// Shares for money. What has warmed of the seller's is registered first, and its cost
    /// counts. Returns the royalty.
    fn trade(
        &mut self,
        token: &Pubkey,
        seller: &Pubkey,
        buyer: &Pubkey,
        shares: u64,
        paid: u64,
    ) -> Predicted<u64> {
        self.touch(token, seller)?;
        let (royalty, recovered, ahead) = self.royalty(token, seller, paid)?;
        self.settle(token, buyer)?;
        let from = self.holder_mut(token, seller)?;
        require(shares <= from.free(), TokenError::InsufficientShares)?;
        from.royalty_ahead = ahead;
        from.shares -= shares;
        from.cost -= recovered;
        from.proceeds = from.proceeds.saturating_add(paid - royalty);
        self.holder_mut(token, buyer)?.take(shares, paid)?;
        let it = self.token_mut(token)?;
        let quote = it.quote();
        let endowment = quote.endowment.checked_add(royalty);
        quote.endowment = endowment.ok_or(TokenError::Overflow)?;
        it.report();
        Ok(royalty)
    }

    /// Somebody with a holder account puts money up for shares.
    ///
    /// # Errors
    /// `Missing`, `AlreadyExists`, `ZeroAmount`, `AmountTooSmall`, `InvalidExpiry`,
    /// `Overflow`, `WrongTokenAccount`, `InsufficientFunds`.
    pub fn open_bid(&mut self, token: &Pubkey, bidder: &Pubkey, terms: &BidTerms) -> Predicted {
        let now = self.now;
        self.holder(token, bidder)?;
        let place = (*token, *bidder, terms.number);
        let taken = self.bids.contains_key(&place);
        require(!taken, TokenError::AlreadyExists)?;
        let nothing = terms.shares == 0 || terms.price == 0;
        require(!nothing, TokenError::ZeroAmount)?;
        let escrow = bid_payment(terms.shares, terms.price)?;
        require(escrow > 0, TokenError::AmountTooSmall)?;
        require_time(terms.expires_at, now)?;
        self.holder_mut(token, bidder)?.bids += 1;
        let it = self.token_mut(token)?;
        it.report();
        let quote = it.quote();
        let booked = [quote.reserve, quote.endowment, quote.escrow, quote.payouts];
        let booked: u128 = booked.into_iter().map(u128::from).sum();
        let all = booked + u128::from(quote.bids) + u128::from(escrow);
        require(all <= u128::from(u64::MAX), TokenError::Overflow)?;
        quote.bids += escrow;
        let mint = quote.mint;
        self.pay(bidder, token, &mint, escrow)?;
        let bid = Bid {
            seller: terms.seller,
            shares: terms.shares,
            price: terms.price,
            expires_at: terms.expires_at,
            bought: 0,
            escrow,
        };
        self.bids.insert(place, bid);
        Ok(())
    }

    /// A bid ends: by its bidder at any time, by anybody once it has expired. What waits
    /// goes back.
    ///
    /// # Errors
    /// `Missing`, `WrongTokenAccount`, `BidNotExpired`, `VaultShort`.
    pub fn cancel_bid(
        &mut self,
        token: &Pubkey,
        bidder: &Pubkey,
        number: u64,
        by: &Pubkey,
    ) -> Predicted {
        let bid = *self.standing_bid(token, bidder, number)?;
        let quote = self.token(token)?.assets[0].mint;
        self.require_account(bidder, &quote)?;
        let may = by == bidder || self.now > bid.expires_at;
        require(may, TokenError::BidNotExpired)?;
        self.holder_mut(token, bidder)?.bids -= 1;
        let it = self.token_mut(token)?;
        it.quote().bids -= bid.escrow;
        it.report();
        self.bids.remove(&(*token, *bidder, number));
        self.pay(token, bidder, &quote, bid.escrow)
    }

    /// Somebody sells into a bid. The last shares take all that is left of its money.
    ///
    /// # Errors
    /// `Missing`, `DeadlinePassed`, `SameAccount`, `WrongTokenAccount`, `ZeroAmount`,
    /// `BidExpired`, `NotSeller`, `BidExceeded`, `TransferClosed`, `AmountTooSmall`,
    /// `Slippage`, `InsufficientShares`, `VaultShort`, and those of an approval.
    pub fn fill_bid(
        &mut self,
        token: &Pubkey,
        (bidder, number): (&Pubkey, u64),
        seller: &Pubkey,
        args: &FillBidArgs,
        approved: bool,
    ) -> Predicted {
        let now = self.now;
        let mut bid = *self.standing_bid(token, bidder, number)?;
        self.holder(token, bidder)?;
        self.holder(token, seller)?;
        require(now <= args.deadline, TokenError::DeadlinePassed)?;
        require(seller != bidder, TokenError::SameAccount)?;
        let quote = self.token(token)?.assets[0].mint;
        self.require_account(seller, &quote)?;
        require(args.shares > 0, TokenError::ZeroAmount)?;
        require(now <= bid.expires_at, TokenError::BidExpired)?;
        let named = bid.seller == Pubkey::default() || bid.seller == *seller;
        require(named, TokenError::NotSeller)?;
        require(args.shares <= bid.shares, TokenError::BidExceeded)?;
        self.require_open_policy(token, seller, bidder)?;
        let paid = match args.shares == bid.shares {
            true => bid.escrow,
            false => bid_payment(args.shares, bid.price)?,
        };
        require(paid > 0, TokenError::AmountTooSmall)?;

        bid.shares -= args.shares;
        bid.bought += args.shares;
        bid.escrow -= paid;
        let royalty = self.trade(token, seller, bidder, args.shares, paid)?;
        require(paid - royalty >= args.min_proceeds, TokenError::Slippage)?;
        self.token_mut(token)?.quote().bids -= paid;
        self.pay(token, seller, &quote, paid - royalty)?;
        self.pass_policy(token, seller, bidder, args.shares, approved)?;
        let place = (*token, *bidder, number);
        self.bids.insert(place, bid);
        if bid.shares == 0 {
            self.bids.remove(&place);
            self.holder_mut(token, bidder)?.bids -= 1;
        }
        Ok(())
    }
}
