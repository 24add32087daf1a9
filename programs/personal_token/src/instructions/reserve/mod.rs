//! The reserve, the endowment beside it, and redemption.

mod add_asset;
mod book_loss;
mod book_surplus;
mod deposit_accounts;
mod deposit_endowment;
mod deposit_reserve;
mod note_immovable;
mod redeem;
mod redeem_bearer;
mod redeeming;
mod withdraw_endowment;

pub use {
    add_asset::*, book_loss::*, book_surplus::*, deposit_accounts::*, note_immovable::*, redeem::*,
    redeem_bearer::*, redeeming::*, withdraw_endowment::*,
};

// These have accounts that others have too, and none of their own.
pub(crate) use {deposit_endowment::*, deposit_reserve::*};
