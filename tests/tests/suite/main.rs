//! Every test of the programs, in one binary.

mod assets;
mod attacks;
mod bids;
mod changed_terms;
mod claims;
mod credentials;
mod endings;
mod errors;
mod evidence;
mod flows;
mod governance;
mod grants;
mod identity;
mod index;
mod layouts;
mod offerings;
mod policies;
mod poll_tallies;
mod polls;
mod risks;
mod rounds;
mod sales;
mod shares;
mod streams;
mod warming;
