//! A token as a whole: its creation, its roles, its owner and its supply.

mod accept_ownership;
mod alone;
mod create_token;
mod govern;
mod heartbeat;
mod issue;
mod pause;
mod propose_owner;
mod set_bearer_cap;
mod set_executor;
mod set_roles;
mod sync_share_custody;
mod unpause;

pub use {accept_ownership::*, create_token::*, govern::*, issue::*, sync_share_custody::*};

// These have accounts that others have too, and none of their own.
pub(crate) use {
    heartbeat::*, pause::*, propose_owner::*, set_bearer_cap::*, set_executor::*, set_roles::*,
    unpause::*,
};

pub(super) use alone::is_owners_alone;
