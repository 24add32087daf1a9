//! Policies under notice, terms that only get better, who owns, and how a token ends.

use {
    crate::model::{
        Model, Predicted, require,
        token::{Policies, check_policies, check_terms},
    },
    upside_sdk::{Pubkey, TokenError, state::Relaxation},
};

impl Model {
    /// The owner announces policies, in place of what was announced before.
    ///
    /// # Errors
    /// `NotOwner`, `InvalidPolicy`,
    /// `NothingToChange`.
    pub fn propose_policy(&mut self, token: &Pubkey, by: &Pubkey, policy: Policies) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        it.signed_by(by, now)?;
        check_policies(policy)?;
        require(policy != it.policy, TokenError::NothingToChange)?;
        let at = now + i64::from(it.terms.notice_seconds);
        it.pending_policy = Some((policy, at));
        it.report();
        Ok(())
    }

    /// Anybody applies announced policies whose notice is over.
    ///
    /// # Errors
    /// `NothingToApply`, `NoticePending`.
    pub fn apply_policy(&mut self, token: &Pubkey) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        let pending = it.pending_policy.take();
        let (policy, at) = pending.ok_or(TokenError::NothingToApply)?;
        require(now >= at, TokenError::NoticePending)?;
        it.policy = policy;
        it.report();
        Ok(())
    }

    /// The owner withdraws the announcement.
    ///
    /// # Errors
    /// `NotOwner`, `NothingToApply`.
    pub fn cancel_policy(&mut self, token: &Pubkey, by: &Pubkey) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        it.signed_by(by, now)?;
        let pending = it.pending_policy.take();
        require(pending.is_some(), TokenError::NothingToApply)?;
        it.report();
        Ok(())
    }

    /// The owner makes terms better for holders, at once.
    ///
    /// # Errors
    /// `NotOwner`, `PollRequired`, `NothingToChange`, `SupplyCapExceeded`,
    /// `InvalidTerms`.
    pub fn relax_terms(
        &mut self,
        token: &Pubkey,
        by: &Pubkey,
        relaxation: &Relaxation,
    ) -> Predicted {
        let now = self.now;
        let offered = u128::from(self.tally(token).offered);
        let it = self.token_mut(token)?;
        it.signed_by(by, now)?;
        let before = it.terms;
        let mut terms = before;
        terms.supply_cap = relaxation.supply_cap.unwrap_or(terms.supply_cap);
        if relaxation.supply_cap.is_some() {
            terms.launch_shares = terms.launch_shares.min(terms.supply_cap);
        }
        terms.floor = relaxation.floor.unwrap_or(terms.floor);
        let set = |term: &mut u16, to: Option<u16>| *term = to.unwrap_or(*term);
        set(&mut terms.cash_out_tax_bps, relaxation.cash_out_tax_bps);
        set(&mut terms.royalty_bps, relaxation.royalty_bps);
        let worse = terms.cash_out_tax_bps > before.cash_out_tax_bps
            || terms.royalty_bps > before.royalty_bps
            || terms.supply_cap > before.supply_cap
            || terms.floor > before.floor;
        require(!worse, TokenError::PollRequired)?;
        require(terms != before, TokenError::NothingToChange)?;
        let taken = u128::from(it.supply) + offered;
        let room = taken <= u128::from(terms.supply_cap);
        require(room, TokenError::SupplyCapExceeded)?;
        check_terms(&terms)?;
        it.terms = terms;
        it.note_royalty();
        it.terms_version += 1;
        it.report();
        Ok(())
    }
}
