//! What a price means to a seller and a buyer, in words.

use {upside_sdk::inspect::Amount, upside_view::style::grouped};

/// What a seller owes the owner, in words.
pub fn royalty_of(bps: u16, cost: &Amount) -> String {
    if bps == 0 {
        return "none".to_string();
    }
    let percent = Amount::new(u64::from(bps), 2).to_string();
    format!(
        "{percent} % of what is received beyond {}, which was paid and is not back yet",
        grouped(cost)
    )
}

/// Points out a price that is far from the last round's.
pub fn far_off(price: u64, last: u64, decimals: u8) -> Option<String> {
    let (price, reference) = (u128::from(price), u128::from(last));
    if last == 0 || (price <= reference * 2 && price * 2 >= reference) {
        return None;
    }
    let (large, small) = (price.max(reference), price.min(reference).max(1));
    let times = u64::try_from(large.saturating_mul(10) / small).unwrap_or(u64::MAX);
    let side = if price > reference { "above" } else { "below" };
    Some(format!(
        "the price is {} times {side} the last round's, {}",
        Amount::new(times, 1),
        grouped(&Amount::new(last, decimals))
    ))
}
