//! Attesters, attestations of claims, and identity attestations.

use {
    crate::model::{
        Claim, Model, Predicted, Reason,
        claim::ClaimKind,
        number::{ceil64, floor64},
        require,
    },
    num_bigint::BigUint,
    upside_sdk::{Pubkey, TokenError, state::Statement},
};

/// Most attesters of a token.
pub const MOST: usize = 8;
/// Longest life of a statement, in seconds.
pub(crate) const LONGEST: i64 = 2 * 365 * 86_400;

/// An attester in its seat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seat {
    /// Who.
    pub key: Pubkey,
    /// Since when.
    pub since: i64,
    /// 0 by the owner, 1 by a poll, 2 as a successor.
    pub origin: u8,
    /// Who takes it, and from when on.
    pub successor: Option<(Pubkey, i64)>,
}

/// Whose word on a token's claims counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attesters {
    /// How many fresh attestations make a claim attested.
    pub threshold: u8,
    /// The attesters by their seats.
    pub seats: [Option<Seat>; MOST],
}

impl Attesters {
    /// The seat of a key.
    pub fn seat(&self, key: &Pubkey) -> Option<usize> {
        let seats = self.seats.iter();
        let mut found = seats.map(|seat| seat.is_some_and(|seat| seat.key == *key));
        found.position(|is| is)
    }

    /// Whether this key may attest.
    pub fn contains(&self, key: &Pubkey) -> bool {
        self.seat(key).is_some()
    }
}

/// What somebody signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signed {
    /// The statement.
    pub said: Statement,
    /// When it was signed last.
    pub signed_at: i64,
    /// Since when its cost was.
    pub cost_at: i64,
}

/// A statement ends in the future, and within two years.
pub(crate) fn require_expiry(expires_at: i64, now: i64) -> Predicted {
    let fits = expires_at > now && expires_at <= now.saturating_add(LONGEST);
    require(fits, TokenError::InvalidExpiry)
}

impl Model {
    pub(crate) fn claim_mut(&mut self, token: &Pubkey, number: u64) -> Predicted<&mut Claim> {
        let claim = self.claims.get_mut(&(*token, number));
        claim.ok_or(Reason::Missing.into())
    }

    pub(crate) fn list(&self, token: &Pubkey) -> Predicted<&Attesters> {
        self.attesters.get(token).ok_or(Reason::Missing.into())
    }

    pub(crate) fn list_mut(&mut self, token: &Pubkey) -> Predicted<&mut Attesters> {
        self.attesters.get_mut(token).ok_or(Reason::Missing.into())
    }

    /// The owner names attesters while alone; the first call makes the list.
    ///
    /// # Errors
    /// `NotOwner`, `WoundUp`, `NotAlone`, `InvalidAttester`, `AlreadyAttester`,
    /// `AttesterListFull`.
    pub fn add_attesters(&mut self, token: &Pubkey, by: &Pubkey, keys: &[Pubkey]) -> Predicted {
        let (now, alone) = (self.now, self.is_owners_alone(token)?);
        let none = Attesters {
            threshold: 1,
            seats: [None; MOST],
        };
        if keys.is_empty() {
            let first = !self.attesters.contains_key(token);
            require(first, TokenError::InvalidAttester)?;
            self.attesters.insert(*token, none);
            return Ok(());
        }
        let it = self.token_mut(token)?;
        crate::model::Checks::new()
            .all(it.signed_by(by, now))
            .all(it.require_active())
            .require(alone, TokenError::NotAlone)
            .end()?;
        let mut list = *self.attesters.entry(*token).or_insert(none);
        for key in keys {
            let somebody = *key != Pubkey::default() && key != by;
            require(somebody, TokenError::InvalidAttester)?;
            require(!list.contains(key), TokenError::AlreadyAttester)?;
            let free = list.seats.iter_mut().find(|seat| seat.is_none());
            *free.ok_or(TokenError::AttesterListFull)? = Some(Seat {
                key: *key,
                since: now,
                origin: 0,
                successor: None,
            });
            self.token_mut(token)?.report();
        }
        self.attesters.insert(*token, list);
        Ok(())
    }

