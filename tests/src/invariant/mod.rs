//! What nobody can take from a holder who does nothing: the invariants of DESIGN
//! section 3, over what a chain says before and after a transaction.

mod books;
mod claims;
mod custody;
mod facts;
mod index;
mod orders;
mod stake;
mod streams;
mod terms;
mod voice;

pub use {
    facts::Facts,
    index::{PoolFacts, check as check_index},
    stake::Stake,
    voice::Least,
};

use {
    stake::part,
    std::collections::BTreeSet,
    upside_sdk::{
        Pubkey,
        state::{PersonalToken, Round, RoundStatus},
    },
};

/// Which invariant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// I1: reserve ÷ supply of every asset does not fall.
    Backing,
    /// I2: what is owed and what still streams to a holder does not fall.
    Earned,
    /// I3: redeeming is possible, for at least what the formula says.
    Exit,
    /// I4: cap and yearly room.
    Supply,
    /// I5: weight in polls.
    Voice,
    /// I6: terms do not turn against holders.
    Terms,
    /// I7: counters never exceed vaults.
    Books,
    /// Custody leaves at its price, or to everybody in equal parts.
    Custody,
    /// Shares and money of who does not sign stay where they are, or are paid for.
    Property,
}

/// An invariant that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Which.
    pub rule: Rule,
    /// Whose, where it is somebody's.
    pub who: Option<Pubkey>,
    /// Figures.
    pub what: String,
}

/// Atoms that one transaction may round away from a holder.
const ROUNDING: u64 = 2;

/// Collects breaches and counts what was looked at.
#[derive(Default)]
pub struct Findings {
    /// What does not hold.
    pub breaches: Vec<Breach>,
    /// How many comparisons were made.
    pub checks: u64,
}

impl Findings {
    /// Adds what was found elsewhere.
    pub fn add(&mut self, other: Findings) {
        self.breaches.extend(other.breaches);
        self.checks += other.checks;
    }

    fn require(&mut self, holds: bool, rule: Rule, who: Option<Pubkey>, what: impl Fn() -> String) {
        self.checks += 1;
        if !holds {
            let what = what();
            self.breaches.push(Breach { rule, who, what });
        }
    }
}

/// What a transaction may not have done to those who did not sign it. `signed` are all
/// signers; whoever is among them can have agreed to what happened to them.
pub fn check(before: &Facts, after: &Facts, signed: &BTreeSet<Pubkey>) -> Findings {
    let mut found = Findings::default();
    if held_by_others(before, signed) {
        backing(before, after, &mut found);
    }
    supply(after, &mut found);
    books::check(before, after, &mut found);
    streams::check(before, after, signed, &mut found);
    terms::check(before, after, &mut found);
    claims::check(before, after, &mut found);
    custody::check(before, after, signed, &mut found);
    for wallet in before.wallets() {
        if !signed.contains(&wallet) {
            holder(before, after, &wallet, &mut found);
        }
    }
    found
}

/// Whether anybody who did not sign has shares.
fn held_by_others(before: &Facts, signed: &BTreeSet<Pubkey>) -> bool {
    let theirs = signed.iter().map(|wallet| before.stake(wallet, before.now));
    let theirs: u64 = theirs.map(|stake| stake.shares()).sum();
    theirs < before.minted
}

/// I1.
fn backing(before: &Facts, after: &Facts, found: &mut Findings) {
    let (was, is) = (before.supply(), after.supply());
    // Nobody's backing, or nobody's any more.
    if was == 0 || is == 0 {
        return;
    }
    let pairs = before.reserves().into_iter().zip(after.reserves());
    for (place, (had, has)) in pairs.enumerate() {
        // What an issuer seized before is gone already.
        let had = had.saturating_sub(before.missing(place));
        let holds = u128::from(had) * u128::from(is) <= u128::from(has) * u128::from(was);
        found.require(holds, Rule::Backing, None, || {
            format!("asset {place}: reserve {had} of supply {was}, then {has} of {is}")
        });
    }
}

/// I4, the cap.
fn supply(after: &Facts, found: &mut Findings) {
    let token = &after.token;
    let all = u128::from(token.supply) + u128::from(token.offered);
    let cap = token.terms.supply_cap;
    found.require(all <= u128::from(cap), Rule::Supply, None, || {
        format!(
            "supply {} and offered {} above the cap {cap}",
            token.supply, token.offered
        )
    });
}

/// What holds of one instruction, beside [`check`]: no claim is cleared away before it is
/// over, and I4, the yearly room. `earlier` shares had been created a year before; `launch`
/// was the term when the token began: a lower cap lowers it, which makes nothing of before
/// one beyond the first.
pub fn check_one(before: &Facts, after: &Facts, earlier: u64, launch: u64) -> Findings {
    let mut found = Findings::default();
    claims::gone(before, after, &mut found);
    custody::gone(before, after, &mut found);
    room(before, after, [earlier, launch], &mut found);
    found
}

