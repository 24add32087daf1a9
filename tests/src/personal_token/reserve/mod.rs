//! Tests of *reserve*.

pub mod cases;
pub mod model;
pub mod steps;
