//! From target percentages to a rebalance: what each constituent is worth, what moves, and
//! between which prices.
//!
//! [`market`] reads what is asked and paid for people's shares now. [`draw_up`] is pure: it
//! prices every slot, turns percentages into counts per index share, keeps to the limits of
//! turnover by spreading what is too much over several rebalances, and says what is not
//! reached and why. [`announce`] drafts and seals the first of them.
//!
//! Bands are on the holders' side. What is sold begins at what is asked elsewhere and
//! never falls below half of that, nor below what redeeming pays; what is bought begins at
//! what is paid elsewhere and never rises above twice that. Where the two are further
//! apart, nothing trades until the curator names a price: what a person asks for new shares
//! of themselves is shown, and not trusted.
//!
//! ```no_run
//! # async fn example(client: &upside_sdk::RpcClient, pool: &upside_sdk::index::fetch::Pool, unit: upside_sdk::Pubkey)
//! # -> Result<(), Box<dyn std::error::Error>> {
//! use upside_sdk::index::plan::{self, PlanRequest};
//!
//! let market = plan::market(client, pool).await?;
//! let mut request = PlanRequest::new(unit);
//! request.targets.insert(0, 2_500);
//! let drawn = plan::draw_up(pool, None, &market, &request)?;
//! println!("{} rebalances", drawn.rebalances.len());
//! # Ok(())
//! # }
//! ```

mod announce;
mod market;

pub use {
    announce::announce,
    market::market,
    upside_core::index::plan::{
        Book, Depth, Drawn, Level, MOST_REBALANCES, Market, Note, Pace, PlanError, PlanRequest,
        Price, Quoted, RebalancePlan, SlotPlan, Source, TradePlan, UNIT_PRICE, Venue, draw_up,
        round_levels,
    },
};
