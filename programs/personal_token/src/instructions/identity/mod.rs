//! Who says that a token's owner is a certain person.

mod attest_identity;
mod revoke_identity;

pub use {attest_identity::*, revoke_identity::*};