    /// The owner removes an attester while alone.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `NotAlone`, `NotAttester`.
    pub fn remove_attester(&mut self, token: &Pubkey, by: &Pubkey, key: &Pubkey) -> Predicted {
        let (now, alone) = (self.now, self.is_owners_alone(token)?);
        let seat = self.list(token)?.seat(key);
        let it = self.token_mut(token)?;
        crate::model::Checks::new()
            .all(it.signed_by(by, now))
            .require(alone, TokenError::NotAlone)
            .require(seat.is_some(), TokenError::NotAttester)
            .end()?;
        it.report();
        self.list_mut(token)?.seats[seat.expect("checked")] = None;
        Ok(())
    }

    /// The owner sets how many it takes: fewer only while alone.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `InvalidThreshold`, `PollRequired`.
    pub fn set_attester_threshold(
        &mut self,
        token: &Pubkey,
        by: &Pubkey,
        threshold: u8,
    ) -> Predicted {
        let (now, alone) = (self.now, self.is_owners_alone(token)?);
        let present = self.list(token)?.threshold;
        let it = self.token_mut(token)?;
        crate::model::Checks::new()
            .all(it.signed_by(by, now))
            .require((1..=8).contains(&threshold), TokenError::InvalidThreshold)
            .require(alone || threshold >= present, TokenError::PollRequired)
            .end()?;
        it.report();
        self.list_mut(token)?.threshold = threshold;
        Ok(())
    }

    /// An attester names who takes its seat after the notice; zero for nobody.
    ///
    /// # Errors
    /// `Missing`, `NotAttester`, `InvalidAttester`, `AlreadyAttester`.
    pub fn name_successor(&mut self, token: &Pubkey, by: &Pubkey, to: &Pubkey) -> Predicted {
        let it = self.token(token)?;
        let at = self.now + i64::from(it.terms.notice_seconds);
        let owner = it.owner;
        let list = *self.list(token)?;
        let seat = list.seat(by).ok_or(TokenError::NotAttester)?;
        let named = *to != Pubkey::default();
        require(*to != owner, TokenError::InvalidAttester)?;
        require(!list.contains(to), TokenError::AlreadyAttester)?;
        let place = self.list_mut(token)?.seats[seat].as_mut().expect("seated");
        place.successor = named.then_some((*to, at));
        self.token_mut(token)?.report();
        Ok(())
    }

    /// A named successor takes a seat.
    ///
    /// # Errors
    /// `Missing`, `NotAttester`, `NotSuccessor`, `NoticePending`, `InvalidAttester`,
    /// `AlreadyAttester`.
    pub fn take_seat(&mut self, token: &Pubkey, from: &Pubkey, by: &Pubkey) -> Predicted {
        let (now, owner) = (self.now, self.token(token)?.owner);
        let list = *self.list(token)?;
        let seat = list.seat(from).ok_or(TokenError::NotAttester)?;
        let named = list.seats[seat].and_then(|seat| seat.successor);
        let named = named.filter(|(key, _)| key == by);
        let (_, at) = named.ok_or(TokenError::NotSuccessor)?;
        crate::model::Checks::new()
            .require(now >= at, TokenError::NoticePending)
            .require(*by != owner, TokenError::InvalidAttester)
            .require(!list.contains(by), TokenError::AlreadyAttester)
            .end()?;
        self.list_mut(token)?.seats[seat] = Some(Seat {
            key: *by,
            since: now,
            origin: 2,
            successor: None,
        });
        self.token_mut(token)?.report();
        Ok(())
    }

