//! Changes of terms that holders vote on.

use {
    super::{Claim, ClaimKind, PersonalToken, Status, Terms, VERSION, add, terms::byte_enum},
    crate::error::{Outcome, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::Bps,
};

byte_enum! {
    /// Where an amendment stands. What was withdrawn or expired has no account any more.
    AmendmentStatus, InvariantBroken,
    /// Holders approve or not.
    Open = 0,
    /// It changed the terms; the account stays as the record of it.
    Applied = 1,
}

/// What an amendment changes. Nothing else about a token can be amended.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Most share atoms that may exist: not below supply and open rounds.
    SupplyCap(u64),
    /// Cumulative result that stays with the owner, in quote atoms.
    Floor(u64),
    /// Cash-out tax in basis points: up. The owner lowers it alone.
    CashOutTax(u16),
    /// Royalty in basis points: up. The owner lowers it alone.
    Royalty(u16),
    /// Part of payouts that goes to the reserve, in basis points.
    ReserveShare(u16),
    /// Seconds over which later payouts stream.
    Drip(u32),
    /// A revenue claim's terms.
    RevenueTerms {
        /// The claim's number.
        claim: u64,
        /// Part of gross revenue, in basis points.
        share_bps: u16,
        /// Most that will ever be paid, in its mint's atoms: above what was paid.
        total: u64,
        /// First second after the claim, unix time: in the future.
        ends_at: i64,
    },
    /// Part of the eligible votes that passes an amendment, in basis points.
    Threshold(u16),
    /// Seconds that changes are announced ahead.
    Notice(u32),
    /// Seconds without the owner's sign of life before an executor may act.
    Inactivity(u32),
    /// Winds the token up, for good.
    Dissolve,
}

/// The numbers of a change.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The value; of revenue terms the total. Of a dissolution the `Status`.
    pub value: u64,
    /// Revenue terms: first second after the claim, unix time.
    pub ends_at: i64,
    /// Revenue terms: part of gross revenue, in basis points.
    pub share_bps: u16,
    pub(crate) padding: [u8; 6],
}

/// A change of terms that holders vote on.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// What it changes: the place in [`Change`].
    pub kind: u8,
    /// An [`AmendmentStatus`].
    pub status: u8,
    pub(crate) padding: [u8; 4],
    /// The amendment's number, from 0.
    pub number: u64,
    /// The personal token.
    pub token: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// SHA-256 of what it says in full.
    pub document: [u8; 32],
    /// Revenue terms: the claim's number.
    pub claim: u64,
    /// Numbers before: at the proposal, once applied those that it replaced.
    pub before: Figures,
    /// Numbers after.
    pub after: Figures,
    /// When it was proposed, unix seconds.
    pub proposed_at: i64,
    /// From when on it may be applied, unix seconds.
    pub effective_at: i64,
    /// Last second in which it may be, unix time.
    pub expires_at: i64,
    /// When it was applied, unix seconds; 0 while it is open.
    pub applied_at: i64,
    pub(crate) reserved: [u64; 8],
}

fn figure(value: u64) -> Figures {
    Figures {
        value,
        ..Figures::default()
    }
}

fn differ(before: &Figures, after: &Figures) -> Outcome<()> {
    require(before != after, TokenError::NothingToChange)
}

impl Change {
    /// The place in this list.
    pub fn kind(&self) -> u8 {
        match self {
            Change::SupplyCap(_) => 0,
            Change::Floor(_) => 1,
            Change::CashOutTax(_) => 2,
            Change::Royalty(_) => 3,
            Change::ReserveShare(_) => 4,
            Change::Drip(_) => 5,
            Change::RevenueTerms { .. } => 6,
            Change::Threshold(_) => 7,
            Change::Notice(_) => 8,
            Change::Inactivity(_) => 9,
            Change::Dissolve => 10,
        }
    }

    /// Number of the claim that it is about.
    pub fn claim(&self) -> Option<u64> {
        match self {
            Change::RevenueTerms { claim, .. } => Some(*claim),
            _ => None,
        }
    }

    /// The numbers that it sets.
    pub fn figures(&self) -> Figures {
        match *self {
            Change::SupplyCap(value) | Change::Floor(value) => figure(value),
            Change::CashOutTax(bps)
            | Change::Royalty(bps)
            | Change::ReserveShare(bps)
            | Change::Threshold(bps) => figure(bps.into()),
            Change::Drip(seconds) | Change::Notice(seconds) | Change::Inactivity(seconds) => {
                figure(seconds.into())
            }
            Change::RevenueTerms {
                share_bps,
                total,
                ends_at,
                ..
            } => Figures {
                value: total,
                ends_at,
                share_bps,
                padding: [0; 6],
            },
            Change::Dissolve => figure(Status::WindDown as u64),
        }
    }

