//! Who attests claims, what they say, and who vouches for creators.

use {
    super::{Claim, Model, Predicted, Reason, require},
    upside_sdk::{
        Pubkey, TokenError,
        state::{Statement, Voucher},
    },
};

/// Most attesters of a token.
pub const MOST: usize = 16;
/// Longest life of a statement, in seconds.
const LONGEST: i64 = 2 * 365 * 86_400;

/// Who may attest a token's claims.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attesters {
    /// How many fresh attestations make a claim attested.
    pub threshold: u8,
    /// A lower one that was announced, and from when on it applies.
    pub announced: Option<(u8, i64)>,
    /// The attesters by their places, with from when on each may be removed.
    pub places: [Option<(Pubkey, Option<i64>)>; MOST],
}

impl Attesters {
    /// Whether this key may attest.
    pub fn contains(&self, key: &Pubkey) -> bool {
        self.places.iter().flatten().any(|(own, _)| own == key)
    }

    fn place(&mut self, key: &Pubkey) -> Predicted<&mut Option<(Pubkey, Option<i64>)>> {
        let mut places = self.places.iter_mut();
        let place = places.find(|place| place.is_some_and(|(own, _)| own == *key));
        Ok(place.ok_or(TokenError::NotAttester)?)
    }
}

/// A statement ends in the future, and within two years.
fn require_expiry(expires_at: i64, now: i64) -> Predicted {
    let fits = expires_at > now && expires_at <= now.saturating_add(LONGEST);
    require(fits, TokenError::InvalidExpiry)
}

impl Model {
    pub(super) fn claim_mut(&mut self, token: &Pubkey, number: u64) -> Predicted<&mut Claim> {
        let claim = self.claims.get_mut(&(*token, number));
        claim.ok_or(Reason::Missing.into())
    }

    fn list(&self, token: &Pubkey) -> Predicted<&Attesters> {
        self.attesters.get(token).ok_or(Reason::Missing.into())
    }

    fn list_mut(&mut self, token: &Pubkey) -> Predicted<&mut Attesters> {
        self.attesters.get_mut(token).ok_or(Reason::Missing.into())
    }

    /// The owner signs for a change of the list. Returns when a notice given now is over.
    fn govern_list(&mut self, token: &Pubkey, by: &Pubkey) -> Predicted<i64> {
        let now = self.now;
        self.list(token)?;
        let it = self.token_mut(token)?;
        it.signed_by(by, now)?;
        it.tell();
        Ok(now + i64::from(it.terms.notice_seconds))
    }

    /// The owner adds an attester; the first one makes the list.
    ///
    /// # Errors
    /// `NotOwner`, `InvalidAttester`, `AlreadyAttester`, `AttesterListFull`.
    pub fn add_attester(&mut self, token: &Pubkey, by: &Pubkey, attester: &Pubkey) -> Predicted {
        let list = Attesters {
            threshold: 1,
            announced: None,
            places: [None; MOST],
        };
        self.attesters.entry(*token).or_insert(list);
        self.govern_list(token, by)?;
        let somebody = *attester != Pubkey::default() && attester != by;
        require(somebody, TokenError::InvalidAttester)?;
        let list = self.list_mut(token)?;
        let known = list.contains(attester);
        require(!known, TokenError::AlreadyAttester)?;
        let free = list.places.iter_mut().find(|place| place.is_none());
        *free.ok_or(TokenError::AttesterListFull)? = Some((*attester, None));
        Ok(())
    }

    /// The owner announces a removal.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `NotAttester`.
    pub fn announce_attester_removal(
        &mut self,
        token: &Pubkey,
        by: &Pubkey,
        attester: &Pubkey,
    ) -> Predicted {
        let at = self.govern_list(token, by)?;
        *self.list_mut(token)?.place(attester)? = Some((*attester, Some(at)));
        Ok(())
    }

    /// Anybody removes an attester whose notice is over.
    ///
    /// # Errors
    /// `Missing`, `NotAttester`, `NothingToApply`, `NoticePending`.
    pub fn remove_attester(&mut self, token: &Pubkey, attester: &Pubkey) -> Predicted {
        let now = self.now;
        let place = self.list_mut(token)?.place(attester)?;
        let announced = place.and_then(|(_, at)| at);
        let at = announced.ok_or(TokenError::NothingToApply)?;
        require(now >= at, TokenError::NoticePending)?;
        *place = None;
        self.token_mut(token)?.tell();
        Ok(())
    }

    /// The owner sets how many it takes: more at once, fewer with notice.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `InvalidThreshold`.
    pub fn set_attester_threshold(
        &mut self,
        token: &Pubkey,
        by: &Pubkey,
        threshold: u8,
    ) -> Predicted {
        let at = self.govern_list(token, by)?;
        let list = self.list_mut(token)?;
        let fits = threshold >= 1 && usize::from(threshold) <= MOST;
        require(fits, TokenError::InvalidThreshold)?;
        list.announced = (threshold < list.threshold).then_some((threshold, at));
        list.threshold = list.threshold.max(threshold);
        Ok(())
    }