    /// Anybody but the owner signs a statement on a claim, or signs again.
    ///
    /// # Errors
    /// `Missing`, `InvalidAttester`, `ClaimNotOpen`, `DocumentMismatch`, `TermsMismatch`,
    /// `UnitsExceedHeld`, `InvalidStatement`, `InvalidExpiry`.
    pub fn attest_claim(
        &mut self,
        token: &Pubkey,
        number: u64,
        by: &Pubkey,
        said: &Statement,
    ) -> Predicted {
        let (now, claim) = (self.now, self.claim(token, number)?);
        let owner = self.token(token)?.owner;
        let terms = claim.terms(token, number);
        let revenue = claim.kind == ClaimKind::Revenue;
        let fits = (said.units == 0) == revenue && (!revenue || said.cost == 0);
        crate::model::Checks::new()
            .require(*by != owner, TokenError::InvalidAttester)
            .require(claim.is_open(), TokenError::ClaimNotOpen)
            .require(
                said.document == claim.document,
                TokenError::DocumentMismatch,
            )
            .require(said.terms == terms, TokenError::TermsMismatch)
            .require(said.units <= claim.held(), TokenError::UnitsExceedHeld)
            .require(fits, TokenError::InvalidStatement)
            .all(require_expiry(said.expires_at, now))
            .end()?;
        let place = (*token, number, *by);
        let before = self.attestations.get(&place);
        // A cost that was said before for each unit, without a break.
        let kept = before.filter(|old| {
            let fresh = old.said.terms == terms && now <= old.said.expires_at;
            let product = |a: u64, b: u64| BigUint::from(a) * b;
            fresh && product(said.cost, old.said.units) <= product(old.said.cost, said.units)
        });
        let cost_at = kept.map_or(now, |old| old.cost_at);
        self.attestations.insert(
            place,
            Signed {
                said: *said,
                signed_at: now,
                cost_at,
            },
        );
        self.token_mut(token)?.report();
        Ok(())
    }

    /// A statement is taken back, by who signed it; by anybody once the claim is over.
    ///
    /// # Errors
    /// `Missing`, `NotAttester`.
    pub fn revoke_attestation(
        &mut self,
        token: &Pubkey,
        number: u64,
        attester: &Pubkey,
        by: &Pubkey,
    ) -> Predicted {
        let place = (*token, number, *attester);
        let there = self.attestations.contains_key(&place);
        require(there, Reason::Missing)?;
        let claim = self.claims.get(&(*token, number));
        let over = claim.is_none_or(|claim| !claim.is_open());
        require(by == attester || over, TokenError::NotAttester)?;
        self.attestations.remove(&place);
        self.token_mut(token)?.report();
        Ok(())
    }

    /// Whether an attester of now disputes a claim.
    pub(crate) fn is_disputed(&self, token: &Pubkey, claim: &Claim) -> bool {
        let list = self.attesters.get(token);
        claim.disputed_by_holders
            || list.is_some_and(|list| {
                let mut seats = claim.disputes.iter();
                seats.any(|seat| list.seats[*seat].is_some())
            })
    }

    /// What accepted attesters have signed that is fresh; none unless it is enough.
    pub(crate) fn fresh(
        &self,
        token: &Pubkey,
        number: u64,
    ) -> Predicted<Option<Vec<(Seat, Signed)>>> {
        let claim = self.claim(token, number)?;
        let Some(list) = self.attesters.get(token) else {
            return Ok(None);
        };
        let fresh = self.all_fresh(token, number)?;
        let enough = fresh.len() >= usize::from(list.threshold);
        let attested = enough && !self.is_disputed(token, &claim);
        Ok(attested.then_some(fresh))
    }

    /// What accepted attesters have signed that is fresh, however few they are.
    pub(crate) fn all_fresh(&self, token: &Pubkey, number: u64) -> Predicted<Vec<(Seat, Signed)>> {
        let (now, claim) = (self.now, self.claim(token, number)?);
        let owner = self.token(token)?.owner;
        let Some(list) = self.attesters.get(token) else {
            return Ok(Vec::new());
        };
        let terms = claim.terms(token, number);
        let mut fresh = Vec::new();
        for seat in list.seats.iter().flatten() {
            let signed = self.attestations.get(&(*token, number, seat.key));
            let counts = |signed: &&Signed| {
                seat.key != owner
                    && signed.signed_at >= seat.since
                    && signed.said.terms == terms
                    && now <= signed.said.expires_at
            };
            fresh.extend(signed.filter(counts).map(|signed| (*seat, *signed)));
        }
        Ok(fresh)
    }

