use {
    super::{gather::Below, report::*},
    crate::{
        amount,
        error::SdkError,
        index::{
            Auction, Constituent, INDEX_SHARE_DECIMALS, Kind, LOCKED_SHARES, Membership,
            MembershipStatus, Parameters, Status, WHOLE_INDEX_SHARE, fetch::Pool, name, quote,
            symbol,
        },
        inspect::{self, Amount, MintAmount, Tallies},
        state::Account,
    },
    anchor_lang::prelude::Pubkey,
    upside_math::SHARE_DECIMALS,
};

fn percent(bps: u16) -> String {
    amount::print(u64::from(bps), 2)
}

fn named(key: &Pubkey) -> Option<String> {
    (*key != Pubkey::default()).then(|| key.to_string())
}

fn index_shares(atoms: u64) -> Amount {
    Amount::new(atoms, INDEX_SHARE_DECIMALS)
}

/// Builds the report of one index.
///
/// # Errors
/// `Refused`, `IndexRefused`, `Math` where the accounts do not add up; `WrongAccount`.
pub fn build(pool: &Pool, below: &Below) -> Result<IndexReport, SdkError> {
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
    let launched = index.status()? != Status::Seeding;
    Ok(IndexReport {
        index: pool.index.key.to_string(),
        name: name(index).to_string(),
        symbol: symbol(index).to_string(),
        mint: index.mint.to_string(),
        status: match index.status()? {
            Status::Seeding => "seeding",
            Status::Active => "active",
            Status::WindDown => "wind_down",
        },
        paused: index.paused == 1,
        creator: index.creator.to_string(),
        curator: named(&index.curator),
        pending_curator: named(&index.pending_curator),
        guardian: named(&index.guardian),
        fee_recipient: index.fee_recipient.to_string(),
        terms: TermsReport {
            equal_share: percent(index.terms.equal_share_bps),
            offer_cap: percent(index.terms.offer_cap_bps),
            window_cap: percent(index.terms.window_cap_bps),
            notice_seconds: index.terms.notice_seconds,
        },
        parameters: parameters(&index.parameters),
        pending_parameters: (index.parameters_at != 0).then(|| PendingParameters {
            at: index.parameters_at,
            parameters: parameters(&index.pending_parameters),
        }),
        pending_weights_at: (index.weights_at != 0).then_some(index.weights_at),
        supply: SupplyReport {
            total: index_shares(pool.mint_supply),
            pending_fees: index_shares(effective.saturating_sub(pool.mint_supply)),
            locked: index_shares(if launched { LOCKED_SHARES } else { 0 }),
        },
        backing: backing.report(),
        backing_per_share: per_share.report(),
        constituents,
        memberships: below
            .memberships()?
            .iter()
            .map(|membership| membership_report(pool, membership))
            .collect::<Result<_, _>>()?,
        auctions: below
            .auctions()?
            .iter()
            .map(|auction| auction_report(pool, auction))
            .collect::<Result<_, _>>()?,
        slot: pool.clock.slot,
        time: pool.clock.unix_timestamp,
    })
}

fn parameters(parameters: &Parameters) -> ParametersReport {
    ParametersReport {
        management_fee: percent(parameters.management_fee_bps),
        entry_fee: percent(parameters.entry_fee_bps),
        exit_fee: percent(parameters.exit_fee_bps),
        max_harvest_age: parameters.max_harvest_age,
    }
}

