//! Who receives fee shares, and in which portions.

use {
    super::{PooledIndex, add, sub},
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
    upside_math::{Bps, Rounding, mul_div},
};

/// Most recipients of fees.
pub const MAX_RECIPIENTS: usize = 4;

/// Who receives a portion of the fee shares.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FeeRecipient {
    /// Whose token account receives them; zero for a free place.
    pub key: Pubkey,
    /// The portion in basis points.
    pub portion_bps: u16,
    pub(crate) padding: [u8; 6],
}

impl FeeRecipient {
    pub(crate) fn whole(key: &Pubkey) -> Self {
        FeeRecipient {
            key: *key,
            portion_bps: Bps::ONE.get(),
            padding: [0; 6],
        }
    }
}

/// A [`FeeRecipient`] as an instruction carries it.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecipientArgs {
    /// Whose token account receives fee shares.
    pub key: Pubkey,
    /// The portion in basis points, above zero. All of them add up to 10,000.
    pub portion_bps: u16,
}

impl RecipientArgs {
    /// Writes a list of recipients into free places. Errors: `InvalidRecipients`.
    pub(crate) fn store(
        list: &[RecipientArgs],
        places: &mut [FeeRecipient; MAX_RECIPIENTS],
    ) -> ProgramResult<()> {
        require(list.len() <= MAX_RECIPIENTS, IndexError::InvalidRecipients)?;
        let mut sum = 0u64;
        for (number, (place, new)) in places.iter_mut().zip(list).enumerate() {
            let twice = list.iter().take(number).any(|other| other.key == new.key);
            let fits = new.key != Pubkey::default() && new.portion_bps > 0 && !twice;
            require(fits, IndexError::InvalidRecipients)?;
            sum = add(sum, u64::from(new.portion_bps))?;
            place.key = new.key;
            place.portion_bps = new.portion_bps;
        }
        let whole = u64::from(Bps::ONE.get());
        require(sum == whole, IndexError::InvalidRecipients)
    }
}

impl PooledIndex {
    /// The recipients of fees, in the order of their places.
    pub fn fee_recipients(&self) -> impl Iterator<Item = &FeeRecipient> {
        let named = |place: &&FeeRecipient| place.portion_bps > 0;
        self.recipients.iter().filter(named)
    }

    /// Splits fee shares by the portions, each rounded down; what is left goes to the
    /// first one.
    pub fn fee_portions(&self, shares: u64) -> ProgramResult<[u64; MAX_RECIPIENTS]> {
        let whole = u64::from(Bps::ONE.get());
        let mut portions = [0; MAX_RECIPIENTS];
        let mut left = shares;
        for (portion, place) in portions.iter_mut().zip(&self.recipients) {
            *portion = mul_div(shares, place.portion_bps.into(), whole, Rounding::Down)?;
            left = sub(left, *portion, IndexError::InvariantBroken)?;
        }
        let [first, ..] = &mut portions;
        *first = add(*first, left)?;
        Ok(portions)
    }
}

const _: () = assert!(core::mem::size_of::<FeeRecipient>() == 40);
