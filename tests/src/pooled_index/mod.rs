//! The pooled index: one folder a subject, named as the program's `instructions`, with its cases,
//! the model's rules, what is compared, and the oracle's steps.

pub mod announcement;
pub mod basket;
pub mod constituent;
pub mod fee;
pub mod index;
pub mod lock;
pub mod membership;
pub mod rebalance;
pub mod share;
pub mod wrap;
