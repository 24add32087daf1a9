use {
    crate::{
        index::{Pool, Rebalance},
        state::Account,
    },
    std::collections::BTreeSet,
};

/// An index at one moment, with what moves and what does not.
#[derive(Clone, Debug)]
pub struct Look {
    /// The index.
    pub pool: Pool,
    /// Its rebalance, if it ever had one.
    pub rebalance: Option<Account<Rebalance>>,
    /// Slots that the state shows stuck; of wrapped ones, what the tickets stand for.
    pub stuck: BTreeSet<u8>,
}
