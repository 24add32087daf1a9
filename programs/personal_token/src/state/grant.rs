use {
    super::{
        Brought, MAX_ASSETS, MAX_STREAMS, Parts, PersonalToken, PodU128, RoyaltyMark, TokenStatus,
        VERSION, add, sub, terms::DAY,
    },
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Atoms, Shares, accrued, given_back, payable, vested},
    upside_support::Byte,
};

/// Longest vesting, farthest start in the past, and farthest end, in seconds: ten years.
pub const MAX_VESTING: u32 = 10 * 365 * DAY;
/// Longest life of an offer, in seconds.
pub const MAX_GRANT_OFFER: u32 = 30 * DAY;

upside_support::byte_enum! {
    /// What a grant's life has come to.
    GrantStatus, TokenError::InvariantBroken,
    /// On offer: no share exists yet.
    Offered = 0,
    /// Accepted: its shares exist and vest.
    Accepted = 1,
    /// Revoked: what is left of it has vested.
    Revoked = 2,
}

/// Shares for help, which vest over time. The owner offers them, the beneficiary accepts,
/// and only then they exist: registered, in the supply, earning, without a vote. They stay
/// in this account, where nobody can add any, until the beneficiary collects what has
/// vested.
///
/// All its shares, vested or not, have earned the same since it was accepted: what each
/// earned leaves with it, to the beneficiary as it is collected, to all others as it is
/// revoked.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// Where the grant stands.
    pub status: Byte<GrantStatus>,
    /// 1 if the owner may revoke what has not vested.
    pub revocable: u8,
    pub(crate) padding: [u8; 4],
    /// The personal token.
    pub token: Pubkey,
    /// Who gets the shares and their dividends.
    pub beneficiary: Pubkey,
    /// Who paid the rent of this account, and gets it back.
    pub rent_payer: Pubkey,
    /// Number of the grant, from 0.
    pub number: u64,
    /// The owner's own number for it, so that an offer is not sent twice; 0 for none.
    pub reference: u64,
    /// Share atoms granted; after a revocation, those that had vested.
    pub shares: u64,
    /// Share atoms that the beneficiary has collected.
    pub collected: u64,
    /// When vesting starts, unix seconds.
    pub start: i64,
    /// Seconds after the start before which nothing vests.
    pub cliff_seconds: u32,
    /// Seconds after the start at which all has vested.
    pub duration_seconds: u32,
    /// Last second in which the offer can be accepted, unix time.
    pub expires_at: i64,
    /// When it was accepted, unix seconds; 0 while it is on offer.
    pub accepted_at: i64,
    /// Share atoms of it that took yearly room when they were created.
    pub room: u64,
    /// Number of the period of that room.
    pub room_period: u64,
    /// Atoms of each asset, by place: while on offer, those that it locks in the endowment;
    /// then those that its shares brought into the reserve.
    pub backing: [u64; MAX_ASSETS],
    /// The streams' indexes when it was accepted, Q64.64.
    pub since: [PodU128; MAX_STREAMS],
    /// The royalty when it was accepted.
    pub royalty: RoyaltyMark,
    pub(crate) reserved: [u64; 3],
}

/// When and how a grant vests.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantTerms {
    /// Share atoms, above zero.
    pub shares: u64,
    /// When vesting starts, unix seconds: at most ten years ago.
    pub start: i64,
    /// Seconds after the start before which nothing vests: at most the duration.
    pub cliff_seconds: u32,
    /// Seconds after the start at which all has vested: above zero, at most ten years, and
    /// over within ten years from now.
    pub duration_seconds: u32,
    /// Whether the owner may revoke what has not vested.
    pub revocable: bool,
}

/// What the owner offers to whom.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantOffer {
    /// Who may accept.
    pub beneficiary: Pubkey,
    /// What they get.
    pub terms: GrantTerms,
    /// Last second in which it can be accepted, unix time: after now, at most 30 days ahead.
    pub expires_at: i64,
    /// The owner's own number for it; 0 for none.
    pub reference: u64,
}

impl GrantTerms {
    /// Errors: `ZeroAmount`, `InvalidGrant`.
    pub fn validate(&self, now: i64) -> ProgramResult<()> {
        require(self.shares > 0, TokenError::ZeroAmount)?;
        let longest = i64::from(MAX_VESTING);
        let lasts = (1..=MAX_VESTING).contains(&self.duration_seconds);
        let end = self.start.checked_add(i64::from(self.duration_seconds));
        let end = end.ok_or(TokenError::InvalidGrant)?;
        let near = self.start >= now.saturating_sub(longest) && end <= now.saturating_add(longest);
        let fits = near && lasts && self.cliff_seconds <= self.duration_seconds;
        require(fits, TokenError::InvalidGrant)
    }
}

impl GrantOffer {
    /// Errors: `ZeroAmount`, `InvalidGrant`, `InvalidGrantOffer`.
    pub fn validate(&self, now: i64) -> ProgramResult<()> {
        self.terms.validate(now)?;
        let latest = now.saturating_add(i64::from(MAX_GRANT_OFFER));
        let lasts = self.expires_at > now && self.expires_at <= latest;
        let named = self.beneficiary != Pubkey::default();
        require(lasts && named, TokenError::InvalidGrantOffer)
    }
}

