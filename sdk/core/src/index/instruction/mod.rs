//! One builder for every instruction of the pooled index program. They are pure:
//! whoever calls them has fetched what they need.
//!
//! Wallets receive and give cash at their associated accounts, index shares at their
//! associated account of the share mint, and people's shares at their holder accounts.

mod announce;
mod basket;
mod compose;
mod govern;
mod lock;
mod member;
mod rebalance;
mod share;
mod wrap;

pub use {
    announce::*, basket::*, compose::*, govern::*, lock::*, member::*, rebalance::*, share::*,
    wrap::*,
};

use {
    super::{Constituent, PROGRAM_ID, PooledIndex, SlotAtoms, SlotKind},
    crate::{
        address::{TOKEN_2022_PROGRAM, find_associated, find_holder},
        error::CoreError,
        state::Account,
    },
    anchor_lang::{InstructionData, ToAccountMetas, prelude::Pubkey},
    pooled_index::accounts,
    solana_program::instruction::{AccountMeta, Instruction},
};

fn build(accounts: impl ToAccountMetas, data: impl InstructionData) -> Instruction {
    Instruction {
        program_id: PROGRAM_ID,
        accounts: accounts.to_account_metas(None),
        data: data.data(),
    }
}

/// A wallet's account of an index's shares: its associated account.
pub fn share_account(index: &PooledIndex, wallet: &Pubkey) -> Pubkey {
    find_associated(wallet, &index.mint, &TOKEN_2022_PROGRAM).0
}

/// Where a wallet keeps a constituent: its holder account of a person's token, its
/// associated account of cash.
pub fn place_of(constituent: &Constituent, wallet: &Pubkey) -> Pubkey {
    if constituent.kind == SlotKind::Personal {
        find_holder(&constituent.key, wallet).0
    } else {
        find_associated(wallet, &constituent.key, &constituent.token_program()).0
    }
}

fn shares(index: &Account<PooledIndex>, wallet: &Pubkey) -> accounts::ShareAccounts {
    accounts::ShareAccounts {
        index: index.key,
        mint: index.data.mint,
        share_account: share_account(&index.data, wallet),
        token_program: TOKEN_2022_PROGRAM,
    }
}

/// The accounts of one constituent, as they follow an instruction's own.
fn constituent(
    index: &PooledIndex,
    slot: u8,
    wallet: &Pubkey,
) -> Result<Vec<AccountMeta>, CoreError> {
    accounts_of(index.constituent(slot)?, wallet)
}

fn accounts_of(constituent: &Constituent, wallet: &Pubkey) -> Result<Vec<AccountMeta>, CoreError> {
    let theirs = AccountMeta::new(place_of(constituent, wallet), false);
    let ours = AccountMeta::new(constituent.custody, false);
    Ok(match constituent.kind()? {
        SlotKind::Personal => vec![AccountMeta::new(constituent.key, false), theirs, ours],
        SlotKind::Free | SlotKind::Mint => vec![
            AccountMeta::new_readonly(constituent.key, false),
            theirs,
            ours,
            AccountMeta::new_readonly(constituent.token_program(), false),
        ],
    })
}

fn with_constituents(
    mut instruction: Instruction,
    index: &PooledIndex,
    slots: impl IntoIterator<Item = u8>,
    wallet: &Pubkey,
) -> Result<Instruction, CoreError> {
    for slot in slots {
        instruction
            .accounts
            .extend(constituent(index, slot, wallet)?);
    }
    Ok(instruction)
}

fn held_or_coin(index: &PooledIndex) -> Vec<u8> {
    let slots = (0u8..).zip(&index.constituents);
    slots
        .filter(|(_, slot)| slot.is_held() || slot.coin > 0)
        .map(|(slot, _)| slot)
        .collect()
}

/// Slots and atoms as instructions carry them.
fn listed(amounts: Vec<(u8, u64)>) -> Vec<SlotAtoms> {
    let pairs = amounts.into_iter();
    pairs
        .map(|(slot, atoms)| SlotAtoms { slot, atoms })
        .collect()
}
