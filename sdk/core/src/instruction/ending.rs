use {
    super::build,
    crate::{
        address::find_associated,
        error::CoreError,
        state::{
            Account, Approval, Attesters, Claim, Contribution, Naming, PersonalToken, Product,
            Receipt, Round,
        },
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::{AccountMeta, Instruction},
};

/// A year after a wind-down began, the endowment of the asset at `place` becomes reserve.
/// Signer: `authority`, anybody.
pub fn join_endowment(token: &Pubkey, authority: &Pubkey, place: u8) -> Instruction {
    build(
        accounts::GovernAccounts {
            authority: *authority,
            token: *token,
        },
        data::JoinEndowment { place },
    )
}

/// In a wind-down, shares out the custody of a claim whose mint is not listed. Signer:
/// `authority`, anybody.
pub fn open_estate(claim: &Account<Claim>, authority: &Pubkey) -> Instruction {
    build(
        accounts::ChangeClaimAccounts {
            authority: *authority,
            token: claim.data.token,
            claim: claim.key,
        },
        data::OpenEstate {},
    )
}

/// A receipt takes its part of an estate, into the associated account of the wallet that
/// redeemed, which must exist. `token_program` owns the custody's mint. Anybody sends it.
pub fn collect_estate(
    claim: &Account<Claim>,
    receipt: &Account<Receipt>,
    token_program: &Pubkey,
) -> Instruction {
    collect(claim, receipt, token_program, None)
}

/// [`collect_estate`] of a mint with fewer than 4 decimals. Signer: the wallet that redeemed.
pub fn collect_coarse_estate(
    claim: &Account<Claim>,
    receipt: &Account<Receipt>,
    token_program: &Pubkey,
) -> Instruction {
    collect(claim, receipt, token_program, Some(receipt.data.wallet))
}

/// [`collect_estate`] to another account of the wallet's, from which nobody else can take:
/// after the wallet handed its associated account to somebody else, or made it ask for memos.
/// Anybody sends it.
pub fn collect_estate_to(
    claim: &Account<Claim>,
    receipt: &Account<Receipt>,
    token_program: &Pubkey,
    destination: &Pubkey,
) -> Instruction {
    let mut collect = collect(claim, receipt, token_program, None);
    let shut = find_associated(&receipt.data.wallet, &claim.data.mint, token_program).0;
    for meta in &mut collect.accounts {
        if meta.pubkey == shut {
            meta.pubkey = *destination;
        }
    }
    collect
        .accounts
        .push(AccountMeta::new_readonly(shut, false));
    collect
}

fn collect(
    claim: &Account<Claim>,
    receipt: &Account<Receipt>,
    token_program: &Pubkey,
    wallet: Option<Pubkey>,
) -> Instruction {
    let mint = &claim.data.mint;
    build(
        accounts::CollectEstateAccounts {
            token: claim.data.token,
            claim: claim.key,
            receipt: receipt.key,
            rent_payer: receipt.data.rent_payer,
            claim_vault: find_associated(&claim.key, mint, token_program).0,
            destination: find_associated(&receipt.data.wallet, mint, token_program).0,
            mint: *mint,
            token_program: *token_program,
            wallet,
        },
        data::CollectEstate {},
    )
}

/// Closes a contribution to a round that sold at once and is over. Signer: `authority`,
/// anybody.
pub fn close_contribution(
    token: &Pubkey,
    contribution: &Account<Contribution>,
    authority: &Pubkey,
) -> Instruction {
    let data = &contribution.data;
    build(
        accounts::CloseEndedAccounts {
            authority: *authority,
            token: *token,
            account: contribution.key,
            rent_payer: data.rent_payer,
            round: Some(data.round),
        },
        data::CloseEnded {},
    )
}

fn close_ended(
    token: &Pubkey,
    authority: &Pubkey,
    account: &Pubkey,
    rent_payer: &Pubkey,
) -> Instruction {
    build(
        accounts::CloseEndedAccounts {
            authority: *authority,
            token: *token,
            account: *account,
            rent_payer: *rent_payer,
            round: None,
        },
        data::CloseEnded {},
    )
}

/// Closes the account of a round from which nobody has anything to get. Signer:
/// `authority`, the owner, in a wind-down anybody.
pub fn close_round_account(round: &Account<Round>, authority: &Pubkey) -> Instruction {
    let data = &round.data;
    close_ended(&data.token, authority, &round.key, &data.rent_payer)
}

/// Closes the account of a closed product without passes. Signer: `authority`, the owner,
/// in a wind-down anybody.
pub fn close_product_account(product: &Account<Product>, authority: &Pubkey) -> Instruction {
    let data = &product.data;
    close_ended(&data.token, authority, &product.key, &data.rent_payer)
}

/// Closes an approval that expired, or that a wind-down needs no more. Signer: `authority`,
/// anybody.
pub fn close_approval(approval: &Account<Approval>, authority: &Pubkey) -> Instruction {
    let data = &approval.data;
    close_ended(&data.token, authority, &approval.key, &data.rent_payer)
}

/// Closes the names of a token whose wind-down paid the last share out. Signer: `authority`,
/// anybody.
pub fn close_naming(naming: &Account<Naming>, authority: &Pubkey) -> Instruction {
    let data = &naming.data;
    close_ended(&data.token, authority, &naming.key, &data.rent_payer)
}

/// Closes the attesters of a token whose wind-down paid the last share out. Signer:
/// `authority`, anybody.
pub fn close_attesters(attesters: &Account<Attesters>, authority: &Pubkey) -> Instruction {
    let data = &attesters.data;
    close_ended(&data.token, authority, &attesters.key, &data.rent_payer)
}

/// Closes the vault of the asset at `place` at the end of a wind-down. `rest`: something is
/// left in it, which goes to the owner's associated account. Anybody sends it.
///
/// # Errors
/// `Refused(AssetNotListed)`.
pub fn close_vault(
    token: &Account<PersonalToken>,
    place: usize,
    rest: bool,
) -> Result<Instruction, CoreError> {
    let asset = token.data.asset(place)?;
    let owner = token.data.owner;
    Ok(build(
        accounts::CloseVaultAccounts {
            token: token.key,
            vault: asset.vault,
            mint: asset.mint,
            destination: rest.then(|| super::asset_account(asset, &owner)),
            owner,
            token_program: asset.token_program(),
        },
        data::CloseVault {},
    ))
}

/// Closes the share custody at the end of a wind-down. Anybody sends it.
pub fn close_share_custody(token: &Account<PersonalToken>) -> Instruction {
    build(
        accounts::CloseVaultAccounts {
            token: token.key,
            vault: token.data.share_custody,
            mint: token.data.mint,
            destination: None,
            owner: token.data.owner,
            token_program: crate::address::TOKEN_2022_PROGRAM,
        },
        data::CloseVault {},
    )
}
