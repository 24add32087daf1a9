//! What somebody gets in an index, and what others can do to it: shown before they pay.

use {
    super::{
        build::index_shares,
        disclosure::{IndexDisclosure, disclosure},
        exits::exit,
        gather::{Below, Reading, gather},
    },
    crate::{
        error::SdkError,
        fetch,
        index::{
            IndexError, Lock, PooledIndex,
            action::{AcceptQuote, Piece, launched},
            fetch::Pool,
            find_lock,
            instruction::share_account,
            quote::{self, ContributionQuote},
            rebalance,
        },
        inspect::{Amount, MintAmount, Tallies, percent_of},
        state::Account,
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// Atoms of a slot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SlotPart {
    /// The slot's number.
    pub slot: u8,
    /// The personal token, or the mint.
    pub key: String,
    /// How much.
    #[serde(flatten)]
    pub amount: Amount,
}

/// What shares of an index stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IndexStake {
    /// The shares.
    pub shares: Amount,
    /// Percent of all shares, with fee shares to be minted.
    pub part: String,
    /// What redeeming them gives of each slot, after the exit fee.
    pub gives: Vec<SlotPart>,
    /// What that in turn redeems for now, after people's cash-out taxes.
    pub redeems: Vec<MintAmount>,
    /// What it would redeem for as well if it moved.
    pub stuck: Vec<MintAmount>,
}

/// What somebody is about to do.
#[derive(Clone, Copy, Debug)]
pub enum IndexIntent<'a> {
    /// They contribute, of everything or with cash.
    Contribute(&'a ContributionQuote),
    /// They become a member with shares of the person in this slot.
    Accept {
        /// The person's slot.
        slot: u8,
        /// What the deal moves.
        quote: &'a AcceptQuote,
    },
}

/// What somebody gets, and what others can do to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IndexPreview {
    /// The shares that arrive, right after it.
    pub shares: IndexStake,
    /// All that the wallet has then: in its share account, in its lock, and of a member those
    /// that are locked until the membership has ended.
    pub holding: IndexStake,
    /// What others can do to a holder, and when.
    pub disclosure: IndexDisclosure,
}

/// What `shares` (index share atoms) stand for.
///
/// # Errors
/// `IndexRefused`, `Refused`, `Math` where accounts do not add up.
fn stake(pool: &Pool, below: &Below, shares: u64) -> Result<IndexStake, SdkError> {
    let index = &pool.index.data;
    let mut stake = IndexStake {
        shares: index_shares(shares),
        part: percent_of(shares, quote::effective_supply(pool)?),
        ..IndexStake::default()
    };
    let mut sum = Tallies::default();
    let amounts = match quote::redemption(pool, shares) {
        Ok(redemption) => redemption.amounts,
        // So few that they redeem for nothing, or none.
        Err(SdkError::IndexRefused(IndexError::AmountTooSmall | IndexError::ZeroAmount)) => {
            Vec::new()
        }
        Err(refused) => return Err(refused),
    };
    for (slot, atoms) in amounts.into_iter().filter(|(_, atoms)| *atoms > 0) {
        sum.add(&exit(pool, below, slot, atoms)?)?;
        stake.gives.push(SlotPart {
            slot,
            key: index.constituent(slot)?.key.to_string(),
            amount: Amount::new(atoms, rebalance::decimals(index, slot)?),
        });
    }
    stake.redeems = sum.liquid.report();
    stake.stuck = sum.immovable.report();
    Ok(stake)
}

fn add(sum: &mut u64, atoms: u64) -> Result<(), SdkError> {
    let more = sum.checked_add(atoms);
    *sum = more.ok_or(IndexError::Overflow)?;
    Ok(())
}

fn receive(index: &mut PooledIndex, slot: u8, atoms: u64) -> Result<(), SdkError> {
    let mut places = index.constituents.iter_mut().skip(slot.into());
    let place = places.next().ok_or(IndexError::NotAConstituent)?;
    add(&mut place.counter, atoms)
}

