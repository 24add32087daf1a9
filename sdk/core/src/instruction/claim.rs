use {
    super::{asset_account, build, proceeds_account},
    crate::{
        address::{
            ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, find_associated, find_attestation,
            find_attesters, find_claim,
        },
        error::CoreError,
        state::{
            Account, Attesters, AuctionBuyArgs, AuctionTerms, Claim, ClaimTerms, ExitArgs,
            PersonalToken,
        },
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::{AccountMeta, Instruction},
    upside_math::Atoms,
};

/// Declares the token's next claim. Signers: `payer`, the owner.
pub fn declare_claim(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    terms: ClaimTerms,
) -> Instruction {
    build(
        accounts::DeclareClaim {
            payer: *payer,
            owner: token.data.owner,
            token: token.key,
            claim: find_claim(&token.key, token.data.claims).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::DeclareClaim { terms },
    )
}

/// Brings tokenized equity from the owner's associated account into the claim's
/// vault: `units` atoms of `mint`, which cost `cost` quote atoms. Signer: the owner.
pub fn deposit_equity(
    token: &Account<PersonalToken>,
    claim: &Pubkey,
    mint: &Pubkey,
    token_program: &Pubkey,
    units: u64,
    cost: Atoms,
) -> Instruction {
    build(
        accounts::DepositEquity {
            owner: token.data.owner,
            token: token.key,
            claim: *claim,
            payment: find_associated(&token.data.owner, mint, token_program).0,
            claim_vault: find_associated(claim, mint, token_program).0,
            mint: *mint,
            token_program: *token_program,
            associated_token_program: ASSOCIATED_TOKEN_PROGRAM,
            system_program: SYSTEM_PROGRAM,
        },
        data::DepositEquity {
            units,
            cost: cost.0,
        },
    )
}

/// Moves tokenized equity from a claim into the reserve. Signer: the owner.
///
/// # Errors
/// `Refused(AssetNotListed)` where the claim's mint is not listed.
pub fn release_equity(
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    units: u64,
) -> Result<Instruction, CoreError> {
    let asset = token.data.asset(token.data.asset_of(&claim.data.mint)?)?;
    Ok(build(
        accounts::ReleaseEquity {
            owner: token.data.owner,
            token: token.key,
            claim: claim.key,
            claim_vault: asset_account(asset, &claim.key),
            vault: asset.vault,
            mint: asset.mint,
            token_program: asset.token_program(),
        },
        data::ReleaseEquity { units },
    ))
}

/// Adds the accounts that prove the evidence on a claim: the attestation of each accepted
/// attester, in the order of the list.
pub fn with_evidence(
    mut instruction: Instruction,
    claim: &Pubkey,
    list: Option<&Attesters>,
) -> Instruction {
    let seated = list.into_iter().flat_map(Attesters::seated);
    let signed = seated.map(|(_, attester)| find_attestation(claim, attester).0);
    let signed = signed.map(|key| AccountMeta::new_readonly(key, false));
    instruction.accounts.extend(signed);
    instruction
}

fn proceeds(
    token: &Account<PersonalToken>,
    claim: &Pubkey,
    payer: &Pubkey,
) -> accounts::ProceedsAccounts {
    let quote = token.data.quote();
    accounts::ProceedsAccounts {
        payer: *payer,
        token: token.key,
        claim: *claim,
        attesters: find_attesters(&token.key).0,
        payment: asset_account(quote, payer),
        proceeds: proceeds_account(token),
        quote_vault: quote.vault,
        quote_mint: quote.mint,
        quote_token_program: quote.token_program(),
    }
}

/// Exits equity on paper: `payer` pays the proceeds in, the waterfall splits them. `list`
/// are the token's attesters, where it has any. Signers: the owner, `payer`.
pub fn exit_claim(
    token: &Account<PersonalToken>,
    claim: &Pubkey,
    payer: &Pubkey,
    list: Option<&Attesters>,
    args: ExitArgs,
) -> Instruction {
    let exit = build(
        accounts::ExitClaim {
            owner: token.data.owner,
            exit: proceeds(token, claim, payer),
        },
        data::ExitClaim { args },
    );
    with_evidence(exit, claim, list)
}

/// Gives units of equity on paper up as worthless. Signer: `owner`.
pub fn write_off_claim(
    claim: &Account<Claim>,
    owner: &Pubkey,
    list: Option<&Attesters>,
    units: u64,
) -> Instruction {
    let token = claim.data.token;
    let write_off = build(
        accounts::WriteOffClaim {
            authority: *owner,
            token,
            claim: claim.key,
            attesters: find_attesters(&token).0,
        },
        data::WriteOffClaim { units },
    );
    with_evidence(write_off, &claim.key, list)
}

/// Announces an auction of tokenized equity, which starts after the notice period. Signer:
/// the owner.
pub fn announce_auction(
    token: &Account<PersonalToken>,
    claim: &Pubkey,
    list: Option<&Attesters>,
    terms: AuctionTerms,
) -> Instruction {
    let announce = build(
        accounts::AnnounceAuction {
            owner: token.data.owner,
            token: token.key,
            claim: *claim,
            attesters: find_attesters(&token.key).0,
        },
        data::AnnounceAuction { terms },
    );
    with_evidence(announce, claim, list)
}

/// Stops an auction: what is unsold stays in custody. Signer: `owner`.
pub fn cancel_auction(claim: &Account<Claim>, owner: &Pubkey) -> Instruction {
    build(
        accounts::CancelAuction {
            owner: *owner,
            token: claim.data.token,
            claim: claim.key,
        },
        data::CancelAuction {},
    )
}

/// Buys at an auction into the buyer's associated account: `token_program` owns the equity's
/// mint. Signer: `buyer`.
pub fn buy_at_auction(
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    buyer: &Pubkey,
    token_program: &Pubkey,
    list: Option<&Attesters>,
    args: AuctionBuyArgs,
) -> Instruction {
    let mint = claim.data.mint;
    let buy = build(
        accounts::BuyAtAuction {
            exit: proceeds(token, &claim.key, buyer),
            claim_vault: find_associated(&claim.key, &mint, token_program).0,
            destination: find_associated(buyer, &mint, token_program).0,
            mint,
            token_program: *token_program,
        },
        data::BuyAtAuction { args },
    );
    with_evidence(buy, &claim.key, list)
}

/// Books what a claim's vault holds beyond its units, or what is missing there. No signer.
pub fn sync_claim(claim: &Account<Claim>, token_program: &Pubkey) -> Instruction {
    let vault = find_associated(&claim.key, &claim.data.mint, token_program).0;
    build(
        accounts::SyncClaim {
            token: claim.data.token,
            claim: claim.key,
            claim_vault: vault,
        },
        data::SyncClaim {},
    )
}

/// Pays revenue from the payer's associated account. Signer: `payer`.
///
/// # Errors
/// `Refused(AssetNotListed)` where the claim's mint is not listed.
pub fn pay_revenue(
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    payer: &Pubkey,
    amount: Atoms,
) -> Result<Instruction, CoreError> {
    let asset = token.data.asset(token.data.asset_of(&claim.data.mint)?)?;
    Ok(build(
        accounts::PayRevenue {
            payer: *payer,
            token: token.key,
            claim: claim.key,
            payment: asset_account(asset, payer),
            vault: asset.vault,
            mint: asset.mint,
            token_program: asset.token_program(),
        },
        data::PayRevenue { amount: amount.0 },
    ))
}
