//! I3: everybody who does nothing could leave now. It is tried, on a copy.

use {
    crate::{
        cast::{PASSIVE, key},
        draft::{call, shares},
        moves::shares::redemption,
        scene::Scene,
        search::Stage,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_PROGRAM, find_round},
        instruction as ix,
        state::{Account, ClaimKind, MAX_ASSETS, Receipt, RoundStatus},
    },
    upside_tests::{
        cases::redeem_args,
        invariant::{Breach, Findings, Rule},
    },
};

/// Redeems everything that each passive holder has; in a wind-down takes their part of all
/// custody and gets back what waits in rounds.
pub fn check(scene: &Scene, found: &mut Findings) {
    for name in PASSIVE {
        leave(scene, name, found);
    }
}

fn fault(found: &mut Findings, name: &'static str, what: String) {
    found.breaches.push(Breach {
        rule: Rule::Exit,
        who: Some(key(name)),
        what,
    });
}

fn leave(scene: &Scene, name: &'static str, found: &mut Findings) {
    let mut scene = scene.fork(0);
    cancel_sales(&mut scene, name, found);
    if scene.facts.token.wound_up_at != 0 {
        share_custody_out(&mut scene, name, found);
        end_rounds(&mut scene, name, found);
    }
    open_holder(&mut scene, name, found);
    collect_shares(&mut scene, name, found);
    let estates = scene.facts.token.estates > 0;
    if estates && scene.bearer(name) > 0 {
        // Bearer shares give no receipt: they are deposited, and redeem at once.
        let back = ix::deposit(&scene.token(), &key(name), shares(scene.bearer(name)));
        must(&mut scene, name, found, "deposit bearer shares", back);
    }
    for bearer in [false, true] {
        redeem(&mut scene, name, bearer, found);
    }
}

/// In a wind-down anybody clears empty holder accounts away; whoever has something to collect
/// opens their own again.
fn open_holder(scene: &mut Scene, name: &'static str, found: &mut Findings) {
    let (token, wallet) = (scene.facts.key, key(name));
    if scene.facts.wallets().contains(&wallet) && !scene.facts.holders.contains_key(&wallet) {
        let open = ix::open_holder(&token, &scene.payer(), &wallet, &wallet);
        must(scene, name, found, "open a holder account", open);
    }
}

/// What is on offer comes back first.
fn cancel_sales(scene: &mut Scene, name: &'static str, found: &mut Findings) {
    let wallet = key(name);
    let sales = scene.facts.sales.clone();
    for (key, data) in sales.into_iter().filter(|(_, it)| it.seller == wallet) {
        let cancel = ix::cancel_sale(&Account { key, data }, &wallet);
        must(scene, name, found, "cancel a sale", cancel);
    }
}

/// Custody goes where everybody has their part of it.
fn share_custody_out(scene: &mut Scene, name: &'static str, found: &mut Findings) {
    let claims = scene.facts.claims.clone();
    for (place, data) in claims {
        let held = data.held().unwrap_or(0);
        let custody = data.kind == ClaimKind::TokenizedEquity;
        if !custody || held == 0 || data.estate_number().is_some() {
            continue;
        }
        let claim = Account { key: place, data };
        let what = format!("share out {held} units of claim {}", data.number);
        if scene.facts.token.asset_of(&data.mint).is_err() {
            let open = ix::open_estate(&claim, &key(name));
            must(scene, name, found, &what, open);
        } else if let Ok(mut release) = ix::release_equity(&scene.token(), &claim, held) {
            release.accounts[0].pubkey = key(name);
            must(scene, name, found, &what, release);
        }
    }
}

/// A wind-down refunds.
fn end_rounds(scene: &mut Scene, name: &'static str, found: &mut Findings) {
    let wallet = key(name);
    let mine = scene.facts.contributions.clone();
    for (place, data) in mine.into_iter().filter(|(_, it)| it.wallet == wallet) {
        let round = scene.facts.rounds[&data.round];
        if !round.escrows() {
            continue;
        }
        if round.status() == Ok(RoundStatus::Open) {
            let round = find_round(&scene.facts.key, round.number).0;
            let close = ix::close_round(&scene.token(), &round, &wallet);
            must(scene, name, found, "close a round", close);
        }
        if scene.facts.rounds[&data.round].status() == Ok(RoundStatus::Failed) {
            let refund = ix::refund_contribution(&scene.token(), &Account { key: place, data });
            must(scene, name, found, "be refunded", refund);
        }
    }
}

/// What rounds owe.
fn collect_shares(scene: &mut Scene, name: &'static str, found: &mut Findings) {
    let wallet = key(name);
    let mine = scene.facts.contributions.clone();
    for (place, data) in mine.into_iter().filter(|(_, it)| it.wallet == wallet) {
        let round = &scene.facts.rounds[&data.round];
        let closed = matches!(
            round.status(),
            Ok(RoundStatus::Succeeded | RoundStatus::Settled)
        );
        if closed && round.escrows() {
            let token = scene.facts.key;
            let collect = ix::collect_contribution(&token, &Account { key: place, data });
            must(scene, name, found, "collect shares", collect);
        }
    }
}

