use {
    super::{
        super::{
            Basket, BasketKind, fetch,
            fetch::Pool,
            instruction as ix,
            quote::{self, ContributionQuote},
        },
        Contribute, Places,
    },
    crate::{action::Plan, error::SdkError, lookup_table, state::Account},
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// Constituents that one deposit or withdrawal moves: their accounts and the calls
/// that move them fit a transaction.
const BATCH: usize = 12;

/// A number that none of a wallet's baskets has.
pub(super) async fn next_nonce(
    client: &RpcClient,
    index: &Pubkey,
    wallet: &Pubkey,
) -> Result<u64, SdkError> {
    let baskets = fetch::baskets(client, index, Some(wallet)).await?;
    let highest = baskets.iter().map(|basket| basket.data.nonce).max();
    Ok(highest.map_or(0, |nonce| nonce.saturating_add(1)))
}

/// The instructions of a contribution through a basket: open, deposit everything,
/// finish, take the rest back, close.
pub(super) async fn contribution(
    client: &RpcClient,
    pool: &Pool,
    wish: &Contribute,
    quote: &ContributionQuote,
) -> Result<Vec<Instruction>, SdkError> {
    let (index, wallet) = (&pool.index, &wish.wallet);
    let nonce = next_nonce(client, &index.key, wallet).await?;
    let most = quote::at_most(&quote.amounts, wish.slippage_bps);
    let slots = quote.amounts.iter().map(|(slot, _)| *slot);
    let deposits: Vec<(u8, u64)> = slots.zip(most).collect();
    let mut instructions = vec![ix::open_basket(
        &index.key,
        wallet,
        nonce,
        wish.shares,
        wish.deadline,
    )];
    for batch in deposits.chunks(BATCH) {
        instructions.push(ix::deposit(index, wallet, nonce, batch.to_vec())?);
    }
    instructions.push(ix::finish_basket(index, wallet, nonce, wallet, wish.shares));
    // What the slippage left over; without any, finishing has closed the basket.
    let rest: Vec<u8> = deposits
        .iter()
        .zip(&quote.amounts)
        .filter(|((_, given), (_, cost))| given > cost)
        .map(|((slot, _), _)| *slot)
        .collect();
    if !rest.is_empty() {
        instructions.extend(payout(pool, wallet, nonce, &rest)?);
    }
    Ok(instructions)
}

/// The instructions that pay these slots of a payout out and close it.
pub(super) fn payout(
    pool: &Pool,
    wallet: &Pubkey,
    nonce: u64,
    slots: &[u8],
) -> Result<Vec<Instruction>, SdkError> {
    let mut instructions = withdrawals(pool, wallet, nonce, slots)?;
    instructions.push(ix::close_basket(&pool.index.key, wallet, nonce));
    Ok(instructions)
}

pub(super) fn withdrawals(
    pool: &Pool,
    wallet: &Pubkey,
    nonce: u64,
    slots: &[u8],
) -> Result<Vec<Instruction>, SdkError> {
    let batches = slots.chunks(BATCH);
    batches
        .map(|batch| ix::withdraw_basket(&pool.index, wallet, nonce, batch.to_vec()))
        .collect()
}

/// Goes on with a basket whose process died: a contribution is completed from the
/// wallet's holdings and finished, a payout paid out as far as it moves. The quote is
/// the slots that do not move now.
///
/// # Errors
/// `IndexRefused(DeadlinePassed)` for a contribution that can only be cancelled; `Rpc`.
pub async fn resume(
    client: &RpcClient,
    pool: &Pool,
    basket: &Account<Basket>,
) -> Result<Plan<Vec<u8>>, SdkError> {
    let (data, wallet) = (&basket.data, &basket.data.wallet);
    let (mut instructions, mut stuck) = (Vec::new(), Vec::new());
    match data.kind()? {
        BasketKind::Payout => {
            (instructions, stuck) = pay_rest(client, pool, data).await?;
        }
        BasketKind::Contribution => {
            if pool.clock.unix_timestamp > data.deadline {
                return Err(super::super::IndexError::DeadlinePassed.into());
            }
            let (harvests, due) = super::harvest::instructions(pool, &quote::stale(pool))?;
            let after = pool.harvested(&harvests)?;
            instructions.extend(due);
            let quote = quote::contribution(&after, data.shares)?;
            let share = super::share_account(client, &after.index.data, wallet, wallet).await?;
            instructions.extend(share);
            let missing: Vec<(u8, u64)> = quote
                .amounts
                .iter()
                .filter_map(|(slot, cost)| {
                    let given = data.amount(*slot).ok()?;
                    let lacks = cost.checked_sub(given)?;
                    (lacks > 0).then_some((*slot, lacks))
                })
                .collect();
            for batch in missing.chunks(BATCH) {
                let deposit = ix::deposit(&pool.index, wallet, data.nonce, batch.to_vec())?;
                instructions.push(deposit);
            }
            let index = &pool.index;
            instructions.push(ix::finish_basket(
                index,
                wallet,
                data.nonce,
                wallet,
                data.shares,
            ));
            let rest: Vec<u8> = quote
                .amounts
                .iter()
                .filter(|(slot, cost)| data.amount(*slot).is_ok_and(|given| given > *cost))
                .map(|(slot, _)| *slot)
                .collect();
            if !rest.is_empty() {
                instructions.extend(payout(pool, wallet, data.nonce, &rest)?);
            }
        }
    }
    Ok(Plan {
        quote: stuck,
        steps: lookup_table::pack(client, wallet, "finish the basket", instructions).await?,
    })
}

/// Gives a contribution up and takes everything back. The quote is the slots that do
/// not move now.
///
/// # Errors
/// `IndexRefused(WrongBasketKind)` for a payout; `Rpc`.
pub async fn cancel(
    client: &RpcClient,
    pool: &Pool,
    basket: &Account<Basket>,
) -> Result<Plan<Vec<u8>>, SdkError> {
    let (data, wallet) = (&basket.data, &basket.data.wallet);
    data.require(BasketKind::Contribution)?;
    let mut instructions = vec![ix::cancel_basket(
        &pool.index.key,
        wallet,
        data.nonce,
        wallet,
    )];
    let (paying, stuck) = pay_rest(client, pool, data).await?;
    instructions.extend(paying);
    Ok(Plan {
        quote: stuck,
        steps: lookup_table::pack(client, wallet, "cancel the basket", instructions).await?,
    })
}

/// Pays what moves out of a basket, and closes it where that is all.
async fn pay_rest(
    client: &RpcClient,
    pool: &Pool,
    data: &Basket,
) -> Result<(Vec<Instruction>, Vec<u8>), SdkError> {
    let full = (0u8..).zip(data.amounts);
    let full: Vec<u8> = full
        .filter(|(_, amount)| *amount > 0)
        .map(|(slot, _)| slot)
        .collect();
    let places = Places::of(client, pool, &data.wallet, &full).await?;
    let (stuck, moving): (Vec<u8>, Vec<u8>) =
        full.iter().partition(|slot| places.stuck.contains(slot));
    let mut instructions: Vec<Instruction> = places.missing.into_values().collect();
    if stuck.is_empty() {
        instructions.extend(payout(pool, &data.wallet, data.nonce, &moving)?);
    } else {
        instructions.extend(withdrawals(pool, &data.wallet, data.nonce, &moving)?);
    }
    Ok((instructions, stuck))
}
