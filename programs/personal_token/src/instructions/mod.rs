//! One file an instruction, named as it is, in the folder of its subject: arguments,
//! accounts with their proofs, handler, helpers. What several instructions share has a file
//! of its own beside them.

mod auction;
mod claim;
mod dividend;
mod ending;
mod evidence;
mod grant;
mod holder;
mod identity;
mod naming;
mod pass;
mod policy;
mod poll;
mod reserve;
mod round;
mod sale;
mod token;

// Anchor's `#[program]` looks for the helper modules of each `Accounts` struct at
// the crate's root, so these are glob exports.
pub use {
    auction::*, claim::*, dividend::*, ending::*, evidence::*, grant::*, holder::*, identity::*,
    naming::*, pass::*, poll::*, reserve::*, round::*, sale::*, token::*,
};

// These have the accounts of `GovernAccounts` and none of their own.
pub(crate) use policy::*;
