//! What the curator announces, and its ends.

mod announce;
mod apply_announcement;
mod cancel_announcement;
mod count_veto;

pub use {announce::*, apply_announcement::*, cancel_announcement::*, count_veto::*};

pub(crate) use cancel_announcement::end as end_announced;
