//! What stands in an index and changes with time alone: notices that run out, vetoes that
//! nobody counted, prices of a rebalance, slots that are stuck, dividends that are due.
//!
//! Whatever somebody does is an event, see [`history`](crate::history). What nobody does is
//! seen by looking: [`look`] reads the index, [`Look::facts`] says what stands, and a
//! [`Watcher`] tells what is new since its last look.
//!
//! ```no_run
//! # async fn example(client: &upside_sdk::RpcClient, index: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
//! use upside_sdk::index::watch::{Watcher, look};
//!
//! let mut watcher = Watcher::default();
//! for fact in watcher.news(&look(client, index).await?)? {
//!     println!("{fact:?}");
//! }
//! # Ok(())
//! # }
//! ```

mod look;

pub use {
    look::look,
    upside_core::index::watch::{Fact, Look, Watcher},
};
