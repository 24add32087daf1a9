//! Sending over a network that loses, delays and misreports: whatever it does, an
//! intent is executed at most once, and the caller learns what became of it.

mod hostile;
mod network;
mod offline;
mod sending;
