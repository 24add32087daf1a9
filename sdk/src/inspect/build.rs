use {
    super::{
        backing::Tallies,
        evidence::{auction_line, revenue_line},
        governance::{admission_name, transfer_policy_name},
        report::*,
    },
    crate::{
        amount,
        error::SdkError,
        fetch::{self, Raw},
        hex::hex,
        identity::Identity,
        quote,
        state::{
            Account, Attestation, Attesters, Claim, ClaimKind, ClaimStatus, Holder, NO_STREAM,
            Naming, PersonalToken, Poll, Round, RoundStatus, text,
        },
    },
    anchor_lang::prelude::Pubkey,
    solana_program::clock::Clock,
    upside_math::{SHARE_DECIMALS, Shares, WHOLE_SHARE},
};

/// Everything that a report is built from.
#[derive(Clone, Debug)]
pub struct Sources<'a> {
    /// The token.
    pub token: &'a Account<PersonalToken>,
    /// The share mint.
    pub mint: Option<Raw>,
    /// The cluster's clock.
    pub clock: Clock,
    /// Its holders, largest first.
    pub holders: Vec<Account<Holder>>,
    /// Its rounds by number.
    pub rounds: Vec<Account<Round>>,
    /// Its claims by number.
    pub claims: Vec<Account<Claim>>,
    /// Who may attest its claims, and how many of them it takes.
    pub attesters: Option<Attesters>,
    /// What was signed on its claims.
    pub attestations: Vec<Account<Attestation>>,
    /// Its open polls, by place.
    pub polls: Vec<Account<Poll>>,
    /// Balances of the vaults, in the order of the assets.
    pub vaults: Vec<u64>,
    /// Why assets cannot move now, in the order of the assets.
    pub immovable: Vec<Option<&'static str>>,
    /// Announced and former names.
    pub naming: Option<Naming>,
    /// Decimals of tokenized equity's mints.
    pub decimals: Vec<(Pubkey, u8)>,
}

impl Sources<'_> {
    /// Decimals of a claim's units of tokenized equity.
    pub(super) fn unit_decimals(&self, claim: &Claim) -> u8 {
        let known = self.decimals.iter().find(|(mint, _)| *mint == claim.mint);
        known.map_or(0, |(_, decimals)| *decimals)
    }
}

const DAY: i64 = 86_400;

pub(super) fn shares(atoms: u64) -> Amount {
    Amount::new(atoms, SHARE_DECIMALS)
}

fn capped(atoms: u64, decimals: u8) -> Option<Amount> {
    (atoms != u64::MAX).then(|| Amount::new(atoms, decimals))
}

pub(super) fn percent(bps: u16) -> String {
    amount::print(u64::from(bps), 2)
}

pub(super) fn named(key: &Pubkey) -> Option<String> {
    (*key != Pubkey::default()).then(|| key.to_string())
}

/// Builds the report of one token.
///
/// # Errors
/// `Refused`, `Math` where the accounts do not add up.
pub fn build(from: &Sources) -> Result<TokenReport, SdkError> {
    let token = &from.token.data;
    let name = from
        .mint
        .as_ref()
        .and_then(|mint| fetch::metadata(&mint.data))
        .unwrap_or_default();
    let minted = match &from.mint {
        Some(mint) => fetch::mint_info(mint)?.supply,
        None => token.supply,
    };
    let decimals = token.quote().decimals;
    let now = from.clock.unix_timestamp;
    let claims = from
        .claims
        .iter()
        .map(|claim| claim_report(claim, from, now))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(TokenReport {
        token: from.token.key.to_string(),
        name: name.name,
        symbol: name.symbol,
        uri: name.uri,
        verified: false,
        identity: Identity::Unverified,
        former_names: from.naming.as_ref().map_or_else(Vec::new, former_names),
        announced_name: from
            .naming
            .as_ref()
            .and_then(|naming| announced_name(naming, token)),
        looks_like: Vec::new(),
        creator: token.creator.to_string(),
        owner: token.owner.to_string(),
        pending_owner: named(&token.pending_owner),
        guardian: named(&token.guardian),
        registrar: named(&token.registrar),
        owner_seen: token.owner_seen,
        mint: token.mint.to_string(),
        quote_mint: token.quote().mint.to_string(),
        paused: token.paused == 1,
        admission: admission_name(token.admission()?),
        transfer_policy: transfer_policy_name(token.transfer_policy()?),
        governance: from.governance()?,
        terms: terms_report(token, decimals),
        supply: supply_report(from, minted)?,
        backing: Tallies::of(from)?.report(),
        assets: assets(from, minted)?,
        streams: streams(from, now)?,
        attestation_threshold: from.attesters.as_ref().map_or(0, |list| list.threshold),
        attesters: from.attester_reports()?,
        claims,
        result: Amount::signed(token.result.signed(), decimals),
        rounds: from
            .rounds
            .iter()
            .map(|round| round_report(round, decimals, now))
            .collect::<Result<_, _>>()?,
        holders: from
            .holders
            .iter()
            .map(|holder| holder_report(holder, from, minted, now))
            .collect::<Result<_, _>>()?,
        slot: from.clock.slot,
        time: now,
    })
}

