//! Estates: custody that a wind-down shares out in kind, straight from its claim's vault.
//!
//! The list of reserve assets is short, and custody may be in any mint. So a wind-down
//! leaves custody where it is. A redemption gives a [`Receipt`] of the shares that it
//! burned; the receipt takes its part of every estate that was opened before it, in any
//! order, at any time. What is left of an estate is always shared by the shares that exist
//! and the receipts that have not taken theirs.

use {
    super::{Claim, ClaimKind, ClaimStatus, Holder, PersonalToken, VERSION, add, sub},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Rounding, mul_div},
};

/// Most estates of a token: a receipt notes of each whether it took its part.
pub const MAX_ESTATES: u64 = 256;
/// Estates that one word of a receipt notes.
const BITS: u64 = 64;

/// Shares that were redeemed in a wind-down, and of which estates they took their part.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    pub(crate) padding: [u8; 6],
    /// The personal token.
    pub token: Pubkey,
    /// Who redeemed and is paid.
    pub wallet: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Its number among the wallet's; part of its address.
    pub number: u64,
    /// Share atoms that were burned.
    pub shares: u64,
    /// Estates that were open then: the receipt has its part of these.
    pub estates: u64,
    /// Bit `i`: it took its part of estate `i`.
    pub taken: [u64; 4],
    pub(crate) reserved: [u64; 4],
}

/// Where a receipt is made.
pub(crate) struct ReceiptPlace<'a> {
    pub token: &'a Pubkey,
    pub wallet: &'a Pubkey,
    pub rent_payer: &'a Pubkey,
    pub number: u64,
    pub bump: u8,
}

impl Receipt {
    /// Whether it took its part of the estate with this number.
    pub fn took(&self, estate: u64) -> bool {
        let word = usize::try_from(estate / BITS).ok();
        let word = word.and_then(|word| self.taken.get(word));
        word.is_none_or(|word| word & (1 << (estate % BITS)) != 0)
    }

    fn note(&mut self, estate: u64) {
        let word = usize::try_from(estate / BITS).ok();
        if let Some(word) = word.and_then(|word| self.taken.get_mut(word)) {
            *word |= 1 << (estate % BITS);
        }
    }

    /// Estates of which it has yet to take its part.
    pub fn left(&self) -> u64 {
        let taken = self.taken.iter().map(|word| u64::from(word.count_ones()));
        self.estates.saturating_sub(taken.sum())
    }
}

impl Claim {
    /// Number of the estate that it is; `None` if it is none.
    pub fn estate_number(&self) -> Option<u64> {
        self.estate.checked_sub(1)
    }

    /// Share atoms that have yet to take their part of the estate: those that exist, and
    /// those of receipts.
    pub fn outstanding(&self, token: &PersonalToken) -> ProgramResult<u64> {
        let receipted = sub(
            token.receipted,
            self.estate_from,
            TokenError::InvariantBroken,
        )?;
        let all = add(token.supply, receipted)?;
        sub(all, self.estate_collected, TokenError::InvariantBroken)
    }

    /// Units that a receipt takes of this estate now, rounded down: the last one takes
    /// what is left. Errors: `NotAnEstate`, `NothingToCollect`.
    pub fn estate_part(&self, token: &PersonalToken, receipt: &Receipt) -> ProgramResult<u64> {
        let number = self.estate_number().ok_or(TokenError::NotAnEstate)?;
        let entitled = number < receipt.estates && !receipt.took(number);
        require(entitled, TokenError::NothingToCollect)?;
        let outstanding = self.outstanding(token)?;
        require(receipt.shares <= outstanding, TokenError::InvariantBroken)?;
        Ok(mul_div(
            self.held()?,
            receipt.shares,
            outstanding,
            Rounding::Down,
        )?)
    }

