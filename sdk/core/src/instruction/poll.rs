use {
    super::build,
    crate::{
        address::{SYSTEM_PROGRAM, find_attesters, find_claim, find_holder, find_poll},
        state::{Account, Answer, Change, PersonalToken, Poll, PutPollArgs, WALLET_PLACES},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// The claim and the attesters that a change is about.
fn about(token: &Pubkey, change: Option<&Change>) -> (Option<Pubkey>, Option<Pubkey>) {
    let claim = change.and_then(Change::claim);
    let listed = change.is_some_and(Change::needs_attesters);
    (
        claim.map(|number| find_claim(token, number).0),
        listed.then(|| find_attesters(token).0),
    )
}

/// Puts a question to the holders; `document` is the SHA-256 of what it says in full. One
/// that announces an auction needs [`with_evidence`](super::with_evidence) of its claim.
/// Signers: `payer`, `by`: the owner, or a wallet with 1 % of the eligible shares.
pub fn put_poll(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    by: &Pubkey,
    change: Change,
    document: [u8; 32],
) -> Instruction {
    let (claim, attesters) = about(&token.key, Some(&change));
    let owns = *by == token.data.owner;
    build(
        accounts::PutPollAccounts {
            payer: *payer,
            authority: *by,
            token: token.key,
            holder: (!owns).then(|| find_holder(&token.key, by).0),
            poll: find_poll(&token.key, token.data.poll_seq).0,
            claim,
            attesters,
            system_program: SYSTEM_PROGRAM,
        },
        data::PutPoll {
            args: PutPollArgs { change, document },
        },
    )
}

/// Answers a poll with all that a wallet's shares weigh in it. Signer: `wallet`.
pub fn answer_poll(poll: &Account<Poll>, wallet: &Pubkey, answer: Answer) -> Instruction {
    let token = poll.data.token;
    build(
        accounts::AnswerPollAccounts {
            wallet: *wallet,
            token,
            holder: find_holder(&token, wallet).0,
            poll: poll.key,
        },
        data::AnswerPoll { answer },
    )
}

/// Applies a poll that passed. One that announces an auction needs
/// [`with_evidence`](super::with_evidence) of its claim. Signer: `authority`, anybody; the
/// owner if nobody else has shares.
pub fn apply_poll(poll: &Account<Poll>, authority: &Pubkey) -> Instruction {
    let token = poll.data.token;
    let change = poll.data.change().ok();
    let (claim, attesters) = about(&token, change.as_ref());
    let surplus = change.as_ref().and_then(Change::surplus);
    build(
        accounts::ApplyPollAccounts {
            authority: *authority,
            token,
            poll: poll.key,
            claim,
            attesters,
            vault: surplus.map(|_| poll.data.subject),
        },
        data::ApplyPoll {},
    )
}

fn end(poll: &Account<Poll>, authority: &Pubkey) -> accounts::EndPollAccounts {
    let token = poll.data.token;
    let wallets = WALLET_PLACES.contains(&poll.data.place);
    accounts::EndPollAccounts {
        authority: *authority,
        token,
        poll: poll.key,
        rent_payer: poll.data.rent_payer,
        put_by_holder: wallets.then(|| find_holder(&token, &poll.data.put_by).0),
    }
}

/// Takes a poll back. Signer: `by`, who put it.
pub fn cancel_poll(poll: &Account<Poll>, by: &Pubkey) -> Instruction {
    build(end(poll, by), data::CancelPoll {})
}

/// Closes the account of a poll that is over: applied, void, lapsed, or put by a wallet that
/// no longer holds 1 %. The rent returns to who paid it. Signer: `authority`, anybody.
pub fn close_poll(poll: &Account<Poll>, authority: &Pubkey) -> Instruction {
    build(end(poll, authority), data::ClosePoll {})
}
