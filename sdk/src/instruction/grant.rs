use {
    super::{asset_account, build},
    crate::{
        address::{SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, find_grant, find_holder},
        error::SdkError,
        state::{Account, Grant, GrantTerms, Holder, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Grants new shares that vest over time. Signers: `payer`, the owner, `beneficiary`.
pub fn make_grant(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    beneficiary: &Pubkey,
    terms: GrantTerms,
) -> Instruction {
    let grant = find_grant(&token.key, token.data.grants).0;
    build(
        accounts::MakeGrant {
            payer: *payer,
            owner: token.data.owner,
            beneficiary: *beneficiary,
            token: token.key,
            grant,
            holder: find_holder(&token.key, &grant).0,
            mint: token.data.mint,
            register: token.data.register,
            token_2022_program: TOKEN_2022_PROGRAM,
            system_program: SYSTEM_PROGRAM,
        },
        data::MakeGrant { terms },
    )
}

/// Moves what has vested to the beneficiary's holder account, which must exist.
/// Signers: none.
pub fn claim_grant(grant: &Account<Grant>) -> Instruction {
    let token = grant.data.token;
    build(
        accounts::ClaimGrant {
            token,
            grant: grant.key,
            holder: find_holder(&token, &grant.key).0,
            beneficiary_holder: find_holder(&token, &grant.data.beneficiary).0,
        },
        data::ClaimGrant {},
    )
}

/// Pays out what a grant's shares earned of one payout mint, into the beneficiary's
/// associated account, which must exist. Signers: none.
///
/// # Errors
/// `Refused(AssetNotListed)` where the mint is not listed.
pub fn claim_grant_dividend(
    token: &Account<PersonalToken>,
    grant: &Account<Grant>,
    mint: &Pubkey,
) -> Result<Instruction, SdkError> {
    let asset = token.data.asset(token.data.asset_of(mint)?)?;
    Ok(build(
        accounts::ClaimGrantDividend {
            token: token.key,
            grant: grant.key,
            holder: find_holder(&token.key, &grant.key).0,
            destination: asset_account(asset, &grant.data.beneficiary),
            vault: asset.vault,
            mint: asset.mint,
            token_program: asset.token_program(),
        },
        data::ClaimGrantDividend {},
    ))
}

/// Burns what has not vested. Signer: the owner.
pub fn revoke_grant(token: &Account<PersonalToken>, grant: &Account<Grant>) -> Instruction {
    build(
        accounts::RevokeGrant {
            owner: token.data.owner,
            token: token.key,
            grant: grant.key,
            holder: find_holder(&token.key, &grant.key).0,
            mint: token.data.mint,
            register: token.data.register,
            token_2022_program: TOKEN_2022_PROGRAM,
        },
        data::RevokeGrant {},
    )
}

/// Closes an empty grant with its holder account `holder`. Signers: none.
pub fn close_grant(grant: &Account<Grant>, holder: &Account<Holder>) -> Instruction {
    build(
        accounts::CloseGrant {
            token: grant.data.token,
            grant: grant.key,
            holder: holder.key,
            rent_payer: grant.data.rent_payer,
            holder_rent_payer: holder.data.rent_payer,
        },
        data::CloseGrant {},
    )
}
