//! Everything that people can call, with amounts near what the rules bound.

pub mod again;
pub mod claims;
pub mod endings;
pub mod governance;
pub mod grants;
pub mod markets;
pub mod money;
pub mod orders;
pub mod passes;
pub mod polls;
pub mod roles;
pub mod rounds;
pub mod shares;
pub mod upkeep;

use crate::{scene::Scene, search};

/// A move of a personal token.
pub type Move = search::Move<Scene>;

/// All moves, by subject.
pub const SUBJECTS: &[&[Move]] = &[
    shares::MOVES,
    rounds::MOVES,
    money::MOVES,
    grants::MOVES,
    markets::MOVES,
    governance::MOVES,
    claims::MOVES,
    polls::MOVES,
    roles::MOVES,
    passes::MOVES,
    orders::MOVES,
    upkeep::MOVES,
    endings::MOVES,
    again::MOVES,
];
