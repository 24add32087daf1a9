//! Tests of *grant*.

pub mod model;
pub mod steps;
