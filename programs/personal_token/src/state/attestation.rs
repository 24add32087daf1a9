//! Who attests a token's claims, and what they sign.

use {
    super::{Claim, ClaimKind, VERSION},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_support::Byte,
};

/// Most accepted attesters of a token.
pub const MAX_ATTESTERS: usize = 8;
/// Longest life of an attestation, in seconds: two years.
pub const MAX_ATTESTATION: i64 = 2 * 365 * 86_400;

upside_support::byte_enum! {
    /// How an accepted attester came to its seat.
    Origin, TokenError::InvariantBroken,
    /// Chosen by the owner while nobody else held shares or was buying any.
    Owner = 0,
    /// Accepted by a poll of holders.
    Poll = 1,
    /// Handed over by the attester before it.
    Successor = 2,
}

/// Whose word on a token's claims counts: who holders accepted, by buying shares of a token
/// that names them, or by a poll.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Attesters {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// How many fresh attestations of accepted attesters make a claim attested.
    pub threshold: u8,
    pub(crate) padding: [u8; 5],
    /// The personal token.
    pub token: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// The attesters by seat; zero where a seat is free.
    pub keys: [Pubkey; MAX_ATTESTERS],
    /// Since when each sits there, unix seconds: what it signed before counts nothing.
    pub since: [i64; MAX_ATTESTERS],
    /// To whom each hands its seat; zero where no successor was named.
    pub successors: [Pubkey; MAX_ATTESTERS],
    /// From when on the successor may take the seat, unix seconds.
    pub handover_at: [i64; MAX_ATTESTERS],
    /// An [`Origin`] for each seat.
    pub origins: [Byte<Origin>; MAX_ATTESTERS],
    pub(crate) reserved: [u64; 8],
}

impl Attesters {
    /// Fills a new account.
    pub(crate) fn open(&mut self, token: &Pubkey, rent_payer: &Pubkey, bump: u8) {
        self.version = VERSION;
        self.bump = bump;
        self.threshold = 1;
        self.token = *token;
        self.rent_payer = *rent_payer;
    }

    /// The seat of an accepted attester.
    pub fn seat(&self, key: &Pubkey) -> Option<usize> {
        let named = *key != Pubkey::default();
        self.keys.iter().position(|own| named && own == key)
    }

    /// Whether this key's word counts.
    pub fn contains(&self, key: &Pubkey) -> bool {
        self.seat(key).is_some()
    }

    /// The accepted attesters with their seats.
    pub fn seated(&self) -> impl Iterator<Item = (usize, &Pubkey)> {
        let free = Pubkey::default();
        self.keys
            .iter()
            .enumerate()
            .filter(move |(_, key)| **key != free)
    }

    /// How many attesters there are.
    pub fn count(&self) -> usize {
        self.seated().count()
    }

    /// How an attester came to its seat.
    pub fn origin(&self, seat: usize) -> ProgramResult<Origin> {
        let origin = self.origins.get(seat).copied();
        origin.ok_or(TokenError::InvariantBroken)?.get()
    }

    fn sit(&mut self, seat: usize, key: &Pubkey, origin: Origin, now: i64) -> ProgramResult<()> {
        let broken = TokenError::InvariantBroken;
        *self.keys.get_mut(seat).ok_or(broken)? = *key;
        *self.since.get_mut(seat).ok_or(broken)? = now;
        *self.origins.get_mut(seat).ok_or(broken)? = origin.into();
        *self.successors.get_mut(seat).ok_or(broken)? = Pubkey::default();
        *self.handover_at.get_mut(seat).ok_or(broken)? = 0;
        Ok(())
    }

    /// Who may sit here: somebody else than the owner, once.
    fn require_new(&self, key: &Pubkey, owner: &Pubkey) -> ProgramResult<()> {
        let named = *key != Pubkey::default() && key != owner;
        require(named, TokenError::InvalidAttester)?;
        require(!self.contains(key), TokenError::AlreadyAttester)
    }

