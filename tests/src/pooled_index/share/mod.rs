//! Tests of *share*.

pub mod calls;
pub mod donations;
pub mod model;
pub mod steps;
