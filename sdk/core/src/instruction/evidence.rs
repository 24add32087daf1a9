use {
    super::build,
    crate::{
        address::{SYSTEM_PROGRAM, find_attestation, find_attesters},
        error::CoreError,
        state::{Account, Attestation, Claim, RevenueReport, Statement, Transformation},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
    upside_math::Atoms,
};

/// Names attesters, while nobody else holds or buys shares; the first call makes the list,
/// without `attesters` an empty one, which anybody may make in the owner's place.
/// Signers: `payer`, the owner.
pub fn add_attesters(
    token: &Pubkey,
    owner: &Pubkey,
    payer: &Pubkey,
    attesters: &[Pubkey],
) -> Instruction {
    build(
        accounts::AddAttesters {
            payer: *payer,
            owner: *owner,
            token: *token,
            attesters: find_attesters(token).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::AddAttesters {
            wallets: attesters.to_vec(),
        },
    )
}

fn govern(token: &Pubkey, owner: &Pubkey) -> accounts::GovernAttestersAccounts {
    accounts::GovernAttestersAccounts {
        owner: *owner,
        token: *token,
        attesters: find_attesters(token).0,
    }
}

/// Removes an attester, while nobody else holds or buys shares. Signer: the owner.
pub fn remove_attester(token: &Pubkey, owner: &Pubkey, attester: &Pubkey) -> Instruction {
    let attester = *attester;
    build(govern(token, owner), data::RemoveAttester { attester })
}

/// Sets how many attestations it takes: more at any time, fewer while nobody else holds or
/// buys shares. Signer: the owner.
pub fn set_attester_threshold(token: &Pubkey, owner: &Pubkey, threshold: u8) -> Instruction {
    build(
        govern(token, owner),
        data::SetAttesterThreshold { threshold },
    )
}

fn hand_over(token: &Pubkey, authority: &Pubkey) -> accounts::HandOverSeatAccounts {
    accounts::HandOverSeatAccounts {
        authority: *authority,
        token: *token,
        attesters: find_attesters(token).0,
    }
}

/// Announces who takes an attester's seat; zero for nobody. Signer: `attester`.
pub fn name_successor(token: &Pubkey, attester: &Pubkey, successor: &Pubkey) -> Instruction {
    let successor = *successor;
    build(
        hand_over(token, attester),
        data::NameSuccessor { successor },
    )
}

/// Takes the seat of `attester`, who named `successor`. Signer: `successor`.
pub fn take_seat(token: &Pubkey, attester: &Pubkey, successor: &Pubkey) -> Instruction {
    let attester = *attester;
    build(hand_over(token, successor), data::TakeSeat { attester })
}

/// What an attester signs on a claim as it is: `value` and `cost` are of all units held.
///
/// # Errors
/// `Refused` where the claim does not add up.
pub fn statement(
    claim: &Account<Claim>,
    value: Atoms,
    cost: Atoms,
    expires_at: i64,
) -> Result<Statement, CoreError> {
    let data = &claim.data;
    Ok(Statement {
        terms: data.terms,
        document: data.document,
        units: data.held()?,
        value: value.0,
        cost: cost.0,
        expires_at,
    })
}

/// Signs a statement on a claim, or signs again; see [`statement`]. Signers: `payer`,
/// `attester`.
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
            claim: claim.key,
            attestation: find_attestation(&claim.key, attester).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::AttestClaim { statement },
    )
}

/// Takes a statement back. Signer: `authority`, its attester; anybody once the claim is
/// over.
pub fn revoke_attestation(attestation: &Account<Attestation>, authority: &Pubkey) -> Instruction {
    let data = &attestation.data;
    build(
        accounts::RevokeAttestation {
            authority: *authority,
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

fn change(claim: &Account<Claim>, authority: &Pubkey) -> accounts::ChangeClaimAccounts {
    accounts::ChangeClaimAccounts {
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

/// Reports a month's revenue. Signer: `reporter`, the owner or the claim's payer.
pub fn report_revenue(
    claim: &Account<Claim>,
    reporter: &Pubkey,
    report: RevenueReport,
) -> Instruction {
    build(change(claim, reporter), data::ReportRevenue { report })
}
