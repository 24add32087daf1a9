//! What must hold after every step.

use {
    super::*,
    upside_sdk::{
        address::bearer_account,
        index::{
            Basket, Constituent, Kind, LOCKED_SHARES, Membership, PooledIndex, find_basket,
            find_membership, instruction::share_account,
        },
        state::{Holder, PersonalToken},
    },
};

/// Addresses that never change.
pub(super) struct Places {
    /// Who can have index shares.
    shares: Vec<Pubkey>,
    /// Of each person: token, holder accounts, bearer accounts, membership.
    persons: Vec<(Pubkey, Vec<Pubkey>, Vec<Pubkey>, Pubkey)>,
}

impl Places {
    pub(super) fn of(pool: &mut PoolWorld) -> Places {
        let index = pool.index();
        let mut wallets: Vec<Pubkey> = ACTORS.iter().map(|name| key(name)).collect();
        wallets.extend(pool.people.iter().map(|name| key(name)));
        wallets.extend([index.key, key("treasury")]);
        let of_person = |name: &String| {
            let token = token_of(name);
            let mine: Vec<Pubkey> = wallets
                .iter()
                .map(|wallet| find_holder(&token, wallet).0)
                .collect();
            let bearers = ACTORS
                .iter()
                .map(|actor| bearer_account(&token, &key(actor)));
            (
                token,
                mine,
                bearers.collect(),
                find_membership(&index.key, &token).0,
            )
        };
        Places {
            shares: wallets
                .iter()
                .map(|wallet| share_account(&index.data, wallet))
                .collect(),
            persons: pool.people.iter().map(of_person).collect(),
        }
    }
}

/// The books at one moment.
pub(super) struct State {
    pub(super) index: PooledIndex,
    mint_supply: u64,
    /// Atoms in custody, by slot.
    custody: Vec<u64>,
    /// Atoms in baskets, by slot.
    baskets: Vec<u64>,
    /// What the equal share owes each membership of the first cash, and how many
    /// memberships there are.
    owed: u64,
    memberships: u64,
}

fn supply(pool: &mut PoolWorld, mint: &Pubkey) -> u64 {
    let mint = pool.world.engine.account(mint).unwrap();
    u64::from_le_bytes(mint.data[36..44].try_into().unwrap())
}

