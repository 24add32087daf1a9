//! What may be asked.

use {
    crate::model::{
        Model, Predicted, Reason, claim::ClaimKind, claim::require_near, require,
        token::check_terms,
    },
    upside_sdk::{
        Pubkey, TokenError,
        state::{AuctionTerms, Change, TermsInput},
    },
};

/// The numbers of a change: value, end, share, units and seconds.
pub type Numbers = (u64, i64, u16, u64, u32);

/// A change's place in the list of changes, and its new numbers.
pub fn numbers(change: &Change) -> (u8, Numbers) {
    let (kind, value) = match *change {
        Change::SupplyCap(value) => (0, value),
        Change::Room(bps) => (1, bps.into()),
        Change::CashOutTax(bps) => (2, bps.into()),
        Change::Royalty(bps) => (3, bps.into()),
        Change::ReserveShare(bps) => (4, bps.into()),
        Change::Drip(seconds) => (5, seconds.into()),
        Change::RevenueTerms {
            share_bps,
            total,
            ends_at,
            ..
        } => return (6, (total, ends_at, share_bps, 0, 0)),
        Change::RevenueEnd(_) => (7, 1),
        Change::AcceptAttester(_) => (8, 1),
        Change::Exempt(_) => (9, 1),
        Change::Threshold(bps) => (10, bps.into()),
        Change::Notice(seconds) => (11, seconds.into()),
        Change::Inactivity(seconds) => (12, seconds.into()),
        Change::LossLimit(atoms) => (13, atoms),
        Change::ResolveClaim(_) => (14, 0),
        Change::Floor(value) => (15, value),
        Change::RemoveAttester(_) => (16, 0),
        Change::DisputeClaim(_) => (17, 1),
        Change::Dissolve => (18, 1),
        Change::Auction {
            units,
            value,
            seconds,
            ..
        } => return (19, (value, 0, 0, units, seconds)),
        Change::BookSurplus(_) => (20, 1),
    };
    (kind, (value, 0, 0, 0, 0))
}

/// The claim or the place of the asset that a change is about.
pub fn about(change: &Change) -> u64 {
    match *change {
        Change::Exempt(place) | Change::BookSurplus(place) => place.into(),
        _ => change.claim().unwrap_or(0),
    }
}

/// The auction that a change announces.
pub fn auction(change: &Change) -> Option<AuctionTerms> {
    let Change::Auction {
        units,
        value,
        seconds,
        ..
    } = *change
    else {
        return None;
    };
    Some(AuctionTerms {
        units,
        start: value.saturating_mul(2),
        end: value / 2 + value % 2,
        seconds,
    })
}

/// Whether a change may take something from holders.
pub(crate) fn is_against_holders(change: &Change, terms: &TermsInput) -> bool {
    match *change {
        Change::CashOutTax(bps) => bps >= terms.cash_out_tax_bps,
        Change::Royalty(bps) => bps >= terms.royalty_bps,
        Change::RemoveAttester(_)
        | Change::DisputeClaim(_)
        | Change::BookSurplus(_)
        | Change::Floor(_)
        | Change::Dissolve => false,
        _ => true,
    }
}

/// Whether the owner makes it alone.
pub(crate) fn is_relaxed(change: &Change, terms: &TermsInput) -> bool {
    match *change {
        Change::SupplyCap(cap) => cap < terms.supply_cap,
        Change::CashOutTax(bps) => bps < terms.cash_out_tax_bps,
        Change::Royalty(bps) => bps < terms.royalty_bps,
        Change::Floor(_) | Change::BookSurplus(_) => true,
        _ => false,
    }
}

impl Model {
    /// The numbers that a change replaces.
    fn present(&self, token: &Pubkey, change: &Change) -> Predicted<Numbers> {
        let it = self.token(token)?;
        let terms = &it.terms;
        let disputed = |claim| -> Predicted<u64> {
            let claim = self.claim(token, claim)?;
            Ok(u64::from(claim.disputed_by_holders))
        };
        let accepted = |key: &Pubkey| -> Predicted<u64> {
            let list = self.attesters.get(token).ok_or(Reason::Missing)?;
            Ok(u64::from(list.contains(key)))
        };
        let value = match *change {
            Change::SupplyCap(_) => terms.supply_cap,
            Change::Room(_) => terms.room_bps.into(),
            Change::CashOutTax(_) => terms.cash_out_tax_bps.into(),
            Change::Royalty(_) => terms.royalty_bps.into(),
            Change::ReserveShare(_) => terms.reserve_bps.into(),
            Change::Drip(_) => terms.drip_seconds.into(),
            Change::RevenueTerms { claim, .. } => {
                let claim = self.claim(token, claim)?;
                return Ok((claim.total, claim.ends_at, claim.share_bps, 0, 0));
            }
            Change::RevenueEnd(claim) => u64::from(!self.claim(token, claim)?.is_open()),
            Change::AcceptAttester(key) | Change::RemoveAttester(key) => accepted(&key)?,
            Change::Exempt(place) => u64::from(it.exempt.contains(&place)),
            Change::Threshold(_) => terms.poll_threshold_bps.into(),
            Change::Notice(_) => terms.notice_seconds.into(),
            Change::Inactivity(_) => terms.inactivity_seconds.into(),
            Change::LossLimit(_) => terms.loss_limit,
            Change::ResolveClaim(claim) | Change::DisputeClaim(claim) => disputed(claim)?,
            Change::Floor(_) => terms.floor,
            Change::Dissolve => it.wound_up.into(),
            Change::Auction { claim, units, .. } => {
                self.highest_fresh(token, claim, units)?.unwrap_or(0)
            }
            Change::BookSurplus(_) => 0,
        };
        Ok((value, 0, 0, 0, 0))
    }

