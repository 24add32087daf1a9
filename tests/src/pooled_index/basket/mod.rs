//! Tests of *basket*.

pub mod basket_calls;
pub mod cases;
pub mod compare;
pub mod model;
pub mod steps;
