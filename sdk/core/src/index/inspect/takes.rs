//! The most that a curator can take in a year, with everything that holders do not stop.

use {
    super::{build::index_shares, report::ParametersReport},
    crate::report::{Amount, Percent},
    crate::{
        error::CoreError,
        index::{IndexStatus, PooledIndex},
    },
    serde::Serialize,
    upside_math::{MAX_ENTRY_FEE, MAX_EXIT_FEE, MAX_MANAGEMENT_FEE},
};

/// A whole in millionths.
const WHOLE: u64 = 1_000_000;
/// Millionths of a basis point.
const BPS: u64 = 100;

/// The most that a curator can take in a year from somebody who does nothing, in percent.
/// Nobody has to be robbed of it: whoever holds a fifth cancels what is announced, and
/// whoever leaves within the notice keeps everything but the fees.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MostTaken {
    /// Fees now: of all shares in a year, of a contribution, of a redemption. The latter two
    /// only concern whoever comes or leaves.
    pub fees: ParametersReport,
    /// The same at most, after an announcement.
    pub most_fees: ParametersReport,
    /// Percent of what stands behind a share that members may get in a year, for shares of
    /// theirs that may be worth less.
    pub members: Percent,
    /// Index shares that may be minted for members now.
    pub members_left: Amount,
    /// Percent of dividends that members share equally, whoever they are: promised for good.
    pub equal_share: Percent,
    /// Percent of it that goes to the members of now: each has one part of ten at least.
    pub equal_share_now: Percent,
    /// Percent of every slot, per share, that rebalances may sell in 30 days, at prices that
    /// the curator announces.
    pub trades_in_30_days: Percent,
    /// The same in a year. More only with the yes of more than half of all shares.
    pub trades: Percent,
    /// Percent by which a pair's price may fall within one rebalance from what was announced
    /// as its first.
    pub band: Percent,
    /// Percent of what stands behind a share, without any announcement: the yearly fee of
    /// now.
    pub unannounced: Percent,
    /// Percent of what stands behind a share with everything that can be announced: the
    /// highest yearly fee, the members' room, and all trades at prices of nothing.
    pub together: Percent,
    /// Seconds that everything beyond `unannounced` is announced ahead.
    pub notice_seconds: u32,
}

/// Numbers that the index's terms allow, in millionths.
struct Parts {
    fee: u64,
    members: u64,
    trades: u64,
}

impl Parts {
    /// What is taken of a share by all of them, one after the other, rounded up.
    fn together(&self) -> u64 {
        let whole = u128::from(WHOLE);
        let left = |taken: u64| u128::from(WHOLE.saturating_sub(taken));
        // Of a share there is left 1 - fee, then 1 - members, then 1 - trades.
        let after_fee = left(self.fee).saturating_mul(left(self.trades));
        let kept = after_fee.saturating_mul(left(self.members));
        let kept = kept.checked_div(whole.saturating_mul(whole)).unwrap_or(0);
        WHOLE.saturating_sub(u64::try_from(kept).unwrap_or(0))
    }
}

/// Millionths, rounded up to basis points.
fn rounded_up(millionths: u64) -> Percent {
    Percent::of_millionths(millionths.next_multiple_of(BPS))
}

fn fees(bps: [u16; 3]) -> ParametersReport {
    let [management, entry, exit] = bps;
    ParametersReport {
        management_fee: Percent::of_bps(management),
        entry_fee: Percent::of_bps(entry),
        exit_fee: Percent::of_bps(exit),
    }
}

