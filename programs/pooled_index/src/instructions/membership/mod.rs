//! Deals with persons, and what members earn.

mod accept;
mod end;
mod equal_share;
mod locked;
mod offer;
mod oppose_poll;
mod subject;
mod take_over;

pub use subject::subject_of;
pub use {accept::*, end::*, equal_share::*, locked::*, offer::*, oppose_poll::*, take_over::*};
