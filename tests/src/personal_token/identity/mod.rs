//! Tests of *identity*.

pub mod cases;
