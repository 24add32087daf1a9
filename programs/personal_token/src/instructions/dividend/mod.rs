//! Dividends, and standing orders: what a holder wants done with them.

mod buy_by_order;
mod cancel_order;
mod collect_dividend;
mod executing;
mod pay_by_order;
mod set_order;

pub use {
    buy_by_order::*, cancel_order::*, collect_dividend::*, executing::*, pay_by_order::*,
    set_order::*,
};
