//! Gives amounts in reports of an index the scales of their mints.

use {
    super::{
        below::Below,
        disclosure::IndexDisclosure,
        preview::{IndexPreview, IndexStake, SlotPart},
        report::{ConstituentReport, IndexReport, MembershipReport},
        slots::SlotFacts,
    },
    crate::{
        index::Pool,
        inspect::told,
        report::{Rescale, Scales, rescale_all},
    },
};

impl Rescale for SlotPart {
    fn rescale(&mut self, scales: &Scales) {
        self.amount.scale = scales.get(&self.key);
    }
}

impl Rescale for IndexStake {
    fn rescale(&mut self, scales: &Scales) {
        self.gives.rescale(scales);
        self.redeems.rescale(scales);
        self.stuck.rescale(scales);
    }
}

impl Rescale for SlotFacts {
    fn rescale(&mut self, scales: &Scales) {
        self.redeems.rescale(scales);
        self.stuck.rescale(scales);
    }
}

impl Rescale for IndexDisclosure {
    fn rescale(&mut self, scales: &Scales) {
        self.slots.rescale(scales);
        self.performance.due.rescale(scales);
    }
}

impl Rescale for ConstituentReport {
    fn rescale(&mut self, scales: &Scales) {
        let scale = scales.get(&self.key);
        self.multiplier = told(scale);
        let ConstituentReport {
            amount,
            in_baskets,
            per_share,
            owed_to_members,
            ..
        } = self;
        rescale_all(scale, [amount, in_baskets, per_share]);
        rescale_all(scale, owed_to_members);
        self.harvestable.rescale(scales);
        self.backing.rescale(scales);
        self.backing_per_share.rescale(scales);
    }
}

impl Rescale for MembershipReport {
    fn rescale(&mut self, scales: &Scales) {
        self.collectable.rescale(scales);
    }
}

impl Rescale for IndexReport {
    fn rescale(&mut self, scales: &Scales) {
        self.backing.rescale(scales);
        self.backing_per_share.rescale(scales);
        self.constituents.rescale(scales);
        self.memberships.rescale(scales);
        // A rebalance counts as the chain does: its prices are of such units.
    }
}

impl Rescale for IndexPreview {
    fn rescale(&mut self, scales: &Scales) {
        self.shares.rescale(scales);
        self.holding.rescale(scales);
    }
}

/// A report with the scales of the mints below the index.
pub(super) fn rescaled<T: Rescale>(mut report: T, pool: &Pool, below: &Below) -> T {
    let scales = below.scales(pool.clock.unix_timestamp);
    if !scales.is_empty() {
        report.rescale(&scales);
    }
    report
}
