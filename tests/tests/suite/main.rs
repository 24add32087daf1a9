//! Every test of the programs, in one binary.

mod sweeps;
