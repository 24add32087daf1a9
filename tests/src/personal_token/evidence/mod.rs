//! Tests of *evidence*.

pub mod cases;
pub mod compare;
pub mod events;
pub mod model;
pub mod steps;
