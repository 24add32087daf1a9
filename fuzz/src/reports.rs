//! Reports and quotes over accounts whose fields are anything: a hostile node makes them
//! up. They are refused or shown, and never a panic.

use {
    crate::bytes::Bytes,
    std::collections::BTreeMap,
    upside_sdk::{
        Atoms, Shares,
        fetch::Raw,
        index::{
            self, Announcement, Basket, Membership, Offer, PooledIndex, Rebalance, Wrapper,
            fetch::{Person, Pool},
        },
        inspect::{self, Scales, Sources},
        pass, quote,
        state::{
            Attestation, Attesters, Bid, Claim, Contribution, Grant, Holder, Pass, PersonalToken,
            Poll, Product, Round, Sale,
        },
    },
};

/// A clock that shows `now`.
fn clock(now: i64) -> upside_sdk::anchor::prelude::Clock {
    upside_sdk::anchor::prelude::Clock {
        unix_timestamp: now,
        ..Default::default()
    }
}

fn few<'a, T>(bytes: &mut Bytes<'a>, one: impl Fn(&mut Bytes<'a>) -> T) -> Vec<T> {
    (0..bytes.byte() % 3).map(|_| one(bytes)).collect()
}

/// A mint with any bytes.
fn scaled(bytes: &mut Bytes) -> Raw {
    let length = usize::from(bytes.short());
    Raw {
        key: bytes.key(),
        owner: upside_sdk::address::TOKEN_2022_PROGRAM,
        lamports: 1,
        data: bytes.take(length).to_vec(),
    }
}

/// The look-through report of one token.
pub fn token(bytes: &mut Bytes) {
    let now = bytes.signed();
    let token = bytes.account::<PersonalToken>();
    let mint = (bytes.byte() % 2 == 1).then(|| Raw {
        key: token.data.mint,
        owner: upside_sdk::address::TOKEN_2022_PROGRAM,
        lamports: 1,
        data: {
            let length = usize::from(bytes.short());
            bytes.take(length).to_vec()
        },
    });
    let sources = Sources {
        token: &token,
        mint,
        clock: clock(now),
        holders: few(bytes, Bytes::account::<Holder>),
        rounds: few(bytes, Bytes::account::<Round>),
        contributions: few(bytes, Bytes::account::<Contribution>),
        claims: few(bytes, Bytes::account::<Claim>),
        attesters: few(bytes, Bytes::account::<Attesters>)
            .pop()
            .map(|attesters| attesters.data),
        attestations: few(bytes, Bytes::account::<Attestation>),
        polls: few(bytes, Bytes::account::<Poll>),
        vaults: few(bytes, Bytes::number),
        immovable: Vec::new(),
        naming: None,
        decimals: few(bytes, |bytes| (bytes.key(), bytes.byte())),
        scales: Scales::of(&[scaled(bytes)], now),
    };
    if let Ok(report) = inspect::build(&sources) {
        serde_json::to_string(&report).expect("what is reported can be written");
    }
}

/// Quotes of an index that holds up to two people.
pub fn index(bytes: &mut Bytes) {
    let mint_supply = bytes.number();
    let (now, shares, slot) = (bytes.signed(), bytes.number(), bytes.byte());
    let index = bytes.account::<PooledIndex>();
    let mut persons = BTreeMap::new();
    for _ in 0..bytes.byte() % 3 {
        let person = Person {
            token: bytes.account::<PersonalToken>(),
            custody: bytes.account::<Holder>(),
        };
        persons.insert(bytes.byte() % 64, person);
    }
    let pool = Pool {
        index,
        mint_supply,
        uri: String::new(),
        clock: clock(now),
        persons,
    };
    let _ = (
        index::name(&pool.index.data),
        index::symbol(&pool.index.data),
    );
    let _ = index::quote::contribution(&pool, shares);
    let _ = index::quote::redemption(&pool, shares);
    let _ = index::quote::effective_supply(&pool);
    let harvestable = index::quote::harvestable(&pool).unwrap_or_default();
    let _ = index::quote::dues(&pool, now);
    for number in harvestable.into_iter().take(4).chain([slot]) {
        if let Ok(harvests) = index::quote::harvests(&pool, number) {
            let _ = pool.harvested(&harvests);
        }
    }
    let membership = bytes.account::<Membership>().data;
    let _ = (membership.status(), membership.ending());
    let _ = index::quote::equal_share(&pool, &membership);
    let rebalance = bytes.account::<Rebalance>().data;
    let _ = (rebalance.status(), rebalance.hash());
    let _ = rebalance.is_running(&pool.index.data, now);
    for (number, _) in rebalance.traded().take(4) {
        let _ = rebalance.value(number, shares, now);
        let _ = index::rebalance::bid(&pool, &rebalance, number, slot, shares);
    }
    let announcement = bytes.account::<Announcement>().data;
    for stored in &announcement.actions {
        if let Ok(action) = index::inspect::action(stored) {
            serde_json::to_string(&action).expect("what is reported can be written");
        }
    }
    let _ = bytes.account::<Offer>().data.gives(shares);
    let wrapper = bytes.account::<Wrapper>().data.with_supply(shares);
    let _ = (wrapper.part(mint_supply), wrapper.require_active());
    let _ = pool.index.data.member_room(now);
    let basket = bytes.account::<Basket>().data;
    let _ = (basket.kind(), basket.amount(slot), basket.is_empty());
}

