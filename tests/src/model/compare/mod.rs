//! The accounts of a chain against the model.

pub use crate::{
    personal_token::{
        claim::compare as claim, evidence::compare as evidence, holder::compare as holder,
        round::compare as round, sale::compare as sale, token::compare as token,
    },
    pooled_index::{
        announcement::compare as announcement, basket::compare as basket,
        index::compare as pooled_index, lock::compare as lock, membership::compare as membership,
        rebalance::compare as rebalance, wrap::compare as wrap,
    },
};
mod mints;

pub(crate) use {
    super::{Model, Place},
    solana_account::Account,
    std::collections::{HashMap, hash_map::Entry},
    upside_sdk::{
        Pubkey,
        anchor::{Owner, ZeroCopy},
        state::decode,
    },
};

/// Where accounts are read: a test's chain, or a cluster.
pub trait Reader {
    /// An account, if it exists.
    fn account(&mut self, key: &Pubkey) -> Option<Account>;

    /// These accounts are about to be read.
    fn prefetch(&mut self, _keys: &[Pubkey]) {}
}

impl Reader for crate::engine::Engine {
    fn account(&mut self, key: &Pubkey) -> Option<Account> {
        crate::engine::Engine::account(self, key)
    }

    fn prefetch(&mut self, keys: &[Pubkey]) {
        if let crate::engine::Engine::Rpc(rpc) = self {
            rpc.prefetch(keys);
        }
    }
}

/// What differs, by the names of fields.
#[derive(Default, Debug)]
pub struct Found {
    wrong: Vec<String>,
    compared: u64,
}

impl Found {
    /// Notes where a field differs.
    pub fn field<T: PartialEq + std::fmt::Debug>(&mut self, name: &str, chain: T, model: T) {
        self.compared += 1;
        if chain != model {
            self.wrong.push(format!(
                "{name}: the chain says {chain:?}, the model {model:?}"
            ));
        }
    }
}

/// Compares fields that are called alike in an account and in the model.
macro_rules! same {
    ($found:ident, $data:expr, $model:expr; $($field:ident),+ $(,)?) => {
        $( $found.field(stringify!($field), $data.$field, $model.$field); )+
    };
}
pub(crate) use same;

/// Compares, and remembers addresses.
#[derive(Clone, Default)]
pub struct Comparer {
    addresses: HashMap<Place, Pubkey>,
    places: HashMap<Pubkey, Place>,
    /// How many numbers were compared so far.
    pub compared: u64,
}

impl Comparer {
    /// Learns where the model's accounts are.
    pub fn learn(&mut self, model: &Model) {
        for place in model.places() {
            if let Entry::Vacant(free) = self.addresses.entry(place) {
                let address = *free.insert(place.address());
                self.places.insert(address, place);
            }
        }
    }

    /// Everything that the model knows, or knew once.
    ///
    /// # Errors
    /// What differs.
    pub fn all(&mut self, model: &Model, chain: &mut impl Reader) -> Result<(), String> {
        self.learn(model);
        let keys: Vec<Pubkey> = self.places.keys().copied().collect();
        self.some(model, chain, &keys)
    }

    /// The accounts at these addresses: all that a transaction could write, say. Those
    /// that the model does not know are not the protocol's, unless a program of the
    /// protocol owns them.
    ///
    /// # Errors
    /// What differs.
    pub fn some(
        &mut self,
        model: &Model,
        chain: &mut impl Reader,
        keys: &[Pubkey],
    ) -> Result<(), String> {
        self.learn(model);
        let mut wrong = Vec::new();
        chain.prefetch(keys);
        for key in keys {
            let account = chain.account(key);
            let Some(place) = self.places.get(key) else {
                let ours = account.is_some_and(|account| {
                    upside_sdk::programs()
                        .iter()
                        .any(|(id, _)| *id == account.owner)
                });
                if ours {
                    wrong.push(format!("{key}: the model knows of no such account"));
                }
                continue;
            };
            let found = check(model, *place, account.as_ref());
            self.compared += found.compared;
            wrong.extend(
                found
                    .wrong
                    .into_iter()
                    .map(|what| format!("{place:?}: {what}")),
            );
        }
        if wrong.is_empty() {
            return Ok(());
        }
        Err(wrong.join("\n"))
    }
}

