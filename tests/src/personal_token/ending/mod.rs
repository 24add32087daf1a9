//! Tests of *ending*.

pub mod cases;
pub mod model;
pub mod steps;
