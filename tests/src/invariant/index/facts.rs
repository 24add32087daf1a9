//! What a chain says of one index, read whole: every account of both programs and every
//! token account, found by scanning.

use {
    crate::{
        engine::Engine,
        invariant::facts::{All, of_type, token_account, word},
    },
    std::collections::{BTreeMap, BTreeSet},
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        index::{
            Announcement, Basket, Candidacy, Constituent, LOCKED_SHARES, Lock, Membership, Offer,
            PROGRAM_ID, PooledIndex, Rebalance, SlotKind, Wrapper, find_rebalance, find_shares,
        },
        state::{Account, Holder, PROGRAM_ID as PERSONAL_TOKEN, PersonalToken, decode},
    },
};

/// An index and everything that belongs to it at one moment.
#[derive(Clone)]
pub struct PoolFacts {
    /// The index's address.
    pub key: Pubkey,
    /// Unix seconds.
    pub now: i64,
    /// The index.
    pub index: PooledIndex,
    /// Supply of the share mint.
    pub minted: u64,
    /// Supply of every mint.
    pub supplies: BTreeMap<Pubkey, u64>,
    /// Atoms of every token account, by owner and mint.
    pub atoms: BTreeMap<(Pubkey, Pubkey), u64>,
    /// Atoms of every token account, by its address.
    pub accounts: BTreeMap<Pubkey, u64>,
    /// Token accounts that an issuer froze.
    pub frozen: BTreeSet<Pubkey>,
    /// Personal tokens.
    pub tokens: All<PersonalToken>,
    /// Holder accounts by token and wallet.
    pub holders: BTreeMap<(Pubkey, Pubkey), Holder>,
    /// Baskets of this index.
    pub baskets: All<Basket>,
    /// Offers of memberships.
    pub offers: All<Offer>,
    /// Memberships of this index.
    pub memberships: All<Membership>,
    /// Its rebalance.
    pub rebalance: Option<Rebalance>,
    /// Locks by wallet.
    pub locks: All<Lock>,
    /// Candidacies.
    pub candidacies: All<Candidacy>,
    /// Announced actions.
    pub announcements: All<Announcement>,
    /// Tickets by the wrapper's address.
    pub wrappers: All<Wrapper>,
}

/// What token programs say.
#[derive(Default)]
struct Balances {
    atoms: BTreeMap<(Pubkey, Pubkey), u64>,
    accounts: BTreeMap<Pubkey, u64>,
    supplies: BTreeMap<Pubkey, u64>,
    frozen: BTreeSet<Pubkey>,
}

impl Balances {
    fn read(engine: &Engine) -> Balances {
        let mut all = Balances::default();
        for program in [TOKEN_PROGRAM, TOKEN_2022_PROGRAM] {
            for (key, account) in engine.owned_by(&program) {
                if let Some((place, amount)) = token_account(&account.data) {
                    *all.atoms.entry(place).or_default() += amount;
                    all.accounts.insert(key, amount);
                    if account.data.get(108) == Some(&2) {
                        all.frozen.insert(key);
                    }
                } else if let Some(supply) = word(&account.data, 36) {
                    all.supplies.insert(key, supply);
                }
            }
        }
        all
    }
}

impl PoolFacts {
    /// Reads an index; `None` if there is none.
    pub fn read(engine: &mut Engine, index: &Pubkey) -> Option<PoolFacts> {
        let state = engine.account(index)?;
        let state = decode::<PooledIndex>(index, &state.owner, &state.data).ok()?;
        let own = engine.owned_by(&PROGRAM_ID);
        let people = engine.owned_by(&PERSONAL_TOKEN);
        let rebalance = engine.account(&find_rebalance(index).0);
        let rebalance =
            rebalance.and_then(|it| decode::<Rebalance>(index, &it.owner, &it.data).ok());
        let balances = Balances::read(engine);
        let keyed = |it: Account<Holder>| ((it.data.token, it.data.wallet), it.data);
        Some(PoolFacts {
            key: *index,
            now: engine.clock().unix_timestamp,
            index: state.data,
            minted: *balances.supplies.get(&find_shares(index).0)?,
            supplies: balances.supplies,
            atoms: balances.atoms,
            accounts: balances.accounts,
            frozen: balances.frozen,
            tokens: of_type::<PersonalToken>(&people)
                .into_iter()
                .map(|it| (it.key, it.data))
                .collect(),
            holders: of_type::<Holder>(&people).into_iter().map(keyed).collect(),
            baskets: of_type::<Basket>(&own)
                .into_iter()
                .filter(|it| it.data.index == *index)
                .map(|it| (it.key, it.data))
                .collect(),
            offers: of_type::<Offer>(&own)
                .into_iter()
                .filter(|it| it.data.index == *index)
                .map(|it| (it.key, it.data))
                .collect(),
            memberships: of_type::<Membership>(&own)
                .into_iter()
                .filter(|it| it.data.index == *index)
                .map(|it| (it.key, it.data))
                .collect(),
            rebalance: rebalance.map(|it| it.data),
            locks: of_type::<Lock>(&own)
                .into_iter()
                .filter(|it| it.data.index == *index)
                .map(|it| (it.data.wallet, it.data))
                .collect(),
            candidacies: of_type::<Candidacy>(&own)
                .into_iter()
                .filter(|it| it.data.index == *index)
                .map(|it| (it.key, it.data))
                .collect(),
            announcements: of_type::<Announcement>(&own)
                .into_iter()
                .filter(|it| it.data.index == *index)
                .map(|it| (it.key, it.data))
                .collect(),
            wrappers: of_type::<Wrapper>(&own)
                .into_iter()
                .filter(|it| it.data.index == *index)
                .map(|it| (it.key, it.data))
                .collect(),
        })
    }

