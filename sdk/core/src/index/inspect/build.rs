use {
    super::{
        announcement,
        below::Below,
        disclosure,
        exits::{exit, state},
        membership, rebalance,
        report::*,
        rescale::rescaled,
    },
    crate::report::{Amount, MintAmount, Percent, named},
    crate::{
        error::CoreError,
        index::{
            Constituent, INDEX_SHARE_DECIMALS, IndexStatus, LOCKED_SHARES, Pool, SlotKind,
            WHOLE_INDEX_SHARE, name, quote, symbol,
        },
        inspect::{self, Tallies},
    },
    upside_math::SHARE_DECIMALS,
};

pub(super) fn index_shares(atoms: u64) -> Amount {
    Amount::new(atoms, INDEX_SHARE_DECIMALS)
}

/// Builds the report of one index.
///
/// # Errors
/// `Refused`, `IndexRefused`, `Math` where the accounts do not add up; `WrongAccount`.
pub fn build(pool: &Pool, below: &Below) -> Result<IndexReport, CoreError> {
    let index = &pool.index.data;
    let effective = quote::effective_supply(pool)?;
    let mut backing = Tallies::default();
    let mut constituents = Vec::new();
    for (slot, constituent) in pool.constituents() {
        let (report, tallies) = constituent_report(pool, below, slot, constituent, effective)?;
        backing.add(&tallies)?;
        constituents.push(report);
    }
    let per_share = match effective {
        0 => Tallies::default(),
        effective => backing.scaled(WHOLE_INDEX_SHARE, effective)?,
    };
    let launched = index.status()? != IndexStatus::Seeding;
    let report = IndexReport {
        index: pool.index.key,
        name: name(index).to_string(),
        symbol: symbol(index).to_string(),
        mint: index.mint,
        status: index.status()?,
        paused: index.is_paused(pool.clock.unix_timestamp),
        paused_until: index
            .is_paused(pool.clock.unix_timestamp)
            .then_some(index.paused_until),
        creator: index.creator,
        curator: named(&index.curator),
        pending_curator: named(&index.pending_curator),
        launcher: named(&index.launcher),
        admissions: named(&index.admissions),
        guardian: named(&index.guardian),
        fee_recipients: announcement::recipients(index.fee_recipients()),
        terms: TermsReport {
            equal_share: Percent::of_bps(index.terms.equal_share_bps),
            dilution: Percent::of_bps(index.terms.dilution_bps),
            credential: named(&index.terms.credential),
            schema: named(&index.terms.schema),
            notice_seconds: index.terms.notice_seconds,
        },
        parameters: announcement::parameters(&index.parameters),
        locked: index_shares(index.locked),
        supply: SupplyReport {
            total: index_shares(pool.mint_supply),
            pending_fees: index_shares(effective.saturating_sub(pool.mint_supply)),
            locked: index_shares(if launched { LOCKED_SHARES } else { 0 }),
            for_members: index_shares(index.members_locked),
        },
        backing: backing.report(),
        backing_per_share: per_share.report(),
        constituents,
        memberships: membership::reports(pool, below)?,
        offers: membership::offers(pool, below)?,
        rebalance: rebalance::report(pool, below)?,
        announcements: announcement::reports(pool, below)?,
        disclosure: disclosure::disclosure(pool, below)?,
        slot: pool.clock.slot,
        time: pool.clock.unix_timestamp,
    };
    Ok(rescaled(report, pool, below))
}

fn constituent_report(
    pool: &Pool,
    below: &Below,
    slot: u8,
    constituent: &Constituent,
    effective: u64,
) -> Result<(ConstituentReport, Tallies), CoreError> {
    let index = &pool.index.data;
    let personal = constituent.kind()? == SlotKind::Personal;
    let decimals = if personal {
        SHARE_DECIMALS
    } else {
        constituent.decimals
    };
    let amount = |atoms| Amount::new(atoms, decimals);
    let mut tallies = Tallies::default();
    let mut token = None;
    let mut part = None;
    if personal {
        let sources = below.sources(pool, slot)?;
        let report = inspect::build(&sources)?;
        let supply = sources.token.data.supply;
        if supply > 0 {
            tallies = Tallies::of(&sources)?.scaled(constituent.counter, supply)?;
            part = Some(Percent::of(constituent.counter, supply));
        }
        token = Some(report);
    }
    let per_share = match effective {
        0 => 0,
        effective => {
            let one = WHOLE_INDEX_SHARE.min(effective);
            upside_math::share_out(constituent.counter, one, effective)?
        }
    };
    let mut one = match effective {
        0 => Tallies::default(),
        effective => tallies.scaled(WHOLE_INDEX_SHARE, effective)?,
    };
    // Not a part of a reserve, but what redeeming pays: after a person's tax, and of what
    // moves.
    let paid = |atoms| exit(pool, below, slot, atoms);
    for (tallies, atoms) in [(&mut tallies, constituent.counter), (&mut one, per_share)] {
        let paid = paid(atoms)?;
        (tallies.liquid, tallies.immovable) = (paid.liquid, paid.immovable);
    }
    // A mint in which no dividends are collected is owed to nobody.
    let owed = match constituent.coin_place() {
        _ if personal => None,
        Ok(place) => Some(amount(index.book(place)?.owed)),
        Err(_) => Some(amount(0)),
    };
    let report = ConstituentReport {
        slot,
        kind: if personal {
            ConstituentKind::Personal
        } else {
            ConstituentKind::Cash
        },
        key: constituent.key,
        custody: constituent.custody,
        amount: amount(constituent.counter),
        in_baskets: amount(constituent.pending),
        per_share: amount(per_share),
        owed_to_members: owed,
        seizable: constituent.is_seizable(),
        multiplier: None,
        state: state(pool, below, slot)?,
        part,
        harvestable: if personal {
            harvestable(pool, slot)?
        } else {
            Vec::new()
        },
        harvested_seconds_ago: personal.then(|| {
            let now = pool.clock.unix_timestamp;
            now.saturating_sub(constituent.harvested_at)
        }),
        backing: tallies.report(),
        backing_per_share: one.report(),
        token,
    };
    Ok((report, tallies))
}

fn harvestable(pool: &Pool, slot: u8) -> Result<Vec<MintAmount>, CoreError> {
    let harvests = quote::harvests(pool, slot)?;
    let some = harvests.iter().filter(|harvest| !harvest.amount.is_zero());
    let mut amounts = Vec::new();
    for harvest in some {
        if let Some(cash) = harvest.coin_slot {
            amounts.push(cash_amount(pool, cash, harvest.amount.0)?);
        }
    }
    Ok(amounts)
}

pub(super) fn cash_amount(pool: &Pool, slot: u8, atoms: u64) -> Result<MintAmount, CoreError> {
    let cash = pool.index.data.constituent(slot)?;
    Ok(MintAmount {
        mint: cash.key,
        amount: Amount::new(atoms, cash.decimals),
    })
}
