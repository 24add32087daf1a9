use {
    super::{Holder, PersonalToken, Redemption, VERSION, sub},
    crate::error::{Outcome, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Shares, payable, vested},
};

/// Longest vesting, and farthest start from the time of the grant, in seconds: ten years.
pub const MAX_VESTING: u32 = 10 * 365 * 86_400;

/// Shares for help, which vest over time. They are registered to a holder account whose
/// wallet is the grant's own address: they count in the supply and earn from the start.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// 1 where the owner may revoke what has not vested.
    pub revocable: u8,
    /// 1 once it was revoked: what is left has vested.
    pub revoked: u8,
    pub(crate) padding: [u8; 4],
    /// The personal token.
    pub token: Pubkey,
    /// Who gets the shares and their dividends.
    pub beneficiary: Pubkey,
    /// Who paid the rent of this account and of its holder account, and gets it back.
    pub rent_payer: Pubkey,
    /// Number of the grant, from 0.
    pub number: u64,
    /// Share atoms granted; after a revocation, those that had vested.
    pub shares: u64,
    /// Share atoms that the beneficiary has claimed.
    pub claimed: u64,
    /// When vesting starts, unix seconds.
    pub start: i64,
    /// Seconds after the start before which nothing vests.
    pub cliff_seconds: u32,
    /// Seconds after the start at which all has vested.
    pub duration_seconds: u32,
    pub(crate) reserved: [u64; 8],
}

/// What owner and beneficiary agree on.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantTerms {
    /// Share atoms, above zero.
    pub shares: u64,
    /// When vesting starts, unix seconds: at most ten years from now, either way.
    pub start: i64,
    /// Seconds after the start before which nothing vests: at most the duration.
    pub cliff_seconds: u32,
    /// Seconds after the start at which all has vested: above zero, at most ten years.
    pub duration_seconds: u32,
    /// Whether the owner may revoke what has not vested.
    pub revocable: bool,
}

impl GrantTerms {
    /// Errors: `ZeroAmount`, `InvalidGrant`.
    pub fn validate(&self, now: i64) -> Outcome<()> {
        require(self.shares > 0, TokenError::ZeroAmount)?;
        let far = self.start.abs_diff(now) > u64::from(MAX_VESTING);
        let lasts = (1..=MAX_VESTING).contains(&self.duration_seconds);
        let fits = !far && lasts && self.cliff_seconds <= self.duration_seconds;
        require(fits, TokenError::InvalidGrant)
    }
}

impl Grant {
    /// Fills a new account.
    pub(crate) fn open(
        &mut self,
        token: &Pubkey,
        beneficiary: &Pubkey,
        rent_payer: &Pubkey,
        number: u64,
        terms: &GrantTerms,
    ) {
        self.version = VERSION;
        self.revocable = u8::from(terms.revocable);
        self.token = *token;
        self.beneficiary = *beneficiary;
        self.rent_payer = *rent_payer;
        self.number = number;
        self.shares = terms.shares;
        self.start = terms.start;
        self.cliff_seconds = terms.cliff_seconds;
        self.duration_seconds = terms.duration_seconds;
    }

    /// Share atoms that have vested at unix second `now`, claimed ones among them.
    pub fn vested(&self, now: i64) -> Outcome<u64> {
        if self.revoked == 1 {
            return Ok(self.shares);
        }
        let total = Shares(self.shares);
        let (cliff, duration) = (self.cliff_seconds, self.duration_seconds);
        Ok(vested(total, self.start, cliff, duration, now)?.0)
    }

    /// Share atoms that have not vested at unix second `now`.
    pub fn unvested(&self, now: i64) -> Outcome<u64> {
        let vested = self.vested(now)?;
        sub(self.shares, vested, TokenError::InvariantBroken)
    }

    /// Share atoms that a claim moves at unix second `now`: all that the grant's
    /// holder account has beside the unvested ones, what others gave it among them.
    /// Errors: `NothingToClaim`.
    pub fn claimable(&self, holder: &Holder, now: i64) -> Outcome<u64> {
        let unvested = self.unvested(now)?;
        let shares = sub(holder.shares, unvested, TokenError::InvariantBroken)?;
        require(shares > 0, TokenError::NothingToClaim)?;
        Ok(shares)
    }

    /// Takes back what has not vested and returns it. Errors: `GrantNotRevocable`,
    /// `GrantVested`.
    pub(crate) fn revoke(&mut self, now: i64) -> Outcome<u64> {
        require(self.revocable == 1, TokenError::GrantNotRevocable)?;
        let unvested = self.unvested(now)?;
        require(unvested > 0, TokenError::GrantVested)?;
        self.shares = sub(self.shares, unvested, TokenError::InvariantBroken)?;
        self.revoked = 1;
        Ok(unvested)
    }
}

impl PersonalToken {
    /// Registers a grant's new shares to its own holder account, which nobody can vote
    /// with. The mint grows by as many. MUST run after [`Self::release`].
    pub(crate) fn grant(&mut self, holder: &mut Holder, shares: u64) -> Outcome<()> {
        self.register_new(holder, shares, 0)
    }

    /// Burns registered shares that nobody is paid for. MUST run after [`Self::release`].
    pub(crate) fn burn(&mut self, holder: &mut Holder, shares: u64) -> Outcome<()> {
        self.unregister(holder, shares)?;
        self.redeem(shares, &Redemption::default())
    }
}

/// Whether a holder account has neither shares nor a whole atom of dividends: what it
/// has then, nobody can claim.
pub(crate) fn is_paid_out(holder: &Holder) -> bool {
    let owed = |stream: &super::HolderStream| payable(stream.owed.unsigned()).0;
    holder.shares == 0 && holder.streams.iter().all(|stream| owed(stream).is_zero())
}

const _: () = assert!(core::mem::size_of::<Grant>() == 8 + 96 + 32 + 8 + 64);
