//! Tests of *round*.

pub mod cases;
pub mod compare;
pub mod ending;
pub mod model;
pub mod steps;
