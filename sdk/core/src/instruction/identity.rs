use {
    super::build,
    crate::{
        address::{SYSTEM_PROGRAM, find_identity},
        state::{Account, Identity, IdentityAttestation},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Signs that a token's owner is a certain person, or signs again. Signers: `payer`,
/// `attester`.
pub fn attest_identity(
    token: &Pubkey,
    payer: &Pubkey,
    attester: &Pubkey,
    identity_attestation: IdentityAttestation,
) -> Instruction {
    build(
        accounts::AttestIdentity {
            payer: *payer,
            attester: *attester,
            token: *token,
            identity: find_identity(token, attester).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::AttestIdentity {
            identity_attestation,
        },
    )
}

/// Takes it back. Signer: `authority`, who vouched; anybody once it is over.
pub fn revoke_identity(identity: &Account<Identity>, authority: &Pubkey) -> Instruction {
    let data = &identity.data;
    build(
        accounts::RevokeIdentity {
            authority: *authority,
            token: data.token,
            identity: identity.key,
            rent_payer: data.rent_payer,
        },
        data::RevokeIdentity {},
    )
}
