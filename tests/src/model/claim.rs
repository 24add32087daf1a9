//! Claims, as far as other subjects name them.

use {
    super::{Model, Predicted, Reason, require},
    upside_sdk::{Pubkey, TokenError},
};

/// A right in the vault.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Claim {
    pub kind: u8,
    pub status: u8,
    pub mint: Pubkey,
    pub document: [u8; 32],
    pub share_bps: u16,
    pub received: u64,
    pub total: u64,
    pub due: u64,
    pub ends_at: i64,
    pub updated_at: i64,
    pub disputed_by: Pubkey,
}

impl Claim {
    pub fn is_open(&self) -> bool {
        self.status < 2
    }

    pub fn require_open(&self, kind: u8) -> Predicted {
        require(self.kind == kind, TokenError::WrongClaimKind)?;
        require(self.is_open(), TokenError::ClaimNotOpen)
    }
}

impl Model {
    pub fn claim(&self, token: &Pubkey, number: u64) -> Predicted<&Claim> {
        let claim = self.claims.get(&(*token, number));
        claim.ok_or(Reason::Missing.into())
    }

    pub fn claim_mut(&mut self, token: &Pubkey, number: u64) -> Predicted<&mut Claim> {
        let claim = self.claims.get_mut(&(*token, number));
        claim.ok_or(Reason::Missing.into())
    }

    pub fn book_revenue(&mut self, _: &Pubkey, _: u64, _: u64) -> Predicted {
        Ok(())
    }

    pub fn pay_dividend(&mut self, _: &Pubkey, _: &Pubkey, _: &Pubkey, _: &Pubkey) -> Predicted {
        Err(TokenError::NothingToClaim.into())
    }
}
