use {
    super::{Holder, PersonalToken, VERSION, add, sub},
    crate::error::{Outcome, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Atoms, Bps, Shares, exit, max_royalty, royalty, sale_payment},
};

/// Longest life of a sale, in seconds: two years.
pub const MAX_SALE: i64 = 2 * 365 * 86_400;

/// Registered shares offered for a price: delivery versus payment.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sale {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// Part of the seller's profit that goes to the owner, as it was on opening.
    pub royalty_bps: u16,
    pub(crate) padding: [u8; 4],
    /// The personal token.
    pub token: Pubkey,
    /// Whose shares they are.
    pub seller: Pubkey,
    /// Who alone may buy; zero for anybody.
    pub buyer: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// The seller's number for it; part of its address.
    pub number: u64,
    /// Share atoms still offered.
    pub shares: u64,
    /// Quote atoms per whole share.
    pub price: u64,
    /// Last second in which anybody can buy, unix time.
    pub expires_at: i64,
    /// Share atoms sold so far.
    pub sold: u64,
    /// Quote atoms of this sale that raised the seller's profit above zero.
    pub taxable: u64,
    /// Share atoms locked beside those offered: the largest royalty possible.
    pub royalty_locked: u64,
    /// Share atoms of them that the owner got.
    pub royalty_paid: u64,
    pub(crate) reserved: [u64; 8],
}

/// What a seller asks for.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaleTerms {
    /// The seller's number for it: one that none of their open sales has.
    pub number: u64,
    /// Share atoms, above zero.
    pub shares: u64,
    /// Quote atoms per whole share, above zero.
    pub price: u64,
    /// Who alone may buy; zero for anybody.
    pub buyer: Pubkey,
    /// Last second in which anybody can buy, unix time: at most two years ahead.
    pub expires_at: i64,
}

/// What one purchase does: computed before anything changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trade {
    /// Share atoms to the buyer.
    pub shares: u64,
    /// Quote atoms to the seller.
    pub payment: u64,
    /// What the shares cost the seller, in quote atoms.
    pub cost: u64,
    /// Quote atoms that raise the seller's profit above zero.
    pub taxable: u64,
    /// Share atoms from the seller to the owner.
    pub royalty: u64,
    /// Share atoms locked for the royalty that the sale needs no more.
    pub freed: u64,
}

impl Sale {
    /// Fills a new account and locks the seller's shares. Errors: `ZeroAmount`,
    /// `InvalidExpiry`, `InsufficientShares`; `Overflow` where the payment for all does
    /// not fit.
    pub(crate) fn open(
        &mut self,
        token: &PersonalToken,
        seller: &mut Holder,
        terms: &SaleTerms,
        now: i64,
    ) -> Outcome<()> {
        require(terms.shares > 0 && terms.price > 0, TokenError::ZeroAmount)?;
        let latest = now.saturating_add(MAX_SALE);
        let fits = now < terms.expires_at && terms.expires_at <= latest;
        require(fits, TokenError::InvalidExpiry)?;
        sale_payment(Shares(terms.shares), terms.price)?;
        // The owner's own sales carry no royalty.
        let owner = seller.wallet == token.owner;
        self.royalty_bps = if owner { 0 } else { token.terms.royalty_bps };
        let most = max_royalty(Shares(terms.shares), Bps::new(self.royalty_bps)?)?;
        self.version = VERSION;
        self.token = seller.token;
        self.seller = seller.wallet;
        self.buyer = terms.buyer;
        self.number = terms.number;
        self.shares = terms.shares;
        self.price = terms.price;
        self.expires_at = terms.expires_at;
        self.royalty_locked = most.0;
        seller.lock(self.locked()?)
    }

    /// Share atoms of the seller that it keeps locked now.
    pub fn locked(&self) -> Outcome<u64> {
        let royalty = sub(
            self.royalty_locked,
            self.royalty_paid,
            TokenError::InvariantBroken,
        )?;
        add(self.shares, royalty)
    }

