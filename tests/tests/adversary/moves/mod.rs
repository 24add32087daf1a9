//! Everything that people can call, with amounts near what the rules bound.

mod again;
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

use crate::{draft::Call, scene::Scene};

/// A weight and what it makes of a scene; `None` where it finds nothing to do.
pub type Move = (u64, fn(&mut Scene) -> Option<Call>);

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

/// Some move of the subjects of a sequence.
pub fn any(scene: &mut Scene, moves: &[Move]) -> Option<Call> {
    let total: u64 = moves.iter().map(|(weight, _)| weight).sum();
    let mut at = scene.dice.below(total);
    for (weight, make) in moves {
        if at < *weight {
            return make(scene);
        }
        at -= weight;
    }
    None
}
