use {
    super::build,
    crate::{
        address::{SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, find_grant, find_holder},
        state::{Account, Grant, GrantOffer, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Offers shares that vest over time. `number` is the next grant's: `token.data.grants`,
/// and one more for each offer before it in the same plan. Signers: `payer`, the owner.
pub fn offer_grant(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    number: u64,
    offer: GrantOffer,
) -> Instruction {
    build(
        accounts::OfferGrantAccounts {
            payer: *payer,
            owner: token.data.owner,
            token: token.key,
            grant: find_grant(&token.key, number).0,
            mint: token.data.mint,
            system_program: SYSTEM_PROGRAM,
        },
        data::OfferGrant { offer },
    )
}

/// Accepts an offer: its shares are created. Signer: the beneficiary.
pub fn accept_grant(token: &Account<PersonalToken>, grant: &Account<Grant>) -> Instruction {
    build(
        accounts::AcceptGrantAccounts {
            beneficiary: grant.data.beneficiary,
            token: token.key,
            grant: grant.key,
            mint: token.data.mint,
            share_custody: token.data.share_custody,
            token_2022_program: TOKEN_2022_PROGRAM,
        },
        data::AcceptGrant {},
    )
}

/// Ends an offer. Signer: `authority`, the owner or the beneficiary; anybody after its end
/// and in a wind-down.
pub fn cancel_grant(grant: &Account<Grant>, authority: &Pubkey) -> Instruction {
    build(
        accounts::CancelGrantAccounts {
            authority: *authority,
            token: grant.data.token,
            grant: grant.key,
            rent_payer: grant.data.rent_payer,
        },
        data::CancelGrant {},
    )
}

/// Moves what has vested, with what it earned, to the beneficiary's holder account, which
/// is opened if it is missing. Signers: `payer`, the beneficiary.
pub fn collect_grant(grant: &Account<Grant>, payer: &Pubkey) -> Instruction {
    let (token, beneficiary) = (grant.data.token, grant.data.beneficiary);
    build(
        accounts::CollectGrantAccounts {
            payer: *payer,
            beneficiary,
            token,
            grant: grant.key,
            holder: find_holder(&token, &beneficiary).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::CollectGrant {},
    )
}

/// Burns what has not vested. Signer: `authority`, the owner; in a wind-down anybody.
pub fn revoke_grant(
    token: &Account<PersonalToken>,
    grant: &Account<Grant>,
    authority: &Pubkey,
) -> Instruction {
    build(
        accounts::RevokeGrantAccounts {
            authority: *authority,
            token: token.key,
            grant: grant.key,
            mint: token.data.mint,
            share_custody: token.data.share_custody,
            token_2022_program: TOKEN_2022_PROGRAM,
        },
        data::RevokeGrant {},
    )
}

/// Closes a grant of which nothing is left. Signers: none.
pub fn close_grant(grant: &Account<Grant>) -> Instruction {
    build(
        accounts::CloseGrantAccounts {
            token: grant.data.token,
            grant: grant.key,
            rent_payer: grant.data.rent_payer,
        },
        data::CloseGrant {},
    )
}