    /// The occupied slots.
    pub fn slots(&self) -> impl Iterator<Item = (u8, &Constituent)> {
        let slots = (0u8..).zip(&self.index.constituents);
        slots.filter(|(_, it)| it.kind != SlotKind::Free)
    }

    /// The slots of people.
    pub fn persons(&self) -> impl Iterator<Item = (u8, &Constituent)> {
        self.slots().filter(|(_, it)| it.kind == SlotKind::Personal)
    }

    /// Atoms that an owner has of a mint.
    pub fn balance(&self, owner: &Pubkey, mint: &Pubkey) -> u64 {
        self.atoms.get(&(*owner, *mint)).copied().unwrap_or(0)
    }

    /// Registered share atoms of a person's token that a wallet has.
    pub fn registered(&self, token: &Pubkey, wallet: &Pubkey) -> u64 {
        let holder = self.holders.get(&(*token, *wallet));
        holder.map_or(0, |it| it.shares)
    }

    /// Atoms of a slot that a wallet has in its own accounts.
    pub fn owned(&self, slot: &Constituent, wallet: &Pubkey) -> u64 {
        if slot.kind == SlotKind::Personal {
            self.registered(&slot.key, wallet)
        } else {
            self.balance(wallet, &slot.key)
        }
    }

    /// Atoms that the custody of a slot holds.
    pub fn custody(&self, slot: &Constituent) -> u64 {
        if slot.kind == SlotKind::Personal {
            self.registered(&slot.key, &self.key)
        } else {
            self.accounts.get(&slot.custody).copied().unwrap_or(0)
        }
    }

    /// What a person's token owes the index of a mint at unix second `now`, by the
    /// token's own arithmetic.
    pub fn due_of(&self, token: &Pubkey, mint: &Pubkey, now: i64) -> u64 {
        let (Some(state), Some(holder)) = (
            self.tokens.get(token),
            self.holders.get(&(*token, self.key)),
        ) else {
            return 0;
        };
        let Ok(place) = state.asset_of(mint) else {
            return 0;
        };
        let streams = state.active_streams().unwrap_or_default().iter();
        let streams = streams.enumerate();
        let mine = streams.filter(|(_, it)| usize::from(it.asset) == place);
        mine.filter_map(|(place, _)| state.dividend(holder, place, now).ok())
            .map(|(collectable, _)| collectable.0)
            .sum()
    }

    /// What the index is owed of a mint: by people, of the time before a slot was wrapped,
    /// and by the tickets that back its shares.
    pub fn due(&self, mint: &Pubkey, now: i64) -> u64 {
        let people = self
            .persons()
            .map(|(_, it)| self.due_of(&it.key, mint, now));
        let people: u64 = people.sum();
        let place = self
            .index
            .slot_of(mint)
            .map(|slot| &self.index.constituents[usize::from(slot)]);
        let Ok(place) = place.and_then(|it| it.coin_place()).map(usize::from) else {
            return people;
        };
        let pots = self.pots(place, mint, now).map(|(slot, pot, supply)| {
            let counter = self.index.constituents[usize::from(slot)].counter;
            u64::try_from(pot * u128::from(counter) / supply).unwrap_or(0)
        });
        people + self.index.coins[place].due + pots.sum::<u64>()
    }

    /// Of each wrapped person the slot, the coin atoms that its tickets share at unix second
    /// `now`, and the number of tickets.
    fn pots(
        &self,
        place: usize,
        mint: &Pubkey,
        now: i64,
    ) -> impl Iterator<Item = (u8, u128, u128)> {
        let active = self.wrappers.values().filter(|it| it.active == 1);
        active.map(move |it| {
            let due = self
                .due_of(&it.key, mint, now)
                .saturating_sub(it.before[place]);
            let pot = u128::from(it.pots[place]) + u128::from(due);
            let supply = self.supplies.get(&it.mint).copied().unwrap_or(it.tickets);
            (it.slot, pot, u128::from(supply.max(1)))
        })
    }

