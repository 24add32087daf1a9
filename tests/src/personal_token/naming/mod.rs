//! Tests of *naming*.

pub mod model;
