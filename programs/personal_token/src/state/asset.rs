use {
    super::{PersonalToken, PodU128, add, sub},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{Atoms, Shares, Stream},
};

pub use upside_support::mint_policy::{FREEZABLE, PAUSABLE, SEIZABLE, TOKEN_2022};

/// `Asset::stream` of an asset that is no payout mint.
pub const NO_STREAM: u8 = u8::MAX;

/// A listed mint and the books of the vault that holds it. Counters decide,
/// never balances: `reserve + endowment + escrow + bids + payouts` is what the vault must
/// hold.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Asset {
    /// The listed mint.
    pub mint: Pubkey,
    /// The personal token's associated account of that mint.
    pub vault: Pubkey,
    /// Atoms that redemptions share out.
    pub reserve: u64,
    /// Atoms that the owner keeps ready for what new shares must bring.
    pub endowment: u64,
    /// Atoms of the endowment that open rounds and grant offers lock.
    pub locked: u64,
    /// Atoms that rounds hold until they close.
    pub escrow: u64,
    /// Atoms of bids that wait for sellers.
    pub bids: u64,
    /// Atoms paid into the stream and not yet collected.
    pub payouts: u64,
    /// Decimals of the mint.
    pub decimals: u8,
    /// [`TOKEN_2022`], [`SEIZABLE`], [`FREEZABLE`] and [`PAUSABLE`], as the mint was when
    /// it was listed.
    pub flags: u8,
    /// Place of this mint's stream, or [`NO_STREAM`].
    pub stream: u8,
    pub(crate) padding: [u8; 5],
    /// When the state was noted to show that the asset cannot move, unix seconds; 0 if
    /// it was not.
    pub immovable_at: i64,
}

impl Asset {
    /// What the vault must hold, in atoms.
    pub fn booked(&self) -> ProgramResult<u64> {
        let held = add(self.reserve, self.endowment)?;
        let waiting = add(self.escrow, self.bids)?;
        add(add(held, waiting)?, self.payouts)
    }

    /// Atoms of the endowment that nothing locks.
    pub fn unlocked(&self) -> ProgramResult<u64> {
        sub(self.endowment, self.locked, TokenError::InvariantBroken)
    }

    /// Whether nobody but the owner has anything in the vault, once no share and no holder
    /// account is left.
    pub(crate) fn is_uncollected(&self) -> bool {
        self.reserve == 0 && self.escrow == 0 && self.bids == 0
    }

    /// Atoms that the vault holds beyond its books: what somebody sent unasked.
    pub fn surplus(&self, balance: u64) -> ProgramResult<u64> {
        Ok(balance.saturating_sub(self.booked()?))
    }

    /// Takes what the vault lacks, because its issuer seized or burned atoms, out of the
    /// endowment, which is the owner's, then out of the reserve, so that exits share out
    /// what is left. A loss beyond them stays on show.
    pub(crate) fn book_loss(&mut self, balance: u64) -> ProgramResult<LossEffects> {
        let missing = self.booked()?.saturating_sub(balance);
        let endowed = missing.min(self.endowment);
        self.endowment = sub(self.endowment, endowed, TokenError::InvariantBroken)?;
        self.locked = self.locked.min(self.endowment);
        let missing = sub(missing, endowed, TokenError::InvariantBroken)?;
        let lost = missing.min(self.reserve);
        self.reserve = sub(self.reserve, lost, TokenError::InvariantBroken)?;
        Ok(LossEffects {
            from_endowment: endowed,
            from_reserve: lost,
        })
    }

    /// The token program that owns the mint.
    pub fn token_program(&self) -> Pubkey {
        if self.flags & TOKEN_2022 != 0 {
            crate::seeds::TOKEN_2022_PROGRAM
        } else {
            crate::seeds::TOKEN_PROGRAM
        }
    }

    /// Whether the issuer can seize the asset, or change how it moves or is counted.
    pub fn is_seizable(&self) -> bool {
        self.flags & SEIZABLE != 0
    }

    /// Whether the issuer can freeze the vault.
    pub fn is_freezable(&self) -> bool {
        self.flags & FREEZABLE != 0
    }

