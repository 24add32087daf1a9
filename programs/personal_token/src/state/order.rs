//! What a holder wants done with their dividends in the quote mint.

use {
    super::{PersonalToken, Round, VERSION},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Purchase, Rounding, WHOLE_SHARE, mul_div},
};

/// Longest life of a standing order, in seconds: a year.
pub const MAX_ORDER: i64 = 365 * 86_400;

/// A holder's standing order: one a holder, which anybody executes. It names the owner's
/// key, or one round with bounds; if anything differs it is void, and the dividends stay
/// the holder's.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct StandingOrder {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// 1 if it buys shares in a round, 0 if it pays the owner.
    pub buys: u8,
    pub(crate) padding: [u8; 5],
    /// The personal token.
    pub token: Pubkey,
    /// Whose dividends.
    pub wallet: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// The owner's key, or the round.
    pub to: Pubkey,
    /// Quote atoms per whole share at most.
    pub max_price: u64,
    /// Most share atoms that exist before it.
    pub max_supply: u64,
    /// The terms under which it holds.
    pub terms_version: u64,
    /// Last second in which it is executed, unix time.
    pub ends_at: i64,
    pub(crate) reserved: [u64; 4],
}

/// What a holder orders.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Leave the dividends to the owner who has this key now.
    PayOwner {
        /// The owner's key.
        owner: Pubkey,
    },
    /// Buy shares in a round that sells at once.
    BuyInRound {
        /// The round.
        round: Pubkey,
        /// Quote atoms per whole share at most, above zero.
        max_price: u64,
        /// Most share atoms that exist before it.
        max_supply: u64,
        /// The terms under which it holds.
        terms_version: u64,
    },
}

impl StandingOrder {
    /// Begins a new account, which [`Self::set`] fills.
    pub(crate) fn open(&mut self, keys: [&Pubkey; 3], bump: u8) {
        let [token, wallet, rent_payer] = keys;
        self.bump = bump;
        self.token = *token;
        self.wallet = *wallet;
        self.rent_payer = *rent_payer;
    }

    /// Fills an account, new or not. Errors: `InvalidExpiry`, `OrderVoid` for another key
    /// than the owner's, `ZeroAmount` for no price.
    pub fn set(
        &mut self,
        token: &PersonalToken,
        [key, wallet, rent_payer]: [&Pubkey; 3],
        order: &Order,
        ends_at: i64,
        now: i64,
    ) -> ProgramResult<()> {
        let latest = now.saturating_add(MAX_ORDER);
        require(
            now < ends_at && ends_at <= latest,
            TokenError::InvalidExpiry,
        )?;
        *self = StandingOrder {
            version: VERSION,
            bump: self.bump,
            token: *key,
            wallet: *wallet,
            rent_payer: *rent_payer,
            ends_at,
            ..StandingOrder::default()
        };
        match *order {
            Order::PayOwner { owner } => {
                require(owner == token.owner, TokenError::OrderVoid)?;
                self.to = owner;
            }
            Order::BuyInRound {
                round,
                max_price,
                max_supply,
                terms_version,
            } => {
                require(max_price > 0, TokenError::ZeroAmount)?;
                self.buys = 1;
                self.to = round;
                self.max_price = max_price;
                self.max_supply = max_supply;
                self.terms_version = terms_version;
            }
        }
        Ok(())
    }

    /// Whether it still holds at `now`. Errors: `OrderVoid`.
    fn require_alive(&self, token: &PersonalToken, buys: u8, now: i64) -> ProgramResult<()> {
        let active = token.require_active().is_ok();
        let alive = active && self.buys == buys && now <= self.ends_at;
        require(alive, TokenError::OrderVoid)
    }

    /// Whether dividends go to the owner now. Errors: `OrderVoid`.
    pub fn require_owner(&self, token: &PersonalToken, now: i64) -> ProgramResult<()> {
        self.require_alive(token, 0, now)?;
        require(self.to == token.owner, TokenError::OrderVoid)
    }

    /// Whether it buys in this round now. Errors: `OrderVoid`, `RoundEscrows`,
    /// `RoundNeedsApproval`, `SupplyAboveSigned`, `TermsChanged`.
    pub fn require_round(
        &self,
        token: &PersonalToken,
        key: &Pubkey,
        round: &Round,
        now: i64,
    ) -> ProgramResult<()> {
        self.require_alive(token, 1, now)?;
        require(self.to == *key, TokenError::OrderVoid)?;
        // Money in escrow could be left again only by the backer's own signature.
        require(!round.escrows(), TokenError::RoundEscrows)?;
        require(round.by_approval == 0, TokenError::RoundNeedsApproval)?;
        token.require_signed(self.max_supply, self.terms_version)
    }

    /// Whether owner or terms, supply and time are still those that it names; of a round
    /// only [`Self::require_round`] knows.
    pub fn holds(&self, token: &PersonalToken, now: i64) -> bool {
        if self.buys == 0 {
            return self.require_owner(token, now).is_ok();
        }
        let signed = token.require_signed(self.max_supply, self.terms_version);
        self.require_alive(token, 1, now).and(signed).is_ok()
    }

    /// Refuses a purchase that costs more than its shares at the highest price, rounded up
    /// to an atom as every purchase is. Errors: `OrderVoid`.
    pub fn require_price(&self, purchase: &Purchase) -> ProgramResult<()> {
        let (shares, price) = (purchase.shares.0, self.max_price);
        let most = mul_div(shares, price, WHOLE_SHARE, Rounding::Up);
        // Beyond 64 bits nothing costs too much.
        let dear = most.is_ok_and(|most| purchase.charge.0 > most);
        require(!dear, TokenError::OrderVoid)
    }

    /// Whether `by` may close it: its holder, and anybody after its last second or in a
    /// wind-down.
    pub fn may_close(&self, token: &PersonalToken, by: &Pubkey, now: i64) -> bool {
        let ended = now > self.ends_at || token.require_active().is_err();
        ended || *by == self.wallet
    }
}

const _: () = assert!(core::mem::size_of::<StandingOrder>() == 8 + 128 + 32 + 32);