    /// The numbers that it replaces. `claim` is the one that it is about.
    pub fn present(&self, token: &PersonalToken, claim: Option<&Claim>) -> Outcome<Figures> {
        let terms = &token.terms;
        Ok(figure(match self {
            Change::SupplyCap(_) => terms.supply_cap,
            Change::Floor(_) => terms.floor,
            Change::CashOutTax(_) => terms.cash_out_tax_bps.into(),
            Change::Royalty(_) => terms.royalty_bps.into(),
            Change::ReserveShare(_) => terms.reserve_bps.into(),
            Change::Drip(_) => terms.drip_seconds.into(),
            Change::RevenueTerms { .. } => {
                let claim = claim.ok_or(TokenError::ClaimRequired)?;
                return Ok(Figures {
                    value: claim.total,
                    ends_at: claim.ends_at,
                    share_bps: claim.share_bps,
                    padding: [0; 6],
                });
            }
            Change::Threshold(_) => terms.amendment_threshold_bps.into(),
            Change::Notice(_) => terms.notice_seconds.into(),
            Change::Inactivity(_) => terms.inactivity_seconds.into(),
            Change::Dissolve => token.status.into(),
        }))
    }

    /// The terms after it. Errors: `InvalidTerms`.
    fn terms(&self, before: &Terms) -> Outcome<Terms> {
        let mut terms = before.args();
        match *self {
            Change::SupplyCap(cap) => terms.supply_cap = cap,
            Change::Floor(floor) => terms.floor = floor,
            Change::CashOutTax(bps) => terms.cash_out_tax_bps = bps,
            Change::Royalty(bps) => terms.royalty_bps = bps,
            Change::ReserveShare(bps) => terms.reserve_bps = bps,
            Change::Drip(seconds) => terms.drip_seconds = seconds,
            Change::Threshold(bps) => terms.amendment_threshold_bps = bps,
            Change::Notice(seconds) => terms.notice_seconds = seconds,
            Change::Inactivity(seconds) => terms.inactivity_seconds = seconds,
            Change::RevenueTerms { .. } | Change::Dissolve => {}
        }
        terms.validated()
    }

    /// Whether it may be proposed and applied now; returns the numbers that it replaces
    /// and the terms after it. Errors: `WoundUp`, `NothingToChange`, `AmendmentNotNeeded`,
    /// `InvalidTerms`, `SupplyCapExceeded`, `ClaimRequired`, and those of revenue claims.
    pub fn check(
        &self,
        token: &PersonalToken,
        claim: Option<&Claim>,
        now: i64,
    ) -> Outcome<(Figures, Terms)> {
        token.require_active()?;
        let about = claim.map(|claim| claim.number);
        require(about == self.claim(), TokenError::ClaimRequired)?;
        let (before, after) = (self.present(token, claim)?, self.figures());
        differ(&before, &after)?;
        let eases = match self {
            Change::CashOutTax(_) | Change::Royalty(_) => after.value < before.value,
            _ => false,
        };
        require(!eases, TokenError::AmendmentNotNeeded)?;
        if let Some(claim) = claim {
            claim.check_terms(&after, now)?;
        }
        let terms = self.terms(&token.terms)?;
        // What exists and what open rounds may still sell keeps its place.
        let taken = add(token.supply, token.offered)?;
        require(taken <= terms.supply_cap, TokenError::SupplyCapExceeded)?;
        Ok((before, terms))
    }
}

impl Claim {
    /// Errors: `WrongClaimKind`, `ClaimNotOpen`, `InvalidClaim`.
    fn check_terms(&self, terms: &Figures, now: i64) -> Outcome<()> {
        self.require_open(ClaimKind::RevenueShare)?;
        let fits = (1..=Bps::ONE.get()).contains(&terms.share_bps)
            && terms.value > self.received
            && terms.ends_at > now;
        require(fits, TokenError::InvalidClaim)
    }

    /// Other terms of revenue. What reports said is due stays within the new total.
    fn amend(&mut self, terms: &Figures, now: i64) {
        self.share_bps = terms.share_bps;
        self.total = terms.value;
        self.ends_at = terms.ends_at;
        self.due = self.due.min(terms.value);
        self.updated_at = now;
    }
}

