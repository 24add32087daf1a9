//! The personal token: one folder a subject, named as the program's `instructions`, with its cases,
//! the model's rules, what is compared, and the oracle's steps.

pub mod auction;
pub mod claim;
pub mod dividend;
pub mod ending;
pub mod evidence;
pub mod grant;
pub mod holder;
pub mod identity;
pub mod naming;
pub mod pass;
pub mod policy;
pub mod poll;
pub mod reserve;
pub mod round;
pub mod sale;
pub mod token;
