use {
    super::{
        backing::Tallies,
        claims::claim_report,
        report::*,
        rescale::rescaled,
        rounds::round_report,
        shares::{TermsReport, holder_report, supply_report},
    },
    crate::raw::Immovable,
    crate::report::{Amount, Scales, named},
    crate::{
        error::CoreError,
        identity::Identity,
        mint::{Name, metadata, mint_info},
        quote,
        raw::Raw,
        state::{
            Account, Attestation, Attesters, Claim, Contribution, Holder, NO_STREAM, Naming,
            PersonalToken, Poll, Round,
        },
    },
    anchor_lang::prelude::Pubkey,
    solana_program::clock::Clock,
    upside_math::{Shares, WHOLE_SHARE},
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
    /// Contributions to rounds, of those rounds that were looked at.
    pub contributions: Vec<Account<Contribution>>,
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
    pub immovable: Vec<Option<Immovable>>,
    /// Announced and former names.
    pub naming: Option<Naming>,
    /// Decimals of tokenized equity's mints.
    pub decimals: Vec<(Pubkey, u8)>,
    /// What wallets multiply amounts of its mints by.
    pub scales: Scales,
}

impl Sources<'_> {
    /// Decimals of a claim's units of tokenized equity.
    pub(super) fn unit_decimals(&self, claim: &Claim) -> u8 {
        let known = self.decimals.iter().find(|(mint, _)| *mint == claim.mint);
        known.map_or(0, |(_, decimals)| *decimals)
    }

    /// The share mint's supply, in share atoms. Errors: `WrongAccount`.
    pub(super) fn minted(&self) -> Result<u64, CoreError> {
        match &self.mint {
            Some(mint) => Ok(mint_info(mint)?.supply),
            None => Ok(self.token.data.supply),
        }
    }

    /// Name, symbol and URI on the share mint.
    pub(super) fn name(&self) -> Name {
        let mint = self.mint.as_ref();
        let name = mint.and_then(|mint| metadata(&mint.data));
        name.unwrap_or_default()
    }

    /// What it was called before, the latest first.
    pub(super) fn former_names(&self) -> Vec<FormerNameReport> {
        let Some(naming) = &self.naming else {
            return Vec::new();
        };
        let names = naming.former_names().into_iter();
        names
            .map(|(name, symbol, until)| FormerNameReport {
                name: name.to_string(),
                symbol: symbol.to_string(),
                until_at: until,
            })
            .collect()
    }

    /// The announced name, symbol or URI.
    pub(super) fn announced_name(&self) -> Option<AnnouncedName> {
        let naming = self.naming.as_ref()?;
        let texts = naming.announced(&self.token.data)?;
        Some(AnnouncedName {
            name: texts.name,
            symbol: texts.symbol,
            uri: texts.uri,
            effective_at: naming.effective_at,
        })
    }
}

const DAY: i64 = 86_400;

/// Builds the report of one token.
///
/// # Errors
/// `Refused`, `Math` where the accounts do not add up.
pub fn build(from: &Sources) -> Result<TokenReport, CoreError> {
    let token = &from.token.data;
    let name = from.name();
    let minted = from.minted()?;
    let decimals = token.quote().decimals;
    let now = from.clock.unix_timestamp;
    let claims = from
        .claims
        .iter()
        .map(|claim| claim_report(claim, from, now))
        .collect::<Result<Vec<_>, _>>()?;
    let report = TokenReport {
        token: from.token.key,
        name: name.name,
        symbol: name.symbol,
        uri: Some(name.uri).filter(|uri| !uri.is_empty()),
        verified: false,
        identity: Identity::Unverified,
        former_names: from.former_names(),
        announced_name: from.announced_name(),
        looks_like: Vec::new(),
        creator: token.creator,
        owner: token.owner,
        pending_owner: named(&token.pending_owner),
        guardian: named(&token.guardian),
        registrar: named(&token.registrar),
        owner_seen: token.owner_seen,
        mint: token.mint,
        quote_mint: token.quote().mint,
        paused: token.paused == 1,
        admission: token.admission()?,
        transfer_policy: token.transfer_policy()?,
        governance: from.governance()?,
        terms: TermsReport::new(&token.terms, decimals),
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
            .map(|round| round_report(round, from))
            .collect::<Result<_, _>>()?,
        holders: from
            .holders
            .iter()
            .map(|holder| holder_report(holder, from, minted, now))
            .collect::<Result<_, _>>()?,
        disclosure: from.disclosure()?,
        slot: from.clock.slot,
        time: now,
    };
    Ok(rescaled(report, from))
}

fn assets(from: &Sources, minted: u64) -> Result<Vec<AssetReport>, CoreError> {
    let token = &from.token.data;
    // What one whole share pays; nothing where there are fewer, or nothing to pay.
    let one = WHOLE_SHARE.min(minted);
    let per_share = quote::redemption(token, Shares(minted), Shares(one), 0).unwrap_or_default();
    let listed = token.listed()?.iter().zip(&from.vaults).zip(per_share);
    Ok(listed
        .enumerate()
        .map(|(place, ((asset, balance), paid))| AssetReport {
            mint: asset.mint,
            vault: asset.vault,
            reserve: Amount::new(asset.reserve, asset.decimals),
            endowment: Amount::new(asset.endowment, asset.decimals),
            endowment_locked: Amount::new(asset.locked, asset.decimals),
            escrow: Amount::new(asset.escrow, asset.decimals),
            payouts: Amount::new(asset.payouts, asset.decimals),
            balance: Amount::new(*balance, asset.decimals),
            per_share: Amount::new(paid, asset.decimals),
            seizable: asset.is_seizable(),
            freezable: asset.is_freezable(),
            pausable: asset.is_pausable(),
            immovable: from.immovable.get(place).copied().flatten(),
            payout: asset.stream != NO_STREAM,
            multiplier: None,
        })
        .collect())
}

fn streams(from: &Sources, now: i64) -> Result<Vec<StreamReport>, CoreError> {
    let token = &from.token.data;
    let mut reports = Vec::new();
    let streams = token.active_streams()?.iter().zip(token.payouts_from);
    for (stream, from_when) in streams {
        let asset = token.asset(usize::from(stream.asset))?;
        let mut plain = stream.plain();
        if plain.remaining > 0 {
            plain = plain.release(now, Shares(token.registered))?;
        }
        let tomorrow = plain.release(now.saturating_add(DAY), Shares(token.registered))?;
        let amount = |atoms| Amount::new(atoms, asset.decimals);
        reports.push(StreamReport {
            mint: asset.mint,
            paid: amount(stream.paid),
            remaining: amount(plain.remaining),
            collectable: amount(asset.payouts.saturating_sub(plain.remaining)),
            ends_at: (plain.remaining > 0).then_some(plain.end),
            per_day: amount(plain.remaining.saturating_sub(tomorrow.remaining)),
            opens_at: (from_when > now).then_some(from_when),
        });
    }
    Ok(reports)
}
