//! What the curator announces, and its ends.

mod announce;
mod apply_announcement;
mod cancel_announcement;
mod count_veto;
mod end;

pub(crate) use end::{cancel_if_vetoed, end as end_announced, prove_announced};
pub use {announce::*, apply_announcement::*, cancel_announcement::*, count_veto::*};
