use {
    super::{VERSION, sub},
    crate::error::{IndexError, Outcome, require},
    anchor_lang::prelude::*,
    personal_token::state::Wide,
    upside_math::{decay, price_at, price_of},
};

/// Longest time until an auction starts, in seconds.
pub const MAX_START: u32 = 90 * 86_400;
/// Shortest and longest time that an auction takes bids, in seconds.
pub const DURATION: (u32, u32) = (60, 30 * 86_400);

/// An auction as an instruction carries it.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuctionTerms {
    /// Slot to sell of; it holds more than its target.
    pub sell_slot: u8,
    /// Slot to buy; it holds less than its target.
    pub buy_slot: u8,
    /// Atoms to sell at most.
    pub sell_atoms: u64,
    /// Buy atoms per sell atom at the start, Q64.64.
    pub start_price: u128,
    /// Buy atoms per sell atom at the end, Q64.64, above zero and at most the first.
    pub end_price: u128,
    /// Seconds until the start: the notice period to 90 days.
    pub starts_in: u32,
    /// Seconds from start to end: 60 seconds to 30 days.
    pub duration: u32,
}

/// A Dutch auction between two constituents: the price falls exponentially.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Auction {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// Slot that is sold.
    pub sell_slot: u8,
    /// Slot that is bought.
    pub buy_slot: u8,
    pub(crate) padding: [u8; 4],
    /// The index.
    pub index: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// The auction's number in its index, from 0.
    pub number: u64,
    /// Atoms that are still for sale.
    pub sell_left: u64,
    /// Buy atoms per sell atom at the start, Q64.64.
    pub start_price: Wide,
    /// Buy atoms per sell atom at the end, Q64.64.
    pub end_price: Wide,
    /// Binary logarithm of the ratio of both prices, Q64.64.
    pub decay: Wide,
    /// First second of the auction, unix time.
    pub starts_at: i64,
    /// Last second of the auction, unix time.
    pub ends_at: i64,
    pub(crate) reserved: [u64; 8],
}

impl AuctionTerms {
    /// Refuses what could not be sold. Errors: `InvalidAuction`.
    pub fn validate(&self, notice_seconds: u32) -> Outcome<()> {
        let fits = self.sell_atoms > 0
            && self.sell_slot != self.buy_slot
            && self.end_price > 0
            && self.start_price >= self.end_price
            && (notice_seconds..=MAX_START).contains(&self.starts_in)
            && (DURATION.0..=DURATION.1).contains(&self.duration);
        require(fits, IndexError::InvalidAuction)
    }
}

impl Auction {
    /// Fills a new account from terms that `validate` accepted.
    pub(crate) fn open(
        &mut self,
        terms: &AuctionTerms,
        index: &Pubkey,
        number: u64,
        rent_payer: &Pubkey,
        now: i64,
    ) -> Outcome<()> {
        let after = |time: i64, seconds: u32| {
            let later = time.checked_add(i64::from(seconds));
            later.ok_or(IndexError::Overflow)
        };
        self.version = VERSION;
        self.sell_slot = terms.sell_slot;
        self.buy_slot = terms.buy_slot;
        self.index = *index;
        self.rent_payer = *rent_payer;
        self.number = number;
        self.sell_left = terms.sell_atoms;
        self.start_price = terms.start_price.into();
        self.end_price = terms.end_price.into();
        self.decay = decay(terms.start_price, terms.end_price)
            .map_err(|_| IndexError::InvalidAuction)?
            .into();
        self.starts_at = after(now, terms.starts_in)?;
        self.ends_at = after(self.starts_at, terms.duration)?;
        Ok(())
    }

    /// Buy atoms per sell atom at `now` (unix seconds), Q64.64, rounded up. Errors:
    /// `AuctionNotOpen`.
    pub fn price(&self, now: i64) -> Outcome<u128> {
        let open = self.starts_at <= now && now <= self.ends_at;
        require(open, IndexError::AuctionNotOpen)?;
        Ok(price_at(
            self.start_price.unsigned(),
            self.end_price.unsigned(),
            self.decay.unsigned(),
            now.abs_diff(self.starts_at),
            self.ends_at.abs_diff(self.starts_at),
        )?)
    }

    /// Buy atoms for `sell` atoms now, rounded up. Errors: `ZeroAmount`,
    /// `AuctionNotOpen`, `InsufficientShares`, `AmountTooSmall`.
    pub fn cost(&self, sell: u64, now: i64) -> Outcome<u64> {
        require(sell > 0, IndexError::ZeroAmount)?;
        let price = self.price(now)?;
        require(sell <= self.sell_left, IndexError::AuctionShort)?;
        let cost = price_of(sell, price)?;
        require(cost > 0, IndexError::AmountTooSmall)?;
        Ok(cost)
    }

    pub(crate) fn sell(&mut self, sell: u64) -> Outcome<()> {
        self.sell_left = sub(self.sell_left, sell, IndexError::AuctionShort)?;
        Ok(())
    }

    /// Whether anybody may close it.
    pub fn is_over(&self, now: i64) -> bool {
        now > self.ends_at || self.sell_left == 0
    }
}

const _: () = assert!(core::mem::size_of::<Auction>() == 8 + 64 + 16 + 48 + 16 + 64);