    /// Whether the issuer can pause all transfers of the asset.
    pub fn is_pausable(&self) -> bool {
        self.flags & PAUSABLE != 0
    }
}

/// What the booking of a loss did to an asset, in its atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LossEffects {
    /// What the endowment lost.
    pub from_endowment: u64,
    /// What the reserve lost.
    pub from_reserve: u64,
}

/// What became reserve of an asset, in its atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SurplusEffects {
    /// What was found, or joined it.
    pub found: u64,
    /// The reserve after it.
    pub reserve: u64,
}

impl PersonalToken {
    /// Books what the vault of the asset at `place` holds beyond its books into the reserve;
    /// `balance` is what it holds. Errors: `AssetNotListed`, `NothingToSync`.
    pub(crate) fn book_surplus(
        &mut self,
        place: usize,
        balance: u64,
    ) -> ProgramResult<SurplusEffects> {
        let found = self.asset(place)?.surplus(balance)?;
        require(found > 0, TokenError::NothingToSync)?;
        let reserve = self.add_reserve(place, found)?;
        Ok(SurplusEffects { found, reserve })
    }
}

/// A payout mint's stream to registered shares: [`upside_math::Stream`] in an
/// account's layout.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PayoutStream {
    /// Payout atoms per share atom since the beginning, Q64.64, wrapping.
    pub index: PodU128,
    /// Atoms not yet released.
    pub remaining: u64,
    /// Released, but not yet in the index, in 2^-64 atoms.
    pub carry: u64,
    /// When the stream was last released, unix seconds.
    pub last: i64,
    /// When the last atom is released, unix seconds.
    pub end: i64,
    /// Atoms ever paid in.
    pub paid: u64,
    /// Place of this stream's mint among the assets.
    pub asset: u8,
    pub(crate) padding: [u8; 7],
}

impl PayoutStream {
    /// The plain stream that `math` and quotes work with.
    pub fn plain(&self) -> Stream {
        Stream {
            index: self.index.unsigned(),
            remaining: self.remaining,
            carry: self.carry,
            last: self.last,
            end: self.end,
        }
    }

    fn set(&mut self, plain: Stream) {
        self.index = plain.index.into();
        self.remaining = plain.remaining;
        self.carry = plain.carry;
        self.last = plain.last;
        self.end = plain.end;
    }

    /// MUST run before the number of earning shares changes.
    pub(crate) fn release(&mut self, now: i64, shares: Shares) -> ProgramResult<()> {
        // Nothing to release and nothing to wait for: the common case.
        if self.remaining == 0 {
            return Ok(());
        }
        let plain = self.plain().release(now, shares)?;
        self.set(plain);
        Ok(())
    }

    /// Takes back what shares had earned, in Q64.64 payout atoms, and returns its whole
    /// atoms, which MUST be paid anew; the fraction waits in the carry.
    pub(crate) fn take_back(&mut self, earned: u128) -> ProgramResult<Atoms> {
        let (plain, atoms) = self.plain().take_back(earned)?;
        self.set(plain);
        Ok(atoms)
    }

    /// Adds `amount` that was paid in before, after a release at `now`.
    pub(crate) fn pay_again(&mut self, now: i64, amount: Atoms, drip: u32) -> ProgramResult<()> {
        let plain = self.plain().pay(now, amount, drip)?;
        self.set(plain);
        Ok(())
    }

    /// Whether nothing is on its way any more.
    pub fn is_over(&self) -> bool {
        self.remaining == 0
    }

    /// Ends the stream and returns what had not been released.
    pub(crate) fn end(&mut self) -> u64 {
        core::mem::take(&mut self.remaining)
    }

    /// Adds `amount` after a release at `now`.
    pub(crate) fn pay(&mut self, now: i64, amount: Atoms, drip_seconds: u32) -> ProgramResult<()> {
        self.pay_again(now, amount, drip_seconds)?;
        // A statistic that no payment depends on: it wraps rather than refuse money.
        self.paid = self.paid.wrapping_add(amount.0);
        Ok(())
    }
}
