//! The same over an index: who plots with whom, and what its holders keep.

mod attacks;
pub mod cast;
mod exits;
mod moves;
mod scene;
mod setup;
mod stage;
mod taken_out;
mod thefts;

pub use scene::Scene;
