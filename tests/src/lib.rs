//! The world that the suites act in: a chain with the committed ELFs, a clock,
//! named people, mints, and a token with everything that an instruction may need.

pub mod catalogue;
pub mod credential;
pub mod dice;
pub mod engine;
pub mod expect;
pub mod invariant;
pub mod members;
pub mod model;
pub mod people;
pub mod poll;
pub mod pool;
pub mod provoked;
pub mod rpc;
pub mod terms;
pub mod votes;
pub mod world;
