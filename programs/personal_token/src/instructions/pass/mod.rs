//! Offerings, and the passes that they give.

mod burn_for_pass;
mod buy_pass;
mod claim_pass;
mod close_offering;
mod close_pass;
mod open_offering;
mod passing;
mod prove;
mod use_pass;

pub use {
    burn_for_pass::*, buy_pass::*, claim_pass::*, close_offering::*, close_pass::*,
    open_offering::*, passing::*, use_pass::*,
};
