//! Grants that take what others earn.

use {
    super::{
        Attack, THOUSAND,
        backing::{backed_world, endow, issue},
        key, landed, must, refused,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        address::find_grant,
        instruction as ix,
        state::{Account, Grant, GrantOffer, GrantTerms},
    },
    upside_tests::world::{DAY, ONE, World},
};

const OWNER: &[&str] = &["founder", "mallory"];

fn offer(w: &mut World, to: &str, shares: u64, start: i64, seconds: u32) -> Instruction {
    let (number, payer) = (w.token().data.grants, key("payer"));
    let offer = GrantOffer {
        beneficiary: key(to),
        terms: GrantTerms {
            shares,
            start,
            cliff_seconds: 0,
            duration_seconds: seconds,
            revocable: true,
        },
        expires_at: w.now() + 10 * DAY,
        reference: 0,
    };
    ix::offer_grant(&w.token(), &payer, number, offer)
}

/// The grant that an offer makes, before it is there.
fn next(w: &World, made: &[Instruction]) -> Account<Grant> {
    let mut fork = w.fork();
    let number = fork.token().data.grants;
    let keys = OWNER.map_keys();
    let refs: Vec<_> = keys.iter().collect();
    let refs: Vec<_> = refs
        .into_iter()
        .filter(|it| {
            use solana_signer::Signer;
            let mut metas = made.iter().flat_map(|it| &it.accounts);
            metas.any(|meta| meta.is_signer && meta.pubkey == it.pubkey())
        })
        .collect();
    fork.send_all(made, &refs).succeeded();
    let place = find_grant(&fork.token, number).0;
    fork.get(&place)
}

trait Keys {
    fn map_keys(&self) -> Vec<solana_keypair::Keypair>;
}

impl Keys for [&str] {
    fn map_keys(&self) -> Vec<solana_keypair::Keypair> {
        self.iter()
            .map(|name| upside_tests::people::person(name))
            .collect()
    }
}

/// F2. A revocable grant that never vests takes the dividends and is burned again.
#[test]
fn a_grant_that_never_vests_earns_nothing() {
    let mut w = backed_world(0);
    w.pay_revenue(500 * THOUSAND);
    let mut attack = Attack::by(OWNER, "a grant that never vests takes dividends");
    let far = w.now() + 3_000 * DAY;
    let huge = offer(&mut w, "mallory", 1_000_000_000 * ONE, far, 86_400);
    attack.withstood(&mut w, |a, w| {
        refused(a.send(w, "10^9 shares", &[huge]), "SupplyCapExceeded");
    });
    let some = 900 * THOUSAND;
    let made = offer(&mut w, "mallory", some, far, 86_400);
    attack.withstood(&mut w, |a, w| {
        refused(
            a.send(w, "without what they bring", std::slice::from_ref(&made)),
            "EndowmentShort",
        );
    });
    // Brought and accepted in one transaction, while the payout streams.
    w.give_quote(&key("mallory"), 10_000 * THOUSAND);
    let lend = endow(&mut w, "mallory", 6_000 * THOUSAND);
    let grant = next(&w, &[lend.clone(), made.clone()]);
    let accept = ix::accept_grant(&w.token(), &grant);
    attack.withstood(&mut w, |a, w| {
        landed(a.send(w, "endow, offer, accept", &[lend, made, accept]));
        w.pass(10 * DAY);
        let grant: Account<Grant> = w.get(&grant.key);
        let collect = ix::collect_grant(&grant, &key("payer"));
        refused(
            a.send(
                w,
                "collect what has not vested",
                std::slice::from_ref(&collect),
            ),
            "NothingToCollect",
        );
        let revoke = ix::revoke_grant(&w.token(), &grant, &key("founder"));
        refused(
            a.send(w, "revoke and collect", &[revoke.clone(), collect]),
            "NothingToCollect",
        );
        landed(a.send(w, "revoke", &[revoke]));
    });
    // What came with the shares that nobody got streams to all.
    w.pass(10 * DAY);
    let (cash, quote) = (w.cash("bob"), w.quote);
    let collect = ix::collect_dividend(&w.token(), &key("bob"), &quote).unwrap();
    must(&mut w, &collect, &["bob"]);
    assert!(
        w.cash("bob") - cash >= 300 * THOUSAND - 2,
        "bob's three fifths"
    );
}

/// F2, F5. Offers hold room and endowment, and give back no more than came.
#[test]
fn offers_and_revocations_drain_no_reserve() {
    let mut w = backed_world(1_000);
    let mut attack = Attack::by(OWNER, "offer, accept and revoke in one transaction");
    let now = w.now();
    let made = offer(&mut w, "mallory", 500 * THOUSAND, now, 365 * 86_400);
    let lend = endow(&mut w, "mallory", 600 * THOUSAND);
    let grant = next(&w, &[lend.clone(), made.clone()]);
    let (accept, revoke) = (
        ix::accept_grant(&w.token(), &grant),
        ix::revoke_grant(&w.token(), &grant, &key("founder")),
    );
    attack.withstood(&mut w, |a, w| {
        let all = [lend, made, accept, revoke];
        landed(a.send(w, "endow, offer, accept, revoke", &all));
    });
    // The same room is not used twice while an offer is open.
    let (first, mint) = (
        offer(&mut w, "mallory", 400 * THOUSAND, now, 365 * 86_400),
        issue(&mut w, "mallory", 1_000 * THOUSAND),
    );
    attack.withstood(&mut w, |a, w| {
        let got = a.send(w, "offer and issue beyond the room", &[first, mint]);
        refused(got, "YearlyRoomExceeded");
    });
    // Nobody but the helper accepts.
    let theirs = offer(&mut w, "bob", 10 * THOUSAND, now, 86_400);
    landed(attack.send(&mut w, "an offer to somebody who does nothing", &[theirs]));
    let number = w.token().data.grants - 1;
    let place = find_grant(&w.token, number).0;
    let mut grant: Account<Grant> = w.get(&place);
    grant.data.beneficiary = key("mallory");
    let accept = ix::accept_grant(&w.token(), &grant);
    attack.withstood(&mut w, |a, w| {
        let got = a.send(w, "accepted by another", &[accept]);
        assert!(got.is_some(), "{got:?}");
    });
}
