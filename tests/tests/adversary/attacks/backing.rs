//! Shares that appear without what backs the others.
