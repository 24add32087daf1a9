//! Holder accounts: their shares, bearer tokens, approvals and venues.

mod apply_venue;
mod approval;
mod approve_transfer;
mod bearer;
mod close_holder;
mod deposit;
mod open_holder;
mod open_holder_by_credential;
mod opening;
mod revoke_approval;
mod set_venue;
mod transfer_shares;
mod warm_up;
mod withdraw;

pub use {
    apply_venue::*, approve_transfer::*, bearer::*, close_holder::*, open_holder_by_credential::*,
    opening::*, revoke_approval::*, set_venue::*, transfer_shares::*, warm_up::*,
};

// These have accounts that others have too, and none of their own.
pub(crate) use {deposit::*, open_holder::*, withdraw::*};

pub(super) use approval::use_up;
