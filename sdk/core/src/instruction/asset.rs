use {
    super::{asset_account, build},
    crate::{
        address::{ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, find_associated},
        error::CoreError,
        state::{Account, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
    upside_math::Atoms,
};

/// Lists a mint as a reserve asset, with `payout` as a payout mint too. `authority` may
/// mint it; `None` if nobody may. Signers: `payer`, the owner.
pub fn add_asset(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    mint: &Pubkey,
    token_program: &Pubkey,
    authority: Option<Pubkey>,
    payout: bool,
) -> Instruction {
    build(
        accounts::AddAsset {
            payer: *payer,
            owner: token.data.owner,
            token: token.key,
            mint: *mint,
            mint_authority: authority,
            vault: find_associated(&token.key, mint, token_program).0,
            token_program: *token_program,
            associated_token_program: ASSOCIATED_TOKEN_PROGRAM,
            system_program: SYSTEM_PROGRAM,
        },
        data::AddAsset { payout },
    )
}

fn deposit(
    token: &Account<PersonalToken>,
    giver: &Pubkey,
    mint: &Pubkey,
) -> Result<accounts::DepositAccounts, CoreError> {
    let asset = token.data.asset(token.data.asset_of(mint)?)?;
    Ok(accounts::DepositAccounts {
        giver: *giver,
        token: token.key,
        payment: asset_account(asset, giver),
        vault: asset.vault,
        mint: asset.mint,
        token_program: asset.token_program(),
    })
}

/// Gives to the reserve, from the giver's associated account: anybody the quote mint, the
/// owner any listed one. Signer: `giver`.
///
/// # Errors
/// `Refused(AssetNotListed)` if the mint is not listed.
pub fn deposit_reserve(
    token: &Account<PersonalToken>,
    giver: &Pubkey,
    mint: &Pubkey,
    amount: Atoms,
) -> Result<Instruction, CoreError> {
    let data = data::DepositReserve { amount: amount.0 };
    Ok(build(deposit(token, giver, mint)?, data))
}

/// Adds to the owner's endowment, from the giver's associated account. Signer: `giver`.
///
/// # Errors
/// `Refused(AssetNotListed)` if the mint is not listed.
pub fn deposit_endowment(
    token: &Account<PersonalToken>,
    giver: &Pubkey,
    mint: &Pubkey,
    amount: Atoms,
) -> Result<Instruction, CoreError> {
    let data = data::DepositEndowment { amount: amount.0 };
    Ok(build(deposit(token, giver, mint)?, data))
}

/// Takes what nothing locks out of the endowment, to the owner's associated account.
/// Signer: the owner.
///
/// # Errors
/// `Refused(AssetNotListed)` if the mint is not listed.
pub fn withdraw_endowment(
    token: &Account<PersonalToken>,
    mint: &Pubkey,
    amount: Atoms,
) -> Result<Instruction, CoreError> {
    let asset = token.data.asset(token.data.asset_of(mint)?)?;
    Ok(build(
        accounts::WithdrawEndowmentAccounts {
            owner: token.data.owner,
            token: token.key,
            destination: asset_account(asset, &token.data.owner),
            vault: asset.vault,
            mint: asset.mint,
            token_program: asset.token_program(),
        },
        data::WithdrawEndowment { amount: amount.0 },
    ))
}

/// Books what a vault holds beyond its counters into the reserve. Signer: `authority`, the
/// owner; in a wind-down anybody.
///
/// # Errors
/// `Refused(AssetNotListed)` if the mint is not listed.
pub fn book_surplus(
    token: &Account<PersonalToken>,
    authority: &Pubkey,
    mint: &Pubkey,
) -> Result<Instruction, CoreError> {
    let vault = token.data.asset(token.data.asset_of(mint)?)?.vault;
    Ok(build(
        accounts::BookSurplusAccounts {
            authority: *authority,
            token: token.key,
            vault,
        },
        data::BookSurplus {},
    ))
}

/// Takes what a vault lacks out of its books. No signer.
///
/// # Errors
/// `Refused(AssetNotListed)` if the mint is not listed.
pub fn book_loss(token: &Account<PersonalToken>, mint: &Pubkey) -> Result<Instruction, CoreError> {
    let vault = token.data.asset(token.data.asset_of(mint)?)?.vault;
    Ok(build(
        accounts::BookLossAccounts {
            token: token.key,
            vault,
        },
        data::BookLoss {},
    ))
}

/// Notes whether the state shows that a listed asset cannot move. No signer.
///
/// # Errors
/// `Refused(AssetNotListed)` if the mint is not listed.
pub fn note_immovable(
    token: &Account<PersonalToken>,
    mint: &Pubkey,
) -> Result<Instruction, CoreError> {
    let asset = token.data.asset(token.data.asset_of(mint)?)?;
    Ok(build(
        accounts::NoteImmovableAccounts {
            token: token.key,
            mint: asset.mint,
            vault: asset.vault,
        },
        data::NoteImmovable {},
    ))
}

/// Burns what the register holds beyond its books, and books what bearers burned.
/// No signer.
pub fn sync_share_custody(token: &Account<PersonalToken>) -> Instruction {
    build(
        accounts::SyncShareCustody {
            token: token.key,
            mint: token.data.mint,
            share_custody: token.data.share_custody,
            token_2022_program: TOKEN_2022_PROGRAM,
        },
        data::SyncShareCustody {},
    )
}
