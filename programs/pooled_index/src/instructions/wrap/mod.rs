//! What the state shows immovable is wrapped in tickets, and unwrapped once it moves.

mod close_wrapper;
mod collect_wound_up;
mod harvest_wrapped;
mod note_stuck;
mod redeem_wound_up;
mod shown;
mod unwrap_slot;
mod unwrap_tickets;
#[expect(
    clippy::module_inception,
    reason = "the file of an instruction has its name"
)]
mod wrap;

pub use {
    close_wrapper::*, collect_wound_up::*, harvest_wrapped::*, note_stuck::*, redeem_wound_up::*,
    unwrap_slot::*, unwrap_tickets::*, wrap::*,
};
