//! Tests of *auction*.

pub mod model;