    /// Whether a change may be put and applied now. Returns what it replaces and the terms
    /// after it.
    pub(crate) fn check_change(
        &self,
        token: &Pubkey,
        change: &Change,
    ) -> Predicted<(Numbers, TermsInput)> {
        let it = self.token(token)?;
        it.require_active()?;
        let (before, (_, after)) = (self.present(token, change)?, numbers(change));
        require(before != after, TokenError::NothingToChange)?;
        let mut terms = it.terms;
        match *change {
            Change::SupplyCap(cap) => terms.supply_cap = cap,
            Change::Room(bps) => terms.room_bps = bps,
            Change::CashOutTax(bps) => terms.cash_out_tax_bps = bps,
            Change::Royalty(bps) => terms.royalty_bps = bps,
            Change::ReserveShare(bps) => terms.reserve_bps = bps,
            Change::Drip(seconds) => terms.drip_seconds = seconds,
            Change::Threshold(bps) => terms.poll_threshold_bps = bps,
            Change::Notice(seconds) => terms.notice_seconds = seconds,
            Change::Inactivity(seconds) => terms.inactivity_seconds = seconds,
            Change::LossLimit(atoms) => terms.loss_limit = atoms,
            Change::Floor(floor) => {
                require(floor < terms.floor, TokenError::FloorOnlyFalls)?;
                terms.floor = floor;
            }
            Change::RevenueTerms { claim, .. } => {
                let claim = self.claim(token, claim)?;
                claim.checks(ClaimKind::Revenue).end()?;
                let (total, ends_at, share, ..) = after;
                let part = (1..=10_000).contains(&share);
                let fits = part && total > claim.received && ends_at > self.now;
                require(fits, TokenError::InvalidClaim)?;
                require_near(ends_at, self.now)?;
            }
            Change::RevenueEnd(claim) => {
                let claim = self.claim(token, claim)?;
                claim.checks(ClaimKind::Revenue).end()?;
            }
            Change::DisputeClaim(claim) => {
                let open = self.claim(token, claim)?.is_open();
                require(open, TokenError::ClaimNotOpen)?;
            }
            Change::ResolveClaim(claim) => {
                let by_poll = self.claim(token, claim)?.disputed_by_holders;
                require(by_poll, TokenError::NotDisputed)?;
            }
            Change::Exempt(place) => {
                let asset = it.assets.get(usize::from(place));
                let asset = asset.ok_or(TokenError::AssetNotListed)?;
                require(asset.immovable_at != 0, TokenError::AssetMoves)?;
            }
            Change::AcceptAttester(key) => {
                let named = key != Pubkey::default() && key != it.owner;
                require(named, TokenError::InvalidAttester)?;
            }
            Change::Auction { claim, value, .. } => {
                let claim = self.claim(token, claim)?;
                let terms = auction(change).expect("it is an auction");
                let mut checks = claim.checks(ClaimKind::Tokenized);
                claim.auction_checks(&terms, before.0, self.now, &mut checks);
                checks.require(value <= u64::MAX / 2, TokenError::InvalidAuction);
                checks.end()?;
            }
            Change::BookSurplus(place) => {
                let listed = usize::from(place) < it.assets.len();
                require(listed, TokenError::AssetNotListed)?;
                require(!self.escrows(token), TokenError::PollWhileEscrow)?;
            }
            Change::RemoveAttester(_) | Change::Dissolve => {}
        }
        check_terms(&terms)?;
        let taken = u128::from(it.supply) + u128::from(self.tally(token).offered);
        let room = taken <= u128::from(terms.supply_cap);
        require(room, TokenError::SupplyCapExceeded)?;
        Ok((before, terms))
    }
}
