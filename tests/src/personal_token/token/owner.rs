//! What the owner does alone.

use {
    crate::model::{Checks, Model, Predicted, require},
    upside_sdk::{Pubkey, TokenError},
};

impl Model {
    /// The owner signs for a change.
    fn by_owner(&mut self, token: &Pubkey, signer: &Pubkey) -> Predicted<&mut crate::model::Token> {
        let now = self.now;
        let it = self.token_mut(token)?;
        it.signed_by(signer, now)?;
        it.report();
        Ok(it)
    }

    /// The owner shows that they live.
    ///
    /// # Errors
    /// `NotOwner`.
    pub fn heartbeat(&mut self, token: &Pubkey, signer: &Pubkey) -> Predicted {
        self.by_owner(token, signer).map(|_| ())
    }

    /// The owner names guardian and registrar.
    ///
    /// # Errors
    /// `NotOwner`.
    pub fn set_roles(
        &mut self,
        token: &Pubkey,
        signer: &Pubkey,
        guardian: &Pubkey,
        registrar: &Pubkey,
    ) -> Predicted {
        let it = self.by_owner(token, signer)?;
        it.guardian = *guardian;
        it.registrar = *registrar;
        Ok(())
    }

    /// The owner bounds the shares outside.
    ///
    /// # Errors
    /// `NotOwner`.
    pub fn set_bearer_cap(&mut self, token: &Pubkey, signer: &Pubkey, cap: u64) -> Predicted {
        self.by_owner(token, signer)?.terms.bearer_cap = cap;
        Ok(())
    }

    /// Owner or guardian stop new money.
    ///
    /// # Errors
    /// `NotGuardian`, `WoundUp`, `Paused`.
    pub fn pause(&mut self, token: &Pubkey, signer: &Pubkey) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        let named = it.guardian != Pubkey::default() && it.guardian == *signer;
        let may = it.signed_by(signer, now).is_ok() || named;
        Checks::new()
            .require(may, TokenError::NotGuardian)
            .all(it.require_running())
            .end()?;
        it.paused = true;
        it.report();
        Ok(())
    }

    /// The owner lets new money in again.
    ///
    /// # Errors
    /// `NotOwner`, `NotPaused`.
    pub fn unpause(&mut self, token: &Pubkey, signer: &Pubkey) -> Predicted {
        let it = self.by_owner(token, signer)?;
        require(it.paused, TokenError::NotPaused)?;
        it.paused = false;
        Ok(())
    }

    /// The owner signs for what is closed; in a wind-down anybody does.
    ///
    /// # Errors
    /// `NotOwner`.
    pub fn signed_by_tidier(&mut self, token: &Pubkey, signer: &Pubkey) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        if it.wound_up {
            return Ok(());
        }
        it.signed_by(signer, now)
    }

    /// The owner signs for claims; in a wind-down the executor does too.
    ///
    /// # Errors
    /// `NotOwner`.
    pub fn signed_by_manager(&mut self, token: &Pubkey, signer: &Pubkey) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        let named = it.executor != Pubkey::default() && it.executor == *signer;
        if it.wound_up && named {
            return Ok(());
        }
        it.signed_by(signer, now)
    }
}
