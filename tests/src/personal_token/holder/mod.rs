//! Tests of *holder*.

pub mod approval_steps;
pub mod approvals;
pub mod bearer;
pub mod bearer_steps;
pub mod cases;
pub mod compare;
pub mod model;
pub mod shares;
pub mod steps;