    /// Coin atoms of slot `coin` that leave with tickets: whoever buys `sold` tickets of each
    /// slot buys what they share in, and bids for it.
    pub fn left_with_tickets(&self, coin: u8, now: i64, sold: impl Fn(u8) -> u64) -> u64 {
        let constituent = &self.index.constituents[usize::from(coin)];
        let Ok(place) = constituent.coin_place() else {
            return 0;
        };
        let pots = self.pots(usize::from(place), &constituent.key, now);
        let parts = pots.map(|(slot, pot, supply)| {
            let part = (pot * u128::from(sold(slot))).div_ceil(supply);
            u64::try_from(part).unwrap_or(u64::MAX)
        });
        parts.sum()
    }

    /// Share atoms that the index's atoms belong to at unix second `now`: with the fee
    /// that accrues until then.
    pub fn effective(&self, now: i64) -> u64 {
        let mut index = self.index;
        let accrued = index.accrue(self.minted, now);
        accrued
            .and_then(|()| index.effective_supply())
            .unwrap_or(u64::MAX)
    }

    /// Atoms of every slot that everybody's shares redeem for once all is harvested:
    /// those in the books, and those that are due.
    pub fn backing(&self, now: i64) -> BTreeMap<u8, u64> {
        self.slots()
            .map(|(slot, it)| {
                let due = match it.coin_place() {
                    Ok(_) => self.due(&it.key, now),
                    Err(_) => 0,
                };
                (slot, it.counter.saturating_add(due))
            })
            .collect()
    }

    /// Atoms that a slot's custody lacks of what its books say.
    pub fn missing(&self, slot: u8) -> u64 {
        let booked = self.index.booked(slot).unwrap_or(0);
        let held = self.index.constituents.get(usize::from(slot));
        booked.saturating_sub(held.map_or(0, |it| self.custody(it)))
    }

    /// Whether the index can give out what a slot holds to a wallet.
    pub fn moves_to(&self, slot: &Constituent, wallet: &Pubkey) -> bool {
        if slot.kind != SlotKind::Personal {
            return !self.frozen.contains(&slot.custody);
        }
        let holders = (
            self.holders.get(&(slot.key, self.key)),
            self.holders.get(&(slot.key, *wallet)),
        );
        let (Some(token), (Some(ours), Some(theirs))) = (self.tokens.get(&slot.key), holders)
        else {
            return false;
        };
        token.needs_approval(ours, theirs) == Ok(false)
    }

    /// Atoms of a slot that wait for a wallet in its baskets.
    pub fn waiting(&self, slot: u8, wallet: &Pubkey) -> u64 {
        let mine = self.baskets.values().filter(|it| it.wallet == *wallet);
        mine.map(|it| it.amounts[usize::from(slot)]).sum()
    }

    /// Index share atoms of a wallet, where it has them itself.
    pub fn shares(&self, wallet: &Pubkey) -> u64 {
        self.balance(wallet, &self.index.mint)
    }

    /// Wallets that have or are owed anything of the index.
    pub fn wallets(&self) -> Vec<Pubkey> {
        let shares = self.atoms.iter();
        let shares = shares.filter(|((_, mint), atoms)| *mint == self.index.mint && **atoms > 0);
        let mut wallets: Vec<Pubkey> = shares.map(|((owner, _), _)| *owner).collect();
        wallets.extend(self.baskets.values().map(|it| it.wallet));
        wallets.extend(self.memberships.values().map(|it| it.member));
        wallets.extend(self.locks.keys());
        wallets.sort_unstable();
        wallets.dedup();
        wallets.retain(|it| *it != self.key && *it != Pubkey::default());
        wallets
    }

    /// What a slot holds, through tickets that stand for it: the personal token, or the mint.
    pub fn original(&self, slot: u8) -> Pubkey {
        let it = &self.index.constituents[usize::from(slot)];
        let stands = |wrapper: &&Wrapper| wrapper.active == 1 && wrapper.mint == it.key;
        let wrapper = self.wrappers.values().find(stands);
        wrapper.map_or(it.key, |wrapper| wrapper.key)
    }

    /// Index share atoms of a wallet: in its own account, and those that are kept for it.
    pub fn all_shares(&self, wallet: &Pubkey) -> u64 {
        let locked = self.locks.get(wallet).map_or(0, |it| it.shares);
        let mine = self.memberships.values().filter(|it| it.member == *wallet);
        let member: u64 = mine.map(|it| it.locked).sum();
        self.shares(wallet) + locked + member
    }

    /// Index share atoms that the index keeps for others, and those that are locked for good.
    pub fn kept_shares(&self) -> u64 {
        let locked: u64 = self.locks.values().map(|it| it.shares).sum();
        let members: u64 = self.memberships.values().map(|it| it.locked).sum();
        LOCKED_SHARES + locked + members
    }
}