/// Quotes of rounds, sales, redemptions and the like.
pub fn quotes(bytes: &mut Bytes) {
    let (now, number, other) = (bytes.signed(), bytes.number(), bytes.number());
    let place = usize::from(bytes.byte());
    let token = bytes.account::<PersonalToken>().data;
    let holder = bytes.account::<Holder>().data;
    let (shares, atoms) = (Shares(number), Atoms(other));
    let _ = quote::redemption(&token, Shares(other), shares, place as u8);
    let _ = quote::dividend(&token, &holder, place, now);
    let _ = (holder.cost_of(number), holder.free(), token.bearer());
    let _ = (token.executor_from(), token.eligible(), token.policy());
    match bytes.byte() % 4 {
        0 => {
            let round = bytes.account::<Round>().data;
            let bought = quote::contribution(&round, atoms);
            if let Ok(purchase) = bought {
                assert!(purchase.charge <= atoms, "a charge is within the payment");
            }
            if let Ok(payment) = quote::payment_for(&round, shares) {
                let bought = quote::contribution(&round, payment);
                let enough = bought.is_ok_and(|purchase| purchase.shares >= shares);
                assert!(enough || shares.is_zero(), "the payment buys the shares");
            }
            let _ = (round.offered(), round.ends_at() <= now);
        }
        1 => {
            let sale = bytes.account::<Sale>().data;
            let _ = quote::sale(&token, &sale, &holder, shares, now);
            let bid = bytes.account::<Bid>().data;
            let _ = quote::bid(&token, &bid, &holder, shares, now);
            let _ = token.royalty_rate(&holder);
        }
        2 => {
            let claim = bytes.account::<Claim>();
            let list = bytes.account::<Attesters>().data;
            let signed = few(bytes, Bytes::account::<Attestation>);
            let said = quote::evidence(&token, &claim, Some(&list), &signed, now);
            let said = said.unwrap_or_default();
            let _ = quote::exit_of(&token, &claim, &said, number, atoms);
            let _ = quote::auction(&token, &claim, &said, number, now);
            let _ = (claim.data.held(), claim.data.overdue(now));
            let _ = (claim.data.missing_months(now), said.attested(number));
        }
        _ => {
            let grant = bytes.account::<Grant>().data;
            let _ = quote::grant(&token, &grant, now);
            let _ = quote::acceptance(&token, &grant, now);
            let _ = quote::revocation(&token, &grant, now);
        }
    }
}

/// Whether a pass is good.
pub fn passes(bytes: &mut Bytes) {
    let now = bytes.signed();
    let product = bytes.account::<Product>().data;
    let pass = bytes.account::<Pass>().data;
    let holder = bytes.account::<Holder>().data;
    if let Ok(status) = pass::status(&product, Some(&pass), Some(&holder), now) {
        assert!(!status.is_valid() || pass.units > 0, "no units, no entry");
        let _ = (status.name(), status.standing());
    }
    let claim = bytes.account::<Claim>().data;
    let _ = product.cut(Some(&claim), now);
}
