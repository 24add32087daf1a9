//! What the curator and the guardian decide, and its notice.

use {
    super::{Index, MAX_CONSTITUENTS, Parameters, SlotAtoms, Status},
    crate::error::{IndexError, Outcome, require},
    anchor_lang::prelude::*,
};

impl Index {
    /// Announces parameters; a later proposal replaces an earlier one. Returns when
    /// they may be applied.
    pub(crate) fn propose_parameters(&mut self, new: Parameters, now: i64) -> Outcome<i64> {
        let at = self.after_notice(now)?;
        self.pending_parameters = new;
        self.parameters_at = at;
        Ok(at)
    }

    /// Applies announced parameters. MUST follow `accrue`: fees up to now are due at
    /// the old rate. Errors: `NothingToApply`, `NoticePending`.
    pub(crate) fn apply_parameters(&mut self, now: i64) -> Outcome<Parameters> {
        require_due(self.parameters_at, now)?;
        self.parameters = self.pending_parameters;
        self.parameters_at = 0;
        Ok(self.parameters)
    }

    /// Announces weights of the slots named; the others keep theirs. A later proposal
    /// replaces an earlier one. Errors: `LengthMismatch`, `NotAConstituent`.
    pub(crate) fn propose_weights(&mut self, weights: &[SlotAtoms], now: i64) -> Outcome<i64> {
        let length = weights.len();
        require(
            length > 0 && length <= MAX_CONSTITUENTS,
            IndexError::LengthMismatch,
        )?;
        let at = self.after_notice(now)?;
        for slot in &mut self.constituents {
            slot.pending_weight = slot.weight;
        }
        let mut named = 0u64;
        for SlotAtoms { slot, atoms } in weights {
            let constituent = self.constituent_mut(*slot)?;
            constituent.pending_weight = *atoms;
            let bit = 1u64.checked_shl(u32::from(*slot)).unwrap_or(0);
            require(named & bit == 0, IndexError::LengthMismatch)?;
            named |= bit;
        }
        self.weights_at = at;
        Ok(at)
    }

    /// Applies announced weights. Errors: `NothingToApply`, `NoticePending`.
    pub(crate) fn apply_weights(&mut self, now: i64) -> Outcome<()> {
        require_due(self.weights_at, now)?;
        for slot in &mut self.constituents {
            slot.weight = slot.pending_weight;
        }
        self.weights_at = 0;
        Ok(())
    }

    /// Hands the index over to the proposed curator. Errors: `NotPendingCurator`.
    pub(crate) fn accept_curator(&mut self, signer: &Pubkey) -> Outcome<Pubkey> {
        let named = self.pending_curator != Pubkey::default();
        require(
            named && self.pending_curator == *signer,
            IndexError::NotPendingCurator,
        )?;
        let previous = self.curator;
        self.curator = *signer;
        self.pending_curator = Pubkey::default();
        Ok(previous)
    }

    /// Refuses a key that may not pause. Errors: `NotGuardian`.
    pub(crate) fn require_guardian(&self, signer: &Pubkey) -> Outcome<()> {
        let guards = self.guardian != Pubkey::default() && self.guardian == *signer;
        require(
            guards || self.require_curator(signer).is_ok(),
            IndexError::NotGuardian,
        )
    }

    /// From now on only redemptions, harvests and claims. What was announced falls.
    /// MUST follow `accrue`. Errors: `NotActive`.
    pub(crate) fn wind_down(&mut self) -> Outcome<()> {
        self.require_active()?;
        self.status = Status::WindDown as u8;
        self.parameters_at = 0;
        self.weights_at = 0;
        for slot in &mut self.constituents {
            slot.weight = 0;
            slot.pending_weight = 0;
        }
        Ok(())
    }

    /// The curator leaves for good, and with that the index is wound down.
    pub(crate) fn resign(&mut self) -> Outcome<()> {
        if self.status()? != Status::WindDown {
            self.wind_down()?;
        }
        self.curator = Pubkey::default();
        self.pending_curator = Pubkey::default();
        Ok(())
    }
}

fn require_due(at: i64, now: i64) -> Outcome<()> {
    require(at != 0, IndexError::NothingToApply)?;
    require(now >= at, IndexError::NoticePending)
}
