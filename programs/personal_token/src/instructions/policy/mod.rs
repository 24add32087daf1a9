//! Who may hold, how shares move, and terms that get better for holders.

mod apply_policy;
mod ease_terms;
mod propose_policy;
mod withdraw_policy;

pub(crate) use {apply_policy::*, ease_terms::*, propose_policy::*, withdraw_policy::*};
