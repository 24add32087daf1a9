//! Tests of *lock*.

pub mod calls;
pub mod cases;
pub mod compare;
pub mod model;
pub mod steps;
