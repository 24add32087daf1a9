use {
    super::{
        super::{Membership, MembershipStatus, fetch::Pool, instruction as ix, quote},
        share_account,
    },
    crate::{
        action::{Plan, Step},
        error::SdkError,
        fetch,
        instruction::create_associated,
        state::{Account, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// The owner of a token accepts an index's offer; makes the owner's share account
/// where it is missing. The quote is the index share atoms.
///
/// # Errors
/// `IndexRefused(WrongMembershipStatus)`, `IndexRefused(OfferNotOpen)`; `Rpc`.
pub async fn accept_membership(
    client: &RpcClient,
    pool: &Pool,
    token: &Account<PersonalToken>,
    membership: &Account<Membership>,
) -> Result<Plan<u64>, SdkError> {
    let (data, now) = (&membership.data, pool.clock.unix_timestamp);
    data.require(MembershipStatus::Offered)?;
    if now < data.acceptable_from || now > data.expires_at {
        return Err(super::super::IndexError::OfferNotOpen.into());
    }
    let owner = token.data.owner;
    let share = share_account(client, &pool.index.data, &owner, &owner).await?;
    let mut instructions: Vec<_> = share.into_iter().collect();
    instructions.push(ix::accept_membership(&pool.index, token));
    Ok(Plan {
        quote: data.index_shares,
        steps: vec![Step::new("accept the membership", instructions)],
    })
}

/// Claims a member's equal share of every cash of the index that has some; anybody
/// may. The quote is atoms by slot.
///
/// # Errors
/// `IndexRefused(NothingToCollect)`; `Rpc`.
pub async fn claim_equal_share(
    client: &RpcClient,
    pool: &Pool,
    membership: &Account<Membership>,
    payer: &Pubkey,
) -> Result<Plan<Vec<(u8, u64)>>, SdkError> {
    let mut amounts = quote::equal_share(pool, &membership.data)?;
    amounts.retain(|(_, atoms)| *atoms > 0);
    if amounts.is_empty() {
        return Err(super::super::IndexError::NothingToCollect.into());
    }
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
        instructions.push(ix::claim_equal_share(&pool.index, membership, *slot)?);
    }
    Ok(Plan {
        quote: amounts,
        steps: vec![Step::new("claim the equal share", instructions)],
    })
}