    /// Gives somebody a free seat. That the owner is alone, or that a poll passed, MUST be
    /// proven before. Errors: `InvalidAttester`, `AlreadyAttester`, `AttesterListFull`.
    pub(crate) fn accept(
        &mut self,
        key: &Pubkey,
        owner: &Pubkey,
        origin: Origin,
        now: i64,
    ) -> ProgramResult<()> {
        self.require_new(key, owner)?;
        let free = Pubkey::default();
        let seat = self.keys.iter().position(|own| *own == free);
        let seat = seat.ok_or(TokenError::AttesterListFull)?;
        self.sit(seat, key, origin, now)
    }

    /// Frees an attester's seat. That the owner is alone, or that a poll passed, MUST be
    /// proven before. Errors: `NotAttester`.
    pub(crate) fn expel(&mut self, key: &Pubkey) -> ProgramResult<()> {
        let seat = self.seat(key).ok_or(TokenError::NotAttester)?;
        self.sit(seat, &Pubkey::default(), Origin::Owner, 0)
    }

    /// Sets how many fresh attestations it takes. With `lower` also fewer than now: that the
    /// owner is alone MUST be proven before. Errors:
    /// `InvalidThreshold`, `PollRequired`.
    pub(crate) fn set_threshold(&mut self, threshold: u8, lower: bool) -> ProgramResult<()> {
        let fits = (1..=MAX_ATTESTERS).contains(&usize::from(threshold));
        require(fits, TokenError::InvalidThreshold)?;
        let allowed = lower || threshold >= self.threshold;
        require(allowed, TokenError::PollRequired)?;
        self.threshold = threshold;
        Ok(())
    }

    /// An attester names who takes its seat from `at` on, unix seconds; zero for nobody.
    /// Errors: `NotAttester`, `InvalidAttester`, `AlreadyAttester`.
    pub(crate) fn name_successor(
        &mut self,
        attester: &Pubkey,
        successor: &Pubkey,
        owner: &Pubkey,
        at: i64,
    ) -> ProgramResult<()> {
        let seat = self.seat(attester).ok_or(TokenError::NotAttester)?;
        let named = *successor != Pubkey::default();
        if named {
            self.require_new(successor, owner)?;
        }
        let broken = TokenError::InvariantBroken;
        *self.successors.get_mut(seat).ok_or(broken)? = *successor;
        *self.handover_at.get_mut(seat).ok_or(broken)? = if named { at } else { 0 };
        Ok(())
    }

    /// The named successor takes the seat of `attester`. Errors: `NotAttester`,
    /// `NotSuccessor`, `NoticePending`, `InvalidAttester`, `AlreadyAttester`.
    pub(crate) fn succeed(
        &mut self,
        attester: &Pubkey,
        successor: &Pubkey,
        owner: &Pubkey,
        now: i64,
    ) -> ProgramResult<()> {
        let seat = self.seat(attester).ok_or(TokenError::NotAttester)?;
        let broken = TokenError::InvariantBroken;
        let named = *self.successors.get(seat).ok_or(broken)? == *successor;
        require(named, TokenError::NotSuccessor)?;
        self.require_new(successor, owner)?;
        let at = *self.handover_at.get(seat).ok_or(broken)?;
        require(now >= at, TokenError::NoticePending)?;
        self.sit(seat, successor, Origin::Successor, now)
    }

    /// Seats in use, as the bits of [`Claim::disputes`].
    pub fn occupied(&self) -> u8 {
        self.seated().fold(0, |bits, (seat, _)| bits | bit(seat))
    }
}

/// The bit of a seat.
pub(super) fn bit(seat: usize) -> u8 {
    let seat = u32::try_from(seat).unwrap_or(u32::MAX);
    1u8.checked_shl(seat).unwrap_or(0)
}

/// What somebody signed on a claim. Anybody may; whether it counts, the list of accepted
/// attesters says.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Attestation {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    pub(crate) padding: [u8; 6],
    /// The personal token.
    pub token: Pubkey,
    /// The claim.
    pub claim: Pubkey,
    /// Who signed.
    pub attester: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// The claim's terms that were signed: [`Claim::terms`] of then.
    pub terms: [u8; 32],
    /// SHA-256 of the evidence that was examined.
    pub document: [u8; 32],
    /// Units held that were signed; 0 of revenue.
    pub units: u64,
    /// What they are held to be worth, in quote atoms; of revenue in its mint's atoms.
    pub value: u64,
    /// What they cost, in quote atoms.
    pub cost: u64,
    /// Since when this cost, or a higher one, was signed without a break, unix seconds.
    pub cost_at: i64,
    /// When it was signed last, unix seconds.
    pub signed_at: i64,
    /// Last second in which it is fresh, unix time.
    pub expires_at: i64,
    /// The claim's number.
    pub number: u64,
    pub(crate) reserved: [u64; 8],
}

