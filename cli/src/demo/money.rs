//! The test currency and the units of the demo.

use {
    super::cast::key,
    solana_signer::Signer,
    upside_math::{SHARE_DECIMALS, WHOLE_SHARE},
    upside_sdk::{Atoms, Pubkey, Shares, inspect::Amount},
    upside_view::style::grouped,
};

/// Decimals of the currency, and one whole unit of it in atoms.
pub const DECIMALS: u8 = 6;
pub const CASH: u64 = 1_000_000;
pub const DAY: i64 = 86_400;

/// The test currency.
pub fn currency() -> Pubkey {
    key("currency").pubkey()
}

pub fn cash(atoms: Atoms) -> String {
    grouped(&Amount::new(atoms.0, DECIMALS))
}

pub fn shares(shares: Shares) -> String {
    grouped(&Amount::new(shares.0, SHARE_DECIMALS))
}

pub fn whole(shares: u64) -> Shares {
    Shares(shares.saturating_mul(WHOLE_SHARE))
}
