//! Tests of *policy*.

pub mod cases;
pub mod model;
pub mod steps;