/// What an attester signs: a claim's terms, its units, their value and cost, the evidence,
/// and until when.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The claim's terms: [`Claim::terms`].
    pub terms: [u8; 32],
    /// SHA-256 of the evidence that was examined: the claim's own.
    pub document: [u8; 32],
    /// Units that are held at least; 0 of revenue.
    pub units: u64,
    /// What they are held to be worth, in quote atoms; of revenue what is still to come, in
    /// its mint's atoms.
    pub value: u64,
    /// What they cost the owner, in quote atoms; 0 of revenue.
    pub cost: u64,
    /// Last second in which it is fresh, unix time: at most two years ahead.
    pub expires_at: i64,
}

impl Attestation {
    /// Begins a new account of the claim with this number, which [`Self::sign`] fills.
    pub(crate) fn open(&mut self, keys: [&Pubkey; 4], number: u64, bump: u8) {
        let [token, claim, attester, rent_payer] = keys;
        self.version = VERSION;
        self.bump = bump;
        self.token = *token;
        self.claim = *claim;
        self.attester = *attester;
        self.rent_payer = *rent_payer;
        self.number = number;
    }

    /// Signs, or signs again. A cost that is higher than the one before, or that follows a
    /// signature that was not fresh any more, begins anew. Errors: `ClaimNotOpen`,
    /// `DocumentMismatch`, `TermsMismatch`, `UnitsExceedHeld`, `InvalidStatement`,
    /// `InvalidExpiry`.
    pub(crate) fn sign(
        &mut self,
        claim: &Claim,
        statement: &Statement,
        now: i64,
    ) -> ProgramResult<()> {
        require(claim.is_open()?, TokenError::ClaimNotOpen)?;
        let same = statement.document == claim.document;
        require(same, TokenError::DocumentMismatch)?;
        require(statement.terms == claim.terms, TokenError::TermsMismatch)?;
        let held = claim.held()?;
        require(statement.units <= held, TokenError::UnitsExceedHeld)?;
        let revenue = claim.kind()? == ClaimKind::RevenueShare;
        let fits = (statement.units == 0) == revenue && (!revenue || statement.cost == 0);
        require(fits, TokenError::InvalidStatement)?;
        let latest = now.saturating_add(MAX_ATTESTATION);
        let fits = now < statement.expires_at && statement.expires_at <= latest;
        require(fits, TokenError::InvalidExpiry)?;
        if !self.keeps_cost(claim, statement, now) {
            self.cost_at = now;
        }
        self.terms = statement.terms;
        self.document = statement.document;
        self.units = statement.units;
        self.value = statement.value;
        self.cost = statement.cost;
        self.signed_at = now;
        self.expires_at = statement.expires_at;
        Ok(())
    }

    /// Whether the cost of what is signed now was signed before, for each unit: `cost /
    /// units` no higher than it was, in a signature that is still fresh.
    fn keeps_cost(&self, claim: &Claim, statement: &Statement, now: i64) -> bool {
        let before = u128::from(self.cost).checked_mul(u128::from(statement.units));
        let after = u128::from(statement.cost).checked_mul(u128::from(self.units));
        self.signed_at != 0 && self.is_fresh(claim, now) && after <= before
    }

    /// Whether it speaks for a claim's present terms, now.
    pub fn is_fresh(&self, claim: &Claim, now: i64) -> bool {
        self.terms == claim.terms && now <= self.expires_at
    }
}

const _: () = assert!(
    core::mem::size_of::<Attesters>() == 8 + 64 + MAX_ATTESTERS * (32 + 8 + 32 + 8 + 1) + 64
);
const _: () = assert!(core::mem::size_of::<Attestation>() == 8 + 192 + 56 + 64);
