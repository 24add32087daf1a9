//! Identity attestations.

use crate::personal_token::evidence::model::*;
use {
    crate::model::{Model, Predicted, Reason, require},
    upside_sdk::{Pubkey, TokenError, state::IdentityAttestation},
};

impl Model {
    /// An attester attests the identity of a token's creator, or attests it again.
    ///
    /// # Errors
    /// `Missing`, `InvalidAttester`, `NotOwner`, `InvalidSubject`, `InvalidExpiry`.
    pub fn attest_identity(
        &mut self,
        token: &Pubkey,
        by: &Pubkey,
        identity_attestation: &IdentityAttestation,
    ) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        let other = *by != it.creator && *by != it.owner;
        require(other, TokenError::InvalidAttester)?;
        require(identity_attestation.owner == it.owner, TokenError::NotOwner)?;
        require(
            identity_attestation.subject != [0; 32],
            TokenError::InvalidSubject,
        )?;
        require_expiry(identity_attestation.expires_at, now)?;
        it.report();
        self.identities
            .insert((*token, *by), (*identity_attestation, now));
        Ok(())
    }
    /// The attester revokes an identity attestation.
    ///
    /// # Errors
    /// `Missing`, `NotAttester`.
    pub fn revoke_identity(
        &mut self,
        token: &Pubkey,
        identity_attestation: &Pubkey,
        by: &Pubkey,
    ) -> Predicted {
        let place = (*token, *identity_attestation);
        let there = self.identities.contains_key(&place);
        require(there, Reason::Missing)?;
        let ends = self.identities[&place].0.expires_at;
        let over = self.token(token)?.wound_up || self.now > ends;
        require(over || by == identity_attestation, TokenError::NotAttester)?;
        self.identities.remove(&place);
        self.token_mut(token)?.report();
        Ok(())
    }
}
