use {
    super::{super::*, build, share_account, shares},
    crate::{
        address::{
            SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, find_associated, find_credential, find_holder,
            find_poll,
        },
        error::CoreError,
        state::{Account, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    pooled_index::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Offers a person index shares for shares of the token. Signers: `payer`; `authority`, the
/// curator or who admits members.
pub fn offer_membership(
    index: &Account<PooledIndex>,
    payer: &Pubkey,
    authority: &Pubkey,
    token: &Pubkey,
    terms: OfferTerms,
) -> Instruction {
    let nonce = index.data.announcements_made.saturating_add(1);
    build(
        accounts::OfferMembership {
            payer: *payer,
            authority: *authority,
            index: index.key,
            mint: index.data.mint,
            token: *token,
            offer: find_offer(&index.key, nonce).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::OfferMembership { terms },
    )
}

/// Cancels an offer. Signer: `authority`, the curator, the launcher or who admits members;
/// anybody once it is vetoed, has lapsed or fell.
pub fn cancel_offer(
    index: &Account<PooledIndex>,
    offer: &Account<Offer>,
    authority: &Pubkey,
) -> Instruction {
    build(
        accounts::CancelOffer {
            authority: *authority,
            index: index.key,
            mint: index.data.mint,
            offer: offer.key,
            rent_payer: offer.data.rent_payer,
        },
        data::CancelOffer {},
    )
}

/// Accepts an offer. Signers: `payer`; the token's owner, whose account of the index's shares
/// must exist. `subject` is what the attestation about the owner names, see
/// [`subject_of`]: for a new member of an index that pays an equal share.
pub fn accept_membership(
    index: &Account<PooledIndex>,
    payer: &Pubkey,
    token: &Account<PersonalToken>,
    offer: &Account<Offer>,
    subject: Option<&[u8; 32]>,
    args: AcceptArgs,
) -> Instruction {
    let owner = token.data.owner;
    build(
        accounts::AcceptMembership {
            payer: *payer,
            owner,
            shares: shares(index, &owner),
            vault: share_account(&index.data, &index.key),
            offer: offer.key,
            rent_payer: offer.data.rent_payer,
            membership: find_membership(&index.key, &token.key).0,
            token: token.key,
            from: find_holder(&token.key, &owner).0,
            to: find_holder(&token.key, &index.key).0,
            attestation: subject.map(|_| attestation_of(&index.data, &owner)),
            subject: subject.map(|subject| find_subject(&index.key, subject).0),
            personal_token_program: PERSONAL_TOKEN,
            system_program: SYSTEM_PROGRAM,
        },
        data::AcceptMembership { args },
    )
}

/// Address of the attestation that a member of this index shows.
pub fn attestation_of(index: &PooledIndex, wallet: &Pubkey) -> Pubkey {
    find_credential(&index.terms.credential, &index.terms.schema, wallet).0
}

/// Pays a member's equal share in the coin at `slot` to the member's associated account,
/// which must exist. No signer.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`, `IndexRefused(WrongKind)`.
pub fn collect_equal_share(
    index: &Account<PooledIndex>,
    membership: &Account<Membership>,
    slot: u8,
) -> Result<Instruction, CoreError> {
    let cash = index.data.constituent(slot)?;
    cash.require(SlotKind::Mint)?;
    let (mint, program) = (cash.key, cash.token_program());
    let accounts = accounts::CollectEqualShare {
        member: None,
        index: index.key,
        membership: membership.key,
        mint,
        vault: cash.custody,
        destination: find_associated(&membership.data.member, &mint, &program).0,
        token_program: program,
    };
    Ok(build(accounts, data::CollectEqualShare {}))
}

/// Announces the end of a membership. Signer: `authority`, the curator, who admits members,
/// the member or the token's owner; anybody while the index holds nothing of the person.
pub fn end_membership(membership: &Account<Membership>, authority: &Pubkey) -> Instruction {
    build(
        accounts::EndMembership {
            authority: *authority,
            index: membership.data.index,
            membership: membership.key,
            token: membership.data.token,
        },
        data::EndMembership {},
    )
}

/// Takes back an end that was announced because the slot was empty. No signer.
pub fn keep_membership(membership: &Account<Membership>) -> Instruction {
    build(
        accounts::KeepMembership {
            index: membership.data.index,
            membership: membership.key,
        },
        data::KeepMembership {},
    )
}

/// Ends a membership whose notice is over. `subject` is the account at
/// `membership.data.subject`, unless that is zero. No signer.
pub fn apply_end(
    membership: &Account<Membership>,
    subject: Option<&Account<Subject>>,
) -> Instruction {
    build(
        accounts::ApplyEnd {
            index: membership.data.index,
            membership: membership.key,
            subject: subject.map(|subject| subject.key),
            rent_payer: subject.map(|subject| subject.data.rent_payer),
        },
        data::ApplyEnd {},
    )
}

/// Announces to take a membership over. Signer: the token's owner.
pub fn take_over_membership(
    membership: &Account<Membership>,
    token: &Account<PersonalToken>,
) -> Instruction {
    build(
        accounts::TakeOverMembership {
            owner: token.data.owner,
            index: membership.data.index,
            membership: membership.key,
            token: token.key,
        },
        data::TakeOverMembership {},
    )
}

/// Makes the token's owner the member, after the notice. `subject` is what the attestation
/// about the owner names, if the index pays an equal share; `previous` the account at
/// `membership.data.subject`, unless that is zero or the same. Signer: `payer`.
pub fn apply_take_over(
    index: &Account<PooledIndex>,
    payer: &Pubkey,
    membership: &Account<Membership>,
    token: &Account<PersonalToken>,
    subject: Option<&[u8; 32]>,
    previous: Option<&Account<Subject>>,
) -> Instruction {
    let owner = token.data.owner;
    build(
        accounts::ApplyTakeOver {
            payer: *payer,
            index: index.key,
            membership: membership.key,
            token: token.key,
            attestation: subject.map(|_| attestation_of(&index.data, &owner)),
            subject: subject.map(|subject| find_subject(&index.key, subject).0),
            previous_subject: previous.map(|subject| subject.key),
            rent_payer: previous.map(|subject| subject.data.rent_payer),
            system_program: SYSTEM_PROGRAM,
        },
        data::ApplyTakeOver {},
    )
}

/// Pays what was locked for a member whose membership ended to the member's associated
/// account, which must exist. No signer.
pub fn collect_locked(
    index: &Account<PooledIndex>,
    membership: &Account<Membership>,
) -> Instruction {
    build(
        accounts::CollectLocked {
            member: None,
            index: index.key,
            membership: membership.key,
            mint: index.data.mint,
            vault: share_account(&index.data, &index.key),
            destination: share_account(&index.data, &membership.data.member),
            token_program: TOKEN_2022_PROGRAM,
        },
        data::CollectLocked {},
    )
}

/// Closes a membership that ended and of which nothing is left. No signer.
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

/// The index answers against a poll on a person's cap or yearly room. No signer.
pub fn oppose_poll(index: &Pubkey, token: &Pubkey, poll: u64) -> Instruction {
    build(
        accounts::OpposePoll {
            index: *index,
            token: *token,
            holder: find_holder(token, index).0,
            poll: find_poll(token, poll).0,
            personal_token_program: PERSONAL_TOKEN,
        },
        data::OpposePoll {},
    )
}
