//! What can be done, by subject.

// Core.
pub mod approvals;
pub mod bearer;
pub mod claims;
pub mod endings;
pub mod exits;
pub mod holders;
pub mod money;
pub mod owner;
pub mod people;
pub mod rounds;
pub mod time;

// Markets and governance.
pub mod evidence;
pub mod governance;
pub mod grants;
pub mod ids;
pub mod orders;
pub mod passed;
pub mod polls;
pub mod products;
pub mod sales;

// Indexes.
pub mod index;