/// What its curator can take. The fee of `index` MUST be accrued.
///
/// # Errors
/// `IndexRefused` where the books do not add up.
pub(super) fn takes(index: &PooledIndex, now: i64) -> Result<MostTaken, CoreError> {
    // In a wind-down there are no fees and no announcements; before the launch the curator
    // is the only holder.
    let running = index.status()? != IndexStatus::WindDown;
    let (terms, now_bps) = (&index.terms, &index.parameters);
    let current = [
        now_bps.management_fee_bps,
        now_bps.entry_fee_bps,
        now_bps.exit_fee_bps,
    ];
    let highest = [MAX_MANAGEMENT_FEE, MAX_ENTRY_FEE, MAX_EXIT_FEE].map(|most| most.get());
    let [fee_now, fee_most, dilution] = match running {
        true => [current[0], highest[0].max(current[0]), terms.dilution_bps],
        false => [0; 3],
    };
    let parts = |fee: u16, dilution: u16, trades: u64| Parts {
        fee: u64::from(fee).saturating_mul(BPS),
        members: u64::from(dilution).saturating_mul(BPS),
        trades,
    };
    let trades = if running { WHOLE / 2 } else { 0 };
    let members_left = match index.status()? {
        IndexStatus::Active => index.member_room(now)?,
        IndexStatus::Seeding | IndexStatus::WindDown => 0,
    };
    let shared = u64::from(terms.equal_share_bps);
    let members = index.members;
    let parts_of_now = shared.saturating_mul(members) / members.max(upside_math::LEAST_PARTS);
    Ok(MostTaken {
        fees: fees(if running { current } else { [0; 3] }),
        most_fees: fees(if running { highest } else { [0; 3] }),
        members: Percent::of_bps(dilution),
        members_left: index_shares(members_left),
        equal_share: Percent::of_bps(terms.equal_share_bps),
        equal_share_now: Percent::of_millionths(parts_of_now.saturating_mul(BPS)),
        trades_in_30_days: rounded_up(trades / 2),
        trades: rounded_up(trades),
        // From high / low to low / high, where high is at most twice the low.
        band: Percent::of_bps(if running { 7_500 } else { 0 }),
        unannounced: rounded_up(parts(fee_now, 0, 0).together()),
        together: rounded_up(parts(fee_most, dilution, trades).together()),
        notice_seconds: terms.notice_seconds,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn together(fee: u64, members: u64, trades: u64) -> String {
        let parts = Parts {
            fee: fee * BPS,
            members: members * BPS,
            trades: trades * BPS,
        };
        rounded_up(parts.together()).to_string()
    }

    #[test]
    fn parts_are_taken_one_after_the_other_and_rounded_up() {
        assert_eq!(together(0, 0, 0), "0");
        assert_eq!(together(100, 0, 0), "1");
        assert_eq!(together(0, 1_000, 0), "10");
        assert_eq!(together(0, 0, 5_000), "50");
        // 1 - 0.95 * 0.9 * 0.5.
        assert_eq!(together(500, 1_000, 5_000), "57.25");
        assert_eq!(together(10_000, 1_000, 5_000), "100");
    }

    #[test]
    fn a_wind_down_takes_nothing() {
        let mut index: Box<PooledIndex> = Box::new(bytemuck::Zeroable::zeroed());
        index.terms.dilution_bps = 1_000;
        index.terms.equal_share_bps = 2_000;
        index.parameters.management_fee_bps = 200;
        index.supply = 900;
        index.settled = 900;
        index.members = 3;
        index.status = IndexStatus::Active.into();
        let active = takes(&index, 1).unwrap();
        let text = |percent: Percent| percent.to_string();
        assert_eq!(text(active.unannounced), "2");
        assert_eq!(text(active.together), "57.25");
        assert_eq!(active.members_left.atoms, 100);
        // Three members of ten parts.
        assert_eq!(text(active.equal_share_now), "6");
        assert_eq!(text(active.trades_in_30_days), "25");
        assert_eq!(text(active.trades), "50");
        assert_eq!(text(active.most_fees.management_fee), "5");
        index.status = IndexStatus::WindDown.into();
        let ended = takes(&index, 1).unwrap();
        assert!(ended.unannounced.is_zero() && ended.together.is_zero());
        assert!(ended.fees.exit_fee.is_zero());
    }
}
