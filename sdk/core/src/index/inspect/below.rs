//! Everything below an index, and what it says.

use {
    crate::raw::Immovable,
    crate::{
        address::{SYSTEM_PROGRAM, find_attestation},
        error::CoreError,
        index::{Announcement, Lock, Membership, Offer, Pool, Rebalance, SlotKind, Wrapper},
        inspect::Sources,
        mint::{Name, metadata, mint_info},
        raw::{Raw, immovable, token_amount},
        report::Scales,
        state::{Account, Attestation, Attesters, ClaimKind, PersonalToken, decode},
    },
    anchor_lang::prelude::Pubkey,
    std::{collections::BTreeMap, ops::Range},
};

/// Everything below an index, of one reading.
#[derive(Clone, Debug)]
pub struct Below {
    pub(super) accounts: Vec<Option<Raw>>,
    pub(super) persons: BTreeMap<u8, PersonRanges>,
    pub(super) memberships: Range<usize>,
    pub(super) offers: Range<usize>,
    pub(super) announcements: Range<usize>,
    pub(super) rebalance: Range<usize>,
    /// Mint and custody of each slot that is no person's.
    pub(super) mints: BTreeMap<u8, usize>,
    /// Wrappers of slots that are wrapped.
    pub(super) wrappers: BTreeMap<u8, Range<usize>>,
    /// The people whose tokens are wrapped, by slot.
    pub(super) wrapped: BTreeMap<u8, Account<PersonalToken>>,
    /// Share accounts of those who have a role or receive fees, and their locks.
    pub(super) insiders: Vec<(Pubkey, Range<usize>)>,
    /// Tokenized equity's mints.
    pub(super) equity: Vec<Raw>,
    /// What was signed on claims.
    pub(super) attestations: Vec<Account<Attestation>>,
}

/// Where a person's accounts stand among those fetched.
#[derive(Clone, Debug)]
pub(super) struct PersonRanges {
    pub(super) mint: usize,
    pub(super) vaults: Range<usize>,
    pub(super) assets: Range<usize>,
    pub(super) claims: Range<usize>,
    pub(super) rounds: Range<usize>,
    pub(super) attesters: usize,
    pub(super) polls: Range<usize>,
}

impl Below {
    fn decoded<T>(&self, range: &Range<usize>) -> Result<Vec<Account<T>>, CoreError>
    where
        T: anchor_lang::ZeroCopy + anchor_lang::Owner,
    {
        let found = self.accounts.get(range.clone()).unwrap_or_default();
        // What only received lamports belongs to nobody.
        let raws = found.iter().flatten();
        let raws = raws.filter(|raw| raw.owner != SYSTEM_PROGRAM);
        raws.map(|raw| decode(&raw.key, &raw.owner, &raw.data))
            .collect()
    }

    /// Takes the accounts that [`below`](super::below()) asks for, in their order.
    pub fn read(&mut self, accounts: Vec<Option<Raw>>) {
        self.accounts = accounts;
    }

    /// The tokens of people behind tickets, to read then, by slot. Errors: `WrongAccount`.
    pub fn wrapped_tokens(&self) -> Result<Vec<(u8, Pubkey)>, CoreError> {
        let mut slots = Vec::new();
        for slot in self.wrappers.keys() {
            if let Some(wrapper) = self.wrapper(*slot)?
                && wrapper.data.kind == SlotKind::Personal
            {
                slots.push((*slot, wrapper.data.key));
            }
        }
        Ok(slots)
    }

    /// Takes them. Errors: `WrongAccount`.
    pub fn read_wrapped(
        &mut self,
        slots: &[(u8, Pubkey)],
        found: Vec<Option<Raw>>,
    ) -> Result<(), CoreError> {
        for ((slot, _), raw) in slots.iter().zip(found) {
            if let Some(raw) = raw {
                let token = decode(&raw.key, &raw.owner, &raw.data)?;
                self.wrapped.insert(*slot, token);
            }
        }
        Ok(())
    }

    /// Mints of tokenized equity, to read then. Errors: `WrongAccount`.
    pub fn equity_mints(&self) -> Result<Vec<Pubkey>, CoreError> {
        let mut mints = Vec::new();
        for person in self.persons.values() {
            for claim in self.decoded::<crate::state::Claim>(&person.claims)? {
                if claim.data.kind()? == ClaimKind::TokenizedEquity {
                    mints.push(claim.data.mint);
                }
            }
        }
        mints.sort_unstable();
        mints.dedup();
        Ok(mints)
    }