    /// The highest fresh accepted value of so many units, rounded up.
    ///
    /// # Errors
    /// `Missing`.
    pub fn highest(&self, token: &Pubkey, number: u64, units: u64) -> Predicted<Option<u64>> {
        let fresh = self.fresh(token, number)?;
        Ok(fresh.map(|fresh| highest_of(&fresh, units).unwrap_or(0)))
    }

    /// The same however few said so, and whether or not the claim is disputed.
    ///
    /// # Errors
    /// `Missing`.
    pub fn highest_fresh(&self, token: &Pubkey, number: u64, units: u64) -> Predicted<Option<u64>> {
        let fresh = self.all_fresh(token, number)?;
        Ok(highest_of(&fresh, units))
    }

    /// The cost of all units held that counts against holders.
    ///
    /// # Errors
    /// `Missing`.
    pub fn cost_that_counts(&self, token: &Pubkey, number: u64) -> Predicted<u64> {
        let claim = self.claim(token, number)?;
        let it = self.token(token)?;
        let notice = i64::from(it.terms.notice_seconds);
        let published = match it.first_round > claim.said_at {
            true => claim.published,
            false => 0,
        };
        let Some(fresh) = self.fresh(token, number)? else {
            return Ok(published);
        };
        let list = self.list(token)?;
        let ripe = fresh
            .iter()
            .filter(|(seat, signed)| {
                signed.cost_at >= seat.since && signed.cost_at + notice <= self.now
            })
            .count();
        let said = fresh.iter().map(|(_, signed)| {
            let units = signed.said.units.max(1);
            floor64(signed.said.cost, claim.held().min(units), units).expect("a part")
        });
        let lowest = said.min().unwrap_or(0).min(claim.cost);
        let enough = ripe >= usize::from(list.threshold);
        Ok(if enough {
            published.max(lowest)
        } else {
            published
        })
    }

    /// An accepted attester disputes a claim.
    ///
    /// # Errors
    /// `Missing`, `NotAttester`, `ClaimNotOpen`, `AlreadyDisputed`.
    pub fn dispute_claim(&mut self, token: &Pubkey, number: u64, by: &Pubkey) -> Predicted {
        let seat = self.list(token)?.seat(by);
        let claim = self.claim_mut(token, number)?;
        require(claim.is_open(), TokenError::ClaimNotOpen)?;
        let seat = seat.ok_or(TokenError::NotAttester)?;
        let first = claim.disputes.insert(seat);
        require(first, TokenError::AlreadyDisputed)?;
        self.token_mut(token)?.report();
        Ok(())
    }

    /// Who sits where a claim is disputed ends that; the owner what free seats left.
    ///
    /// # Errors
    /// `Missing`, `NotDisputed`, `NotAttester`.
    pub fn resolve_dispute(&mut self, token: &Pubkey, number: u64, by: &Pubkey) -> Predicted {
        let list = *self.list(token)?;
        let owns = self.token(token)?.owner == *by;
        let claim = self.claim_mut(token, number)?;
        let disputed = !claim.disputes.is_empty();
        require(disputed, TokenError::NotDisputed)?;
        let before = claim.disputes.len();
        claim.disputes.retain(|seat| match list.seats[*seat] {
            None => !owns,
            Some(seat) => owns || seat.key != *by,
        });
        let ended = claim.disputes.len() < before;
        require(ended, TokenError::NotAttester)?;
        self.token_mut(token)?.report();
        Ok(())
    }
}

/// The highest of these values of so many units, rounded up.
pub(crate) fn highest_of(fresh: &[(Seat, Signed)], units: u64) -> Option<u64> {
    let values = fresh.iter().map(|(_, signed)| {
        let (value, of) = (signed.said.value, signed.said.units.max(1));
        ceil64(value, units, of).unwrap_or(u64::MAX)
    });
    values.max()
}