    /// Anybody applies a lower number whose notice is over.
    ///
    /// # Errors
    /// `Missing`, `NothingToApply`, `NoticePending`.
    pub fn apply_attester_threshold(&mut self, token: &Pubkey) -> Predicted {
        let now = self.now;
        let list = self.list_mut(token)?;
        let (threshold, at) = list.announced.ok_or(TokenError::NothingToApply)?;
        require(now >= at, TokenError::NoticePending)?;
        list.threshold = threshold;
        list.announced = None;
        self.token_mut(token)?.tell();
        Ok(())
    }

    /// An attester signs a statement on a claim, or signs again.
    ///
    /// # Errors
    /// `Missing`, `NotAttester`, `ClaimNotOpen`, `DocumentMismatch`, `InvalidExpiry`.
    pub fn attest_claim(
        &mut self,
        token: &Pubkey,
        number: u64,
        by: &Pubkey,
        statement: &Statement,
    ) -> Predicted {
        let now = self.now;
        let listed = self.list(token)?.contains(by);
        let claim = self.claim(token, number)?;
        require(listed, TokenError::NotAttester)?;
        require(claim.is_open(), TokenError::ClaimNotOpen)?;
        let same = statement.document == claim.document;
        require(same, TokenError::DocumentMismatch)?;
        require_expiry(statement.expires_at, now)?;
        let place = (*token, number, *by);
        let before = self.attestations.insert(place, (*statement, now));
        let claim = self.claim_mut(token, number)?;
        claim.attestations += u64::from(before.is_none());
        self.token_mut(token)?.tell();
        Ok(())
    }

    /// An attester takes a statement back.
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
        require(by == attester, TokenError::NotAttester)?;
        self.attestations.remove(&place);
        self.claim_mut(token, number)?.attestations -= 1;
        self.token_mut(token)?.tell();
        Ok(())
    }

    /// An attester disputes a claim.
    ///
    /// # Errors
    /// `Missing`, `NotAttester`, `ClaimNotOpen`, `AlreadyDisputed`.
    pub fn dispute_claim(&mut self, token: &Pubkey, number: u64, by: &Pubkey) -> Predicted {
        let listed = self.list(token)?.contains(by);
        let claim = self.claim_mut(token, number)?;
        require(listed, TokenError::NotAttester)?;
        require(claim.is_open(), TokenError::ClaimNotOpen)?;
        let free = claim.disputed_by == Pubkey::default();
        require(free, TokenError::AlreadyDisputed)?;
        claim.disputed_by = *by;
        self.token_mut(token)?.tell();
        Ok(())
    }

    /// Who disputed withdraws it; the owner may where that key attests no more.
    ///
    /// # Errors
    /// `Missing`, `NotDisputed`, `NotAttester`.
    pub fn resolve_dispute(&mut self, token: &Pubkey, number: u64, by: &Pubkey) -> Predicted {
        let list = *self.list(token)?;
        let owns = self.token(token)?.owner == *by;
        let claim = self.claim_mut(token, number)?;
        let who = claim.disputed_by;
        require(who != Pubkey::default(), TokenError::NotDisputed)?;
        let may = who == *by || (owns && !list.contains(&who));
        require(may, TokenError::NotAttester)?;
        claim.disputed_by = Pubkey::default();
        self.token_mut(token)?.tell();
        Ok(())
    }

    /// Somebody vouches for a token's creator, or vouches again.
    ///
    /// # Errors
    /// `Missing`, `InvalidAttester`, `NotOwner`, `InvalidSubject`, `InvalidExpiry`.
    pub fn vouch_identity(&mut self, token: &Pubkey, by: &Pubkey, voucher: &Voucher) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        let other = *by != it.creator && *by != it.owner;
        require(other, TokenError::InvalidAttester)?;
        require(voucher.owner == it.owner, TokenError::NotOwner)?;
        require(voucher.subject != [0; 32], TokenError::InvalidSubject)?;
        require_expiry(voucher.expires_at, now)?;
        it.tell();
        self.identities.insert((*token, *by), (*voucher, now));
        Ok(())
    }

    /// Who vouched takes it back.
    ///
    /// # Errors
    /// `Missing`, `NotAttester`.
    pub fn revoke_identity(&mut self, token: &Pubkey, voucher: &Pubkey, by: &Pubkey) -> Predicted {
        let place = (*token, *voucher);
        let there = self.identities.contains_key(&place);
        require(there, Reason::Missing)?;
        let ends = self.identities[&place].0.expires_at;
        let over = self.token(token)?.wound_up || self.now > ends;
        require(over || by == voucher, TokenError::NotAttester)?;
        self.identities.remove(&place);
        self.token_mut(token)?.tell();
        Ok(())
    }
}
