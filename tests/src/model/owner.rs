//! What the owner does alone.

use {
    super::{Model, Predicted},
    upside_sdk::Pubkey,
};

impl Model {
    /// The owner shows that they live.
    ///
    /// # Errors
    /// `NotOwner`.
    pub fn heartbeat(&mut self, token: &Pubkey, signer: &Pubkey) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        it.signed_by(signer, now)?;
        it.tell();
        Ok(())
    }
}