fn former_names(naming: &Naming) -> Vec<FormerNameReport> {
    let names = naming.former_names().into_iter();
    names
        .map(|(name, symbol, until)| FormerNameReport {
            name: name.to_string(),
            symbol: symbol.to_string(),
            until,
        })
        .collect()
}

fn announced_name(naming: &Naming, token: &PersonalToken) -> Option<AnnouncedName> {
    let texts = naming.announced(token)?;
    Some(AnnouncedName {
        name: texts.name,
        symbol: texts.symbol,
        uri: texts.uri,
        effective_at: naming.effective_at,
    })
}

fn terms_report(token: &PersonalToken, decimals: u8) -> TermsReport {
    let terms = &token.terms;
    TermsReport {
        supply_cap: capped(terms.supply_cap, SHARE_DECIMALS),
        bearer_cap: capped(terms.bearer_cap, SHARE_DECIMALS),
        floor: Amount::new(terms.floor, decimals),
        loss_limit: Amount::new(terms.loss_limit, decimals),
        cash_out_tax: percent(terms.cash_out_tax_bps),
        royalty: percent(terms.royalty_bps),
        reserve: percent(terms.reserve_bps),
        poll_threshold: percent(terms.poll_threshold_bps),
        drip_seconds: terms.drip_seconds,
        notice_seconds: terms.notice_seconds,
        inactivity_seconds: terms.inactivity_seconds,
    }
}

fn supply_report(from: &Sources, minted: u64) -> Result<Supply, SdkError> {
    let token = &from.token.data;
    let mut unclaimed = Shares::ZERO;
    for round in &from.rounds {
        unclaimed = unclaimed.checked_add(Shares(round.data.unclaimed))?;
    }
    Ok(Supply {
        total: shares(minted),
        held: shares(Shares(token.registered).checked_sub(unclaimed)?.0),
        unclaimed: shares(unclaimed.0),
        warming: shares(token.warming),
        bearer: shares(Shares(minted).checked_sub(Shares(token.in_custody()?))?.0),
        offered: shares(token.offered),
        holders: token.holders,
    })
}

fn assets(from: &Sources, minted: u64) -> Result<Vec<AssetReport>, SdkError> {
    let token = &from.token.data;
    // What one whole share pays; nothing where there are fewer, or nothing to pay.
    let one = WHOLE_SHARE.min(minted);
    let per_share = quote::redemption(token, Shares(minted), Shares(one), 0).unwrap_or_default();
    let listed = token.listed()?.iter().zip(&from.vaults).zip(per_share);
    Ok(listed
        .enumerate()
        .map(|(place, ((asset, balance), paid))| AssetReport {
            mint: asset.mint.to_string(),
            vault: asset.vault.to_string(),
            reserve: Amount::new(asset.reserve, asset.decimals),
            escrow: Amount::new(asset.escrow, asset.decimals),
            payouts: Amount::new(asset.payouts, asset.decimals),
            balance: Amount::new(*balance, asset.decimals),
            per_share: Amount::new(paid, asset.decimals),
            seizable: asset.is_seizable(),
            freezable: asset.is_freezable(),
            pausable: asset.is_pausable(),
            immovable: from.immovable.get(place).copied().flatten(),
            payout: asset.stream != NO_STREAM,
        })
        .collect())
}

fn streams(from: &Sources, now: i64) -> Result<Vec<StreamReport>, SdkError> {
    let token = &from.token.data;
    let mut reports = Vec::new();
    for stream in token.active_streams()? {
        let asset = token.asset(usize::from(stream.asset))?;
        let mut plain = stream.plain();
        if plain.remaining > 0 {
            plain = plain.release(now, Shares(token.registered))?;
        }
        let tomorrow = plain.release(now.saturating_add(DAY), Shares(token.registered))?;
        let amount = |atoms| Amount::new(atoms, asset.decimals);
        reports.push(StreamReport {
            mint: asset.mint.to_string(),
            paid: amount(stream.paid),
            remaining: amount(plain.remaining),
            claimable: amount(asset.payouts.saturating_sub(plain.remaining)),
            ends_at: (plain.remaining > 0).then_some(plain.end),
            per_day: amount(plain.remaining.saturating_sub(tomorrow.remaining)),
        });
    }
    Ok(reports)
}

