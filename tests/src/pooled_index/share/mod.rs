//! Tests of *share*.

pub mod calls;
pub mod cases;
pub mod donations;
pub mod model;
pub mod steps;
