use {
    super::{asset_account, build, proceeds_account},
    crate::{
        address::{ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, find_associated, find_claim},
        error::SdkError,
        state::{Account, Claim, ClaimTerms, ExitArgs, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
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
) -> Result<Instruction, SdkError> {
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

fn exit(token: &Account<PersonalToken>, claim: &Pubkey, payer: &Pubkey) -> accounts::ExitClaim {
    let quote = token.data.quote();
    accounts::ExitClaim {
        owner: token.data.owner,
        payer: *payer,
        token: token.key,
        claim: *claim,
        payment: asset_account(quote, payer),
        proceeds: proceeds_account(token),
        quote_vault: quote.vault,
        quote_mint: quote.mint,
        quote_token_program: quote.token_program(),
    }
}

/// Exits equity on paper: `payer` pays the proceeds in, the waterfall splits them.
/// Signers: the owner, `payer`.
pub fn exit_claim(
    token: &Account<PersonalToken>,
    claim: &Pubkey,
    payer: &Pubkey,
    args: ExitArgs,
) -> Instruction {
    build(exit(token, claim, payer), data::ExitClaim { args })
}

/// What is sold out of a claim's vault.
#[derive(Clone, Copy, Debug)]
pub struct Sale {
    /// Who pays and receives the units in their associated account.
    pub buyer: Pubkey,
    /// The program that owns the equity's mint.
    pub token_program: Pubkey,
    /// Units and proceeds.
    pub args: ExitArgs,
}

/// Sells tokenized equity, delivery versus payment. Signers: the owner, the buyer.
pub fn sell_equity(
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    sale: &Sale,
) -> Instruction {
    let (mint, program) = (claim.data.mint, sale.token_program);
    build(
        accounts::SellEquity {
            exit: exit(token, &claim.key, &sale.buyer),
            claim_vault: find_associated(&claim.key, &mint, &program).0,
            destination: find_associated(&sale.buyer, &mint, &program).0,
            mint,
            token_program: program,
        },
        data::SellEquity { args: sale.args },
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
) -> Result<Instruction, SdkError> {
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
