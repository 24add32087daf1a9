//! Tests of *dividend*.

pub mod cases;
pub mod orders;
pub mod steps;
pub mod stream;
