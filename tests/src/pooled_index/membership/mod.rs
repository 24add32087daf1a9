//! Tests of *membership*.

pub mod calls;
pub mod cases;
pub mod compare;
pub mod deal_steps;
pub mod model;
pub mod steps;
