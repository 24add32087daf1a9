//! Everybody who does nothing could leave an index now. It is tried, on a copy.

use {
    super::{Scene, cast::PASSIVE},
    crate::{cast::key, draft::call, search::Stage},
    solana_program::instruction::Instruction,
    std::collections::BTreeMap,
    upside_sdk::{
        index::{BasketKind, Constituent, SlotKind, instruction as ix},
        instruction as token_ix,
    },
    upside_tests::invariant::{Breach, Findings, Rule},
};

/// A number that no basket of theirs has.
const NONCE: u64 = 99;

/// Redeems everything that each passive holder has, and has paid out what can move.
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

/// What shares redeem for at least, by slot: their part of the books less the exit fee.
fn least(scene: &Scene, shares: u64) -> BTreeMap<u8, u64> {
    let facts = &scene.facts;
    let supply = u128::from(facts.effective(facts.now).max(1));
    let fee = u128::from(facts.index.parameters.exit_fee_bps.min(100));
    let net = u128::from(shares) - (u128::from(shares) * fee).div_ceil(10_000);
    let part = |counter: u64| u64::try_from(u128::from(counter) * net / supply).unwrap_or(0);
    let slots = facts.slots();
    slots.map(|(slot, it)| (slot, part(it.counter))).collect()
}

fn leave(scene: &Scene, name: &'static str, found: &mut Findings) {
    let mut scene = scene.fork(0);
    let wallet = key(name);
    unlock(&mut scene, name, found);
    let shares = scene.shares(name);
    let mut least = least(&scene, shares);
    if shares > 0 && least.values().any(|atoms| *atoms > 0) {
        let args = scene.pool.redeem_args(shares);
        let out = ix::redeem_to_basket(&scene.index(), &wallet, NONCE, args);
        must(&mut scene, name, found, &format!("redeem {shares}"), out);
    }
    // What waits already is paid as well.
    for (slot, least) in &mut least {
        let waits = scene.facts.waiting(*slot, &wallet);
        let made = scene
            .facts
            .baskets
            .values()
            .any(|it| it.nonce == NONCE && it.wallet == wallet);
        if !made && shares > 0 && *least > 0 {
            continue;
        }
        if waits < *least {
            fault(
                found,
                name,
                format!("slot {slot}: {waits} wait for {shares} shares, not {least}"),
            );
        }
    }
    let baskets = scene.facts.baskets.clone();
    for basket in baskets.values().filter(|it| it.wallet == wallet) {
        if basket.kind == BasketKind::Contribution {
            let cancel = ix::cancel_basket(&scene.facts.key, &wallet, basket.nonce, &wallet);
            must(&mut scene, name, found, "cancel a basket", cancel);
        }
        for (slot, atoms) in (0u8..).zip(basket.amounts) {
            let Ok(it) = scene.facts.index.constituent(slot).copied() else {
                continue;
            };
            if atoms == 0 || !scene.facts.moves_to(&it, &wallet) {
                continue;
            }
            can_hold(&mut scene, name, &it);
            let had = scene.facts.owned(&it, &wallet);
            let out = ix::withdraw_basket(&scene.index(), &wallet, basket.nonce, vec![slot]);
            let what = format!("be paid {atoms} of slot {slot}");
            if must(&mut scene, name, found, &what, out.expect("a constituent")) {
                let got = scene.facts.owned(&it, &wallet) - had;
                if got != atoms {
                    fault(found, name, format!("{what}: got {got}"));
                }
            }
        }
    }
}

/// What is locked comes back first.
fn unlock(scene: &mut Scene, name: &'static str, found: &mut Findings) {
    if let Some(lock) = scene.lock(name) {
        let back = ix::unlock_shares(&scene.index(), &lock, lock.data.shares);
        must(scene, name, found, "unlock shares", back);
    }
}

/// Tickets need an account.
fn can_hold(scene: &mut Scene, name: &'static str, it: &Constituent) {
    let (mint, wallet) = (it.key, key(name));
    if it.kind == SlotKind::Mint && !scene.facts.atoms.contains_key(&(wallet, mint)) {
        let payer = scene.payer();
        let open = token_ix::create_associated(&payer, &wallet, &mint, &it.token_program());
        let sent = scene.send(
            &call("open an account", open, &[])
                .into_iter()
                .collect::<Vec<_>>(),
        );
        assert_eq!(sent.error, None);
        scene.refresh();
    }
}

fn must(
    scene: &mut Scene,
    name: &'static str,
    found: &mut Findings,
    what: &str,
    instruction: Instruction,
) -> bool {
    found.checks += 1;
    let asks = instruction.accounts.iter();
    let asks = asks
        .clone()
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
