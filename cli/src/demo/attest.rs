//! Attestations about people, as an issuer makes them with the Solana Attestation Service.
//! The service is no part of this project and not on the demo's chain: its accounts are
//! put where it would make them.

use {
    super::cast::{Stage, address},
    crate::{
        commands::mint_credential::attestation,
        error::{CliError, Result},
    },
    upside_sdk::{Pubkey, address::find_credential, state::ATTESTATION_SERVICE},
};

/// The issuer's credential.
pub fn credential() -> Pubkey {
    address("issuer")
}

/// The schema: who a human is.
pub fn schema() -> Pubkey {
    address("issuer's schema")
}

/// An issuer attests who somebody is, without end.
pub fn attest(stage: &Stage, name: &str) -> Result<()> {
    let wallet = address(name);
    let account = stage.chain.account(&wallet);
    let mut account = account.ok_or_else(|| CliError::Other(format!("{name} has no SOL")))?;
    let signer = address("issuer's signer");
    account.data = attestation([&wallet, &credential(), &schema(), &signer], name);
    account.owner = ATTESTATION_SERVICE;
    let key = find_credential(&credential(), &schema(), &wallet).0;
    Ok(stage.chain.set_account(&key, account)?)
}
