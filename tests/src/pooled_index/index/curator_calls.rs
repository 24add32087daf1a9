//! Calls of the curator and the guardian.

use {
    crate::model::index::{Check, PooledIndex, report},
    crate::model::{Model, Predicted},
    upside_sdk::{
        Pubkey,
        index::{ParametersInput, Role},
    },
};

impl PooledIndex {
    fn report_pause(&mut self, by: &Pubkey) {
        let (until, pausable_from) = (self.paused_until, self.pausable_from);
        report!(
            self,
            PauseChanged {
                by: *by,
                until,
                pausable_from
            }
        );
    }
}

impl Model {
    /// A change that needs only the index; `change` gets the supply of shares and the
    /// time.
    fn govern(
        &mut self,
        index: &Pubkey,
        change: impl FnOnce(&mut PooledIndex, u64, i64) -> Check,
    ) -> Predicted {
        self.at(index, |model, it| {
            let minted = model.minted(it);
            change(it, minted, model.now)?;
            Ok(())
        })
    }

    /// The curator lowers fees.
    ///
    /// # Errors
    /// `InvalidParameters`, `NotCurator`, `FeesNotLower`.
    pub fn lower_fees(&mut self, index: &Pubkey, who: &Pubkey, new: &ParametersInput) -> Predicted {
        self.govern(index, |it, minted, now| {
            it.lower_fees(who, new, minted, now)?;
            it.report_fees();
            Ok(())
        })
    }

    /// A role ends.
    ///
    /// # Errors
    /// `NotCurator`, `RoleVacant`.
    pub fn clear_role(&mut self, index: &Pubkey, who: &Pubkey, role: Role) -> Predicted {
        self.govern(index, |it, _, _| {
            let previous = it.clear_role(who, role)?;
            report!(
                it,
                RoleSet {
                    role: role as u64,
                    previous,
                    key: Pubkey::default()
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
            report!(
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
    /// `NotGuardian`, `Paused`, `PausedLately`.
    pub fn pause_index(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, _, now| {
            it.pause(who, now)?;
            it.report_pause(who);
            Ok(())
        })
    }

    /// The curator admits it again.
    ///
    /// # Errors
    /// `NotCurator`, `NotPaused`.
    pub fn unpause_index(&mut self, index: &Pubkey, who: &Pubkey) -> Predicted {
        self.govern(index, |it, _, now| {
            it.unpause(who, now)?;
            it.report_pause(who);
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
            report!(
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
            report!(it, CuratorResigned { previous: *who });
            Ok(())
        })
    }
}
