//! What the SDK reads of the validator's ledger, against the model.

use {
    super::lane::Lane,
    solana_commitment_config::CommitmentConfig,
    std::collections::BTreeMap,
    tokio::runtime::Runtime,
    upside_sdk::{
        Pubkey, RpcClient,
        history::{self, Entry, Query},
    },
    upside_tests::model::Model,
};

/// The number of the last event of every token and index.
pub fn sequences(model: &Model) -> BTreeMap<Pubkey, u64> {
    let tokens = model.tokens.iter().map(|(key, it)| (*key, it.sequence));
    let indexes = model.indexes.iter().map(|(key, it)| (*key, it.sequence));
    tokens.chain(indexes).collect()
}

impl Lane {
    /// Reads the history of every token and index: each event since the genesis must be
    /// there once.
    pub fn read_ledger(&mut self, url: &str) {
        let runtime = Runtime::new().expect("a runtime");
        let confirmed = CommitmentConfig::confirmed();
        let client = RpcClient::new_with_commitment(url.to_string(), confirmed);
        for (subject, last) in sequences(&self.run.model) {
            let query = Query::whole(last);
            let read = history::read(&client, &subject, &query, |_| {});
            let read = runtime.block_on(read).expect("a history");
            let numbers: Vec<u64> = read.entries.iter().map(Entry::sequence).collect();
            let first = self.genesis.get(&subject).copied().unwrap_or(0);
            let expected: Vec<u64> = (first + 1..=last).collect();
            assert_eq!(numbers, expected, "the history of {subject}");
            assert_eq!((read.truncated.len(), read.unreadable.len()), (0, 0));
            self.events += numbers.len() as u64;
        }
    }
}
