//! I3: everybody who does nothing could leave now. It is tried, on a copy.

use {
    crate::scene::{PASSIVE, Scene, call, key},
    upside_sdk::{
        instruction as ix,
        state::{Account, MAX_ASSETS, RoundStatus},
    },
    upside_tests::{
        catalogue::redeem_args,
        invariant::{Breach, Findings, Rule},
    },
};

/// Redeems everything that each passive holder has.
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
    let wallet = key(name);
    // What is on offer comes back first, and what rounds owe.
    let sales: Vec<_> = scene
        .facts
        .sales
        .iter()
        .map(|(key, data)| Account {
            key: *key,
            data: *data,
        })
        .collect();
    for sale in sales.into_iter().filter(|it| it.data.seller == wallet) {
        must(
            &mut scene,
            name,
            found,
            "cancel a sale",
            ix::cancel_sale(&sale, &wallet),
        );
    }
    let contributions: Vec<_> = scene
        .facts
        .contributions
        .iter()
        .filter(|(_, it)| it.wallet == wallet)
        .map(|(key, data)| Account {
            key: *key,
            data: *data,
        })
        .collect();
    for mine in contributions {
        let round = &scene.facts.rounds[&mine.data.round];
        let closed = matches!(
            round.status(),
            Ok(RoundStatus::Succeeded | RoundStatus::Settled)
        );
        if closed && round.escrows() {
            let token = scene.facts.key;
            must(
                &mut scene,
                name,
                found,
                "collect shares",
                ix::claim_contribution(&token, &mine),
            );
        }
    }
    for bearer in [false, true] {
        let has = if bearer {
            scene.bearer(name)
        } else {
            scene.redeemable(name)
        };
        if has == 0 {
            continue;
        }
        let least = least(&scene, has);
        if least.iter().all(|atoms| *atoms == 0) {
            continue;
        }
        let token = scene.token();
        let args = redeem_args(has);
        let redeem = if bearer {
            ix::redeem_bearer(&token, &wallet, args)
        } else {
            ix::redeem(&token, &wallet, args)
        };
        let before = balances(&scene, name);
        let what = format!("redeem all {has} shares");
        if must(
            &mut scene,
            name,
            found,
            &what,
            redeem.expect("a listed asset"),
        ) {
            let after = balances(&scene, name);
            for place in 0..MAX_ASSETS {
                let paid = after[place] - before[place];
                if paid < least[place] {
                    fault(
                        found,
                        name,
                        format!(
                            "{has} shares paid {paid} of asset {place}, not {}",
                            least[place]
                        ),
                    );
                }
            }
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
    instruction: solana_program::instruction::Instruction,
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
