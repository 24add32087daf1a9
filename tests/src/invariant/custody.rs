//! What claims hold in custody: it leaves by release, by an announced auction, or in a
//! wind-down in kind, in equal parts.

use {
    super::{Facts, Findings, Rule, stake::part},
    std::collections::BTreeSet,
    upside_sdk::{
        Pubkey,
        state::{Claim, ClaimKind},
    },
};

/// Atoms that one comparison may round away.
const ROUNDING: u64 = 2;

fn is_custody(claim: &Claim) -> bool {
    claim.kind == ClaimKind::TokenizedEquity
}

/// Units held.
fn held(claim: &Claim) -> u64 {
    claim.held().unwrap_or(0)
}

/// What a claim's vault lacks of its units.
fn missing(facts: &Facts, key: &Pubkey, claim: &Claim) -> u64 {
    held(claim).saturating_sub(facts.balance(key, &claim.mint))
}

/// Units of an estate, or of what can become one, that a wallet has a part in, rounded down.
fn part_of(facts: &Facts, claim: &Claim, wallet: &Pubkey, shares: u64) -> u64 {
    let Some(number) = claim.estate_number() else {
        return part(held(claim), shares, facts.supply());
    };
    let receipts = facts.receipts.values();
    let entitled =
        receipts.filter(|it| it.wallet == *wallet && number < it.estates && !it.took(number));
    let waiting: u64 = entitled.map(|it| it.shares).sum();
    let outstanding = claim.outstanding(&facts.token).unwrap_or(0);
    part(held(claim), shares.saturating_add(waiting), outstanding)
}

/// What a wallet has of a mint: in its own account, its part of the reserve, and its part of
/// custody.
fn wealth(facts: &Facts, mint: &Pubkey, wallet: &Pubkey, shares: u64) -> u64 {
    let listed = facts.token.listed().unwrap_or_default();
    let reserve = listed.iter().find(|asset| asset.mint == *mint);
    let reserve = reserve.map_or(0, |asset| asset.reserve);
    let claims = facts.claims.values();
    let claims = claims.filter(|it| is_custody(it) && it.mint == *mint);
    let custody: u64 = claims
        .map(|claim| part_of(facts, claim, wallet, shares))
        .sum();
    facts.balance(wallet, mint) + part(reserve, shares, facts.supply()) + custody
}

/// An estate is shared by the shares that exist and by the receipts that have a part of it
/// and have not taken it: by no more, and by no fewer.
fn shared(facts: &Facts, claim: &Claim, found: &mut Findings) {
    let Some(number) = claim.estate_number() else {
        return;
    };
    let receipts = facts.receipts.values();
    let waiting = receipts.filter(|it| number < it.estates && !it.took(number));
    let all = facts.supply() + waiting.map(|it| it.shares).sum::<u64>();
    let outstanding = claim.outstanding(&facts.token);
    found.require(outstanding == Ok(all), Rule::Books, None, || {
        format!("estate {number} is shared by {outstanding:?} shares, not {all}")
    });
}

/// In a wind-down nobody's part of custody shrinks, wherever it is by then.
fn in_kind(before: &Facts, after: &Facts, signed: &BTreeSet<Pubkey>, found: &mut Findings) {
    let quote = before.token.quote().mint;
    let claims = before.claims.values().filter(|it| is_custody(it));
    let mints: BTreeSet<Pubkey> = claims.map(|it| it.mint).collect();
    let claims = before.claims.len() as u64;
    for wallet in before.wallets() {
        let shares = before.stake(&wallet, after.now).shares();
        let left = after.stake(&wallet, after.now).shares();
        // Who signs may redeem; what is sold takes its part along.
        if signed.contains(&wallet) || left < shares {
            continue;
        }
        let receipts = before.receipts.values();
        let receipts = receipts.filter(|it| it.wallet == wallet).count() as u64;
        for mint in mints.iter().filter(|mint| **mint != quote) {
            let had = wealth(before, mint, &wallet, shares);
            let has = wealth(after, mint, &wallet, left);
            let least = had.saturating_sub(ROUNDING + claims + receipts);
            found.require(has >= least, Rule::Custody, Some(wallet), || {
                format!("{had} of {mint} in kind, then {has}")
            });
        }
    }
}

/// While the token lives, units are sold by an announced auction only, at no less than its
/// lowest price.
fn by_auction(was: &Claim, is: &Claim, now: i64, found: &mut Findings) {
    let sold = is.exited.saturating_sub(was.exited);
    if sold == 0 {
        return;
    }
    let auction = was.auction;
    let open = auction.number == is.auction.number
        && auction.starts_at <= now
        && now < auction.ends_at
        && u128::from(auction.end) * 2 >= u128::from(auction.noted);
    let paid = is.received.saturating_sub(was.received);
    let least = part(auction.end, sold, auction.units.max(1));
    found.require(open && paid >= least, Rule::Custody, None, || {
        format!(
            "claim {}: {sold} units sold for {paid}, {auction:?}",
            was.number
        )
    });
}

/// One instruction clears no claim away that holds something.
pub(super) fn gone(before: &Facts, after: &Facts, found: &mut Findings) {
    for (key, was) in before.claims.iter().filter(|(_, it)| is_custody(it)) {
        let there = after.claims.contains_key(key);
        found.require(there || held(was) == 0, Rule::Custody, None, || {
            format!("claim {} is gone with {} units", was.number, held(was))
        });
    }
}

pub(super) fn check(
    before: &Facts,
    after: &Facts,
    signed: &BTreeSet<Pubkey>,
    found: &mut Findings,
) {
    for (key, was) in before.claims.iter().filter(|(_, it)| is_custody(it)) {
        let lacked = missing(before, key, was);
        let Some(is) = after.claims.get(key) else {
            continue;
        };
        let lacks = missing(after, key, is);
        found.require(lacks <= lacked, Rule::Books, None, || {
            format!("claim {}: its vault lacks {lacks} units", was.number)
        });
        let lost = is.written_off.saturating_sub(was.written_off);
        found.require(lost <= lacked, Rule::Custody, None, || {
            format!("claim {}: {lost} units written off", was.number)
        });
        by_auction(was, is, after.now, found);
    }
    for claim in after.claims.values() {
        shared(after, claim, found);
    }
    if before.token.wound_up_at != 0 && before.supply() > 0 {
        in_kind(before, after, signed, found);
    }
}
