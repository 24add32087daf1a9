//! Every test of the programs, in one binary.

mod assets;
mod attacks;
mod bids;
mod changed_terms;
mod claims;
mod credentials;
mod custody;
mod endings;
mod errors;
mod evidence;
mod flows;
mod governance;
mod grants;
mod identity;
mod index;
mod layouts;
mod naming;
mod offerings;
mod policies;
mod poll_tallies;
mod polls;
mod risks;
mod rounds;
mod sales;
mod shares;
mod wind_downs;
