//! Tests of *index*.

pub mod cases;
pub mod compare;
pub mod compose;
pub mod curator_calls;
pub mod curator_cases;
pub mod curator_steps;
pub mod model;
pub mod steps;
