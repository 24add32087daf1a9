//! The reserve, and the endowment beside it.

mod book_loss;
mod book_surplus;
mod deposit_endowment;
mod deposit_reserve;
mod note_immovable;
mod withdraw_endowment;

pub(crate) use deposit_endowment::*;
pub use {
    book_loss::*, book_surplus::*, deposit_reserve::*, note_immovable::*, withdraw_endowment::*,
};
