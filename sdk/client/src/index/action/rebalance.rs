use {
    super::{
        super::{
            IndexError, MAX_ORDERS_ADDED, OrderInput, Rebalance, SealArgs,
            fetch::Pool,
            instruction as ix,
            rebalance::{self, BidQuote},
        },
        Places, basket,
    },
    crate::{
        action::{Plan, Step},
        error::SdkError,
        lookup_table,
        state::Account,
    },
    anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// Drafts a rebalance: opens a draft in place of what is over, and adds the orders. The
/// quote is how many. Look at the draft before sealing it.
///
/// # Errors
/// `IndexRefused(RebalanceRunning)` while one is announced or traded;
/// `IndexRefused(NotAConstituent)`, `IndexRefused(LengthMismatch)`; `Rpc`.
pub async fn draft(
    client: &RpcClient,
    pool: &Pool,
    rebalance: Option<&Account<Rebalance>>,
    payer: &Pubkey,
    orders: &[OrderInput],
) -> Result<Plan<usize>, SdkError> {
    let (index, now) = (&pool.index, pool.clock.unix_timestamp);
    index.data.require_active()?;
    if orders.is_empty() {
        return Err(IndexError::LengthMismatch.into());
    }
    if let Some(present) = rebalance
        && present.data.is_running(&index.data, now)?
    {
        return Err(IndexError::RebalanceRunning.into());
    }
    let mut instructions = vec![ix::open_rebalance(index, payer)];
    for batch in orders.chunks(MAX_ORDERS_ADDED / 2) {
        instructions.push(ix::add_orders(index, batch.to_vec())?);
    }
    Ok(Plan {
        quote: orders.len(),
        steps: lookup_table::pack(client, payer, "draft the rebalance", instructions).await?,
    })
}

/// Announces the draft as it was fetched; another is refused. The quote is the arguments.
///
/// # Errors
/// `IndexRefused(NoDraft)`, `IndexRefused(InvalidDuration)`.
pub fn seal(
    pool: &Pool,
    rebalance: &Account<Rebalance>,
    duration: u32,
    long_notice: bool,
    by_majority: bool,
) -> Result<Plan<SealArgs>, SdkError> {
    let status = rebalance.data.status()?;
    if status != super::super::RebalanceStatus::Drafting {
        return Err(IndexError::NoDraft.into());
    }
    let (shortest, longest) = super::super::REBALANCE_DURATION;
    if !(shortest..=longest).contains(&duration) {
        return Err(IndexError::InvalidDuration.into());
    }
    let args = SealArgs {
        content: rebalance.data.hash(),
        duration,
        long_notice,
        by_majority,
    };
    let seal = ix::seal_rebalance(&pool.index, args);
    Ok(Plan {
        quote: args,
        steps: vec![Step::new("seal the rebalance", vec![seal])],
    })
}

/// A bid to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bid {
    /// Who trades with the index.
    pub wallet: Pubkey,
    /// Slot that the index sells of.
    pub sell: u8,
    /// Slot that the index buys of.
    pub buy: u8,
    /// Atoms to take.
    pub take: u64,
    /// Most atoms to give for them.
    pub most: u64,
    /// Last second in which it may land, unix time.
    pub deadline: i64,
}

/// What a bid costs, and where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BidOutcome {
    /// The trade.
    pub trade: BidQuote,
    /// Number of the basket that keeps what is taken, if it cannot move to the wallet now.
    pub basket: Option<u64>,
}

/// Trades with the index; makes the wallet's missing accounts. What cannot move to the
/// wallet now is taken by delivery: it stays in a basket of the wallet's.
///
/// # Errors
/// `IndexRefused` with what the program would answer, `IndexRefused(Slippage)` above the
/// most; `Rpc`.
pub async fn bid(
    client: &RpcClient,
    pool: &Pool,
    rebalance: &Account<Rebalance>,
    request: &Bid,
) -> Result<Plan<BidOutcome>, SdkError> {
    let Bid {
        wallet, sell, buy, ..
    } = *request;
    let trade = rebalance::bid(pool, &rebalance.data, sell, buy, request.take)?;
    if trade.cost > request.most {
        return Err(IndexError::Slippage.into());
    }
    let mut args = trade.args(request.most, request.deadline);
    let mut places = Places::of(client, pool, &wallet, &[sell, buy]).await?;
    let mut instructions: Vec<_> = places.missing.remove(&buy).into_iter().collect();
    let mut outcome = BidOutcome {
        trade,
        basket: None,
    };
    if places.stuck.contains(&sell) {
        args.basket_number = basket::next_nonce(client, &pool.index.key, &wallet).await?;
        outcome.basket = Some(args.basket_number);
        instructions.push(ix::bid_to_basket(&pool.index, &wallet, args)?);
    } else {
        instructions.extend(places.missing.remove(&sell));
        instructions.push(ix::bid(&pool.index, &wallet, args)?);
    }
    Ok(Plan {
        quote: outcome,
        steps: lookup_table::pack(client, &wallet, "bid", instructions).await?,
    })
}