/// The pool as it is right after it, and the share atoms that arrive, locked ones of a
/// member among them.
fn after(pool: &Pool, intent: IndexIntent<'_>) -> Result<(Pool, u64), SdkError> {
    let mut after = pool.clone();
    let mut index = quote::accrued(pool)?;
    let arrive = match intent {
        IndexIntent::Contribute(quote) => {
            for (slot, atoms) in &quote.amounts {
                receive(&mut index, *slot, *atoms)?;
            }
            add(&mut index.pending_fee_shares, quote.fee)?;
            quote.minted
        }
        IndexIntent::Accept { slot, quote } => {
            receive(&mut index, slot, quote.gives)?;
            add(&mut index.members_locked, quote.locked)?;
            let mut all = quote.free;
            add(&mut all, quote.locked)?;
            all
        }
    };
    add(&mut index.supply, arrive)?;
    after.mint_supply = index.supply;
    after.index.data = index;
    Ok((after, arrive))
}

/// Share atoms in a wallet's share account and in its lock.
async fn held(client: &RpcClient, pool: &Pool, wallet: &Pubkey) -> Result<u64, SdkError> {
    let index = &pool.index;
    let lock: Option<Account<Lock>> =
        fetch::optional(client, &find_lock(&index.key, wallet).0).await?;
    let mut sum = fetch::balance(client, &share_account(&index.data, wallet)).await?;
    add(&mut sum, lock.map_or(0, |lock| lock.data.shares))?;
    Ok(sum)
}

/// What others can do to a holder of an index, and when: a request for a hundred accounts.
///
/// # Errors
/// `Rpc`; `WrongAccount` where an account does not decode.
pub async fn index_disclosure(
    client: &RpcClient,
    pool: &Pool,
) -> Result<IndexDisclosure, SdkError> {
    let below = gather(client, pool, Reading::Others).await?;
    disclosure(pool, &below)
}

/// What `wallet` gets, and what others can do to it: a request for a hundred accounts, and
/// two more.
///
/// # Errors
/// `Rpc`; `WrongAccount` where an account does not decode; `IndexRefused` where the quote is
/// not of this pool.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, me: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::index::{fetch, inspect::{self, IndexIntent}, quote};
///
/// let index = fetch::find(client, "MAKERS").await?;
/// let pool = fetch::pool(client, &index.key).await?;
/// let quote = quote::contribution(&pool, 5_000_000_000)?;
/// let intent = IndexIntent::Contribute(&quote);
/// let preview = inspect::preview(client, &pool, me, intent).await?;
/// println!("at most {} % in a year", preview.disclosure.takes.together);
/// # Ok(())
/// # }
/// ```
pub async fn preview(
    client: &RpcClient,
    pool: &Pool,
    wallet: &Pubkey,
    intent: IndexIntent<'_>,
) -> Result<IndexPreview, SdkError> {
    let below = gather(client, pool, Reading::Others).await?;
    let (after, arrive) = after(pool, intent)?;
    let mut holding = held(client, pool, wallet).await?;
    add(&mut holding, arrive)?;
    Ok(IndexPreview {
        shares: stake(&after, &below, arrive)?,
        holding: stake(&after, &below, holding)?,
        disclosure: disclosure(pool, &below)?,
    })
}

/// What a curator gets who launches an index with these pieces and `shares` index share
/// atoms, `yours` of them the curator's own, and what can be done to whoever comes next.
///
/// # Errors
/// `Rpc`; `NotFound` for a piece that is no token and no mint; `IndexRefused`.
pub async fn preview_launch(
    client: &RpcClient,
    index: &Account<PooledIndex>,
    pieces: &[Piece],
    shares: u64,
    yours: u64,
) -> Result<IndexPreview, SdkError> {
    let pool = launched(client, index, pieces, shares).await?;
    let below = gather(client, &pool, Reading::Others).await?;
    let stake = stake(&pool, &below, yours)?;
    Ok(IndexPreview {
        holding: stake.clone(),
        shares: stake,
        disclosure: disclosure(&pool, &below)?,
    })
}
