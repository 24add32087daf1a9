//! How many shares exist, how many may, and who holds them.

use {
    super::build::Sources,
    crate::report::{Amount, Base58, MintAmount, Percent},
    crate::{
        error::CoreError,
        quote,
        state::{Account, Holder, PersonalToken, TokenTerms, Venue},
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
    upside_math::{Bps, Shares, yearly_room},
};

/// Terms, in parts of a hundred and seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TermsReport {
    /// Most shares that may exist or be on offer; only a poll raises it.
    pub supply_cap: Amount,
    /// The first shares ever created, which take no yearly room.
    pub launch_shares: Amount,
    /// Percent of the supply that may be created in a year beyond the first shares.
    pub room: Percent,
    /// Most shares outside; none if all may be.
    pub bearer_cap: Option<Amount>,
    /// Cumulative result that stays with the owner.
    pub floor: Amount,
    /// How far losses lower that result below zero at most.
    pub loss_limit: Amount,
    /// Percent.
    pub cash_out_tax: Percent,
    /// Percent.
    pub royalty: Percent,
    /// Percent of payouts that goes to the reserve.
    pub reserve: Percent,
    /// Percent of the eligible shares that passes a poll against holders.
    pub poll_threshold: Percent,
    /// Seconds over which payouts stream.
    pub drip_seconds: u32,
    /// Seconds that policy changes are announced ahead.
    pub notice_seconds: u32,
    /// Seconds of silence before an executor may act.
    pub inactivity_seconds: u32,
}

/// Where the shares are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Supply {
    /// In existence: the mint's supply.
    pub total: Amount,
    /// In holder accounts, without those that warm.
    pub held: Amount,
    /// Deposited lately: in holder accounts, they redeem, but do not earn or vote yet.
    pub warming: Amount,
    /// Sold in successful rounds and not yet collected.
    pub uncollected: Amount,
    /// Outside, as tokens in wallets.
    pub bearer: Amount,
    /// On offer in open rounds and grants: they would be new.
    pub offered: Amount,
    /// Fully diluted: the cap. All that may exist unless a poll raises it.
    pub fully_diluted: Amount,
    /// What neither exists nor is on offer below the cap.
    pub cap_left: Amount,
    /// What is left of the launch, beside what is on offer.
    pub launch_left: Amount,
    /// What is left of this year's room, beside what is on offer beyond the launch.
    pub room_left: Amount,
    /// What may be created or put on offer now: launch and room together, below the cap.
    pub creatable: Amount,
    /// Holder accounts.
    pub holders: u64,
}

/// A holder.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HolderReport {
    /// The wallet.
    #[serde_as(as = "Base58")]
    pub wallet: Pubkey,
    /// Shares in the holder account.
    pub shares: Amount,
    /// Those of them that were deposited lately: they do not earn or vote yet.
    pub warming: Amount,
    /// Percent of the supply.
    pub part: Percent,
    /// Percent of the cap: the part of claims that remains if all shares are created.
    pub part_of_cap: Percent,
    /// Whether it is an index or a pool.
    pub venue: bool,
    /// What the shares cost.
    pub cost: Amount,
    /// Collectable now, by payout mint.
    pub collectable: Vec<MintAmount>,
}

/// What may still be created, in share atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Room {
    pub cap_left: u64,
    pub launch_left: u64,
    pub room_left: u64,
}

impl Room {
    /// Of a token whose share mint has a supply of `minted`, at unix time `now`.
    ///
    /// # Errors
    /// `Refused`, `Math` where the accounts do not add up.
    pub(super) fn of(token: &PersonalToken, minted: u64, now: i64) -> Result<Self, CoreError> {
        // Nothing new begins in a wind-down.
        if token.require_active().is_err() {
            return Ok(Room::default());
        }
        let made = token.created_lately(now).total()?;
        let room = yearly_room(Shares(minted), made, Bps::new(token.terms.room_bps)?)?;
        let launch = token.launch_left();
        let taken = minted.saturating_add(token.offered);
        let beyond = token.offered.saturating_sub(launch);
        Ok(Room {
            cap_left: token.terms.supply_cap.saturating_sub(taken),
            launch_left: launch.saturating_sub(token.offered),
            room_left: room.0.saturating_sub(made.0).saturating_sub(beyond),
        })
    }

    /// What may be created or put on offer now, in share atoms.
    pub(super) fn creatable(&self) -> u64 {
        self.cap_left
            .min(self.launch_left.saturating_add(self.room_left))
    }
}

