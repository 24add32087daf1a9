use {
    super::{
        super::{
            Basket, BasketKind, SlotAtoms, fetch,
            fetch::Pool,
            instruction as ix,
            quote::{self, ContributionQuote},
        },
        Contribute, Places,
        draft::Draft,
    },
    crate::{action::Plan, error::SdkError, state::Account},
    anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

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

/// A contribution through a basket: open, deposit everything, finish, take the rest back,
/// close.
pub(super) async fn contribution(
    client: &RpcClient,
    draft: &mut Draft<'_>,
    pool: &Pool,
    request: &Contribute,
    quote: &ContributionQuote,
    most: &[SlotAtoms],
) -> Result<(), SdkError> {
    let (index, wallet) = (&pool.index, &request.wallet);
    let nonce = next_nonce(client, &index.key, wallet).await?;
    let deposits: Vec<(u8, u64)> = most.iter().map(|most| (most.slot, most.atoms)).collect();
    // What the slippage leaves over; without any, finishing closes the basket.
    let cost = |slot: u8| quote.amounts.iter().find(|(own, _)| *own == slot);
    let rest: Vec<u8> = deposits
        .iter()
        .filter(|(slot, given)| cost(*slot).is_none_or(|(_, cost)| given > cost))
        .map(|(slot, _)| *slot)
        .collect();
    let (shares, deadline) = (request.shares, request.deadline);
    draft.push(ix::open_basket(&index.key, wallet, nonce, shares, deadline));
    draft.deposit(nonce, deposits);
    draft.push(ix::finish_basket(index, wallet, nonce, wallet, shares));
    if !rest.is_empty() {
        draft.pay_out(nonce, rest);
    }
    Ok(())
}

/// Goes on with a basket whose process died: a contribution is completed from the
/// wallet's holdings and finished, a payout paid out as far as it moves. The quote is
/// the slots that do not move now.
///
/// # Errors
/// `IndexRefused(DeadlinePassed)` and `IndexRefused(BasketTooSmall)` for a contribution that
/// can only be cancelled: each slot is deposited once; `Rpc`.
pub async fn resume(
    client: &RpcClient,
    pool: &Pool,
    basket: &Account<Basket>,
) -> Result<Plan<Vec<u8>>, SdkError> {
    let (data, wallet) = (&basket.data, &basket.data.wallet);
    let (mut draft, mut stuck) = (Draft::new(&pool.index, wallet), Vec::new());
    match data.kind()? {
        BasketKind::Payout => stuck = pay_rest(client, &mut draft, pool, data).await?,
        BasketKind::Contribution => {
            if pool.clock.unix_timestamp > data.deadline {
                return Err(super::super::IndexError::DeadlinePassed.into());
            }
            let quote = quote::basket(pool, data, data.shares)?;
            let share = super::share_account(client, &pool.index.data, wallet, wallet).await?;
            draft.extend(share);
            let mut missing: Vec<(u8, u64)> = Vec::new();
            for (slot, cost) in &quote.amounts {
                match data.amount(*slot)? {
                    0 => missing.push((*slot, *cost)),
                    given if given < *cost => {
                        return Err(super::super::IndexError::BasketTooSmall.into());
                    }
                    _ => {}
                }
            }
            draft.deposit(data.nonce, missing);
            let (index, shares) = (&pool.index, data.shares);
            draft.push(ix::finish_basket(index, wallet, data.nonce, wallet, shares));
            let rest: Vec<u8> = quote
                .amounts
                .iter()
                .filter(|(slot, cost)| data.amount(*slot).is_ok_and(|given| given > *cost))
                .map(|(slot, _)| *slot)
                .collect();
            if !rest.is_empty() {
                draft.pay_out(data.nonce, rest);
            }
        }
    }
    Ok(Plan {
        quote: stuck,
        steps: draft.pack(client, "finish the basket").await?,
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
    let mut draft = Draft::new(&pool.index, wallet);
    draft.push(ix::cancel_basket(
        &pool.index.key,
        wallet,
        data.nonce,
        wallet,
    ));
    let stuck = pay_rest(client, &mut draft, pool, data).await?;
    Ok(Plan {
        quote: stuck,
        steps: draft.pack(client, "cancel the basket").await?,
    })
}

/// Pays what moves out of a basket, and closes it where that is all. Returns the slots that
/// do not move now.
async fn pay_rest(
    client: &RpcClient,
    draft: &mut Draft<'_>,
    pool: &Pool,
    data: &Basket,
) -> Result<Vec<u8>, SdkError> {
    let full = (0u8..).zip(data.amounts);
    let full: Vec<u8> = full
        .filter(|(_, amount)| *amount > 0)
        .map(|(slot, _)| slot)
        .collect();
    let places = Places::of(client, pool, &data.wallet, &full).await?;
    let (stuck, moving): (Vec<u8>, Vec<u8>) =
        full.iter().partition(|slot| places.stuck.contains(slot));
    draft.extend(places.missing.into_values());
    if stuck.is_empty() {
        draft.pay_out(data.nonce, moving);
    } else {
        draft.withdraw(data.nonce, moving);
    }
    Ok(stuck)
}
