//! Tests of *fee*.

pub mod cases;
pub mod steps;
