//! Tests of *wrap*.

pub mod cases;
pub mod compare;
pub mod model;
pub mod steps;
pub mod unwraps;
pub mod wound_up;
pub mod wound_up_steps;
