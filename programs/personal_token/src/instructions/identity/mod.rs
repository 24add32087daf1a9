//! Who says that a token's owner is a certain person.

mod revoke_identity;
mod vouch_identity;

pub use {revoke_identity::*, vouch_identity::*};
