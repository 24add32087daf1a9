use {
    super::build,
    crate::{
        address::{TOKEN_PROGRAM, find_associated},
        state::{Account, Claim, Holder, PROGRAM_ID, PersonalToken, Policy, Relaxation},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

fn govern(token: &Pubkey, authority: &Pubkey) -> accounts::GovernAccounts {
    accounts::GovernAccounts {
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
pub fn cancel_policy(token: &Account<PersonalToken>) -> Instruction {
    build(govern(&token.key, &token.data.owner), data::CancelPolicy {})
}

/// Makes terms better for holders, at once. Signer: the owner.
pub fn relax_terms(token: &Account<PersonalToken>, relaxation: Relaxation) -> Instruction {
    build(
        govern(&token.key, &token.data.owner),
        data::RelaxTerms { relaxation },
    )
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

/// The same call of an exit, release or write-off with the token's executor in the
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

/// Closes the account of a claim that is over, and its vault, whose mint `token_program`
/// owns. If something is left in the vault, it goes to the associated account of `left_to`,
/// the owner, which must exist. Signer: `authority`, the owner, in a wind-down anybody.
pub fn close_claim_of(
    claim: &Account<Claim>,
    authority: &Pubkey,
    token_program: &Pubkey,
    left_to: Option<&Pubkey>,
) -> Instruction {
    let (data, key) = (&claim.data, &claim.key);
    let custody = data.mint != Pubkey::default() && data.share_bps == 0;
    let of = |wallet: &Pubkey| find_associated(wallet, &data.mint, token_program).0;
    build(
        accounts::CloseClaim {
            authority: *authority,
            token: data.token,
            claim: *key,
            rent_payer: data.rent_payer,
            claim_vault: custody.then(|| of(key)),
            mint: custody.then_some(data.mint),
            destination: left_to.filter(|_| custody).map(of),
            token_program: custody.then_some(*token_program),
        },
        data::CloseClaim {},
    )
}

/// [`close_claim_of`] a claim on paper, or whose mint is classic SPL Token's and whose vault
/// is empty.
pub fn close_claim(claim: &Account<Claim>, authority: &Pubkey) -> Instruction {
    close_claim_of(claim, authority, &TOKEN_PROGRAM, None)
}
