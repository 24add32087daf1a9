//! The arithmetic of Upside, written once: the programs run it, quotes run it,
//! tests hold it against big integers. Pure: no Solana, no I/O, no heap, no floats.
//!
//! Rounding favours the vault. Every function tells its formula, its rounding and
//! the units of its arguments.

#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![deny(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic
)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::cast_lossless)]
#![deny(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap
)]

#[cfg(test)]
extern crate std;

mod auction;
mod calendar;
mod cost;
mod creation;
mod custody;
mod dilution;
mod equal_share;
mod error;
mod fees;
mod mul_div;
mod payout;
mod poll;
mod pool;
mod rebalance;
mod redemption;
mod revenue;
mod royalty;
mod stages;
mod units;
mod vesting;
mod waterfall;
mod wide;

pub use auction::{decay, price_at};
pub use calendar::Month;
pub use cost::carried;
pub use creation::{
    Made, PERIOD_SECONDS, PERIODS, Placement, part_brought, place_payment, yearly_room,
};
pub use custody::{asking, part_price, scaled, worth};
pub use dilution::{DILUTION_ONE, deal_gives, diluted_by, member_room};
pub use equal_share::{EqualShare, LEAST_PARTS, MAX_EQUAL_SHARE, set_aside};
pub use error::MathError;
pub use fees::{
    Accrual, INDEX_SHARE_DECIMALS, MAX_ENTRY_FEE, MAX_EXIT_FEE, MAX_MANAGEMENT_FEE,
    WHOLE_INDEX_SHARE, YEAR_SECONDS, fee_of, management_fee,
};
pub use mul_div::{Rounding, mul_div};
pub use payout::{Stream, accrued, payable};
pub use poll::{
    Answer, Ballots, Mark, Standing, Verdict, may_put, passes_against_holders, passes_for_holders,
};
pub use pool::{share_in, share_out, target_atoms};
pub use rebalance::{buy_guarded, held_per_share, pair_cost, sell_guarded, value_rising};
pub use redemption::cash_out;
pub use revenue::{Cut, cut};
pub use royalty::{
    REMEMBERED_RAISES, RateHistory, Royalty, bid_payment, merged_rate, royalty, sale_payment,
};
pub use stages::{
    MAX_STAGES, Purchase, Stage, buy, full_proceeds, last_price, marginal_price, room,
};
pub use units::{Atoms, Bps, SHARE_DECIMALS, Shares, WHOLE_SHARE};
pub use vesting::{given_back, vested};
pub use waterfall::{Bounds, Exit, Split, exit, split, write_off};
