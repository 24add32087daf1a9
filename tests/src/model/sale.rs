//! Sales of registered shares, with the royalty.

use {
    super::{
        Model, Predicted, Reason,
        number::{BPS, ceil, ceil64, fit},
        require,
    },
    num_bigint::BigUint,
    upside_sdk::{
        Pubkey, TokenError,
        state::{BuyArgs, SaleTerms},
    },
};

/// Longest life of a sale, in seconds.
const LONGEST: i64 = 2 * 365 * 86_400;
/// Share atoms of a whole share.
const WHOLE: u64 = 1_000_000;

/// Shares offered for a price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sale {
    /// Part of the seller's profit that goes to the owner, in basis points.
    pub royalty_bps: u16,
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
    /// Quote atoms that raised the seller's profit above zero.
    pub taxable: u64,
    /// Share atoms locked for the royalty at first.
    pub royalty_locked: u64,
    /// Share atoms of them that the owner got.
    pub royalty_paid: u64,
}

impl Sale {
    /// Share atoms of the seller's that stay locked.
    pub fn locked(&self) -> u64 {
        self.shares + self.royalty_locked - self.royalty_paid
    }

    /// The royalty of all purchases up to now, in share atoms: so many at the sale's price
    /// as the part of the profit buys, and no larger part of the shares sold.
    fn owed(&self) -> u64 {
        let part = BigUint::from(self.taxable) * self.royalty_bps;
        let at_price = ceil(part, WHOLE, BigUint::from(BPS) * self.price);
        let most = ceil(self.sold, self.royalty_bps, BPS);
        fit(at_price.min(most)).expect("a part of the shares sold")
    }
}

/// What shares cost at a price, rounded up.
fn payment(shares: u64, price: u64) -> Predicted<u64> {
    Ok(ceil64(shares, price, WHOLE).ok_or(TokenError::Overflow)?)
}

impl Model {
    fn sale(&self, token: &Pubkey, seller: &Pubkey, number: u64) -> Predicted<&Sale> {
        let sale = self.sales.get(&(*token, *seller, number));
        sale.ok_or(Reason::Missing.into())
    }

