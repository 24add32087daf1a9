//! Sales: shares that wait for money. Bids: money that waits for shares.

mod buy;
mod cancel_bid;
mod cancel_sale;
mod fill_bid;
mod open_bid;
mod open_sale;

pub use {buy::*, cancel_bid::*, cancel_sale::*, fill_bid::*, open_bid::*, open_sale::*};
