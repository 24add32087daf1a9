//! Every test of the programs, in one binary.

mod claim;
mod dividend;
mod ending;
mod grant;
mod holder;
mod pass;
mod policy;
mod poll;
mod reserve;
mod round;
mod sale;
mod token;

mod attacks;
mod errors;
mod evidence;
mod fixtures;
mod flows;
mod identity;
mod idl;
mod index;
mod layouts;
mod naming;
mod risks;
