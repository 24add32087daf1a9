use {
    super::{ClaimEvidence, Plan, Step, claim_evidence},
    crate::{
        error::SdkError,
        fetch, instruction,
        state::{
            Account, Answer, Attesters, AuctionTerms, Change, Claim, Figures, PersonalToken, Poll,
        },
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::{Atoms, Shares},
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
    /// The numbers that it would replace; of an auction the highest fresh accepted value of
    /// its units, 0 for none.
    pub before: Figures,
    /// The auction that it announces.
    pub auction: Option<AuctionTerms>,
    /// What the vault holds beyond its books whose surplus it books, in atoms of its mint.
    pub surplus: Option<Atoms>,
    /// Last second in which it may be applied, unix time.
    pub lapses_at: i64,
}

/// The claim of a change, and what accepted attesters say of it if it announces an auction.
async fn evidence(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    change: &Change,
) -> Result<(Option<Account<Claim>>, Option<ClaimEvidence>), SdkError> {
    let Some(number) = change.claim() else {
        return Ok((None, None));
    };
    let claim = fetch::claim(client, &token.key, number).await?;
    let said = match change {
        Change::Auction { .. } => Some(claim_evidence(client, token, &claim).await?),
        _ => None,
    };
    Ok((Some(claim), said))
}

/// The call with the accounts that prove what attesters said of its claim, where it takes
/// them.
fn proven(
    call: Instruction,
    claim: Option<&Account<Claim>>,
    said: Option<&ClaimEvidence>,
) -> Instruction {
    match (claim, said) {
        (Some(claim), Some(said)) => {
            instruction::with_evidence(call, &claim.key, said.list.as_ref())
        }
        _ => call,
    }
}

/// Puts a question to the holders. `by` is the owner, or a wallet with 1 % of the eligible
/// shares. The quote is exact unless the chain moves on.
///
/// # Errors
/// `Refused(PollNotNeeded)` for what the owner does alone; `Refused(TooFewToPut)`,
/// `Refused(PollPut)`, `Refused(PollPlaceTaken)`, `Refused(NotHolder)`,
/// `Refused(NothingToSync)` for a surplus that is not there, those of the change, `Rpc`.
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
    let (claim, said) = evidence(client, token, &change).await?;
    let attesters = match change.attester() {
        Some(_) => fetch::attesters(client, &token.key).await?,
        None => None,
    };
    let attesters = attesters.map(|list| list.data);
    let about = claim.as_ref().map(|claim| &claim.data);
    let weighed = said.as_ref().map(|said| said.evidence);
    let before = change.replaced(data, about, attesters.as_ref(), weighed, now)?;
    let place = data.place_for(&change, by, holder, now)?;
    let surplus = match change.surplus() {
        Some(place) => {
            let asset = data.asset(place.into())?;
            let found = asset.surplus(fetch::balance(client, &asset.vault).await?)?;
            if found == 0 {
                return Err(TokenError::NothingToSync.into());
            }
            Some(Atoms(found))
        }
        None => None,
    };
    let quote = PollToPut {
        number: data.poll_seq,
        place,
        eligible: Shares(data.eligible()?),
        before,
        auction: change.auction()?,
        surplus,
        lapses_at: data.poll_lapses_at(now)?,
    };
    let mut calls = Vec::new();
    // The list of attesters is read even where nobody ever made it.
    if said.as_ref().is_some_and(|said| said.list.is_none()) {
        calls.push(instruction::add_attesters(&token.key, by, payer, &[]));
    }
    let put = instruction::put_poll(token, payer, by, change, document);
    calls.push(proven(put, claim.as_ref(), said.as_ref()));
    Ok(Plan {
        quote,
        steps: vec![Step::new("put poll", calls)],
    })
}

/// Applies a poll that passed. The quote is what it changes. Signer: `by`, anybody; the owner
/// if nobody else has shares.
///
/// # Errors
/// `Refused` as the program does, for what the accounts show: `PollNotOpen`, `PollLapsed`,
/// `PollNotPassed`, `PollObjected`, `NoticePending`, `PollWhileEscrow`, those of the change;
/// `Rpc`.
pub async fn apply_poll(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    poll: &Account<Poll>,
    by: &Pubkey,
) -> Result<Plan<Change>, SdkError> {
    let (data, change) = (&token.data, poll.data.change()?);
    let now = fetch::clock(client).await?.unix_timestamp;
    let alone = *by == data.owner && data.is_owners_alone(data.owner_shares);
    poll.data.require_applicable(data, alone, now)?;
    let (claim, said) = evidence(client, token, &change).await?;
    let attesters = match change.attester() {
        Some(_) => fetch::attesters(client, &token.key).await?,
        None => None,
    };
    let list: Option<&Attesters> = attesters.as_ref().map(|list| &list.data);
    let about = claim.as_ref().map(|claim| &claim.data);
    let weighed = said.as_ref().map(|said| said.evidence);
    change.replaced(data, about, list, weighed, now)?;
    let apply = instruction::apply_poll(poll, by);
    Ok(Plan {
        quote: change,
        steps: vec![Step::new(
            "apply poll",
            vec![proven(apply, claim.as_ref(), said.as_ref())],
        )],
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
        steps: vec![Step::new("answer poll", vec![call])],
    })
}
