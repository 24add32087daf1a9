use {
    super::build,
    crate::{
        address::{SYSTEM_PROGRAM, find_amendment, find_claim, find_holder},
        state::{
            Account, Amendment, Change, Claim, Easing, Holder, PROGRAM_ID, PersonalToken, Policy,
        },
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

fn govern(token: &Pubkey, authority: &Pubkey) -> accounts::Govern {
    accounts::Govern {
        authority: *authority,
        token: *token,
    }
}

/// Announces who may hold and how shares move. Signer: the owner.
pub fn propose_policy(token: &Account<PersonalToken>, policy: Policy) -> Instruction {
    build(
        govern(&token.key, &token.data.owner),
        data::ProposePolicy { policy },
    )
}

/// Applies announced policies whose notice is over. Signer: `authority`, anybody.
pub fn apply_policy(token: &Pubkey, authority: &Pubkey) -> Instruction {
    build(govern(token, authority), data::ApplyPolicy {})
}

/// Withdraws announced policies. Signer: the owner.
pub fn withdraw_policy(token: &Account<PersonalToken>) -> Instruction {
    build(
        govern(&token.key, &token.data.owner),
        data::WithdrawPolicy {},
    )
}

/// Makes terms better for holders, at once. Signer: the owner.
pub fn ease_terms(token: &Account<PersonalToken>, easing: Easing) -> Instruction {
    build(
        govern(&token.key, &token.data.owner),
        data::EaseTerms { easing },
    )
}

/// Proposes a change of terms; `document` is the SHA-256 of what it says in full. It may
/// be applied in the `expires_in` seconds after the notice period. Signers: `payer`, the
/// owner.
pub fn propose_amendment(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    change: Change,
    document: [u8; 32],
    expires_in: u32,
) -> Instruction {
    let claim = change.claim();
    build(
        accounts::ProposeAmendment {
            payer: *payer,
            owner: token.data.owner,
            token: token.key,
            amendment: find_amendment(&token.key, token.data.amendments).0,
            claim: claim.map(|number| find_claim(&token.key, number).0),
            system_program: SYSTEM_PROGRAM,
        },
        data::ProposeAmendment {
            change,
            document,
            expires_in,
        },
    )
}

fn ballot(amendment: &Account<Amendment>, wallet: &Pubkey) -> accounts::Ballot {
    let token = amendment.data.token;
    accounts::Ballot {
        wallet: *wallet,
        token,
        holder: find_holder(&token, wallet).0,
        amendment: amendment.key,
    }
}

/// Approves the open amendment with all of a wallet's shares. Signer: `wallet`.
pub fn approve_amendment(amendment: &Account<Amendment>, wallet: &Pubkey) -> Instruction {
    build(ballot(amendment, wallet), data::ApproveAmendment {})
}

/// Retracts an approval. Signer: `wallet`.
pub fn retract_approval(amendment: &Account<Amendment>, wallet: &Pubkey) -> Instruction {
    build(ballot(amendment, wallet), data::RetractApproval {})
}

/// Applies an amendment that passed. Signer: `authority`, anybody; the owner where nobody
/// else has shares.
pub fn apply_amendment(
    token: &Account<PersonalToken>,
    amendment: &Account<Amendment>,
    authority: &Pubkey,
) -> Instruction {
    let data = &amendment.data;
    let claim = data.change().ok().and_then(|change| change.claim());
    build(
        accounts::ApplyAmendment {
            authority: *authority,
            token: token.key,
            amendment: amendment.key,
            owner_holder: find_holder(&token.key, &token.data.owner).0,
            claim: claim.map(|number| find_claim(&token.key, number).0),
        },
        data::ApplyAmendment {},
    )
}

fn close(amendment: &Account<Amendment>, authority: &Pubkey) -> accounts::CloseAmendment {
    accounts::CloseAmendment {
        authority: *authority,
        token: amendment.data.token,
        amendment: amendment.key,
        rent_payer: amendment.data.rent_payer,
    }
}

/// Withdraws the open amendment. Signer: `owner`.
pub fn withdraw_amendment(amendment: &Account<Amendment>, owner: &Pubkey) -> Instruction {
    build(close(amendment, owner), data::WithdrawAmendment {})
}

/// Closes an amendment that has expired. Signer: `authority`, anybody.
pub fn expire_amendment(amendment: &Account<Amendment>, authority: &Pubkey) -> Instruction {
    build(close(amendment, authority), data::ExpireAmendment {})
}

/// A sign of life. Signer: the owner.
pub fn heartbeat(token: &Account<PersonalToken>) -> Instruction {
    build(govern(&token.key, &token.data.owner), data::Heartbeat {})
}

/// Names who may wind the token up after the owner's inactivity; the zero key for
/// nobody. Signer: the owner.
pub fn set_executor(token: &Account<PersonalToken>, executor: &Pubkey) -> Instruction {
    let executor = *executor;
    build(
        govern(&token.key, &token.data.owner),
        data::SetExecutor { executor },
    )
}

/// Winds the token up. Signer: `executor`.
pub fn wind_up_by_executor(token: &Pubkey, executor: &Pubkey) -> Instruction {
    build(govern(token, executor), data::WindUpByExecutor {})
}

/// The same call of an exit, sale, release or write-off with the token's executor in the
/// owner's place: in a wind-down the executor may make it.
pub fn by_executor(mut call: Instruction, token: &Account<PersonalToken>) -> Instruction {
    if call.program_id != PROGRAM_ID {
        return call;
    }
    let owner = call.accounts.first_mut();
    if let Some(owner) = owner.filter(|meta| meta.pubkey == token.data.owner) {
        owner.pubkey = token.data.executor;
    }
    call
}

/// Closes an empty holder account; the rent returns to who paid it. Signer: `authority`,
/// its wallet, or in a wind-down anybody.
pub fn close_holder(holder: &Account<Holder>, authority: &Pubkey) -> Instruction {
    build(
        accounts::CloseHolder {
            authority: *authority,
            token: holder.data.token,
            holder: holder.key,
            wallet: holder.data.wallet,
            rent_payer: holder.data.rent_payer,
        },
        data::CloseHolder {},
    )
}

/// Closes the account of a claim of which nothing is left. Signer: `authority`, the owner.
pub fn close_claim(claim: &Account<Claim>, authority: &Pubkey) -> Instruction {
    build(
        accounts::CloseClaim {
            authority: *authority,
            token: claim.data.token,
            claim: claim.key,
            rent_payer: claim.data.rent_payer,
        },
        data::CloseClaim {},
    )
}
