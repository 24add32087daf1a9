//! Tests of *claim*.

pub mod cases;
pub mod compare;
pub mod custody;
pub mod custody_steps;
pub mod model;
pub mod steps;
