//! Calls of the curator and the guardian.

use {
    super::{
        super::{Model, Predicted},
        Check, Index,
    },
    upside_sdk::{Pubkey, index::ParametersArgs},
};

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
            it.event();
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
        self.govern(index, |it, _, now| it.propose_parameters(who, new, now))
    }

    /// Anybody applies them.
    ///
    /// # Errors
    /// `NothingToApply`, `NoticePending`.
    pub fn apply_parameters(&mut self, index: &Pubkey) -> Predicted {
        self.govern(index, Index::apply_parameters)
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
        self.govern(index, |it, _, now| it.propose_weights(who, weights, now))
    }

    /// Anybody applies them.
    ///
    /// # Errors
    /// `NothingToApply`, `NoticePending`.
    pub fn apply_weights(&mut self, index: &Pubkey) -> Predicted {
        self.govern(index, |it, _, now| it.apply_weights(now))
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
        self.govern(index, |it, _, _| it.set_roles(who, guardian, fees))
    }

    /// The curator proposes a successor.
    ///
    /// # Errors
    /// `NotCurator`.
    pub fn propose_curator(&mut self, index: &Pubkey, who: &Pubkey, next: &Pubkey) -> Predicted {
        self.govern(index, |it, _, _| it.propose_curator(who, next))
    }

    /// The successor accepts.
    ///
    /// # Errors
    /// `NotPendingCurator`.
    pub fn accept_curator(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, _, _| it.accept_curator(who))
    }

    /// Curator or guardian stop new money.
    ///
    /// # Errors
    /// `NotGuardian`, `Paused`.
    pub fn pause_index(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, _, _| it.pause(who))
    }

    /// The curator admits it again.
    ///
    /// # Errors
    /// `NotCurator`, `NotPaused`.
    pub fn unpause_index(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, _, _| it.unpause(who))
    }

    /// The curator ends the index.
    ///
    /// # Errors
    /// `NotCurator`, `NotActive`.
    pub fn wind_down(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, minted, now| it.wind_down(who, minted, now))
    }

    /// The curator leaves, which ends it.
    ///
    /// # Errors
    /// `NotCurator`, `NotActive`.
    pub fn resign_curator(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, minted, now| it.resign(who, minted, now))
    }
}
