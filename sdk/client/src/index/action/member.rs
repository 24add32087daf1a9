use {
    super::{
        super::{
            AcceptArgs, MAX_HARVEST_AGE, Membership, Offer, SlotKind, Subject, fetch::Pool,
            find_membership, instruction as ix, quote, subject_of,
        },
        AcceptQuote, accept_quote, harvest, share_account,
    },
    crate::{
        action::{Plan, PollAnswer, Step, answer_poll},
        error::SdkError,
        fetch,
        instruction::create_associated,
        lookup_table,
        state::{Account, Answer, Change, PersonalToken, Poll},
    },
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// The owner of a token accepts an index's offer: harvests persons that were not harvested
/// lately, and makes the owner's share account where it is missing. The bounds are those of
/// the quote; `deadline` is the last second, unix time.
///
/// # Errors
/// `IndexRefused`: `NotAnnounced`, `NoticePending`, `AnnouncementExpired`, `Vetoed`,
/// `CredentialRequired` where the attestation about the owner is missing; `Rpc`.
pub async fn accept_membership(
    client: &RpcClient,
    pool: &Pool,
    token: &Account<PersonalToken>,
    offer: &Account<Offer>,
    deadline: i64,
) -> Result<Plan<AcceptQuote>, SdkError> {
    let (index, now) = (&pool.index.data, pool.clock.unix_timestamp);
    let place = index.require_effective(offer.data.nonce, now)?;
    index.require_unexpired(place, now)?;
    let owner = token.data.owner;
    let key = find_membership(&pool.index.key, &token.key).0;
    let member = fetch::optional::<Membership>(client, &key).await?;
    let subject = match member {
        None => shown(client, pool, &owner).await?,
        Some(_) => None,
    };
    let quote = accept_quote(&token.data, &offer.data)?;
    let args = AcceptArgs {
        most_gives: quote.gives,
        least_index_shares: offer.data.index_shares,
        deadline,
    };
    let share = share_account(client, index, &owner, &owner).await?;
    let mut last: Vec<_> = share.into_iter().collect();
    let accept = ix::accept_membership(&pool.index, &owner, token, offer, subject.as_ref(), args);
    last.push(accept);
    let (_, harvests) = harvest::instructions(pool, &late(pool)?)?;
    let mut steps = Vec::new();
    if !harvests.is_empty() {
        steps = lookup_table::pack(client, &owner, "harvest", harvests).await?;
    }
    steps.push(Step::new("accept the membership", last));
    Ok(Plan { quote, steps })
}

/// Slots of held persons whose last harvest is too long ago for a new deal, or nearly.
fn late(pool: &Pool) -> Result<Vec<u8>, SdkError> {
    let since = pool
        .clock
        .unix_timestamp
        .saturating_sub(MAX_HARVEST_AGE / 2);
    let mut late = Vec::new();
    for (slot, constituent) in pool.constituents() {
        let person = constituent.kind()? == SlotKind::Personal && constituent.is_held();
        if person && constituent.harvested_at < since {
            late.push(slot);
        }
    }
    Ok(late)
}

/// What the attestation about a wallet names, where members of the index show one.
async fn shown(
    client: &RpcClient,
    pool: &Pool,
    wallet: &Pubkey,
) -> Result<Option<[u8; 32]>, SdkError> {
    if pool.index.data.terms.equal_share_bps == 0 {
        return Ok(None);
    }
    let key = ix::attestation_of(&pool.index.data, wallet);
    let found = fetch::raw(client, &[key]).await?.pop().flatten();
    let found = found.ok_or(super::super::IndexError::CredentialRequired)?;
    Ok(Some(subject_of(&found.data)?))
}

/// The account that keeps a member's human from a second membership, if there is one.
async fn kept(
    client: &RpcClient,
    membership: &Membership,
) -> Result<Option<Account<Subject>>, SdkError> {
    if membership.subject == Pubkey::default() {
        return Ok(None);
    }
    let subject = fetch::account(client, &membership.subject, "subject").await?;
    Ok(Some(subject))
}

/// Claims a member's equal share of every coin of the index that has some; anybody may. The
/// quote is atoms by slot.
///
/// # Errors
/// `IndexRefused(NothingToCollect)`; `Rpc`.
pub async fn collect_equal_share(
    client: &RpcClient,
    pool: &Pool,
    membership: &Account<Membership>,
    payer: &Pubkey,
) -> Result<Plan<Vec<(u8, u64)>>, SdkError> {
    let (amounts, instructions) = claims(client, pool, membership, payer).await?;
    if amounts.is_empty() {
        return Err(super::super::IndexError::NothingToCollect.into());
    }
    Ok(Plan {
        quote: amounts,
        steps: vec![Step::new("collect the equal share", instructions)],
    })
}

async fn claims(
    client: &RpcClient,
    pool: &Pool,
    membership: &Account<Membership>,
    payer: &Pubkey,
) -> Result<(Vec<(u8, u64)>, Vec<Instruction>), SdkError> {
    let mut amounts = quote::equal_share(pool, &membership.data)?;
    amounts.retain(|(_, atoms)| *atoms > 0);
    let member = membership.data.member;
    let mut instructions = Vec::new();
    for (slot, _) in &amounts {
        let cash = pool.index.data.constituent(*slot)?;
        let account = ix::place_of(cash, &member);
        let found = fetch::raw(client, &[account]).await?.pop().flatten();
        if found.is_none() {
            let program = cash.token_program();
            instructions.push(create_associated(payer, &member, &cash.key, &program));
        }
        instructions.push(ix::collect_equal_share(&pool.index, membership, *slot)?);
    }
    Ok((amounts, instructions))
}

/// Ends a membership whose notice is over, and pays the member what is owed and what was
/// locked; closes it. Anybody may. The quote is index share atoms that were locked. What was
/// done before is left out.
///
/// # Errors
/// `IndexRefused`: `NotEnding`, `NoticePending`; `Rpc`.
pub async fn finish_membership(
    client: &RpcClient,
    pool: &Pool,
    membership: &Account<Membership>,
    payer: &Pubkey,
) -> Result<Plan<u64>, SdkError> {
    let data = &membership.data;
    let mut instructions = Vec::new();
    if data.status()? == super::super::MembershipStatus::Active {
        if data.ends_at == 0 {
            return Err(super::super::IndexError::NotEnding.into());
        }
        if pool.clock.unix_timestamp < data.ends_at {
            return Err(super::super::IndexError::NoticePending.into());
        }
        let subject = kept(client, data).await?;
        instructions.push(ix::apply_end(membership, subject.as_ref()));
    }
    let (_, claims) = claims(client, pool, membership, payer).await?;
    instructions.extend(claims);
    if data.locked > 0 {
        let share = share_account(client, &pool.index.data, payer, &data.member).await?;
        instructions.extend(share);
        instructions.push(ix::collect_locked(&pool.index, membership));
    }
    instructions.push(ix::close_membership(membership));
    Ok(Plan {
        quote: data.locked,
        steps: vec![Step::new("end the membership", instructions)],
    })
}

/// Makes the token's owner the member, a notice after that was announced, and pays the one
/// before. The quote is index share atoms that stay locked.
///
/// # Errors
/// `IndexRefused`: `NoSuccessor`, `NoticePending`, `CredentialRequired`; `Rpc`.
pub async fn apply_take_over(
    client: &RpcClient,
    pool: &Pool,
    membership: &Account<Membership>,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
) -> Result<Plan<u64>, SdkError> {
    let (data, owner) = (&membership.data, token.data.owner);
    if data.successor_at == 0 || data.successor != owner {
        return Err(super::super::IndexError::NoSuccessor.into());
    }
    if pool.clock.unix_timestamp < data.successor_at {
        return Err(super::super::IndexError::NoticePending.into());
    }
    let subject = shown(client, pool, &owner).await?;
    let previous = kept(client, data).await?;
    let same = subject.map(|subject| super::super::find_subject(&pool.index.key, &subject).0);
    let previous = previous.filter(|previous| Some(previous.key) != same);
    let (_, mut instructions) = claims(client, pool, membership, payer).await?;
    instructions.push(ix::apply_take_over(
        &pool.index,
        payer,
        membership,
        token,
        subject.as_ref(),
        previous.as_ref(),
    ));
    Ok(Plan {
        quote: data.locked,
        steps: vec![Step::new("take the membership over", instructions)],
    })
}

/// The index answers against a poll on a person's cap or yearly room with all that its
/// shares weigh in it; anybody may. The quote is as if it answered now.
///
/// # Errors
/// `IndexRefused(NotOpposed)` for a poll on anything else; those of
/// [`answer_poll`](crate::action::answer_poll()).
pub async fn oppose_poll(
    client: &RpcClient,
    index: &Pubkey,
    token: &Account<PersonalToken>,
    poll: &Account<Poll>,
) -> Result<Plan<PollAnswer>, SdkError> {
    let change = poll.data.change();
    if !matches!(change, Ok(Change::SupplyCap(_) | Change::Room(_))) {
        return Err(super::super::IndexError::NotOpposed.into());
    }
    let answered = answer_poll(client, token, poll, index, Answer::Against).await?;
    let oppose = ix::oppose_poll(index, &token.key, poll.data.number);
    Ok(Plan {
        quote: answered.quote,
        steps: vec![Step::new("oppose the poll", vec![oppose])],
    })
}
