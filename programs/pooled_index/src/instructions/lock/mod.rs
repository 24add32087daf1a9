//! What holders lock, and what it counts.

mod back_candidate;
mod candidacy;
mod lock_shares;
mod take_over;
mod unlock_shares;
mod vote;

pub use {
    back_candidate::*, candidacy::*, lock_shares::*, take_over::*, unlock_shares::*, vote::*,
};
