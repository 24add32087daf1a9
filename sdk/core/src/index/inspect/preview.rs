//! What somebody gets in an index, and what others can do to it: shown before they pay.

use {
    super::{
        below::Below,
        build::index_shares,
        disclosure::{IndexDisclosure, disclosure},
        exits::exit,
        rescale::rescaled,
    },
    crate::report::{Amount, Base58, MintAmount, Percent},
    crate::{
        error::CoreError,
        index::{
            IndexError, Pool, PooledIndex,
            quote::{self, AcceptQuote, ContributionQuote},
            rebalance,
        },
        inspect::Tallies,
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
};

/// Atoms of a slot.
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlotPart {
    /// The slot's number.
    pub slot: u8,
    /// The personal token, or the mint.
    #[serde_as(as = "Base58")]
    pub key: Pubkey,
    /// How much.
    #[serde(flatten)]
    pub amount: Amount,
}

/// What shares of an index stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndexStake {
    /// The shares.
    pub shares: Amount,
    /// Percent of all shares, with fee shares to be minted.
    pub part: Percent,
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
fn stake(pool: &Pool, below: &Below, shares: u64) -> Result<IndexStake, CoreError> {
    let index = &pool.index.data;
    let mut stake = IndexStake {
        shares: index_shares(shares),
        part: Percent::of(shares, quote::effective_supply(pool)?),
        ..IndexStake::default()
    };
    let mut sum = Tallies::default();
    let amounts = match quote::redemption(pool, shares) {
        Ok(redemption) => redemption.amounts,
        // So few that they redeem for nothing, or none.
        Err(CoreError::IndexRefused(IndexError::AmountTooSmall | IndexError::ZeroAmount)) => {
            Vec::new()
        }
        Err(refused) => return Err(refused),
    };
    for (slot, atoms) in amounts.into_iter().filter(|(_, atoms)| *atoms > 0) {
        sum.add(&exit(pool, below, slot, atoms)?)?;
        stake.gives.push(SlotPart {
            slot,
            key: index.constituent(slot)?.key,
            amount: Amount::new(atoms, rebalance::decimals(index, slot)?),
        });
    }
    stake.redeems = sum.liquid.report();
    stake.stuck = sum.immovable.report();
    Ok(stake)
}

fn add(sum: &mut u64, atoms: u64) -> Result<(), CoreError> {
    let more = sum.checked_add(atoms);
    *sum = more.ok_or(IndexError::Overflow)?;
    Ok(())
}

fn receive(index: &mut PooledIndex, slot: u8, atoms: u64) -> Result<(), CoreError> {
    let mut places = index.constituents.iter_mut().skip(slot.into());
    let place = places.next().ok_or(IndexError::NotAConstituent)?;
    add(&mut place.counter, atoms)
}

/// The pool as it is right after it, and the share atoms that arrive, locked ones of a
/// member among them.
fn after(pool: &Pool, intent: IndexIntent<'_>) -> Result<(Pool, u64), CoreError> {
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

/// What somebody gets who has `held` index share atoms, and what others can do to it.
///
/// # Errors
/// `WrongAccount`; `IndexRefused` where the quote is not of this pool.
pub fn build_preview(
    pool: &Pool,
    below: &Below,
    intent: IndexIntent<'_>,
    held: u64,
) -> Result<IndexPreview, CoreError> {
    let (after, arrive) = after(pool, intent)?;
    let mut holding = held;
    add(&mut holding, arrive)?;
    let preview = IndexPreview {
        shares: stake(&after, below, arrive)?,
        holding: stake(&after, below, holding)?,
        disclosure: disclosure(pool, below)?,
    };
    Ok(rescaled(preview, pool, below))
}

/// What a curator gets of a pool that was launched just now: `yours` are the index share
/// atoms that are the curator's own.
///
/// # Errors
/// `WrongAccount`; `IndexRefused` where accounts do not add up.
pub fn build_launch_preview(
    pool: &Pool,
    below: &Below,
    yours: u64,
) -> Result<IndexPreview, CoreError> {
    let stake = stake(pool, below, yours)?;
    let preview = IndexPreview {
        holding: stake.clone(),
        shares: stake,
        disclosure: disclosure(pool, below)?,
    };
    Ok(rescaled(preview, pool, below))
}