impl TermsReport {
    /// Of terms, whose quote mint has so many decimals.
    pub fn new(terms: &TokenTerms, decimals: u8) -> Self {
        TermsReport {
            supply_cap: Amount::shares(terms.supply_cap),
            launch_shares: Amount::shares(terms.launch_shares),
            room: Percent::of_bps(terms.room_bps),
            bearer_cap: (terms.bearer_cap != u64::MAX).then(|| Amount::shares(terms.bearer_cap)),
            floor: Amount::new(terms.floor, decimals),
            loss_limit: Amount::new(terms.loss_limit, decimals),
            cash_out_tax: Percent::of_bps(terms.cash_out_tax_bps),
            royalty: Percent::of_bps(terms.royalty_bps),
            reserve: Percent::of_bps(terms.reserve_bps),
            poll_threshold: Percent::of_bps(terms.poll_threshold_bps),
            drip_seconds: terms.drip_seconds,
            notice_seconds: terms.notice_seconds,
            inactivity_seconds: terms.inactivity_seconds,
        }
    }
}

pub(super) fn supply_report(from: &Sources, minted: u64) -> Result<Supply, CoreError> {
    let token = &from.token.data;
    let mut uncollected = Shares::ZERO;
    for round in &from.rounds {
        uncollected = uncollected.checked_add(Shares(round.data.uncollected))?;
    }
    let room = Room::of(token, minted, from.clock.unix_timestamp)?;
    Ok(Supply {
        total: Amount::shares(minted),
        held: Amount::shares(Shares(token.registered).checked_sub(uncollected)?.0),
        uncollected: Amount::shares(uncollected.0),
        warming: Amount::shares(token.warming),
        bearer: Amount::shares(Shares(minted).checked_sub(Shares(token.in_custody()?))?.0),
        offered: Amount::shares(token.offered),
        fully_diluted: Amount::shares(token.terms.supply_cap),
        cap_left: Amount::shares(room.cap_left),
        launch_left: Amount::shares(room.launch_left),
        room_left: Amount::shares(room.room_left),
        creatable: Amount::shares(room.creatable()),
        holders: token.holders,
    })
}

pub(super) fn holder_report(
    holder: &Account<Holder>,
    from: &Sources,
    minted: u64,
    now: i64,
) -> Result<HolderReport, CoreError> {
    let token = &from.token.data;
    let data = &holder.data;
    let mut collectable = Vec::new();
    for (place, stream) in token.active_streams()?.iter().enumerate() {
        let asset = token.asset(usize::from(stream.asset))?;
        let dividend = quote::dividend(token, data, place, now)?;
        if !dividend.collectable.is_zero() {
            collectable.push(MintAmount {
                mint: asset.mint,
                amount: Amount::new(dividend.collectable.0, asset.decimals),
            });
        }
    }
    let held = data.shares.saturating_add(data.warm);
    Ok(HolderReport {
        wallet: data.wallet,
        shares: Amount::shares(held),
        warming: Amount::shares(data.warm),
        part: Percent::of(held, minted),
        part_of_cap: Percent::of(held, token.terms.supply_cap),
        venue: data.venue == Venue::Open,
        cost: Amount::new(
            data.cost.saturating_add(data.warm_cost),
            token.quote().decimals,
        ),
        collectable,
    })
}

#[cfg(test)]
mod tests {
    use {super::*, crate::state::TermsInput};

    #[test]
    fn what_is_left_is_what_the_program_would_create() {
        let now = 1_800_000_000;
        // Supply, offered, created, cap, launch, room.
        let cases = [
            (0, 0, 0, 1_000, 100, 2_500),
            (100, 0, 100, 1_000, 100, 2_500),
            (100, 10, 100, 1_000, 100, 2_500),
            (60, 50, 60, 1_000, 100, 2_500),
            (60, 30, 60, 1_000, 100, 0),
            (990, 5, 990, 1_000, 100, 10_000),
            (500, 400, 500, 1_000, 100, 1),
            (1_000, 0, 1_000, 1_000, 1_000, 10_000),
        ];
        for (supply, offered, created, supply_cap, launch_shares, room_bps) in cases {
            let terms = TermsInput {
                supply_cap,
                launch_shares,
                room_bps,
                ..TermsInput::default()
            };
            let mut token = PersonalToken::default();
            token.terms = terms.validated().unwrap();
            (token.supply, token.offered, token.created) = (supply, offered, created);
            let room = Room::of(&token, supply, now).unwrap();
            assert_eq!(room.creatable(), token.creatable(now).unwrap(), "{room:?}");
        }
    }
}
