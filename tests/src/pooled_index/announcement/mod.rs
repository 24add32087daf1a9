//! Tests of *announcement*.

pub mod actions;
pub mod cases;
pub mod compare;
pub mod model;
pub mod steps;
