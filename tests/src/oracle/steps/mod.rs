//! What can be done, by subject.

pub use crate::personal_token::{
    claim::custody_steps as exits, claim::steps as claims, dividend::steps as orders,
    ending::steps as endings, evidence::steps as evidence, grant::steps as grants,
    holder::approval_steps as approvals, holder::bearer_steps as bearer, holder::steps as holders,
    pass::steps as products, policy::steps as governance, poll::passed_steps as passed,
    poll::steps as polls, reserve::steps as money, round::steps as rounds, sale::steps as sales,
    token::steps as owner,
};
// Core.
pub mod people;
pub mod time;

// Markets and governance.
pub mod ids;

// Indexes.
pub mod index;
