//! Holder accounts and their shares.

mod credentials;
mod shares;
mod warming;
