//! What a transaction names and loads.

use super::chain::Chain;
use solana_account::{AccountSharedData, ReadableAccount};
use solana_pubkey::Pubkey;
use solana_transaction::versioned::VersionedTransaction;
use std::collections::HashSet;

/// Where the addresses begin in a lookup table.
const LOOKUP_TABLE_META: usize = 56;
const LOOKUP_TABLE_PROGRAM: Pubkey =
    Pubkey::from_str_const("AddressLookupTab1e1111111111111111111111111");
const LOADER_V3: Pubkey = Pubkey::from_str_const("BPFLoaderUpgradeab1e11111111111111111111111");

/// The addresses of a transaction, with those from lookup tables.
pub(super) struct Keys {
    pub all: Vec<Pubkey>,
    pub statics: usize,
    pub writable: usize,
}

impl Chain {
    /// Every address that a transaction names, lookup tables resolved.
    pub fn keys(&self, tx: &VersionedTransaction) -> Keys {
        let mut all = tx.message.static_account_keys().to_vec();
        let statics = all.len();
        let (mut writable, mut readonly) = (Vec::new(), Vec::new());
        for lookup in tx.message.address_table_lookups().unwrap_or_default() {
            let Some(table) = self.account(&lookup.account_key) else {
                continue;
            };
            let entries = table.data().get(LOOKUP_TABLE_META..).unwrap_or_default();
            if table.owner() != &LOOKUP_TABLE_PROGRAM {
                continue;
            }
            let (entries, _) = entries.as_chunks::<32>();
            let entry = |index: &u8| entries.get(usize::from(*index)).map(|e| Pubkey::from(*e));
            writable.extend(lookup.writable_indexes.iter().filter_map(entry));
            readonly.extend(lookup.readonly_indexes.iter().filter_map(entry));
        }
        let count = writable.len();
        all.append(&mut writable);
        all.append(&mut readonly);
        Keys {
            all,
            statics,
            writable: count,
        }
    }

    /// What the loaded-data limit counts (SIMD-186): 64 bytes and the data of each
    /// account, the executables of programs, 8,248 bytes a lookup table.
    pub fn loaded_size(&self, tx: &VersionedTransaction) -> u32 {
        let keys = self.keys(tx).all;
        let tables = tx.message.address_table_lookups().map_or(0, <[_]>::len);
        let mut counted: HashSet<Pubkey> = keys.iter().copied().collect();
        let mut size = tables.saturating_mul(8_248);
        let mut add = |account: &AccountSharedData| {
            size = size.saturating_add(64).saturating_add(account.data().len());
        };
        for account in keys.iter().filter_map(|key| self.account(key)) {
            add(account);
            let is_program =
                account.owner() == &LOADER_V3 && account.data().starts_with(&[2, 0, 0, 0]);
            let at = account
                .data()
                .get(4..)
                .and_then(|rest| rest.first_chunk::<32>());
            let Some(at) = at.filter(|_| is_program).map(|at| Pubkey::from(*at)) else {
                continue;
            };
            if let (true, Some(code)) = (counted.insert(at), self.account(&at)) {
                add(code);
            }
        }
        u32::try_from(size).unwrap_or(u32::MAX)
    }
}
