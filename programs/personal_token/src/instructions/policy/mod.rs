//! Who may hold, how shares move, and terms that get better for holders.

mod apply_policy;
mod cancel_policy;
mod propose_policy;
mod relax_terms;

pub(crate) use {apply_policy::*, cancel_policy::*, propose_policy::*, relax_terms::*};
