use {
    super::build,
    crate::{
        address::{SYSTEM_PROGRAM, find_attestation, find_attesters},
        state::{
            Account, Attestation, Claim, PersonalToken, RevenueReport, Statement, Transformation,
        },
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Adds an attester, at once; the first one makes the list. Signers: `payer`, the owner.
pub fn add_attester(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    attester: &Pubkey,
) -> Instruction {
    build(
        accounts::AddAttester {
            payer: *payer,
            owner: token.data.owner,
            token: token.key,
            attesters: find_attesters(&token.key).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::AddAttester {
            attester: *attester,
        },
    )
}

fn govern(token: &Pubkey, authority: &Pubkey) -> accounts::GovernAttesters {
    accounts::GovernAttesters {
        authority: *authority,
        token: *token,
        attesters: find_attesters(token).0,
    }
}

/// Announces the removal of an attester. Signer: the owner.
pub fn announce_attester_removal(token: &Account<PersonalToken>, attester: &Pubkey) -> Instruction {
    let attester = *attester;
    build(
        govern(&token.key, &token.data.owner),
        data::AnnounceAttesterRemoval { attester },
    )
}

/// Removes an attester whose notice is over. Signer: `authority`, anybody.
pub fn remove_attester(token: &Pubkey, authority: &Pubkey, attester: &Pubkey) -> Instruction {
    let attester = *attester;
    build(govern(token, authority), data::RemoveAttester { attester })
}

/// Sets how many attestations it takes: more at once, fewer with notice. Signer: the
/// owner.
pub fn set_attester_threshold(token: &Account<PersonalToken>, threshold: u8) -> Instruction {
    build(
        govern(&token.key, &token.data.owner),
        data::SetAttesterThreshold { threshold },
    )
}

/// Applies a lower threshold whose notice is over. Signer: `authority`, anybody.
pub fn apply_attester_threshold(token: &Pubkey, authority: &Pubkey) -> Instruction {
    build(govern(token, authority), data::ApplyAttesterThreshold {})
}

/// Signs a statement on a claim, or signs again. Signers: `payer`, `attester`.
pub fn attest_claim(
    claim: &Account<Claim>,
    payer: &Pubkey,
    attester: &Pubkey,
    statement: Statement,
) -> Instruction {
    let token = claim.data.token;
    build(
        accounts::AttestClaim {
            payer: *payer,
            attester: *attester,
            token,
            attesters: find_attesters(&token).0,
            claim: claim.key,
            attestation: find_attestation(&claim.key, attester).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::AttestClaim { statement },
    )
}

/// Takes a statement back. Signer: its attester.
pub fn revoke_attestation(attestation: &Account<Attestation>) -> Instruction {
    let data = &attestation.data;
    build(
        accounts::RevokeAttestation {
            attester: data.attester,
            token: data.token,
            claim: data.claim,
            attestation: attestation.key,
            rent_payer: data.rent_payer,
        },
        data::RevokeAttestation {},
    )
}

fn dispute(claim: &Account<Claim>, authority: &Pubkey) -> accounts::DisputeClaim {
    let token = claim.data.token;
    accounts::DisputeClaim {
        authority: *authority,
        token,
        attesters: find_attesters(&token).0,
        claim: claim.key,
    }
}

/// Disputes a claim; `reasons` is the SHA-256 of what there is to say. Signer:
/// `attester`.
pub fn dispute_claim(claim: &Account<Claim>, attester: &Pubkey, reasons: [u8; 32]) -> Instruction {
    build(dispute(claim, attester), data::DisputeClaim { reasons })
}

/// Ends a dispute. Signer: `authority`, who disputed; the owner, where that key is an
/// attester no more.
pub fn resolve_dispute(claim: &Account<Claim>, authority: &Pubkey) -> Instruction {
    build(dispute(claim, authority), data::ResolveDispute {})
}

fn change(claim: &Account<Claim>, authority: &Pubkey) -> accounts::ChangeClaim {
    accounts::ChangeClaim {
        authority: *authority,
        token: claim.data.token,
        claim: claim.key,
    }
}

/// Changes the form of equity on paper, with its cost carried. Signer: `owner`.
pub fn transform_claim(
    claim: &Account<Claim>,
    owner: &Pubkey,
    into: Transformation,
) -> Instruction {
    build(change(claim, owner), data::TransformClaim { into })
}

/// Gives units up as worthless; of revenue, the whole claim. Signer: `owner`.
pub fn write_off_claim(claim: &Account<Claim>, owner: &Pubkey, units: u64) -> Instruction {
    build(change(claim, owner), data::WriteOffClaim { units })
}

/// Reports a month's revenue. Signer: `reporter`, the owner or the claim's payer.
pub fn report_revenue(
    claim: &Account<Claim>,
    reporter: &Pubkey,
    report: RevenueReport,
) -> Instruction {
    build(change(claim, reporter), data::ReportRevenue { report })
}
