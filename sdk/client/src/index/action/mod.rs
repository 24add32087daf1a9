//! What a person wants to do with an index, as plans in as few transactions as fit.
//!
//! Plans quote for the pool that they are given, fetch what else they need, and add
//! what would be missing: harvests, accounts, lookup tables.

mod basket;
mod compose;
mod contribute;
mod draft;
mod harvest;
mod member;
mod rebalance;
mod redeem;
mod wound_up;
mod wrap;
mod zap;

pub use {
    basket::{cancel, resume},
    compose::{Piece, add, create, seed_and_launch},
    contribute::{Contribute, contribute, contribute_at_most},
    harvest::{harvest, harvest_due},
    member::{
        accept_membership, apply_take_over, collect_equal_share, finish_membership, oppose_poll,
    },
    rebalance::{Bid, BidOutcome, bid, draft, seal},
    redeem::{Payout, Redeem, redeem, redeem_at_least, redeem_locked, redeem_locked_at_least},
    wound_up::{collect_wound_up, redeem_wound_up},
    wrap::{UnwrapQuote, close_wrapper, harvest_wrapped, note_stuck, unwrap, unwrap_slot, wrap},
    zap::{
        Exit, HOLDER, LOOKUP_TABLE, Purchase, Skipped, Source, Tidied, Unzap, UnzapQuote, Zap,
        ZapQuote, made, rents, tidy, unzap, zap,
    },
};

pub use super::quote::{AcceptQuote, accept_quote};

pub(in crate::index) use compose::launched;

use {
    super::{Constituent, PooledIndex, SlotKind, fetch::Pool, instruction as ix},
    crate::{
        address::TOKEN_2022_PROGRAM,
        error::SdkError,
        fetch,
        instruction::{create_associated, open_holder},
        state::{Account, Holder, Venue, decode},
    },
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::BTreeMap,
};

/// Most constituents whose accounts fit one transaction: 64 accounts can be locked, a
/// constituent has three or four.
pub const AT_ONCE: usize = 18;

/// Makes a wallet's account of an index's shares where it is missing.
async fn share_account(
    client: &RpcClient,
    index: &PooledIndex,
    payer: &Pubkey,
    wallet: &Pubkey,
) -> Result<Option<Instruction>, SdkError> {
    let account = ix::share_account(index, wallet);
    let exists = fetch::raw(client, &[account])
        .await?
        .pop()
        .flatten()
        .is_some();
    let create = || create_associated(payer, wallet, &index.mint, &TOKEN_2022_PROGRAM);
    Ok((!exists).then(create))
}

/// What a wallet has of constituents, and where it is missing a place for them.
struct Places {
    /// Holder accounts of personal constituents, by slot.
    holders: BTreeMap<u8, Account<Holder>>,
    /// Balances of cash, by slot.
    cash: BTreeMap<u8, u64>,
    /// What makes the missing places that can be made, by slot.
    missing: BTreeMap<u8, Instruction>,
    /// Slots whose shares cannot move to this wallet.
    stuck: Vec<u8>,
}

impl Places {
    /// Reads them in one request for a hundred.
    async fn of(
        client: &RpcClient,
        pool: &Pool,
        wallet: &Pubkey,
        slots: &[u8],
    ) -> Result<Places, SdkError> {
        let mut wanted: Vec<(u8, &Constituent)> = Vec::with_capacity(slots.len());
        for slot in slots {
            wanted.push((*slot, pool.index.data.constituent(*slot)?));
        }
        let keys: Vec<Pubkey> = wanted
            .iter()
            .map(|(_, constituent)| ix::place_of(constituent, wallet))
            .collect();
        let found = fetch::raw(client, &keys).await?;
        let mut places = Places {
            holders: BTreeMap::new(),
            cash: BTreeMap::new(),
            missing: BTreeMap::new(),
            stuck: Vec::new(),
        };
        for ((slot, constituent), raw) in wanted.into_iter().zip(found) {
            let raw = raw.filter(|raw| raw.owner != crate::address::SYSTEM_PROGRAM);
            match constituent.kind()? {
                SlotKind::Personal => {
                    let holder = raw.map(|raw| decode(&raw.key, &raw.owner, &raw.data));
                    places.personal(pool, wallet, slot, holder.transpose()?)?;
                }
                SlotKind::Free | SlotKind::Mint => {
                    let (mint, program) = (constituent.key, constituent.token_program());
                    match raw {
                        Some(raw) => {
                            let held = fetch::token_amount(&raw.data).unwrap_or(0);
                            places.cash.insert(slot, held);
                        }
                        None => {
                            let create = create_associated(wallet, wallet, &mint, &program);
                            places.missing.insert(slot, create);
                        }
                    }
                }
            }
        }
        Ok(places)
    }

    fn personal(
        &mut self,
        pool: &Pool,
        wallet: &Pubkey,
        slot: u8,
        holder: Option<Account<Holder>>,
    ) -> Result<(), SdkError> {
        let person = pool.person(slot)?;
        let token = &person.token.data;
        let free = token.moves_freely()?;
        let venue = |holder: &Holder| holder.venue == Venue::Open;
        let moves =
            free || venue(&person.custody.data) || holder.as_ref().is_some_and(|h| venue(&h.data));
        let admitted = holder.is_some() || token.is_open()?;
        if !moves || !admitted {
            self.stuck.push(slot);
        } else if holder.is_none() {
            let open = open_holder(&person.token.key, wallet, wallet, wallet);
            self.missing.insert(slot, open);
        }
        if let Some(holder) = holder {
            self.holders.insert(slot, holder);
        }
        Ok(())
    }

    /// Atoms that the wallet can give of a slot.
    fn free(&self, slot: u8) -> Result<u64, SdkError> {
        if let Some(holder) = self.holders.get(&slot) {
            return Ok(holder.data.free()?);
        }
        Ok(self.cash.get(&slot).copied().unwrap_or(0))
    }
}

fn held(pool: &Pool) -> Vec<u8> {
    pool.index.data.held().map(|(slot, _)| slot).collect()
}
