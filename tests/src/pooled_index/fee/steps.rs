//! Fees.

use crate::oracle::steps::index::*;

pub(crate) fn collect_fees(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let collect = ix::collect_fees(&index);
    Some(Step::new(
        "fees are collected",
        collect,
        &[],
        move |model| model.collect_fees(&index.key),
    ))
}
