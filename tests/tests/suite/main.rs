//! Every test of the programs, in one binary.

mod amended_terms;
mod amendments;
mod assets;
mod attacks;
mod bids;
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
mod risks;
mod rounds;
mod sales;
mod shares;
mod tally;
