use {
    super::{super::*, build, shares},
    crate::{
        address::{SYSTEM_PROGRAM, find_associated, find_holder},
        error::SdkError,
        state::{Account, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    pooled_index::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Offers a person a membership. Signers: `payer`, the curator.
pub fn offer_membership(
    index: &Account<Index>,
    payer: &Pubkey,
    token: &Pubkey,
    terms: OfferTerms,
) -> Instruction {
    build(
        accounts::OfferMembership {
            payer: *payer,
            curator: index.data.curator,
            index: index.key,
            mint: index.data.mint,
            token: *token,
            membership: find_membership(&index.key, token).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::OfferMembership { terms },
    )
}

/// Withdraws an offer. Signer: `authority`, the curator or after its expiry anybody.
pub fn withdraw_offer(membership: &Account<Membership>, authority: &Pubkey) -> Instruction {
    build(
        accounts::WithdrawOffer {
            authority: *authority,
            index: membership.data.index,
            membership: membership.key,
            rent_payer: membership.data.rent_payer,
        },
        data::WithdrawOffer {},
    )
}

/// Accepts a membership. Signer: the token's owner, whose account of the index's
/// shares must exist.
pub fn accept_membership(index: &Account<Index>, token: &Account<PersonalToken>) -> Instruction {
    let owner = token.data.owner;
    build(
        accounts::AcceptMembership {
            owner,
            shares: shares(index, &owner),
            membership: find_membership(&index.key, &token.key).0,
            token: token.key,
            from: find_holder(&token.key, &owner).0,
            to: find_holder(&token.key, &index.key).0,
            personal_token_program: PERSONAL_TOKEN,
        },
        data::AcceptMembership {},
    )
}

/// Pays a member's equal share in the cash at `slot` to the member's associated
/// account, which must exist. No signer.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`, `IndexRefused(WrongKind)`.
pub fn claim_equal_share(
    index: &Account<Index>,
    membership: &Account<Membership>,
    slot: u8,
) -> Result<Instruction, SdkError> {
    let cash = index.data.constituent(slot)?;
    cash.require(Kind::Cash)?;
    let (mint, program) = (cash.key, cash.token_program());
    let accounts = accounts::ClaimEqualShare {
        index: index.key,
        membership: membership.key,
        mint,
        vault: cash.custody,
        destination: find_associated(&membership.data.member, &mint, &program).0,
        token_program: program,
    };
    Ok(build(accounts, data::ClaimEqualShare {}))
}

/// Leaves an index. Signer: the member.
pub fn leave_membership(membership: &Account<Membership>) -> Instruction {
    build(
        accounts::LeaveMembership {
            member: membership.data.member,
            index: membership.data.index,
            membership: membership.key,
        },
        data::LeaveMembership {},
    )
}

/// Closes the membership of somebody who left and was paid. No signer.
pub fn close_membership(membership: &Account<Membership>) -> Instruction {
    build(
        accounts::CloseMembership {
            index: membership.data.index,
            membership: membership.key,
            rent_payer: membership.data.rent_payer,
        },
        data::CloseMembership {},
    )
}
