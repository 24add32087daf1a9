use {
    super::{asset_account, build},
    crate::{
        address::{ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, find_associated},
        error::SdkError,
        state::{Account, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
    upside_math::Atoms,
};

/// Lists a mint as a reserve asset, with `payout` as a payout mint too. Signers:
/// `payer`, the owner.
pub fn list_asset(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    mint: &Pubkey,
    token_program: &Pubkey,
    payout: bool,
) -> Instruction {
    build(
        accounts::ListAsset {
            payer: *payer,
            owner: token.data.owner,
            token: token.key,
            mint: *mint,
            vault: find_associated(&token.key, mint, token_program).0,
            token_program: *token_program,
            associated_token_program: ASSOCIATED_TOKEN_PROGRAM,
            system_program: SYSTEM_PROGRAM,
        },
        data::ListAsset { payout },
    )
}

/// Gives to the reserve, from the giver's associated account. Signer: `giver`.
///
/// # Errors
/// `Refused(AssetNotListed)` where the mint is not listed.
pub fn deposit_reserve(
    token: &Account<PersonalToken>,
    giver: &Pubkey,
    mint: &Pubkey,
    amount: Atoms,
) -> Result<Instruction, SdkError> {
    let asset = token.data.asset(token.data.asset_of(mint)?)?;
    Ok(build(
        accounts::DepositReserve {
            giver: *giver,
            token: token.key,
            payment: asset_account(asset, giver),
            vault: asset.vault,
            mint: asset.mint,
            token_program: asset.token_program(),
        },
        data::DepositReserve { amount: amount.0 },
    ))
}

/// Books what a vault holds beyond its counters. No signer.
///
/// # Errors
/// `Refused(AssetNotListed)` where the mint is not listed.
pub fn sync_reserve(
    token: &Account<PersonalToken>,
    mint: &Pubkey,
) -> Result<Instruction, SdkError> {
    let vault = token.data.asset(token.data.asset_of(mint)?)?.vault;
    Ok(build(
        accounts::SyncReserve {
            token: token.key,
            vault,
        },
        data::SyncReserve {},
    ))
}

/// Burns what the register holds beyond its books, and books what bearers burned.
/// No signer.
pub fn sync_register(token: &Account<PersonalToken>) -> Instruction {
    build(
        accounts::SyncRegister {
            token: token.key,
            mint: token.data.mint,
            register: token.data.register,
            token_2022_program: TOKEN_2022_PROGRAM,
        },
        data::SyncRegister {},
    )
}