/// What a revocation does: computed before anything changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revocation {
    /// Share atoms that are burned.
    pub burned: u64,
    /// Atoms of each asset, by place, that go from the reserve back to the endowment.
    pub returned: [u64; MAX_ASSETS],
    /// What the burned shares had earned, by stream, in Q64.64 payout atoms.
    pub earned: [u128; MAX_STREAMS],
}

/// Whole atoms of Q64.64 amounts, rounded down.
pub fn whole(amounts: &[u128; MAX_STREAMS]) -> [u64; MAX_STREAMS] {
    amounts.map(|amount| payable(amount).0.0)
}

impl Grant {
    /// Fills a new account with an offer that locks `backing`.
    pub(crate) fn offer(
        &mut self,
        token: &Pubkey,
        rent_payer: &Pubkey,
        number: u64,
        bump: u8,
        offer: &GrantOffer,
        backing: [u64; MAX_ASSETS],
    ) {
        let terms = &offer.terms;
        self.version = VERSION;
        self.bump = bump;
        self.status = GrantStatus::Offered.into();
        self.revocable = u8::from(terms.revocable);
        self.token = *token;
        self.beneficiary = offer.beneficiary;
        self.rent_payer = *rent_payer;
        self.number = number;
        self.reference = offer.reference;
        self.shares = terms.shares;
        self.start = terms.start;
        self.cliff_seconds = terms.cliff_seconds;
        self.duration_seconds = terms.duration_seconds;
        self.expires_at = offer.expires_at;
        self.backing = backing;
    }

    /// What its life has come to.
    pub fn status(&self) -> ProgramResult<GrantStatus> {
        self.status.get()
    }

    /// Refuses a grant that is no offer. Errors: `GrantAccepted`.
    pub fn require_offered(&self) -> ProgramResult<()> {
        let offered = self.status()? == GrantStatus::Offered;
        require(offered, TokenError::GrantAccepted)
    }

    fn require_accepted(&self) -> ProgramResult<()> {
        let offered = self.status()? == GrantStatus::Offered;
        require(!offered, TokenError::GrantNotAccepted)
    }

    /// Whether its offer can no longer be accepted at unix second `now`.
    pub fn is_lapsed(&self, now: i64) -> bool {
        now > self.expires_at
    }

    /// Share atoms that have vested at unix second `now`, collected ones among them: in a
    /// wind-down those that had when it began, and none while it is on offer.
    pub fn vested(&self, token: &PersonalToken, now: i64) -> ProgramResult<u64> {
        match self.status()? {
            GrantStatus::Offered => Ok(0),
            GrantStatus::Revoked => Ok(self.shares),
            GrantStatus::Accepted => {
                let (total, now) = (Shares(self.shares), token.vests_until(now)?);
                let (cliff, duration) = (self.cliff_seconds, self.duration_seconds);
                Ok(vested(total, self.start, cliff, duration, now)?.0)
            }
        }
    }

    /// Share atoms that exist and have not vested at unix second `now`.
    pub fn unvested(&self, token: &PersonalToken, now: i64) -> ProgramResult<u64> {
        if self.status()? == GrantStatus::Offered {
            return Ok(0);
        }
        let vested = self.vested(token, now)?;
        sub(self.shares, vested, TokenError::InvariantBroken)
    }

    /// Share atoms that exist and were not collected: what this account holds.
    pub fn held(&self) -> ProgramResult<u64> {
        if self.status()? == GrantStatus::Offered {
            return Ok(0);
        }
        sub(self.shares, self.collected, TokenError::InvariantBroken)
    }

    /// Share atoms that have vested at unix second `now` and were not collected.
    pub fn collectable(&self, token: &PersonalToken, now: i64) -> ProgramResult<u64> {
        let vested = self.vested(token, now)?;
        sub(vested, self.collected, TokenError::InvariantBroken)
    }

    /// What `shares` of its share atoms earned since it was accepted, by stream, in Q64.64
    /// payout atoms: `shares * (index - since)`, exactly. Streams MUST be released to now.
    pub fn earned(&self, token: &PersonalToken, shares: u64) -> ProgramResult<[u128; MAX_STREAMS]> {
        let mut all = [0; MAX_STREAMS];
        let active = token.active_streams()?.iter().zip(&self.since);
        for (earned, (stream, since)) in all.iter_mut().zip(active) {
            *earned = accrued(Shares(shares), stream.index.unsigned(), since.unsigned())?;
        }
        Ok(all)
    }

    /// Takes what has vested out and returns it. Errors: `GrantNotAccepted`,
    /// `NothingToCollect`.
    pub(crate) fn collect(&mut self, token: &PersonalToken, now: i64) -> ProgramResult<u64> {
        self.require_accepted()?;
        let shares = self.collectable(token, now)?;
        require(shares > 0, TokenError::NothingToCollect)?;
        self.collected = add(self.collected, shares)?;
        Ok(shares)
    }

