//! The index as a whole.

mod accept_curator;
mod clear_role;
mod create_index;
mod curate;
mod launch;
mod pause;
mod resign_curator;
mod seed;
mod seeding;
mod set_uri;
mod unpause;
mod unseed;
mod wind_down;

pub(crate) use {
    accept_curator::*, clear_role::*, pause::*, resign_curator::*, seed::*, unpause::*, unseed::*,
    wind_down::*,
};
pub use {create_index::*, curate::*, launch::*, seeding::*, set_uri::*};
