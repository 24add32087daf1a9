//! What a token is called.

mod announce_name;
mod apply_name;

pub use {announce_name::*, apply_name::*};