    /// A holder offers registered shares, and locks the largest royalty beside them. The
    /// owner's own sales carry none.
    ///
    /// # Errors
    /// `Missing`, `AlreadyExists`, `ZeroAmount`, `InvalidExpiry`, `Overflow`,
    /// `InsufficientShares`.
    pub fn open_sale(&mut self, token: &Pubkey, seller: &Pubkey, terms: &SaleTerms) -> Predicted {
        let now = self.now;
        let free = self.holder(token, seller)?.free();
        let it = self.token_mut(token)?;
        it.tell();
        let royalty_bps = if it.owner == *seller {
            0
        } else {
            it.terms.royalty_bps
        };
        let place = (*token, *seller, terms.number);
        let taken = self.sales.contains_key(&place);
        require(!taken, TokenError::AlreadyExists)?;
        let nothing = terms.shares == 0 || terms.price == 0;
        require(!nothing, TokenError::ZeroAmount)?;
        let fits = terms.expires_at > now && terms.expires_at <= now + LONGEST;
        require(fits, TokenError::InvalidExpiry)?;
        payment(terms.shares, terms.price)?;
        let most = ceil64(terms.shares, royalty_bps.into(), BPS);
        let royalty_locked = most.expect("a part of the shares");
        let locked = terms.shares.checked_add(royalty_locked);
        let locked = locked.ok_or(TokenError::Overflow)?;
        require(locked <= free, TokenError::InsufficientShares)?;
        self.holder_mut(token, seller)?.locked += locked;
        let sale = Sale {
            royalty_bps,
            buyer: terms.buyer,
            shares: terms.shares,
            price: terms.price,
            expires_at: terms.expires_at,
            sold: 0,
            taxable: 0,
            royalty_locked,
            royalty_paid: 0,
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
        self.holder_mut(token, seller)?.locked -= sale.locked();
        self.sales.remove(&(*token, *seller, number));
        self.token_mut(token)?.tell();
        Ok(())
    }

    /// Somebody buys from a sale. The royalty goes to the owner, whose holder account is
    /// passed along where `third` says so; the owner's approval where `approved` does.
    ///
    /// # Errors
    /// `Missing`, `DeadlinePassed`, `SameAccount`, `ZeroAmount`, `SaleExpired`, `NotBuyer`,
    /// `SaleExceeded`, `TransferClosed`, `Overflow`, `Slippage`, `OwnerHolderRequired`,
    /// `InsufficientFunds`, and those of an approval.
    pub fn buy(
        &mut self,
        token: &Pubkey,
        (seller, number): (&Pubkey, u64),
        buyer: &Pubkey,
        args: &BuyArgs,
        (third, approved): (bool, bool),
    ) -> Predicted {
        let now = self.now;
        let mut sale = *self.sale(token, seller, number)?;
        let before = sale;
        let from = *self.holder(token, seller)?;
        let venue = self.holder(token, buyer)?.venue || from.venue;
        let (owner, policy) = (
            self.token(token)?.owner,
            self.token(token)?.transfer_policy(),
        );
        if third {
            self.holder(token, &owner)?;
        }
        require(now <= args.deadline, TokenError::DeadlinePassed)?;
        let twice = third && (owner == *seller || owner == *buyer);
        require(seller != buyer && !twice, TokenError::SameAccount)?;
        require(args.shares > 0, TokenError::ZeroAmount)?;
        require(now <= sale.expires_at, TokenError::SaleExpired)?;
        let named = sale.buyer == Pubkey::default() || sale.buyer == *buyer;
        require(named, TokenError::NotBuyer)?;
        require(args.shares <= sale.shares, TokenError::SaleExceeded)?;
        require(venue || policy != 2, TokenError::TransferClosed)?;

        let paid = payment(args.shares, sale.price)?;
        let cost = from.cost_of(args.shares);
        sale.shares -= args.shares;
        sale.sold += args.shares;
        if owner != *seller {
            // Only what lifts the sum of all results above zero is profit.
            let so_far = i128::from(from.proceeds) - i128::from(from.sold_cost);
            let result = i128::from(paid) - i128::from(cost);
            let profit = result.min(so_far + result).max(0);
            let profit = u64::try_from(profit).expect("at most the payment");
            let taxable = sale.taxable.checked_add(profit);
            if sale.royalty_bps > 0 {
                sale.taxable = taxable.ok_or(TokenError::Overflow)?;
                sale.royalty_paid = sale.owed();
            }
        }
        let royalty = sale.royalty_paid - before.royalty_paid;
        require(paid <= args.max_payment, TokenError::Slippage)?;
        let place = (*token, *seller, number);
        let over = sale.shares == 0;
        self.sales.insert(place, sale);
        let locked = if over { 0 } else { sale.locked() };

        self.touch(token, seller)?;
        self.settle(token, buyer)?;
        let from = self.holder_mut(token, seller)?;
        from.locked -= before.locked() - locked;
        from.sell(args.shares, paid)?;
        let gift = from.give(royalty)?;
        self.holder_mut(token, buyer)?.take(args.shares, paid)?;
        if third || royalty > 0 {
            let there = third || *buyer == owner;
            require(there, TokenError::OwnerHolderRequired)?;
            self.settle(token, &owner)?;
            self.holder_mut(token, &owner)?.take(royalty, gift)?;
        }
        self.token_mut(token)?.tell();

        let quote = self.token(token)?.assets[0].mint;
        self.require_account(seller, &quote)?;
        self.pay(buyer, seller, &quote, paid)?;
        self.pass_policy(token, seller, buyer, args.shares, approved)?;
        if over {
            self.sales.remove(&place);
        }
        Ok(())
    }
}

impl super::Holder {
    /// Gives free shares up for money.
    ///
    /// # Errors
    /// `InsufficientShares`.
    fn sell(&mut self, shares: u64, paid: u64) -> Predicted {
        let cost = self.give(shares)?;
        self.proceeds = self.proceeds.saturating_add(paid);
        self.sold_cost = self.sold_cost.saturating_add(cost);
        Ok(())
    }
}