fn claim_report(claim: &Account<Claim>, from: &Sources, now: i64) -> Result<ClaimReport, SdkError> {
    let data = &claim.data;
    let token = &from.token.data;
    let quote_decimals = token.quote().decimals;
    let kind = data.kind()?;
    let revenue = kind == ClaimKind::RevenueShare;
    let custody = kind == ClaimKind::TokenizedEquity;
    let places = if custody {
        from.unit_decimals(data)
    } else {
        data.decimals
    };
    let paid_decimals = if revenue {
        token.asset(token.asset_of(&data.mint)?)?.decimals
    } else {
        quote_decimals
    };
    let (class, counted_value) = from.class(claim)?;
    let value = |atoms| (!custody).then(|| Amount::new(atoms, paid_decimals));
    let cost_that_counts = from.evidence(claim)?.cost_that_counts(data, token);
    Ok(ClaimReport {
        number: data.number,
        address: claim.key.to_string(),
        kind: match kind {
            ClaimKind::TokenizedEquity => "tokenized_equity",
            ClaimKind::Equity => "equity",
            ClaimKind::RevenueShare => "revenue_share",
        },
        class: class.name(),
        status: match data.status()? {
            ClaimStatus::Declared => "declared",
            ClaimStatus::ExitedInPart => "exited_in_part",
            ClaimStatus::Closed => "closed",
            ClaimStatus::WrittenOff => "written_off",
            ClaimStatus::SharedOut => "shared_out",
        },
        name: text::read(&data.name).to_string(),
        unit: text::read(&data.unit_label).to_string(),
        held: amount::print(data.held()?, places),
        units: amount::print(data.units, places),
        value: value(from.owners_number(data)?),
        counted_value: value(counted_value),
        cost: (!revenue).then(|| Amount::new(data.cost, quote_decimals)),
        cost_that_counts: (!revenue).then(|| Amount::new(cost_that_counts, quote_decimals)),
        received: Amount::new(data.received, paid_decimals),
        total: revenue.then(|| Amount::new(data.total, paid_decimals)),
        share: revenue.then(|| percent(data.share_bps)),
        payer: revenue.then(|| data.payer.to_string()),
        ends_at: revenue.then_some(data.ends_at),
        mint: named(&data.mint),
        document: hex(&data.document),
        uri: text::read(&data.uri).to_string(),
        terms: hex(&data.terms),
        attestations: from.attestations(claim, places, paid_decimals),
        disputed_by: from.disputed_by(data),
        disputed_by_holders: data.disputed_by_holders == 1,
        transforms: data.transforms,
        written_off: amount::print(data.written_off, places),
        found: amount::print(data.found, places),
        reports: revenue
            .then(|| revenue_line(data, paid_decimals, now))
            .transpose()?,
        auction: auction_line(data, places, quote_decimals, now)?,
        declared_at: data.declared_at,
        age_seconds: now.saturating_sub(data.updated_at),
    })
}

fn round_report(round: &Account<Round>, decimals: u8, now: i64) -> Result<RoundReport, SdkError> {
    let data = &round.data;
    let stages = data
        .stage_shares
        .iter()
        .zip(&data.sold)
        .zip(&data.stage_prices);
    let stages = stages
        .take(usize::from(data.stage_count))
        .map(|((offered, sold), price)| {
            let price = Amount::new(*price, decimals);
            StageReport {
                shares: shares(*offered),
                sold: shares(*sold),
                price,
            }
        });
    Ok(RoundReport {
        number: data.number,
        address: round.key.to_string(),
        status: match data.status()? {
            RoundStatus::Open if now < data.opens_at => "upcoming",
            RoundStatus::Open if now >= data.ends_at() => "over",
            RoundStatus::Open => "open",
            RoundStatus::Succeeded => "succeeded",
            RoundStatus::Failed => "failed",
            RoundStatus::Settled => "settled",
        },
        stages: stages.collect(),
        raised: Amount::new(data.raised, decimals),
        min_raise: data
            .escrows()
            .then(|| Amount::new(data.min_raise, decimals)),
        backer_cap: capped(data.backer_cap, decimals),
        min_contribution: Amount::new(data.min_contribution, decimals),
        reserve: percent(data.reserve_bps),
        by_approval: data.by_approval == 1,
        opens_at: data.opens_at,
        closes_at: data.closes_at,
        contributions: data.contributions,
        unclaimed: shares(data.unclaimed),
    })
}

fn holder_report(
    holder: &Account<Holder>,
    from: &Sources,
    minted: u64,
    now: i64,
) -> Result<HolderReport, SdkError> {
    let token = &from.token.data;
    let data = &holder.data;
    let mut claimable = Vec::new();
    for (place, stream) in token.active_streams()?.iter().enumerate() {
        let asset = token.asset(usize::from(stream.asset))?;
        let dividend = quote::dividend(token, data, place, now)?;
        if !dividend.claimable.is_zero() {
            claimable.push(MintAmount {
                mint: asset.mint.to_string(),
                amount: Amount::new(dividend.claimable.0, asset.decimals),
            });
        }
    }
    // Hundredths of a percent, rounded down: for reading, not for reckoning.
    let held = data.shares.saturating_add(data.warm);
    let part = u128::from(held) * 10_000 / u128::from(minted.max(1));
    Ok(HolderReport {
        wallet: data.wallet.to_string(),
        shares: shares(held),
        warming: shares(data.warm),
        part: amount::print_wide(part, 2),
        venue: data.venue == 1,
        cost: Amount::new(
            data.cost.saturating_add(data.warm_cost),
            token.quote().decimals,
        ),
        claimable,
    })
}
