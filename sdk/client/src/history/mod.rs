//! The ledger of a token or an index: the events of its transactions, in order.
//!
//! Events number themselves without gaps, by token and by index. A node that forgot old
//! transactions, one that cut a log short, a transaction that cannot be read: each leaves
//! a hole in the numbers, and [`History::gaps`] tells it. A ledger without gaps that
//! [`reaches_start`](History::reaches_start) is whole.
//!
//! ```no_run
//! # async fn example(client: &upside_sdk::RpcClient) -> Result<(), upside_sdk::error::SdkError> {
//! use upside_sdk::{fetch, history::{self, Query}};
//!
//! let token = fetch::find(client, "ADA").await?;
//! let query = Query::whole(token.data.sequence);
//! let ledger = history::read(client, &token.key, &query, |_| {}).await?;
//! assert!(ledger.gaps.is_empty());
//! for entry in &ledger.entries {
//!     println!("{} {}", entry.sequence(), entry.event.name());
//! }
//! # Ok(())
//! # }
//! ```

mod page;
mod read;

pub use {
    read::{Progress, Query, read},
    upside_core::history::{Entry, Event, Gap, History, gaps, is_truncated, of_subject},
};