/// Who proposes an amendment, of what and until when.
pub(crate) struct Proposal<'a> {
    /// The personal token.
    pub(crate) token: &'a Pubkey,
    /// Who pays the account's rent.
    pub(crate) rent_payer: &'a Pubkey,
    /// Bump of the amendment's address.
    pub(crate) bump: u8,
    /// What it changes.
    pub(crate) change: Change,
    /// SHA-256 of what it says in full.
    pub(crate) document: [u8; 32],
    /// Seconds after the notice period in which it may be applied.
    pub(crate) expires_in: u32,
}

/// Shortest and longest time in which an amendment may be applied, in seconds.
const PERIOD: (u32, u32) = (86_400, 90 * 86_400);

impl Amendment {
    /// Fills a new account and makes it the token's open amendment. Errors: those of
    /// [`Change::check`], `AmendmentOpen`, `InvalidAmendmentPeriod`.
    pub(crate) fn propose(
        &mut self,
        by: &Proposal,
        token: &mut PersonalToken,
        claim: Option<&Claim>,
        now: i64,
    ) -> Outcome<()> {
        let fits = (PERIOD.0..=PERIOD.1).contains(&by.expires_in);
        require(fits, TokenError::InvalidAmendmentPeriod)?;
        let (before, _) = by.change.check(token, claim, now)?;
        let effective_at = token.after_notice(now)?;
        let expires_at = effective_at.checked_add(i64::from(by.expires_in));
        let number = token.open_next()?;
        self.version = VERSION;
        self.bump = by.bump;
        self.kind = by.change.kind();
        self.status = AmendmentStatus::Open as u8;
        self.number = number;
        self.token = *by.token;
        self.rent_payer = *by.rent_payer;
        self.document = by.document;
        self.claim = by.change.claim().unwrap_or(0);
        self.before = before;
        self.after = by.change.figures();
        self.proposed_at = now;
        self.effective_at = effective_at;
        self.expires_at = expires_at.ok_or(TokenError::Overflow)?;
        Ok(())
    }

    /// Where it stands.
    pub fn status(&self) -> Outcome<AmendmentStatus> {
        self.status.try_into()
    }

    /// What it changes.
    pub fn change(&self) -> Outcome<Change> {
        let broken = TokenError::InvariantBroken;
        let value = self.after.value;
        let bps = || u16::try_from(value).map_err(|_| broken);
        let seconds = || u32::try_from(value).map_err(|_| broken);
        Ok(match self.kind {
            0 => Change::SupplyCap(value),
            1 => Change::Floor(value),
            2 => Change::CashOutTax(bps()?),
            3 => Change::Royalty(bps()?),
            4 => Change::ReserveShare(bps()?),
            5 => Change::Drip(seconds()?),
            6 => Change::RevenueTerms {
                claim: self.claim,
                share_bps: self.after.share_bps,
                total: value,
                ends_at: self.after.ends_at,
            },
            7 => Change::Threshold(bps()?),
            8 => Change::Notice(seconds()?),
            9 => Change::Inactivity(seconds()?),
            10 => Change::Dissolve,
            _ => return Err(broken),
        })
    }

    /// Refuses another amendment than the open one. Errors: `AmendmentNotOpen`.
    pub fn require_open(&self, token: &PersonalToken) -> Outcome<()> {
        let open = token.open_amendment == add(self.number, 1)?;
        require(open, TokenError::AmendmentNotOpen)
    }

    /// Errors: `AmendmentExpired`.
    pub fn require_alive(&self, now: i64) -> Outcome<()> {
        require(now <= self.expires_at, TokenError::AmendmentExpired)
    }

    /// Changes the terms. Whether it passed MUST be proven before. Errors: those of
    /// [`Change::check`].
    pub(crate) fn apply(
        &mut self,
        token: &mut PersonalToken,
        claim: Option<&mut Claim>,
        now: i64,
    ) -> Outcome<()> {
        let change = self.change()?;
        let (before, terms) = change.check(token, claim.as_deref(), now)?;
        let royalty = token.terms.royalty_bps;
        token.terms = terms;
        token.note_royalty(royalty)?;
        if let Some(claim) = claim {
            claim.amend(&self.after, now);
        }
        if change == Change::Dissolve {
            token.status = Status::WindDown as u8;
        }
        token.close_amendment();
        self.before = before;
        self.status = AmendmentStatus::Applied as u8;
        self.applied_at = now;
        Ok(())
    }
}

const _: () = assert!(core::mem::size_of::<Figures>() == 24);
const _: () = assert!(core::mem::size_of::<Amendment>() == 16 + 96 + 8 + 48 + 32 + 64);
