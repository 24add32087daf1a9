//! Products, and the passes that they give.

mod burn_for_pass;
mod buy_pass;
mod close_pass;
mod close_product;
mod collect_pass;
mod open_product;
mod passing;
mod prove;
mod use_pass;

pub use {
    burn_for_pass::*, buy_pass::*, close_pass::*, close_product::*, collect_pass::*,
    open_product::*, passing::*, use_pass::*,
};
