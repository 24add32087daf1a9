//! Slots of an index, and what comes into them.

mod add_mint;
mod add_personal;
mod harvest;
mod remove_constituent;
mod sync_custody;
mod sync_mint;
mod sync_personal;

pub use {add_mint::*, add_personal::*, harvest::*, remove_constituent::*, sync_custody::*};
pub(crate) use {sync_mint::*, sync_personal::*};
