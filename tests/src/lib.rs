//! The world that the suites act in: a chain with the committed ELFs, a clock,
//! named people, mints, and a token with everything that an instruction may need.

pub mod cases;
pub mod credential;
pub mod engine;
pub mod error_coverage;
pub mod expect;
pub mod invariant;
pub mod listing;
pub mod members;
pub mod model;
pub mod oracle;
pub mod payee;
pub mod people;
pub mod personal_token;
pub mod poll;
pub mod pool;
pub mod pooled_index;
pub mod rng;
pub mod rpc;
pub mod shrink;
pub mod terms;
pub mod votes;
pub mod world;