    /// Opens the estate: nothing else becomes of the custody any more. Errors:
    /// `NotWoundUp`, `WrongClaimKind`, `ClaimNotOpen`, `AssetAlreadyListed` if it can be
    /// released into the reserve, `UnitsExceedHeld` if nothing is held.
    pub(crate) fn open_estate(
        &mut self,
        token: &mut PersonalToken,
        now: i64,
    ) -> ProgramResult<u64> {
        require(token.wound_up_at != 0, TokenError::NotWoundUp)?;
        self.require_open(ClaimKind::TokenizedEquity)?;
        // Once for all: a second number would shut out the receipts of the first.
        require(self.estate == 0, TokenError::ClaimNotOpen)?;
        let listed = token.asset_of(&self.mint).is_ok();
        require(!listed, TokenError::AssetAlreadyListed)?;
        require(self.held()? > 0, TokenError::UnitsExceedHeld)?;
        let number = token.estates;
        // No more claims have custody.
        require(number < MAX_ESTATES, TokenError::InvariantBroken)?;
        token.estates = add(number, 1)?;
        self.estate = token.estates;
        self.estate_from = token.receipted;
        self.estate_collected = 0;
        self.settle_status(ClaimStatus::Closed)?;
        self.updated_at = now;
        Ok(number)
    }

    /// A receipt takes its part. Returns the units. Errors: those of [`Self::estate_part`].
    pub(crate) fn collect(
        &mut self,
        token: &PersonalToken,
        receipt: &mut Receipt,
        now: i64,
    ) -> ProgramResult<u64> {
        let units = self.estate_part(token, receipt)?;
        if let Some(number) = self.estate_number() {
            receipt.note(number);
        }
        self.estate_collected = add(self.estate_collected, receipt.shares)?;
        self.released = add(self.released, units)?;
        self.updated_at = now;
        if self.held()? == 0 {
            self.cost = 0;
        }
        self.settle_status(ClaimStatus::Closed)?;
        Ok(units)
    }
}

impl Holder {
    /// Takes the number of the next receipt.
    pub(crate) fn next_receipt(&mut self) -> ProgramResult<u64> {
        let number = self.receipts;
        self.receipts = add(number, 1)?;
        Ok(number)
    }
}

impl PersonalToken {
    /// A claim takes its first custody: a wind-down must be able to share it out. Errors:
    /// `EstatesFull`.
    pub(crate) fn begin_custody(&mut self) -> ProgramResult<()> {
        require(self.custodies < MAX_ESTATES, TokenError::EstatesFull)?;
        self.custodies = add(self.custodies, 1)?;
        Ok(())
    }

    /// A claim that had custody is cleared away.
    pub(crate) fn end_custody(&mut self) -> ProgramResult<()> {
        self.custodies = sub(self.custodies, 1, TokenError::InvariantBroken)?;
        Ok(())
    }

    /// Fills the receipt of `shares` that are burned. Errors: `NotWoundUp`.
    pub(crate) fn give_receipt(
        &mut self,
        receipt: &mut Receipt,
        place: &ReceiptPlace,
        shares: u64,
    ) -> ProgramResult<()> {
        require(self.wound_up_at != 0, TokenError::NotWoundUp)?;
        receipt.version = VERSION;
        receipt.bump = place.bump;
        receipt.token = *place.token;
        receipt.wallet = *place.wallet;
        receipt.rent_payer = *place.rent_payer;
        receipt.number = place.number;
        receipt.shares = shares;
        receipt.estates = self.estates;
        self.receipted = add(self.receipted, shares)?;
        Ok(())
    }

    /// Refuses a redemption without a receipt if there are estates: the shares would give
    /// up their part of them. Errors: `ReceiptRequired`.
    pub(crate) fn require_no_estates(&self) -> ProgramResult<()> {
        require(self.estates == 0, TokenError::ReceiptRequired)
    }
}

const _: () = assert!(core::mem::size_of::<Receipt>() == 8 + 96 + 24 + 32 + 32);
