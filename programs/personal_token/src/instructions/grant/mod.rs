//! Grants: offered by the owner, accepted by the beneficiary, vested over time.

mod accept_grant;
mod cancel_grant;
mod close_grant;
mod collect_grant;
mod offer_grant;
mod revoke_grant;

pub use {
    accept_grant::*, cancel_grant::*, close_grant::*, collect_grant::*, offer_grant::*,
    revoke_grant::*,
};
