//! Tests of *constituent*.

pub mod cases;
pub mod custody;
pub mod due;
pub mod model;
pub mod slot;
pub mod steps;