    fn attesters(&self, ranges: &PersonRanges) -> Result<Option<Attesters>, CoreError> {
        let place = ranges.attesters..ranges.attesters.saturating_add(1);
        let found = self.decoded::<Attesters>(&place)?;
        Ok(found.into_iter().next().map(|list| list.data))
    }

    /// Takes them. Errors: `WrongAccount`.
    pub fn read_equity_mints(&mut self, found: &[Option<Raw>]) -> Result<(), CoreError> {
        for raw in found.iter().flatten() {
            mint_info(raw)?;
            self.equity.push(raw.clone());
        }
        Ok(())
    }

    /// Decimals of tokenized equity's mints.
    fn decimals(&self) -> Vec<(Pubkey, u8)> {
        let mints = self.equity.iter().filter_map(|raw| mint_info(raw).ok());
        mints.map(|mint| (mint.key, mint.decimals)).collect()
    }

    /// What wallets multiply amounts of the mints below by, at a unix time.
    pub(super) fn scales(&self, now: i64) -> Scales {
        let of_people = self.persons.values().map(|person| person.assets.clone());
        let of_slots = self.mints.values().map(|at| *at..at.saturating_add(1));
        let places = of_people.chain(of_slots);
        let raws = places.filter_map(|range| self.accounts.get(range));
        Scales::of(raws.flatten().flatten().chain(&self.equity), now)
    }

    /// Where attesters may have signed on claims, to read then. Errors: `WrongAccount`.
    pub fn signed(&self) -> Result<Vec<Pubkey>, CoreError> {
        let mut keys = Vec::new();
        for person in self.persons.values() {
            let Some(list) = self.attesters(person)? else {
                continue;
            };
            let named = |key: &&Pubkey| **key != Pubkey::default();
            for claim in self.decoded::<crate::state::Claim>(&person.claims)? {
                let attesters = list.keys.iter().filter(named);
                keys.extend(attesters.map(|attester| find_attestation(&claim.key, attester).0));
            }
        }
        Ok(keys)
    }

    /// Takes them. Errors: `WrongAccount`.
    pub fn read_signed(&mut self, found: &[Option<Raw>]) -> Result<(), CoreError> {
        for raw in found.iter().flatten() {
            let signed = decode(&raw.key, &raw.owner, &raw.data)?;
            self.attestations.push(signed);
        }
        Ok(())
    }