pub(crate) fn check(model: &Model, place: Place, account: Option<&Account>) -> Found {
    let mut found = Found::default();
    match place {
        Place::Token(key) => of(
            &mut found,
            account,
            model.tokens.get(&key),
            |found, data, _| {
                token::check(found, model, &key, data);
            },
        ),
        Place::Holder(token, wallet) => {
            let mine = model.holders.get(&(token, wallet));
            of(&mut found, account, mine, |found, data, mine| {
                let diary = model.diary(&token, &wallet);
                holder::check(found, &token, &wallet, data, mine, &diary);
            });
        }
        Place::Mint(key) => mints::mint(&mut found, model, account, &key),
        Place::Account(owner, mint, _) => {
            let mine = model.accounts.get(&(owner, mint)).copied();
            mints::account(&mut found, account, &owner, &mint, mine);
        }
        // Core.
        Place::Approval(token, from, to) => {
            let mine = model.approvals.get(&(token, from, to));
            of(&mut found, account, mine, |found, data, mine| {
                holder::check_approval(found, [&token, &from, &to], data, mine);
            });
        }
        Place::Round(token, number) => {
            let mine = model.rounds.get(&(token, number));
            of(&mut found, account, mine, |found, data, mine| {
                round::check(found, &token, number, data, mine);
            });
        }
        Place::Contribution(token, number, wallet) => {
            let mine = model.contributions.get(&(token, number, wallet));
            of(&mut found, account, mine, |found, data, mine| {
                round::check_contribution(found, (&token, number, &wallet), data, mine);
            });
        }
        Place::Claim(token, number) => {
            let mine = model.claims.get(&(token, number));
            of(&mut found, account, mine, |found, data, mine| {
                claim::check(found, &token, number, data, mine);
            });
        }

        // Markets and governance.
        Place::Sale(..)
        | Place::Bid(..)
        | Place::Order(..)
        | Place::Grant(..)
        | Place::Product(..)
        | Place::Pass(..)
        | Place::Attesters(..)
        | Place::Attestation(..)
        | Place::Identity(..)
        | Place::Naming(..)
        | Place::Receipt(..)
        | Place::Poll(..) => sale::check(&mut found, model, place, account),

        // Indexes.
        Place::Index(key) => of(
            &mut found,
            account,
            model.indexes.get(&key),
            |found, data, mine| pooled_index::check(found, model, &key, data, mine),
        ),
        Place::Membership(at, token) => {
            let mine = model.indexes.get(&at).and_then(|it| it.people.get(&token));
            of(&mut found, account, mine, |found, data, mine| {
                membership::membership(found, (&at, &token), data, mine);
            });
        }
        Place::Offer(at, nonce) => {
            let index = model.indexes.get(&at);
            let mine = index.and_then(|it| it.offers.get(&nonce));
            of(&mut found, account, mine, |found, data, mine| {
                membership::offer(found, (&at, nonce), data, mine);
            });
        }
        Place::Subject(at, subject) => {
            let index = model.indexes.get(&at);
            let taken = |it: &&super::index::PooledIndex| {
                let mut people = it.people.values();
                people.any(|mine| mine.subject == Some(subject))
            };
            of(
                &mut found,
                account,
                index.filter(taken),
                |found, data, mine| {
                    membership::subject(found, model, (&at, &subject), data, mine);
                },
            );
        }
        Place::Basket(at, wallet, nonce) => {
            let index = model.indexes.get(&at);
            let mine = index.and_then(|it| it.baskets.get(&(wallet, nonce)));
            of(&mut found, account, mine, |found, data, mine| {
                basket::basket(found, (&at, &wallet, nonce), data, mine);
            });
        }
        Place::Announcement(at, nonce) => {
            let index = model.indexes.get(&at);
            let mine = index.and_then(|it| it.announced.get(&nonce));
            of(&mut found, account, mine, |found, data, mine| {
                announcement::announcement(found, model, (&at, nonce), data, mine);
            });
        }
        Place::Lock(at, wallet) => {
            let index = model.indexes.get(&at);
            let mine = index.and_then(|it| it.locks.get(&wallet));
            of(&mut found, account, mine, |found, data, mine| {
                lock::lock(found, model, (&at, &wallet), data, mine);
            });
        }
        Place::Candidacy(at, candidate) => {
            let index = model.indexes.get(&at);
            let mine = index.and_then(|it| it.candidates.get(&candidate));
            of(&mut found, account, mine, |found, data, mine| {
                lock::candidacy(found, model, (&at, &candidate), data, *mine);
            });
        }
        Place::Wrapper(at, number) => {
            let mine = model.indexes.get(&at);
            let mine = mine.and_then(|it| it.wrappers.get(&number));
            of(&mut found, account, mine, |found, data, mine| {
                wrap::wrapper(found, model, (&at, number), data, mine);
            });
        }
        Place::Rebalance(at) => {
            let mine = model.indexes.get(&at);
            let mine = mine.and_then(|it| it.rebalance.as_ref());
            of(&mut found, account, mine, |found, data, mine| {
                rebalance::rebalance(found, &at, data, mine);
            });
        }
    }
    found
}

/// A text in a field of its own: zeros follow.
pub(crate) fn padded<const N: usize>(text: &str) -> [u8; N] {
    let mut field = [0; N];
    field[..text.len()].copy_from_slice(text.as_bytes());
    field
}

/// Whether the account exists exactly where the model has one; decodes it then.
pub(crate) fn of<T: ZeroCopy + Owner, M>(
    found: &mut Found,
    account: Option<&Account>,
    model: Option<&M>,
    compare: impl FnOnce(&mut Found, &T, &M),
) {
    found.field("exists", account.is_some(), model.is_some());
    if let (Some(account), Some(model)) = (account, model) {
        match decode::<T>(&Pubkey::default(), &account.owner, &account.data) {
            Ok(decoded) => compare(found, &decoded.data, model),
            Err(error) => found.wrong.push(error.to_string()),
        }
    }
}
