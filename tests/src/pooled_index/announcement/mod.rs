//! Tests of *announcement*.

pub mod actions;
pub mod model;
