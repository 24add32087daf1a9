//! Rounds: opened, bought in, closed, settled.

mod backing;
mod cancel_round;
mod close_round;
mod collect_contribution;
mod contribute;
mod contribute_escrowed;
mod extend_round;
mod leave_round;
mod manage;
mod open_round;
mod refund_contribution;
mod returning;
mod settle_round;
mod sold;

pub use {
    backing::*, close_round::*, collect_contribution::*, contribute::*, leave_round::*, manage::*,
    open_round::*, refund_contribution::*, returning::*, settle_round::*,
};

// These have accounts that others have too, and none of their own.
pub(crate) use {cancel_round::*, contribute_escrowed::*, extend_round::*};

pub(super) use sold::Sold;