    /// What the look-through of a person's token is built from; without holders.
    ///
    /// # Errors
    /// `NotFound` for a slot that is no person's; `WrongAccount`.
    pub fn sources<'a>(&self, pool: &'a Pool, slot: u8) -> Result<Sources<'a>, CoreError> {
        let person = pool.person(slot)?;
        let ranges = self.persons.get(&slot).ok_or_else(|| CoreError::NotFound {
            what: "personal constituent",
            query: format!("slot {slot}"),
        })?;
        let vaults = self.accounts.get(ranges.vaults.clone()).unwrap_or_default();
        let balance = |raw: &Option<Raw>| {
            let raw = raw.as_ref()?;
            token_amount(&raw.data)
        };
        Ok(Sources {
            token: &person.token,
            mint: self.accounts.get(ranges.mint).cloned().flatten(),
            clock: pool.clock.clone(),
            holders: Vec::new(),
            rounds: self.decoded(&ranges.rounds)?,
            contributions: Vec::new(),
            claims: self.decoded(&ranges.claims)?,
            attesters: self.attesters(ranges)?,
            attestations: self
                .attestations
                .iter()
                .filter(|signed| signed.data.token == person.token.key)
                .cloned()
                .collect(),
            polls: self.decoded(&ranges.polls)?,
            vaults: vaults.iter().map(|raw| balance(raw).unwrap_or(0)).collect(),
            immovable: self.immovable(ranges),
            naming: None,
            decimals: self.decimals(),
            scales: self.scales(pool.clock.unix_timestamp),
        })
    }

    /// Why assets of a person's reserve cannot move now, in the order of the list.
    fn immovable(&self, ranges: &PersonRanges) -> Vec<Option<Immovable>> {
        let raws = |range: &Range<usize>| self.accounts.get(range.clone()).unwrap_or_default();
        let pairs = raws(&ranges.vaults).iter().zip(raws(&ranges.assets));
        pairs
            .map(|(vault, mint)| immovable(vault.as_ref(), mint.as_ref()))
            .collect()
    }

    /// What redeeming shares of a person depends on beside the token: the share mint's
    /// supply, and why assets cannot move.
    ///
    /// # Errors
    /// `WrongAccount` for a share mint that is none.
    pub(super) fn redeeming(
        &self,
        slot: u8,
        token: &PersonalToken,
    ) -> Result<(u64, Vec<Option<Immovable>>), CoreError> {
        let Some(ranges) = self.persons.get(&slot) else {
            return Ok((token.supply, Vec::new()));
        };
        let mint = self.accounts.get(ranges.mint).and_then(Option::as_ref);
        let minted = mint.map(mint_info).transpose()?;
        let minted = minted.map_or(token.supply, |mint| mint.supply);
        Ok((minted, self.immovable(ranges)))
    }

    /// What the person in a slot is called, as the share mint says.
    pub(super) fn name(&self, slot: u8) -> Name {
        let mint = self.persons.get(&slot).map(|ranges| ranges.mint);
        let mint = mint.and_then(|place| self.accounts.get(place)?.as_ref());
        let name = mint.and_then(|mint| metadata(&mint.data));
        name.unwrap_or_default()
    }

    /// Mint and the index's account of a slot that is no person's.
    pub(super) fn mint(&self, slot: u8) -> [Option<&Raw>; 2] {
        let Some(place) = self.mints.get(&slot) else {
            return [None, None];
        };
        let raw = |place: usize| self.accounts.get(place).and_then(Option::as_ref);
        [raw(*place), raw(place.saturating_add(1))]
    }

    /// What tickets of a slot stand for; `None` if it is not wrapped. Errors: `WrongAccount`.
    pub(super) fn wrapper(&self, slot: u8) -> Result<Option<Account<Wrapper>>, CoreError> {
        let Some(range) = self.wrappers.get(&slot) else {
            return Ok(None);
        };
        Ok(self.decoded(range)?.pop())
    }

    /// The person whose shares are behind the tickets of a slot.
    pub(super) fn wrapped(&self, slot: u8) -> Option<&PersonalToken> {
        self.wrapped.get(&slot).map(|token| &token.data)
    }

    /// Those who have a role or receive fees, with the share atoms in their share account
    /// and their lock. Errors: `WrongAccount`.
    pub(super) fn insiders(&self) -> Result<Vec<(Pubkey, u64)>, CoreError> {
        let held = |(wallet, range): &(Pubkey, Range<usize>)| {
            let raws = self.accounts.get(range.clone()).unwrap_or_default();
            let [shares, lock] = raws else {
                return Ok((*wallet, 0));
            };
            let shares = shares.as_ref().and_then(|raw| token_amount(&raw.data));
            let lock = lock.as_ref().filter(|raw| raw.owner != SYSTEM_PROGRAM);
            let lock = lock.map(|raw| decode::<Lock>(&raw.key, &raw.owner, &raw.data));
            let locked = lock.transpose()?.map_or(0, |lock| lock.data.shares);
            Ok((*wallet, shares.unwrap_or(0).saturating_add(locked)))
        };
        self.insiders.iter().map(held).collect()
    }

    /// Memberships. Errors: `WrongAccount`.
    pub fn memberships(&self) -> Result<Vec<Account<Membership>>, CoreError> {
        self.decoded(&self.memberships)
    }

    /// Open offers. Errors: `WrongAccount`.
    pub fn offers(&self) -> Result<Vec<Account<Offer>>, CoreError> {
        self.decoded(&self.offers)
    }

    /// Announced actions. Errors: `WrongAccount`.
    pub fn announcements(&self) -> Result<Vec<Account<Announcement>>, CoreError> {
        self.decoded(&self.announcements)
    }

    /// The rebalance; `None` if none was ever drafted. Errors: `WrongAccount`.
    pub fn rebalance(&self) -> Result<Option<Account<Rebalance>>, CoreError> {
        Ok(self.decoded(&self.rebalance)?.pop())
    }
}
