//! Tests of *dividend*.

pub mod cases;
pub mod compare;
pub mod model;
pub mod orders;
pub mod steps;
pub mod stream;