impl State {
    pub(super) fn read(
        pool: &mut PoolWorld,
        places: &Places,
        open: &[(&'static str, u64)],
    ) -> State {
        let index = pool.index().data;
        let custody = |slot: &Constituent| match slot.kind().unwrap() {
            Kind::Free => 0,
            Kind::Personal => pool.world.get::<Holder>(&slot.custody).data.shares,
            Kind::Mint => pool.world.balance(&slot.custody),
        };
        let custody = index.constituents.iter().take(8).map(custody).collect();
        let mut baskets = vec![0; 8];
        for (name, nonce) in open {
            let place = find_basket(&pool.index, &key(name), *nonce).0;
            let basket = pool.world.get::<Basket>(&place).data;
            for (sum, atoms) in baskets.iter_mut().zip(basket.amounts) {
                *sum += atoms;
            }
        }
        let (mut owed, mut memberships) = (0, 0);
        for (.., place) in &places.persons {
            if pool.world.engine.account(place).is_some() {
                let mut membership = pool.world.get::<Membership>(place).data;
                membership.settle(&index).unwrap();
                owed += membership.owed(0).unwrap();
                memberships += 1;
            }
        }
        State {
            mint_supply: supply(pool, &index.mint),
            index,
            custody,
            baskets,
            owed,
            memberships,
        }
    }

    /// The index with its fees up to `now`.
    fn accrued(&self, now: i64) -> PooledIndex {
        let mut index = self.index;
        index.accrue(self.mint_supply, now).unwrap();
        index
    }
}

/// What the oracle remembers.
#[derive(Default)]
pub(super) struct Oracle {
    /// Set aside for members, paid to them, and fractions forgotten since nobody could
    /// claim them.
    set_aside: u64,
    paid: u64,
    forgotten: u64,
    /// Index shares burned past the program that the index has not seen.
    burned: u64,
}

impl Run {
    /// A step is about to burn shares past the program.
    pub(super) fn burns(&mut self, shares: u64) {
        self.oracle.burned += shares;
    }

    pub(super) fn check(&mut self, effect: Effect, sent: &Outcome) {
        let open = std::mem::take(&mut self.baskets);
        let open: Vec<_> = open
            .into_iter()
            .filter(|(name, nonce)| {
                let place = find_basket(&self.pool.index, &key(name), *nonce).0;
                self.pool.world.engine.account(&place).is_some()
            })
            .collect();
        let after = State::read(&mut self.pool, &self.places, &open);
        self.baskets = open;
        let before = std::mem::replace(&mut self.state, after);
        if sent.error.is_some() {
            assert!(
                before.index == self.state.index,
                "a refusal changed the index"
            );
        }
        self.events(&before, sent);
        self.books();
        self.equal_share(&before);
        self.registers();
        let now = self.pool.world.now();
        let (was, is) = (before.accrued(now), self.state.accrued(now));
        if effect == Effect::Fair {
            let (old, new) = (
                was.effective_supply().unwrap(),
                is.effective_supply().unwrap(),
            );
            for (slot, (was, is)) in was.constituents.iter().zip(&is.constituents).enumerate() {
                let kept = u128::from(is.counter) * u128::from(old)
                    >= u128::from(was.counter) * u128::from(new);
                assert!(
                    kept,
                    "a share lost of slot {slot}: {} of {old}, then {} of {new}",
                    was.counter, is.counter
                );
            }
        }
    }

    /// Events have no gaps, and what they say of the equal share is added up.
    fn events(&mut self, before: &State, sent: &Outcome) {
        let events: Vec<IndexEvent> = if sent.error.is_some() {
            Vec::new()
        } else {
            sent.events()
        };
        let mut sequence = before.index.sequence;
        let members = before.index.members;
        for event in &events {
            sequence += 1;
            *self.happened.entry(event.name()).or_default() += 1;
            assert_eq!(event.header().sequence, sequence, "{}", event.name());
            match event {
                IndexEvent::Harvested(event) => {
                    let part =
                        event.amount * u64::from(before.index.terms.equal_share_bps) / 10_000;
                    // Each member gets the tenth part of that at most.
                    let due = part * members / members.max(10);
                    assert_eq!(event.to_members, due, "a harvest's part for members");
                    self.oracle.set_aside += due;
                }
                IndexEvent::EqualShareCollected(event) => self.oracle.paid += event.amount,
                _ => {}
            }
        }
        assert_eq!(self.state.index.sequence, sequence, "events are missing");
    }

    /// Counters never exceed balances; supply is what holders have.
    fn books(&mut self) {
        let state = &self.state;
        for (slot, held) in state.custody.iter().enumerate() {
            let constituent = &state.index.constituents[slot];
            assert_eq!(
                constituent.pending, state.baskets[slot],
                "baskets of slot {slot}"
            );
            if constituent.kind != Kind::Free {
                let booked = state.index.booked(slot as u8).unwrap();
                assert!(booked <= *held, "slot {slot} books {booked}, holds {held}");
            }
        }
        let mut held = 0;
        for place in &self.places.shares {
            held += self.pool.world.balance(place);
        }
        let (seen, minted) = (state.index.supply, state.mint_supply);
        assert_eq!(minted, held, "the mint's supply and what holders have");
        assert!(minted >= LOCKED_SHARES);
        if seen == minted {
            self.oracle.burned = 0;
        }
        assert_eq!(
            seen - minted,
            self.oracle.burned,
            "shares burned past the program"
        );
    }

    /// What was set aside for members was paid or is owed, to rounding.
    fn equal_share(&mut self, before: &State) {
        let index = &self.state.index;
        let owed = index.coins[0].owed;
        if index.claimants == 0 && owed == 0 && before.index.coins[0].owed > 0 {
            // Fractions of closed memberships, given to everybody.
            let fractions = before.index.coins[0].owed;
            assert!(
                fractions <= index.memberships + 1,
                "{fractions} atoms were forgotten"
            );
            self.oracle.forgotten += fractions;
        }
        let oracle = &self.oracle;
        assert_eq!(owed, oracle.set_aside - oracle.paid - oracle.forgotten);
        assert!(
            self.state.owed <= owed,
            "members are owed more than was set aside"
        );
        let fractions = owed - self.state.owed;
        assert!(
            fractions <= index.memberships + 1,
            "{fractions} atoms are nobody's"
        );
        assert_eq!(self.state.memberships, index.claimants);
    }

    /// Register, holders and bearer tokens of each person's token are its supply.
    fn registers(&mut self) {
        for (token, holders, bearers, _) in &self.places.persons {
            let world = &mut self.pool.world;
            let token = world.get::<PersonalToken>(token).data;
            let (mut registered, mut warming) = (0, 0);
            for place in holders {
                if world.engine.account(place).is_some() {
                    let holder = world.get::<Holder>(place).data;
                    registered += holder.shares;
                    warming += holder.warm;
                }
            }
            let outside: u64 = bearers.iter().map(|place| world.balance(place)).sum();
            let share_custody = world.balance(&token.share_custody);
            assert_eq!(
                registered, token.registered,
                "holders and the register's books"
            );
            assert_eq!(warming, token.warming, "who waits");
            let books = token.registered + token.warming;
            assert_eq!(share_custody, books, "the register's books and its tokens");
            assert_eq!(
                share_custody + outside,
                token.supply,
                "register and bearers"
            );
            assert_eq!(supply(&mut self.pool, &token.mint), token.supply);
        }
    }

    /// All leave: nobody takes more of everything than they put in, unless something
    /// came from outside; the locked shares stay with what they stand for.
    pub(super) fn everybody_leaves(&mut self) {
        self.steps.push("everybody leaves".into());
        for (name, nonce) in self.baskets.clone() {
            let basket = self.pool.basket(name, nonce).data;
            let (index, wallet) = (self.pool.index(), key(name));
            let mut instructions = Vec::new();
            if basket.kind.raw() == 0 {
                instructions.push(ix::cancel_basket(&index.key, &wallet, nonce, &wallet));
            }
            let slots: Vec<u8> = (0..64)
                .filter(|slot| basket.amounts[usize::from(*slot)] > 0)
                .collect();
            if !slots.is_empty() {
                instructions.push(ix::withdraw_basket(&index, &wallet, nonce, slots).unwrap());
            }
            instructions.push(ix::close_basket(&index.key, &wallet, nonce));
            let what = format!("{name} empties basket {nonce}");
            let signers: &[&str] = if basket.kind.raw() == 0 { &[name] } else { &[] };
            self.send(Act::new(what, instructions, signers).must(true));
        }
        let people = self.pool.people.clone();
        let names = ACTORS.iter().copied().chain(["treasury"]);
        for name in names.chain(people.iter().map(String::as_str)) {
            let shares = self.pool.shares(name);
            let args = self.pool.redeem_args(shares);
            let quoted = quote::redemption(&self.pool.pool(), shares);
            if quoted.is_err() || name == "treasury" {
                continue;
            }
            // The locked shares are not for their wallets: holders of all people exist
            // for actors only, so that people's own redemptions go into a basket.
            self.nonce += 1;
            let (index, wallet, nonce) = (self.pool.index(), key(name), self.nonce);
            let redeem = ix::redeem_to_basket(&index, &wallet, nonce, args);
            let what = format!("{name} redeems the last {shares}");
            self.baskets.push((upside_name(name), nonce));
            self.send(Act::new(what, vec![redeem], &[name]).must(true));
            if ACTORS.contains(&name) {
                let paid = quoted.unwrap().amounts.into_iter();
                let slots = paid
                    .filter(|(_, atoms)| *atoms > 0)
                    .map(|(slot, _)| slot)
                    .collect();
                let withdraw = ix::withdraw_basket(&index, &wallet, nonce, slots).unwrap();
                let close = ix::close_basket(&index.key, &wallet, nonce);
                let what = format!("{name} takes it");
                self.send(Act::new(what, vec![withdraw, close], &[]).must(true));
            }
        }
        if self.quiet {
            let steps = self.steps.len() as u64;
            for name in ["bob", "carol"] {
                let has = wealth(&mut self.pool, &key(name));
                let people = self.pool.people.len() as u8;
                let began = |slot: u8| if slot < people { HAS } else { 1_000_000 * ONE };
                // Others' roundings can be worth an atom a step.
                let gained = has
                    .iter()
                    .all(|(slot, atoms)| *atoms > began(*slot) + steps);
                assert!(!gained, "{name} gained: {has:?}");
                for (slot, atoms) in &has {
                    assert!(
                        *atoms <= began(*slot) + steps,
                        "{name} gained of slot {slot}: {atoms}"
                    );
                }
            }
        }
    }
}

/// The name for as long as the tests run: there are few of them.
fn upside_name(name: &str) -> &'static str {
    const NAMES: [&str; 6] = ["curator", "bob", "carol", "p0", "p1", "p2"];
    NAMES
        .iter()
        .find(|known| **known == name)
        .expect("a known name")
}