    /// Whether `buyer` may buy `shares` now. Errors: `ZeroAmount`, `SaleExpired`,
    /// `NotBuyer`, `SaleExceeded`.
    pub fn require(&self, buyer: &Pubkey, shares: u64, now: i64) -> Outcome<()> {
        require(shares > 0, TokenError::ZeroAmount)?;
        require(now <= self.expires_at, TokenError::SaleExpired)?;
        let named = self.buyer == Pubkey::default() || self.buyer == *buyer;
        require(named, TokenError::NotBuyer)?;
        require(shares <= self.shares, TokenError::SaleExceeded)
    }

    /// What buying `shares` does. Royalty is of the part of the result that raises the
    /// seller's cumulative profit above zero; a seller who is `owner` by now owes none.
    pub fn trade(&self, seller: &Holder, owner: &Pubkey, shares: u64) -> Outcome<Trade> {
        let left = sub(self.shares, shares, TokenError::SaleExceeded)?;
        let payment = sale_payment(Shares(shares), self.price)?;
        let cost = seller.cost_of(shares)?;
        let (mut taxable, mut owed) = (0, 0);
        if self.royalty_bps > 0 && self.seller != *owner {
            let one = exit(payment, Atoms(cost), seller.sale_result(), Atoms::ZERO)?;
            taxable = one.in_scope.0;
            let total = royalty(
                Atoms(add(self.taxable, taxable)?),
                self.price,
                Bps::new(self.royalty_bps)?,
                Shares(add(self.sold, shares)?),
            )?;
            owed = sub(total.0, self.royalty_paid, TokenError::InvariantBroken)?;
        }
        let locked = sub(self.locked()?, self.shares, TokenError::InvariantBroken)?;
        let rest = sub(locked, owed, TokenError::InvariantBroken)?;
        Ok(Trade {
            shares,
            payment: payment.0,
            cost,
            taxable,
            royalty: owed,
            freed: if left == 0 { rest } else { 0 },
        })
    }

    /// Books a trade. Returns whether all is sold.
    pub(crate) fn book(&mut self, trade: &Trade) -> Outcome<bool> {
        self.shares = sub(self.shares, trade.shares, TokenError::SaleExceeded)?;
        self.sold = add(self.sold, trade.shares)?;
        self.taxable = add(self.taxable, trade.taxable)?;
        self.royalty_paid = add(self.royalty_paid, trade.royalty)?;
        Ok(self.shares == 0)
    }
}

impl Holder {
    /// What sales brought above what the sold shares cost, in quote atoms, signed.
    pub fn sale_result(&self) -> i128 {
        // Two numbers of 64 bits: the difference fits.
        i128::from(self.proceeds).saturating_sub(i128::from(self.sold_cost))
    }

    /// Errors: `InsufficientShares`.
    pub(crate) fn lock(&mut self, shares: u64) -> Outcome<()> {
        self.require_free(shares)?;
        self.locked = add(self.locked, shares)?;
        Ok(())
    }

    pub(crate) fn unlock(&mut self, shares: u64) -> Outcome<()> {
        self.locked = sub(self.locked, shares, TokenError::InvariantBroken)?;
        Ok(())
    }

    /// Gives up free shares for `paid` quote atoms and returns what they cost.
    pub(crate) fn sell(&mut self, shares: u64, paid: u64) -> Outcome<u64> {
        let cost = self.remove(shares)?;
        // As with costs: at the end of u64 they stay there, and shares still move.
        self.proceeds = self.proceeds.saturating_add(paid);
        self.sold_cost = self.sold_cost.saturating_add(cost);
        Ok(cost)
    }

    /// Gives up what a trade sells and its royalty. Returns the cost that the royalty's
    /// shares carry: a gift's.
    pub(crate) fn deliver(&mut self, trade: &Trade) -> Outcome<u64> {
        self.unlock(add(add(trade.shares, trade.royalty)?, trade.freed)?)?;
        let cost = self.sell(trade.shares, trade.payment)?;
        require(cost == trade.cost, TokenError::InvariantBroken)?;
        self.remove(trade.royalty)
    }
}

const _: () = assert!(core::mem::size_of::<Sale>() == 8 + 128 + 64 + 64);