    /// What revoking all that has not vested would do at unix second `now`. Streams MUST be
    /// released to now. Errors: `GrantNotAccepted`, `GrantVested`.
    pub fn revocation(&self, token: &PersonalToken, now: i64) -> ProgramResult<Revocation> {
        self.require_accepted()?;
        let burned = self.unvested(token, now)?;
        require(burned > 0, TokenError::GrantVested)?;
        let mut returned = [0; MAX_ASSETS];
        let places = returned.iter_mut().zip(&token.assets).zip(&self.backing);
        for ((returned, asset), brought) in places {
            if *brought > 0 {
                let (unvested, granted) = (Shares(burned), Shares(self.shares));
                let (reserve, brought) = (Atoms(asset.reserve), Atoms(*brought));
                let supply = Shares(token.supply);
                *returned = given_back(reserve, brought, unvested, granted, supply)?.0;
            }
        }
        Ok(Revocation {
            burned,
            returned,
            earned: self.earned(token, burned)?,
        })
    }

    /// Refuses to close it while it is on offer or holds shares. Errors:
    /// `GrantNotAccepted`, `GrantNotEmpty`.
    pub fn require_over(&self) -> ProgramResult<()> {
        self.require_accepted()?;
        require(self.held()? == 0, TokenError::GrantNotEmpty)
    }
}

impl PersonalToken {
    /// The second at which grants have vested as far as at `now`: they stop when a
    /// wind-down begins.
    pub fn vests_until(&self, now: i64) -> ProgramResult<i64> {
        Ok(match self.status()? {
            TokenStatus::Active => now,
            TokenStatus::WindDown => now.min(self.wound_up_at),
        })
    }

    /// Reserves cap, room and endowment for an offer of `shares`, which would bring `parts`;
    /// takes the next number. Returns both. MUST run after [`Self::release`]. Errors:
    /// `SupplyCapExceeded`, `YearlyRoomExceeded`, `EndowmentShort`.
    pub(crate) fn reserve_grant(
        &mut self,
        shares: u64,
        parts: &Parts,
        now: i64,
    ) -> ProgramResult<(u64, [u64; MAX_ASSETS])> {
        self.offer(shares, now)?;
        let locked = self.lock_parts(parts, Brought::ByEndowment)?;
        let number = self.grants;
        self.grants = add(number, 1)?;
        Ok((number, locked))
    }

    /// An offer ends: what it reserved is free again.
    pub(crate) fn free_grant(&mut self, grant: &mut Grant) -> ProgramResult<()> {
        grant.require_offered()?;
        self.end_offer(grant.shares)?;
        self.unlock_parts(&mut grant.backing, grant.shares, grant.shares)
    }

    /// Creates an accepted grant's shares, which bring `parts`: the offer was freed before.
    /// The mint MUST grow by as many; [`Self::release`] runs before.
    pub(crate) fn accept_grant(
        &mut self,
        grant: &mut Grant,
        parts: &Parts,
        now: i64,
    ) -> ProgramResult<()> {
        let shares = grant.shares;
        grant.room = shares.saturating_sub(self.launch_left());
        grant.status = GrantStatus::Accepted.into();
        grant.accepted_at = now;
        grant.backing = parts.reserve;
        self.create_shares(shares, parts, Brought::ByEndowment, now)?;
        grant.room_period = self.made_period;
        grant.since = self.checkpoints();
        grant.royalty = self.royalty_mark();
        self.invariant()
    }

    /// Takes back what has not vested of a grant: its shares are burned, what they brought
    /// goes back to the endowment, what they earned to the streams, and they never took
    /// room. The mint MUST shrink by as many; [`Self::release`] runs before.
    pub(crate) fn revoke_grant(
        &mut self,
        grant: &mut Grant,
        revocation: &Revocation,
        now: i64,
    ) -> ProgramResult<()> {
        let burned = revocation.burned;
        grant.shares = sub(grant.shares, burned, TokenError::InvariantBroken)?;
        grant.status = GrantStatus::Revoked.into();
        let room = burned.min(grant.room);
        let made = self.created_lately(now);
        let made = made.take_back(Shares(room), grant.room_period)?;
        self.made = made.by_period;
        self.made_period = made.period;
        self.created = sub(self.created, burned, TokenError::InvariantBroken)?;
        self.supply = sub(self.supply, burned, TokenError::InvariantBroken)?;
        self.registered = sub(self.registered, burned, TokenError::InvariantBroken)?;
        if self.registered == 0 {
            self.end_streams(&grant.token)?;
        }
        for (asset, returned) in self.assets.iter_mut().zip(revocation.returned) {
            asset.reserve = sub(asset.reserve, returned, TokenError::InvariantBroken)?;
            asset.endowment = add(asset.endowment, returned)?;
        }
        for (place, earned) in revocation.earned.iter().enumerate() {
            self.stream_again(place, *earned, now)?;
        }
        self.invariant()
    }
}

const _: () = assert!(core::mem::size_of::<Grant>() == 8 + 96 + 10 * 8 + 64 + 64 + 32);
