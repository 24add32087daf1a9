//! What cannot move: noted, wrapped in tickets, unwrapped.

use {
    super::super::{
        IndexError, Part, SlotKind, UnwrapTicketsArgs, Wrapper, fetch::Pool, instruction as ix,
    },
    crate::{
        action::{Plan, Step},
        error::SdkError,
        fetch,
        instruction::{create_associated, open_holder},
        lookup_table,
        state::{Account, Holder, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// What tickets are unwrapped for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnwrapQuote {
    /// Tickets burned.
    pub tickets: u64,
    /// What comes: atoms, and atoms of each coin by its place.
    pub part: Part,
}

fn person(pool: &Pool, slot: u8) -> Result<Option<&PersonalToken>, SdkError> {
    let constituent = pool.index.data.constituent(slot)?;
    Ok(match constituent.kind()? {
        SlotKind::Personal => Some(&pool.person(slot)?.token.data),
        SlotKind::Free | SlotKind::Mint => None,
    })
}

/// Notes whether the state shows that a slot cannot move. Anybody may.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`, `IndexRefused(AlreadyWrapped)`.
pub fn note_stuck(pool: &Pool, slot: u8) -> Result<Plan, SdkError> {
    let index = &pool.index;
    let wrapped = index.data.constituent(slot)?.is_wrapped();
    if wrapped {
        return Err(IndexError::AlreadyWrapped.into());
    }
    let note = ix::note_stuck(index, slot, person(pool, slot)?)?;
    Ok(Plan {
        quote: (),
        steps: vec![Step::new("note whether the slot moves", vec![note])],
    })
}

/// Wraps a slot that was noted as stuck a notice ago. Anybody may. The quote is the mint
/// of the tickets.
///
/// # Errors
/// `IndexRefused(NotNoted)`, `IndexRefused(NoticePending)`, `IndexRefused(AlreadyWrapped)`.
pub fn wrap(pool: &Pool, payer: &Pubkey, slot: u8) -> Result<Plan<Pubkey>, SdkError> {
    let index = &pool.index.data;
    let constituent = index.constituent(slot)?;
    if constituent.is_wrapped() {
        return Err(IndexError::AlreadyWrapped.into());
    }
    if constituent.stuck_at == 0 {
        return Err(IndexError::NotNoted.into());
    }
    if pool.clock.unix_timestamp < index.after_notice(constituent.stuck_at.into())? {
        return Err(IndexError::NoticePending.into());
    }
    let wrap = ix::wrap(&pool.index, payer, slot, person(pool, slot)?)?;
    Ok(Plan {
        quote: super::super::find_tickets(&pool.index.key, index.wraps).0,
        steps: vec![Step::new("wrap the slot", vec![wrap])],
    })
}

/// What is wrapped, and what there is to collect of it.
struct Wrapped {
    /// The person, if it is one.
    token: Option<Account<PersonalToken>>,
    /// Collects what is due.
    harvests: Vec<Instruction>,
    /// The wrapper after it.
    after: Account<Wrapper>,
}

/// Reads what is wrapped. While tickets stand in the slot, what a person owes in coins is
/// collected first.
async fn wrapped(
    client: &RpcClient,
    pool: &Pool,
    wrapper: &Account<Wrapper>,
) -> Result<Wrapped, SdkError> {
    let mut found = Wrapped {
        token: None,
        harvests: Vec::new(),
        after: wrapper.clone(),
    };
    if wrapper.data.kind != SlotKind::Personal {
        return Ok(found);
    }
    let token = fetch::token(client, &wrapper.data.key).await?;
    if wrapper.data.active == 1 {
        let holder: Account<Holder> =
            fetch::account(client, &wrapper.data.custody, "holder account").await?;
        let (index, now) = (&pool.index.data, pool.clock.unix_timestamp);
        for (place, stream) in token.data.active_streams()?.iter().enumerate() {
            let payout = usize::from(stream.asset);
            let mint = token.data.asset(payout)?.mint;
            let Ok(pot) = index.pot_place(&mint) else {
                continue;
            };
            let due = crate::quote::dividend(&token.data, &holder.data, place, now)?
                .collectable
                .0;
            let coin = index.constituent(index.book(pot)?.slot)?;
            if due == 0 || coin.is_wrapped() {
                continue;
            }
            let harvest = ix::harvest_wrapped(&pool.index, wrapper, &token.data, payout)?;
            found.harvests.push(harvest);
            let (data, pot) = (&mut found.after.data, usize::from(pot));
            let before = due.min(data.before[pot]);
            data.before[pot] -= before;
            data.pots[pot] += due - before;
        }
    }
    found.token = Some(token);
    Ok(found)
}

/// Collects what a wrapped person owes. Anybody may.
///
/// # Errors
/// `IndexRefused(NothingToCollect)`; `Rpc`.
pub async fn harvest_wrapped(
    client: &RpcClient,
    pool: &Pool,
    payer: &Pubkey,
    wrapper: &Account<Wrapper>,
) -> Result<Plan, SdkError> {
    let harvests = wrapped(client, pool, wrapper).await?.harvests;
    if harvests.is_empty() {
        return Err(IndexError::NothingToCollect.into());
    }
    Ok(Plan {
        quote: (),
        steps: lookup_table::pack(client, payer, "collect for tickets", harvests).await?,
    })
}

/// Unwraps `tickets` of `wallet`, with what is due to them; makes the accounts that the
/// wallet lacks. `forgone` are coins to go without, as bits by place.
///
/// # Errors
/// `IndexRefused(InsufficientShares)`, `IndexRefused(CoinWrapped)`; `Rpc`.
pub async fn unwrap(
    client: &RpcClient,
    pool: &Pool,
    wrapper: &Account<Wrapper>,
    wallet: &Pubkey,
    tickets: u64,
    forgone: u8,
) -> Result<Plan<UnwrapQuote>, SdkError> {
    let found = wrapped(client, pool, wrapper).await?;
    let index = &pool.index.data;
    let supply = fetch::mint(client, &wrapper.data.mint).await?.supply;
    let mut part = found.after.data.with_supply(supply).part(tickets)?;
    let original = wrapper.data.original();
    let mut places = vec![original];
    for (place, pot) in (0u8..).zip(&mut part.pots) {
        if forgone & (1 << place) != 0 {
            *pot = 0;
        }
        if *pot > 0 {
            let coin = index.constituent(index.book(place)?.slot)?;
            if coin.is_wrapped() {
                return Err(IndexError::CoinWrapped.into());
            }
            places.push(*coin);
        }
    }
    let keys: Vec<Pubkey> = places.iter().map(|of| ix::place_of(of, wallet)).collect();
    let mut instructions = found.harvests;
    for (place, raw) in places.iter().zip(fetch::raw(client, &keys).await?) {
        if raw.is_none() {
            instructions.push(if place.kind == SlotKind::Personal {
                open_holder(&place.key, wallet, wallet, wallet)
            } else {
                create_associated(wallet, wallet, &place.key, &place.token_program())
            });
        }
    }
    let args = UnwrapTicketsArgs {
        tickets,
        least: part.atoms,
        forgone,
    };
    let unwrap = ix::unwrap_tickets(&pool.index, &found.after, wallet, supply, args)?;
    instructions.push(unwrap);
    Ok(Plan {
        quote: UnwrapQuote { tickets, part },
        steps: lookup_table::pack(client, wallet, "unwrap", instructions).await?,
    })
}

/// A wrapped slot that moves again becomes itself; what is due is collected first, and the
/// wrapper is closed if no ticket is outside. Anybody may.
///
/// # Errors
/// `IndexRefused(NotWrapped)`; `Rpc`.
pub async fn unwrap_slot(
    client: &RpcClient,
    pool: &Pool,
    payer: &Pubkey,
    wrapper: &Account<Wrapper>,
) -> Result<Plan, SdkError> {
    wrapper.data.require_active()?;
    let found = wrapped(client, pool, wrapper).await?;
    let token = found.token.as_ref().map(|token| &token.data);
    let supply = fetch::mint(client, &wrapper.data.mint).await?.supply;
    let vault = pool.index.data.constituent(wrapper.data.slot)?.custody;
    let own = fetch::balance(client, &vault).await?;
    let mut instructions = found.harvests;
    instructions.push(ix::unwrap_slot(&pool.index, wrapper, token)?);
    if own == supply {
        instructions.push(ix::close_wrapper(&pool.index.key, wrapper));
    }
    Ok(Plan {
        quote: (),
        steps: lookup_table::pack(client, payer, "unwrap the slot", instructions).await?,
    })
}

/// Closes a wrapper of which no ticket is left. Anybody may.
pub fn close_wrapper(pool: &Pool, wrapper: &Account<Wrapper>) -> Plan {
    let close = ix::close_wrapper(&pool.index.key, wrapper);
    Plan {
        quote: (),
        steps: vec![Step::new("close the wrapper", vec![close])],
    }
}
