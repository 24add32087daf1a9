//! Tests of *auction*.

pub mod cases;
pub mod model;
pub mod steps;
