//! Gives amounts in reports the scales of their mints.

use {
    super::{build::Sources, claims::ClaimReport, preview::Stake, report::*, shares::HolderReport},
    crate::{
        report::{Rescale, Scale, Scales, rescale_all},
        state::ClaimKind,
    },
};

/// A scale that is worth telling.
pub(crate) fn told(scale: Scale) -> Option<Scale> {
    Some(scale).filter(|scale| !scale.is_one())
}

impl Rescale for AssetReport {
    fn rescale(&mut self, scales: &Scales) {
        let scale = scales.get(&self.mint);
        self.multiplier = told(scale);
        let AssetReport {
            reserve,
            endowment,
            endowment_locked,
            escrow,
            payouts,
            balance,
            per_share,
            ..
        } = self;
        let ready = [endowment, endowment_locked];
        rescale_all(
            scale,
            ready
                .into_iter()
                .chain([reserve, escrow, payouts, balance, per_share]),
        );
    }
}

impl Rescale for StreamReport {
    fn rescale(&mut self, scales: &Scales) {
        let StreamReport {
            mint,
            paid,
            remaining,
            collectable,
            per_day,
            ..
        } = self;
        rescale_all(scales.get(mint), [paid, remaining, collectable, per_day]);
    }
}

impl Rescale for Backing {
    fn rescale(&mut self, scales: &Scales) {
        let Backing {
            liquid,
            immovable,
            custody,
            attested,
            stale,
            declared,
        } = self;
        for class in [liquid, immovable, custody, attested, stale, declared] {
            class.rescale(scales);
        }
    }
}

/// A claim's mint is what its units are of, or of revenue what is paid.
impl Rescale for ClaimReport {
    fn rescale(&mut self, scales: &Scales) {
        let Some(mint) = &self.mint else {
            return;
        };
        let scale = scales.get(mint);
        if self.kind == ClaimKind::RevenueShare {
            rescale_all(scale, [&mut self.received]);
            rescale_all(scale, &mut self.total);
            return;
        }
        let ClaimReport {
            held,
            units,
            written_off,
            found,
            ..
        } = self;
        rescale_all(scale, [held, units, written_off, found]);
        let attested = self.attestations.iter_mut();
        rescale_all(scale, attested.map(|signed| &mut signed.units));
        let auctions = self.auction.iter_mut();
        rescale_all(
            scale,
            auctions.flat_map(|auction| [&mut auction.units, &mut auction.left]),
        );
    }
}

impl Rescale for HolderReport {
    fn rescale(&mut self, scales: &Scales) {
        self.collectable.rescale(scales);
    }
}

impl Rescale for Stake {
    fn rescale(&mut self, scales: &Scales) {
        self.redeems.rescale(scales);
    }
}

impl Rescale for TokenReport {
    fn rescale(&mut self, scales: &Scales) {
        self.backing.rescale(scales);
        self.assets.rescale(scales);
        self.streams.rescale(scales);
        self.claims.rescale(scales);
        self.holders.rescale(scales);
    }
}

/// A report with the scales of its sources.
pub(super) fn rescaled<T: Rescale>(mut report: T, from: &Sources) -> T {
    if !from.scales.is_empty() {
        report.rescale(&from.scales);
    }
    report
}
