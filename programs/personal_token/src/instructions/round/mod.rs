//! What the owner does with a round that is open.

mod cancel_round;
mod extend_round;

pub(crate) use cancel_round::*;
pub use extend_round::*;
