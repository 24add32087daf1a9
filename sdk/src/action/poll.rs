use {
    super::Plan,
    crate::{
        error::SdkError,
        fetch, instruction,
        state::{Account, Answer, Change, Figures, PersonalToken, Poll},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::Shares,
};

/// What putting a poll does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollToPut {
    /// The number that it gets.
    pub number: u64,
    /// Its place among the open ones.
    pub place: u8,
    /// Share atoms that are eligible now.
    pub eligible: Shares,
    /// The numbers that it would replace.
    pub before: Figures,
    /// Last second in which it may be applied, unix time.
    pub lapses_at: i64,
}

/// Puts a question to the holders. `by` is the owner, or a wallet with 1 % of the eligible
/// shares. The quote is exact unless the chain moves on.
///
/// # Errors
/// `Refused(PollNotNeeded)` for what the owner eases alone; `Refused(TooFewToPut)`,
/// `Refused(PollPut)`, `Refused(PollPlaceTaken)`, `Refused(NotHolder)`, those of the change,
/// `Rpc`.
pub async fn put_poll(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    by: &Pubkey,
    change: Change,
    document: [u8; 32],
) -> Result<Plan<PollToPut>, SdkError> {
    let clock = fetch::clock(client).await?;
    let now = clock.unix_timestamp;
    let holder = fetch::holder(client, &token.key, by).await?;
    let data = &token.data;
    let holder = holder.as_ref().map(|holder| &holder.data);
    let claim = match change.claim() {
        Some(number) => Some(fetch::claim(client, &token.key, number).await?.data),
        None => None,
    };
    let attesters = match change.attester() {
        Some(_) => fetch::attesters(client, &token.key).await?,
        None => None,
    };
    let attesters = attesters.map(|list| list.data);
    let before = change.replaced(data, claim.as_ref(), attesters.as_ref(), now)?;
    let quote = PollToPut {
        number: data.poll_seq,
        place: data.place_for(&change, by, holder, now)?,
        eligible: Shares(data.eligible()?),
        before,
        lapses_at: data.poll_lapses_at(now)?,
    };
    let put = instruction::put_poll(token, payer, by, change, document);
    Ok(Plan {
        quote,
        steps: vec![super::Step::new("put poll", vec![put])],
    })
}

/// What an answer does to the tally, in share atoms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollAnswer {
    /// What the wallet's shares weigh in this poll.
    pub weight: Shares,
    /// What it holds now.
    pub held: Shares,
    /// Shares that approve after it.
    pub in_favor: Shares,
    /// Shares that object after it.
    pub against: Shares,
}

/// Answers a poll with all that a wallet's shares weigh in it: the least that it held since
/// before the poll was put.
///
/// # Errors
/// `NotFound` without a holder account; `Refused(PollNotOpen)`, `Refused(PollLapsed)`,
/// `Refused(OwnerCannotVote)`, `Refused(SharesTooNew)`, `Refused(NotAnswered)`, `Rpc`.
pub async fn answer_poll(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    poll: &Account<Poll>,
    wallet: &Pubkey,
    answer: Answer,
) -> Result<Plan<PollAnswer>, SdkError> {
    let holder = fetch::holder(client, &token.key, wallet).await?;
    let holder = holder.ok_or_else(|| SdkError::NotFound {
        what: "holder account",
        query: wallet.to_string(),
    })?;
    let now = fetch::clock(client).await?.unix_timestamp;
    let (mut after, mut voter) = (token.data, holder.data);
    poll.data.answer(&mut after, &mut voter, answer, now)?;
    let slot = poll.data.slot(&after).ok_or(TokenError::PollNotOpen)?;
    let quote = PollAnswer {
        weight: Shares(voter.weight(slot, poll.data.place.into())),
        held: Shares(voter.shares),
        in_favor: Shares(slot.in_favor),
        against: Shares(slot.against),
    };
    let call = instruction::answer_poll(poll, wallet, answer);
    Ok(Plan {
        quote,
        steps: vec![super::Step::new("answer poll", vec![call])],
    })
}