/// I4, the yearly room.
fn room(before: &Facts, after: &Facts, [earlier, launch]: [u64; 2], found: &mut Findings) {
    let (was, is) = (&before.token, &after.token);
    let all = |token: &PersonalToken| u128::from(token.created) + u128::from(token.offered);
    let beyond = |shares: u128| shares.saturating_sub(u128::from(launch));
    let grown = u128::from(is.supply.saturating_sub(was.supply));
    let counted = u128::from(is.created.saturating_sub(was.created));
    // What a revocation takes back leaves the supply with it.
    let undone = was.created.saturating_sub(is.created);
    let shrunk = was.supply.saturating_sub(is.supply);
    found.require(
        grown <= counted && undone <= shrunk,
        Rule::Supply,
        None,
        || format!("supply grew by {grown}, {counted} were counted as created"),
    );
    if all(is) <= all(was) || beyond(all(is)) == 0 {
        return;
    }
    // As it stood before: what was created in the year makes no room for more.
    let supply = u128::from(was.supply);
    let made = beyond(was.created.into()) - beyond(earlier.into());
    let bound = (supply - made.min(supply)) * u128::from(is.terms.room_bps) / 10_000;
    let taken = beyond(all(is)) - beyond(earlier.into());
    found.require(taken <= bound, Rule::Supply, None, || {
        format!("{taken} created or on offer beyond the first ones in a year, room for {bound}")
    });
}

/// I2 and property of one who did not sign.
fn holder(before: &Facts, after: &Facts, wallet: &Pubkey, found: &mut Findings) {
    let (had, has) = (
        before.stake(wallet, after.now),
        after.stake(wallet, after.now),
    );
    let who = Some(*wallet);
    // Escrowed money may have become the shares that it bought.
    let (mut bought, mut spent) = (0, 0);
    for (key, contribution) in &before.contributions {
        let was = &before.rounds[&contribution.round];
        let is = after.rounds.get(&contribution.round);
        let waited = was.escrows() && stands(Some(was), &[RoundStatus::Open]);
        // Cleared away with its round: paid back, or collected before.
        let refunded = has.cash >= had.cash.saturating_add(contribution.paid);
        let gone = !after.contributions.contains_key(key) && is.is_none() && !refunded;
        let succeeded = stands(is, &[RoundStatus::Succeeded, RoundStatus::Settled]);
        if contribution.wallet == *wallet && waited && (succeeded || gone) {
            bought += contribution.shares().map_or(0, |shares| shares.0);
            spent += contribution.paid;
        }
    }
    let shares = had.shares() + bought;
    let sold = shares.saturating_sub(has.shares());
    let paid = has.cash.saturating_sub(had.cash);
    // Sales that the wallet opened may be filled; else no share goes.
    let asks = before.sales.iter();
    let asks = asks.filter(|(_, sale)| sale.seller == *wallet);
    let (mut offered, mut through, mut least) = (0u64, 0u64, u64::MAX);
    for (key, ask) in asks {
        offered += ask.shares;
        through += ask.shares - after.sales.get(key).map_or(0, |ask| ask.shares);
        least = least.min(ask.price);
    }
    found.require(sold <= offered, Rule::Property, who, || {
        format!("shares {shares} to {}, {offered} for sale", has.shares())
    });
    // What a sale brings, less the royalty on it, which is at most half.
    let owed = part(sold, least, 1_000_000) / 2;
    if sold > 0 && sold <= offered {
        found.require(paid >= owed, Rule::Property, who, || {
            format!("{sold} shares sold at {least} for {paid}")
        });
    }
    // Bids of the wallet may be filled; else no money goes.
    let bids = before.bids.iter();
    let bids = bids.filter(|(_, bid)| bid.bidder == *wallet);
    let (mut bid, mut dearest, mut kept) = (0u64, 0u64, 0u64);
    for (key, open) in bids {
        bid += open.escrow;
        dearest = dearest.max(open.price);
        // The last shares take what rounding down kept of those before.
        if !after.bids.contains_key(key) {
            let price = part(open.shares, open.price, 1_000_000);
            kept += open.escrow.saturating_sub(price);
        }
    }
    let money = had.money() - spent + owed;
    let gone = money.saturating_sub(has.money());
    found.require(gone <= bid, Rule::Property, who, || {
        format!("money {money} to {}, bids of {bid}", has.money())
    });
    if gone > 0 && gone <= bid {
        // What bids brought may have left through the wallet's own sales.
        let got = (has.shares() + through).saturating_sub(shares);
        let least = part(gone.saturating_sub(kept), 1_000_000, dearest);
        found.require(got >= least, Rule::Property, who, || {
            format!("{gone} paid at {dearest} for {got} shares")
        });
    }
    for (place, earned) in had.earned.iter().enumerate() {
        let was = earned + had.streaming[place];
        let mint = after.token.streams[place].asset;
        let mint = after.token.assets[usize::from(mint)].mint;
        let collected = after
            .balance(wallet, &mint)
            .saturating_sub(before.balance(wallet, &mint));
        // What was earned may be paid out; what a sale of shares would have earned is gone.
        let gone = part(had.streaming[place], sold, had.registered.max(1));
        let is = has.earned[place] + has.streaming[place] + collected;
        let mut ordered = 0;
        if place == 0 {
            ordered = orders::most(before, after, wallet, *earned);
            let spent = was.saturating_sub(is + gone + ROUNDING);
            let bought = has.shares().saturating_sub(shares - sold);
            orders::check(before, wallet, spent, bought, found);
        }
        found.require(is + gone + ordered + ROUNDING >= was, Rule::Earned, who, || {
            format!(
                "stream {place}: earned {earned} and {} to come, then {} and {}, paid {collected}",
                had.streaming[place], has.earned[place], has.streaming[place]
            )
        });
    }
}

fn stands(round: Option<&Round>, at: &[RoundStatus]) -> bool {
    let status = round.and_then(|round| round.status().ok());
    status.is_some_and(|status| at.contains(&status))
}
