//! Calls of the curator and the guardian.

use {
    super::{
        super::{Model, Predicted},
        Check, Index, tell,
    },
    upside_sdk::{Pubkey, index::ParametersArgs},
};

/// Parameters as events tell them.
fn wide(of: &ParametersArgs) -> [u64; 4] {
    [
        of.management_fee_bps.into(),
        of.entry_fee_bps.into(),
        of.exit_fee_bps.into(),
        of.max_harvest_age.into(),
    ]
}

impl Model {
    /// A change that needs only the index; `change` gets the supply of shares and the
    /// time.
    fn govern(
        &mut self,
        index: &Pubkey,
        change: impl FnOnce(&mut Index, u64, i64) -> Check,
    ) -> Predicted {
        self.at(index, |model, it| {
            let minted = model.minted(it);
            change(it, minted, model.now)?;
            Ok(())
        })
    }

    /// The curator announces parameters.
    ///
    /// # Errors
    /// `InvalidParameters`, `NotCurator`, `NotActive`.
    pub fn propose_parameters(
        &mut self,
        index: &Pubkey,
        who: &Pubkey,
        new: &ParametersArgs,
    ) -> Predicted {
        self.govern(index, |it, _, now| {
            it.propose_parameters(who, new, now)?;
            let [
                management_fee_bps,
                entry_fee_bps,
                exit_fee_bps,
                max_harvest_age,
            ] = wide(new);
            tell!(
                it,
                ParametersProposed {
                    management_fee_bps,
                    entry_fee_bps,
                    exit_fee_bps,
                    max_harvest_age,
                    effective_at: it.parameters_at,
                }
            );
            Ok(())
        })
    }

    /// Anybody applies them.
    ///
    /// # Errors
    /// `NothingToApply`, `NoticePending`.
    pub fn apply_parameters(&mut self, index: &Pubkey) -> Predicted {
        self.govern(index, |it, minted, now| {
            it.apply_parameters(minted, now)?;
            let [
                management_fee_bps,
                entry_fee_bps,
                exit_fee_bps,
                max_harvest_age,
            ] = wide(&it.parameters);
            tell!(
                it,
                ParametersApplied {
                    management_fee_bps,
                    entry_fee_bps,
                    exit_fee_bps,
                    max_harvest_age,
                }
            );
            Ok(())
        })
    }

    /// The curator announces weights.
    ///
    /// # Errors
    /// `NotCurator`, `NotActive`, `LengthMismatch`, `NotAConstituent`.
    pub fn propose_weights(
        &mut self,
        index: &Pubkey,
        who: &Pubkey,
        weights: &[(u8, u64)],
    ) -> Predicted {
        self.govern(index, |it, _, now| {
            it.propose_weights(who, weights, now)?;
            tell!(
                it,
                WeightsProposed {
                    changed: weights.len() as u64,
                    effective_at: it.weights_at,
                }
            );
            Ok(())
        })
    }

    /// Anybody applies them.
    ///
    /// # Errors
    /// `NothingToApply`, `NoticePending`.
    pub fn apply_weights(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, _, now| {
            it.apply_weights(now)?;
            tell!(it, WeightsApplied { by: *who });
            Ok(())
        })
    }

    /// The curator names guardian and fee recipient.
    ///
    /// # Errors
    /// `NotCurator`, `InvalidParameters`.
    pub fn set_index_roles(
        &mut self,
        index: &Pubkey,
        who: &Pubkey,
        guardian: &Pubkey,
        fees: &Pubkey,
    ) -> Predicted {
        self.govern(index, |it, _, _| {
            it.set_roles(who, guardian, fees)?;
            tell!(
                it,
                RolesChanged {
                    guardian: *guardian,
                    fee_recipient: *fees
                }
            );
            Ok(())
        })
    }

    /// The curator proposes a successor.
    ///
    /// # Errors
    /// `NotCurator`.
    pub fn propose_curator(&mut self, index: &Pubkey, who: &Pubkey, next: &Pubkey) -> Predicted {
        self.govern(index, |it, _, _| {
            it.propose_curator(who, next)?;
            tell!(
                it,
                CuratorProposed {
                    pending_curator: *next
                }
            );
            Ok(())
        })
    }

    /// The successor accepts.
    ///
    /// # Errors
    /// `NotPendingCurator`.
    pub fn accept_curator(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, _, _| {
            let previous = it.curator.unwrap_or_default();
            it.accept_curator(who)?;
            tell!(
                it,
                CuratorAccepted {
                    previous,
                    curator: *who
                }
            );
            Ok(())
        })
    }

    /// Curator or guardian stop new money.
    ///
    /// # Errors
    /// `NotGuardian`, `Paused`.
    pub fn pause_index(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, _, _| {
            it.pause(who)?;
            tell!(
                it,
                PauseChanged {
                    by: *who,
                    paused: 1u64
                }
            );
            Ok(())
        })
    }

    /// The curator admits it again.
    ///
    /// # Errors
    /// `NotCurator`, `NotPaused`.
    pub fn unpause_index(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, _, _| {
            it.unpause(who)?;
            tell!(
                it,
                PauseChanged {
                    by: *who,
                    paused: 0u64
                }
            );
            Ok(())
        })
    }

    /// The curator ends the index.
    ///
    /// # Errors
    /// `NotCurator`, `NotActive`.
    pub fn wind_down(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, minted, now| {
            it.wind_down(who, minted, now)?;
            tell!(
                it,
                WindDownStarted {
                    supply: it.supply,
                    pending_fee_shares: it.pending_fee,
                }
            );
            Ok(())
        })
    }

    /// The curator leaves, which ends it.
    ///
    /// # Errors
    /// `NotCurator`, `NotActive`.
    pub fn resign_curator(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, minted, now| {
            it.resign(who, minted, now)?;
            tell!(it, CuratorResigned { previous: *who });
            Ok(())
        })
    }
}