fn redeem(scene: &mut Scene, name: &'static str, bearer: bool, found: &mut Findings) {
    let has = if bearer {
        scene.bearer(name)
    } else {
        scene.redeemable(name)
    };
    if has == 0 {
        return;
    }
    let (least, units) = (least(scene, has), units(scene, has));
    if least.iter().all(|atoms| *atoms == 0) && units.is_empty() {
        return;
    }
    let (token, args) = (scene.token(), redeem_args(has));
    let redeem = if bearer {
        ix::redeem_bearer(&token, &key(name), args).ok()
    } else {
        redemption(scene, name, args)
    };
    let before = balances(scene, name);
    let what = format!("redeem all {has} shares");
    if must(scene, name, found, &what, redeem.expect("a holder")) {
        let after = balances(scene, name);
        for place in 0..MAX_ASSETS {
            let (paid, least) = (after[place] - before[place], least[place]);
            if paid < least {
                let what = format!("{has} shares paid {paid} of asset {place}, not {least}");
                fault(found, name, what);
            }
        }
        for (claim, units) in units {
            take(scene, name, &claim, units, found);
        }
    }
}

/// What shares take of each estate, rounded down, by the claim.
fn units(scene: &Scene, shares: u64) -> Vec<(Pubkey, u64)> {
    let claims = scene.facts.claims.iter();
    let estates = claims.filter(|(_, it)| it.estate_number().is_some());
    let parts = estates.filter_map(|(key, claim)| {
        let outstanding = claim.outstanding(&scene.facts.token).ok()?;
        let held = u128::from(claim.held().ok()?);
        let part = held * u128::from(shares) / u128::from(outstanding.max(1));
        Some((*key, u64::try_from(part).ok()?))
    });
    parts.filter(|(_, units)| *units > 0).collect()
}

/// The last receipt takes its part of an estate.
fn take(scene: &mut Scene, name: &'static str, claim: &Pubkey, units: u64, found: &mut Findings) {
    let wallet = key(name);
    let receipts = scene.facts.receipts.iter();
    let mine = receipts.filter(|(_, it)| it.wallet == wallet);
    let last = mine.max_by_key(|(_, it)| it.number);
    let Some((place, data)) = last.map(|(key, data)| (*key, *data)) else {
        return fault(found, name, "no receipt".into());
    };
    let receipt: Account<Receipt> = Account { key: place, data };
    let claim = Account {
        key: *claim,
        data: scene.facts.claims[claim],
    };
    let mint = claim.data.mint;
    let before = scene.facts.balance(&wallet, &mint);
    let collect = ix::collect_estate(&claim, &receipt, &TOKEN_PROGRAM);
    let what = format!("take {units} units of claim {}", claim.data.number);
    if must(scene, name, found, &what, collect) {
        let got = scene.facts.balance(&wallet, &mint) - before;
        if got + 1 < units {
            fault(found, name, format!("{what}: got {got}"));
        }
    }
}

/// (1 − tax) × part of every asset, less two atoms.
fn least(scene: &Scene, shares: u64) -> [u64; MAX_ASSETS] {
    let token = &scene.facts.token;
    let tax = u128::from(token.cash_out_tax().map_or(0, upside_sdk::Bps::get));
    let mut least = [0; MAX_ASSETS];
    for (place, reserve) in scene.facts.reserves().into_iter().enumerate() {
        let part = u128::from(reserve) * u128::from(shares) / u128::from(scene.facts.minted.max(1));
        let kept = part * (10_000 - tax) / 10_000;
        least[place] = u64::try_from(kept).unwrap_or(u64::MAX).saturating_sub(2);
    }
    least
}

fn balances(scene: &Scene, name: &'static str) -> [u64; MAX_ASSETS] {
    let mut atoms = [0; MAX_ASSETS];
    let listed = scene.facts.token.listed().unwrap_or_default();
    for (place, asset) in listed.iter().enumerate() {
        atoms[place] = scene.facts.balance(&key(name), &asset.mint);
    }
    atoms
}

fn must(
    scene: &mut Scene,
    name: &'static str,
    found: &mut Findings,
    what: &str,
    instruction: Instruction,
) -> bool {
    found.checks += 1;
    let asks = instruction
        .accounts
        .iter()
        .any(|it| it.is_signer && it.pubkey == key(name));
    let signers: &[&'static str] = if asks { &[name] } else { &[] };
    let made = call(what, instruction, signers).expect("a call");
    let sent = scene.send(&[made]);
    scene.refresh();
    if let Some(error) = &sent.error {
        let refused = upside_tests::model::refusal_name(&sent);
        fault(found, name, format!("cannot {what}: {refused} {error:?}"));
    }
    sent.error.is_none()
}