fn constituent_report(
    pool: &Pool,
    below: &Below,
    slot: u8,
    constituent: &Constituent,
    effective: u64,
) -> Result<(ConstituentReport, Tallies), SdkError> {
    let index = &pool.index.data;
    let personal = constituent.kind()? == Kind::Personal;
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
            let bps = u128::from(constituent.counter) * 10_000 / u128::from(supply);
            part = Some(amount::print_wide(bps, 2));
        }
        token = Some(report);
    } else {
        let (mint, atoms) = (&constituent.key, constituent.counter.into());
        tallies.liquid.add(mint, constituent.decimals, atoms)?;
    }
    let per_share = match effective {
        0 => 0,
        effective => {
            let one = WHOLE_INDEX_SHARE.min(effective);
            upside_math::share_out(constituent.counter, one, effective)?
        }
    };
    let one = match effective {
        0 => Tallies::default(),
        effective => tallies.scaled(WHOLE_INDEX_SHARE, effective)?,
    };
    let owed = if personal {
        None
    } else {
        Some(amount(index.book(constituent.cash)?.owed))
    };
    let report = ConstituentReport {
        slot,
        kind: if personal { "personal" } else { "cash" },
        key: constituent.key.to_string(),
        custody: constituent.custody.to_string(),
        amount: amount(constituent.counter),
        in_baskets: amount(constituent.pending),
        per_share: amount(per_share),
        weight: amount(constituent.weight),
        pending_weight: (constituent.pending_weight != constituent.weight)
            .then(|| amount(constituent.pending_weight)),
        owed_to_members: owed,
        seizable: constituent.is_seizable(),
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

fn harvestable(pool: &Pool, slot: u8) -> Result<Vec<MintAmount>, SdkError> {
    let harvests = quote::harvests(pool, slot)?;
    let some = harvests.iter().filter(|harvest| !harvest.amount.is_zero());
    let mut amounts = Vec::new();
    for harvest in some {
        if let Some(cash) = harvest.cash_slot {
            amounts.push(cash_amount(pool, cash, harvest.amount.0)?);
        }
    }
    Ok(amounts)
}

fn cash_amount(pool: &Pool, slot: u8, atoms: u64) -> Result<MintAmount, SdkError> {
    let cash = pool.index.data.constituent(slot)?;
    Ok(MintAmount {
        mint: cash.key.to_string(),
        amount: Amount::new(atoms, cash.decimals),
    })
}

fn membership_report(
    pool: &Pool,
    membership: &Account<Membership>,
) -> Result<MembershipReport, SdkError> {
    let data = &membership.data;
    let mut claimable = Vec::new();
    for (slot, atoms) in quote::equal_share(pool, data)? {
        if atoms > 0 {
            claimable.push(cash_amount(pool, slot, atoms)?);
        }
    }
    Ok(MembershipReport {
        token: data.token.to_string(),
        status: match data.status()? {
            MembershipStatus::Offered => "offered",
            MembershipStatus::Accepted => "accepted",
            MembershipStatus::Left => "left",
        },
        member: named(&data.member),
        token_shares: Amount::new(data.token_shares, SHARE_DECIMALS),
        index_shares: index_shares(data.index_shares),
        acceptable_from: data.acceptable_from,
        expires_at: data.expires_at,
        claimable,
    })
}

fn auction_report(pool: &Pool, auction: &Account<Auction>) -> Result<AuctionReport, SdkError> {
    let data = &auction.data;
    let places = |slot| -> Result<u8, SdkError> {
        let constituent = pool.index.data.constituent(slot)?;
        Ok(match constituent.kind()? {
            Kind::Personal => SHARE_DECIMALS,
            Kind::Free | Kind::Cash => constituent.decimals,
        })
    };
    let (sell, buy) = (places(data.sell_slot)?, places(data.buy_slot)?);
    let one = 10u64.checked_pow(u32::from(sell)).unwrap_or(u64::MAX);
    let price = data.price(pool.clock.unix_timestamp).ok();
    let price = price.and_then(|price| upside_math::price_of(one, price).ok());
    Ok(AuctionReport {
        number: data.number,
        address: auction.key.to_string(),
        sell_slot: data.sell_slot,
        buy_slot: data.buy_slot,
        left: Amount::new(data.sell_left, sell),
        price: price.map(|atoms| Amount::new(atoms, buy)),
        starts_at: data.starts_at,
        ends_at: data.ends_at,
    })
}
