//! Which accounts below an index to read first. No I/O here.

use {
    super::below::{Below, PersonRanges},
    crate::{
        address::{find_attesters, find_claim, find_round, open_poll_keys},
        error::CoreError,
        index::{
            AnnouncementKind, Person, Pool, PooledIndex, SlotKind, find_announcement, find_lock,
            find_membership, find_offer, find_rebalance, find_wrapper, instruction::share_account,
        },
    },
    anchor_lang::prelude::Pubkey,
    std::{collections::BTreeMap, ops::Range},
};

/// Addresses to fetch at once.
#[derive(Default)]
struct Wanted(Vec<Pubkey>);

impl Wanted {
    fn add(&mut self, keys: impl IntoIterator<Item = Pubkey>) -> Range<usize> {
        let start = self.0.len();
        self.0.extend(keys);
        start..self.0.len()
    }
}

/// How much is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Everything.
    Whole,
    /// What others can do, and what redeeming pays: no claims and no rounds.
    Others,
}

/// What is below an index, before anything is read, and the accounts to read first: give
/// them to [`Below::read`].
///
/// # Errors
/// `Refused` where a token's list does not decode.
pub fn below(pool: &Pool, reading: Reading) -> Result<(Below, Vec<Pubkey>), CoreError> {
    let whole = |count: u64| if reading == Reading::Whole { count } else { 0 };
    let mut wanted = Wanted::default();
    let mut persons = BTreeMap::new();
    for (slot, Person { token, .. }) in &pool.persons {
        let (key, data) = (&token.key, &token.data);
        let ranges = PersonRanges {
            mint: wanted.add([data.mint]).start,
            vaults: wanted.add(data.listed()?.iter().map(|asset| asset.vault)),
            assets: wanted.add(data.listed()?.iter().map(|asset| asset.mint)),
            claims: wanted.add((0..whole(data.claims)).map(|number| find_claim(key, number).0)),
            rounds: wanted.add((0..whole(data.rounds)).map(|number| find_round(key, number).0)),
            attesters: wanted.add([find_attesters(key).0]).start,
            polls: wanted.add(open_poll_keys(token)),
        };
        persons.insert(*slot, ranges);
    }
    let index = &pool.index;
    let tokens = pool.persons.values().map(|person| person.token.key);
    let memberships = wanted.add(tokens.map(|token| find_membership(&index.key, &token).0));
    let open = |kind: AnnouncementKind| {
        let places = index.data.announcements.iter();
        places.filter(move |place| place.kind == kind)
    };
    let offers = open(AnnouncementKind::Offer);
    let offers = wanted.add(offers.map(|place| find_offer(&index.key, place.nonce).0));
    let actions = open(AnnouncementKind::Actions);
    let announcements =
        wanted.add(actions.map(|place| find_announcement(&index.key, place.nonce).0));
    let rebalance = wanted.add([find_rebalance(&index.key).0]);
    let (mut mints, mut wrappers) = (BTreeMap::new(), BTreeMap::new());
    for (slot, constituent) in pool.constituents() {
        if constituent.kind == SlotKind::Mint {
            mints.insert(
                slot,
                wanted.add([constituent.key, constituent.custody]).start,
            );
        }
        if constituent.is_wrapped() {
            wrappers.insert(slot, wanted.add([find_wrapper(&constituent.key).0]));
        }
    }
    let insiders = insiders(&index.data).into_iter().map(|wallet| {
        let shares = share_account(&index.data, &wallet);
        (
            wallet,
            wanted.add([shares, find_lock(&index.key, &wallet).0]),
        )
    });
    let insiders = insiders.collect();

    let below = Below {
        accounts: Vec::new(),
        persons,
        memberships,
        offers,
        announcements,
        rebalance,
        mints,
        wrappers,
        wrapped: BTreeMap::new(),
        insiders,
        equity: Vec::new(),
        attestations: Vec::new(),
    };
    Ok((below, wanted.0))
}

/// Who has a role or receives fees, each once.
fn insiders(index: &PooledIndex) -> Vec<Pubkey> {
    let roles = [
        index.curator,
        index.launcher,
        index.admissions,
        index.guardian,
        index.pending_curator,
    ];
    let receive = index.fee_recipients().map(|recipient| recipient.key);
    let mut keys: Vec<Pubkey> = Vec::new();
    for key in roles.into_iter().chain(receive) {
        if key != Pubkey::default() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}
