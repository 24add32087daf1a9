//! Accounts as a cluster sends them: bytes with an address and an owner.

use {
    crate::{address::TOKEN_2022_PROGRAM, error::CoreError},
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    solana_program::clock::Clock,
};

/// An account's owner and bytes.
#[derive(Clone, Debug)]
pub struct Raw {
    /// Address.
    pub key: Pubkey,
    /// Program that owns it.
    pub owner: Pubkey,
    /// Content.
    pub data: Vec<u8>,
    /// Lamports.
    pub lamports: u64,
}

/// The amount field of a token account.
pub fn token_amount(data: &[u8]) -> Option<u64> {
    data.get(64..72)?.try_into().ok().map(u64::from_le_bytes)
}

/// Why what a vault holds cannot move now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Immovable {
    /// The vault is frozen.
    Frozen,
    /// All transfers of the mint are paused.
    Paused,
}

/// Whether a token account is frozen: nothing leaves it.
pub fn is_frozen(data: &[u8]) -> bool {
    // Its state; 2 is frozen.
    data.get(108) == Some(&2)
}

/// Why what a vault holds cannot move now, as the state of vault and mint shows; `None` if
/// it moves.
pub fn immovable(vault: Option<&Raw>, mint: Option<&Raw>) -> Option<Immovable> {
    if vault.is_some_and(|raw| is_frozen(&raw.data)) {
        return Some(Immovable::Frozen);
    }
    let mint = mint.filter(|raw| raw.owner == TOKEN_2022_PROGRAM)?;
    let paused = upside_support::mint_policy::is_paused_data(&mint.data);
    paused
        .is_ok_and(|paused| paused)
        .then_some(Immovable::Paused)
}

/// The clock in the bytes of its sysvar. Errors: `NotFound`.
pub fn decode_clock(raw: &Raw) -> Result<Clock, CoreError> {
    bincode::deserialize(&raw.data).map_err(|_| no_clock(&raw.key))
}

/// The error of a cluster whose clock is not there.
pub fn no_clock(key: &Pubkey) -> CoreError {
    CoreError::NotFound {
        what: "clock",
        query: key.to_string(),
    }
}
