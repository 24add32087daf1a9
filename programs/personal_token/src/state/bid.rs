use {
    super::{Deal, Holder, Trade, VERSION, add, sale::require_expiry, sub},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Atoms, Shares, bid_payment},
};

/// A standing offer to buy registered shares for a price. The money waits in the token's
/// quote vault.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Bid {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    pub(crate) padding: [u8; 6],
    /// The personal token.
    pub token: Pubkey,
    /// Who buys.
    pub bidder: Pubkey,
    /// Who alone may sell; zero for anybody.
    pub seller: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// The bidder's number for it; part of its address.
    pub number: u64,
    /// Share atoms still wanted.
    pub shares: u64,
    /// Quote atoms per whole share.
    pub price: u64,
    /// Last second in which anybody can sell, unix time.
    pub expires_at: i64,
    /// Share atoms bought so far.
    pub bought: u64,
    /// Quote atoms that wait for sellers.
    pub escrow: u64,
    pub(crate) reserved: [u64; 8],
}

/// What a bidder offers.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct BidTerms {
    /// The bidder's number for it: one that none of their open bids has.
    pub number: u64,
    /// Share atoms, above zero.
    pub shares: u64,
    /// Quote atoms per whole share, above zero.
    pub price: u64,
    /// Who alone may sell; zero for anybody.
    pub seller: Pubkey,
    /// Last second in which anybody can sell, unix time: at most two years ahead.
    pub expires_at: i64,
}

impl BidTerms {
    /// Quote atoms that these terms escrow. Errors: `ZeroAmount`; `AmountTooSmall` if the
    /// price of all rounds to nothing; `Overflow`.
    pub fn escrow(&self) -> ProgramResult<u64> {
        require(self.shares > 0 && self.price > 0, TokenError::ZeroAmount)?;
        let escrow = bid_payment(Shares(self.shares), self.price)?;
        require(!escrow.is_zero(), TokenError::AmountTooSmall)?;
        Ok(escrow.0)
    }
}

impl Bid {
    /// Fills a new account. Returns what the bidder escrows. Errors: those of
    /// [`BidTerms::escrow`]; `InvalidExpiry`.
    pub(crate) fn open(
        &mut self,
        bidder: &mut Holder,
        terms: &BidTerms,
        rent_payer: &Pubkey,
        bump: u8,
        now: i64,
    ) -> ProgramResult<u64> {
        self.escrow = terms.escrow()?;
        require_expiry(terms.expires_at, now)?;
        self.version = VERSION;
        self.bump = bump;
        self.token = bidder.token;
        self.bidder = bidder.wallet;
        self.seller = terms.seller;
        self.rent_payer = *rent_payer;
        self.number = terms.number;
        self.shares = terms.shares;
        self.price = terms.price;
        self.expires_at = terms.expires_at;
        bidder.count_bid()?;
        Ok(self.escrow)
    }

    /// Whether `seller` may sell `shares` now. Errors: `ZeroAmount`, `BidExpired`,
    /// `NotSeller`, `BidExceeded`.
    pub fn require(&self, seller: &Pubkey, shares: u64, now: i64) -> ProgramResult<()> {
        require(shares > 0, TokenError::ZeroAmount)?;
        require(now <= self.expires_at, TokenError::BidExpired)?;
        let named = self.seller == Pubkey::default() || self.seller == *seller;
        require(named, TokenError::NotSeller)?;
        require(shares <= self.shares, TokenError::BidExceeded)
    }

    /// What it pays for `shares`. The last shares take all that is left, so that nothing
    /// is owed to an account of the bidder's that might not receive it. Errors:
    /// `BidExceeded`; `AmountTooSmall` if the price rounds to nothing.
    pub fn deal(&self, shares: u64) -> ProgramResult<Deal> {
        require(shares <= self.shares, TokenError::BidExceeded)?;
        let payment = if shares == self.shares {
            Atoms(self.escrow)
        } else {
            bid_payment(Shares(shares), self.price)?
        };
        require(!payment.is_zero(), TokenError::AmountTooSmall)?;
        Ok(Deal {
            shares,
            payment,
            locked: false,
        })
    }

    /// Books a trade. Returns whether all is bought.
    pub(crate) fn book(&mut self, trade: &Trade) -> ProgramResult<bool> {
        self.shares = sub(self.shares, trade.shares, TokenError::BidExceeded)?;
        self.bought = add(self.bought, trade.shares)?;
        self.escrow = sub(self.escrow, trade.payment, TokenError::InvariantBroken)?;
        Ok(self.shares == 0)
    }
}

const _: () = assert!(core::mem::size_of::<Bid>() == 8 + 128 + 48 + 64);
