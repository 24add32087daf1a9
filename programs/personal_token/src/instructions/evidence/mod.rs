//! Who says that a claim is true.

mod add_attesters;
mod attest_claim;
mod attesters;
mod dispute;
mod dispute_claim;
mod name_successor;
mod remove_attester;
mod resolve_dispute;
mod revoke_attestation;
mod seat;
mod set_attester_threshold;
mod take_seat;
mod weigh;

pub use {
    add_attesters::*, attest_claim::*, attesters::*, dispute::*, revoke_attestation::*, seat::*,
};

// These have accounts that others have too, and none of their own.
pub(crate) use {
    dispute_claim::*, name_successor::*, remove_attester::*, resolve_dispute::*,
    set_attester_threshold::*, take_seat::*,
};

pub(super) use weigh::{Given, weigh};
