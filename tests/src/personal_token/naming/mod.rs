//! Tests of *naming*.

pub mod cases;
pub mod compare;
pub mod model;
pub mod steps;
