//! Who says that a claim is true.

mod attest_claim;
mod attesters;
mod dispute_claim;
mod revoke_attestation;
mod successor;
mod weigh;

pub use {attest_claim::*, attesters::*, dispute_claim::*, revoke_attestation::*, successor::*};

pub(super) use weigh::{Given, weigh};
