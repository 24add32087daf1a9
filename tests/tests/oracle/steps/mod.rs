//! What can be done, by subject.

// Core (o1): one line a file.
pub mod holders;
pub mod people;
pub mod time;

// Markets and governance (o2): one line a file.

// Indexes (o3): one line a file.
pub mod index;
