use {
    super::{Deal, Holder, Trade, VERSION, add, sub},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Shares, sale_payment},
};

/// Longest life of a sale and of a bid, in seconds: two years.
pub const MAX_OFFER: i64 = 2 * 365 * 86_400;

/// Refuses an end that is not in the next two years. Errors: `InvalidExpiry`.
pub(crate) fn require_expiry(expires_at: i64, now: i64) -> ProgramResult<()> {
    let latest = now.saturating_add(MAX_OFFER);
    let fits = now < expires_at && expires_at <= latest;
    require(fits, TokenError::InvalidExpiry)
}

/// Registered shares offered for a price: delivery versus payment.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sale {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    pub(crate) padding: [u8; 6],
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

impl Sale {
    /// Fills a new account and locks the seller's shares. Errors: `ZeroAmount`,
    /// `InvalidExpiry`, `InsufficientShares`; `Overflow` if the payment for all does not fit.
    pub(crate) fn open(
        &mut self,
        seller: &mut Holder,
        terms: &SaleTerms,
        rent_payer: &Pubkey,
        bump: u8,
        now: i64,
    ) -> ProgramResult<()> {
        require(terms.shares > 0 && terms.price > 0, TokenError::ZeroAmount)?;
        require_expiry(terms.expires_at, now)?;
        sale_payment(Shares(terms.shares), terms.price)?;
        self.version = VERSION;
        self.bump = bump;
        self.token = seller.token;
        self.seller = seller.wallet;
        self.buyer = terms.buyer;
        self.rent_payer = *rent_payer;
        self.number = terms.number;
        self.shares = terms.shares;
        self.price = terms.price;
        self.expires_at = terms.expires_at;
        seller.lock(self.shares)
    }

    /// Whether `buyer` may buy `shares` now. Errors: `ZeroAmount`, `SaleExpired`,
    /// `NotBuyer`, `SaleExceeded`.
    pub fn require(&self, buyer: &Pubkey, shares: u64, now: i64) -> ProgramResult<()> {
        require(shares > 0, TokenError::ZeroAmount)?;
        require(now <= self.expires_at, TokenError::SaleExpired)?;
        let named = self.buyer == Pubkey::default() || self.buyer == *buyer;
        require(named, TokenError::NotBuyer)?;
        require(shares <= self.shares, TokenError::SaleExceeded)
    }

    /// What `shares` of it cost. Errors: `SaleExceeded`.
    pub fn deal(&self, shares: u64) -> ProgramResult<Deal> {
        require(shares <= self.shares, TokenError::SaleExceeded)?;
        Ok(Deal {
            shares,
            payment: sale_payment(Shares(shares), self.price)?,
            locked: true,
        })
    }

    /// Books a trade. Returns whether all is sold.
    pub(crate) fn book(&mut self, trade: &Trade) -> ProgramResult<bool> {
        self.shares = sub(self.shares, trade.shares, TokenError::SaleExceeded)?;
        self.sold = add(self.sold, trade.shares)?;
        Ok(self.shares == 0)
    }
}

impl Holder {
    /// Errors: `InsufficientShares`.
    pub(crate) fn lock(&mut self, shares: u64) -> ProgramResult<()> {
        self.require_free(shares)?;
        self.locked = add(self.locked, shares)?;
        Ok(())
    }

    pub(crate) fn unlock(&mut self, shares: u64) -> ProgramResult<()> {
        self.locked = sub(self.locked, shares, TokenError::InvariantBroken)?;
        Ok(())
    }
}

const _: () = assert!(core::mem::size_of::<Sale>() == 8 + 128 + 40 + 64);
