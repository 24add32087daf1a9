//! Who owns a token, and who may end it.

use {
    crate::model::{Model, Predicted, require},
    upside_sdk::{Pubkey, TokenError},
};

impl Model {
    /// The owner names who may wind up after silence; zero for nobody.
    ///
    /// # Errors
    /// `NotOwner`.
    pub fn set_executor(&mut self, token: &Pubkey, by: &Pubkey, executor: &Pubkey) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        it.signed_by(by, now)?;
        it.executor = *executor;
        it.report();
        Ok(())
    }
    /// The executor winds the token up once the owner has been silent for longer than the
    /// inactivity period.
    ///
    /// # Errors
    /// `NotExecutor`, `WoundUp`, `OwnerActive`.
    pub fn wind_up(&mut self, token: &Pubkey, by: &Pubkey) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        let named = it.executor != Pubkey::default() && it.executor == *by;
        require(named, TokenError::NotExecutor)?;
        it.require_active()?;
        let silence = i128::from(now) - i128::from(it.owner_seen);
        let silent = silence > i128::from(it.terms.inactivity_seconds);
        require(silent, TokenError::OwnerActive)?;
        it.wound_up = true;
        it.open_polls = [None; 4];
        it.wound_up_at = now;
        it.report();
        Ok(())
    }
    /// The owner proposes a new one; zero withdraws the proposal.
    ///
    /// # Errors
    /// `NotOwner`.
    pub fn propose_owner(&mut self, token: &Pubkey, by: &Pubkey, to: &Pubkey) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        it.signed_by(by, now)?;
        it.pending_owner = *to;
        it.report();
        Ok(())
    }
    /// The proposed owner accepts. The new one's shares weigh nothing any more in what is
    /// open.
    ///
    /// # Errors
    /// `NotPendingOwner`.
    pub fn accept_ownership(&mut self, token: &Pubkey, by: &Pubkey) -> Predicted {
        let now = self.now;
        self.token(token)?;
        let eligible = self.eligible(token);
        let it = self.token_mut(token)?;
        let proposed = it.pending_owner == *by;
        require(proposed, TokenError::NotPendingOwner)?;
        let previous = it.owner;
        it.owner = *by;
        it.pending_owner = Pubkey::default();
        it.owner_since = now;
        it.guardian = Pubkey::default();
        it.registrar = Pubkey::default();
        it.executor = Pubkey::default();
        it.pending_policy = None;
        it.signed_by(by, now)?;
        it.report();
        if previous != *by {
            self.silence(token, by, eligible);
        }
        Ok(())
    }
}
