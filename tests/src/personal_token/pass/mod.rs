//! Tests of *pass*.

pub mod cases;
pub mod model;
pub mod steps;
