//! Tests of *token*.

pub mod cases;
pub mod compare;
pub mod handover;
pub mod model;
pub mod owner;
pub mod steps;
