//! Tests of *poll*.

pub mod cases;
pub mod model;
pub mod passed_steps;
pub mod steps;
