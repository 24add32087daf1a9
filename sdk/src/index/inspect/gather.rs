//! Fetching everything below an index in as few requests as there can be.

use {
    crate::{
        address::{SYSTEM_PROGRAM, find_attestation, find_attesters, find_claim, find_round},
        error::SdkError,
        fetch::{self, Raw},
        index::{
            Auction, Membership,
            fetch::{Person, Pool},
            find_auction, find_membership,
        },
        inspect::Sources,
        state::{Account, Attestation, Attesters, ClaimKind, decode},
    },
    anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::{collections::BTreeMap, ops::Range},
};

/// Everything below an index, of one reading.
#[derive(Clone, Debug)]
pub struct Below {
    accounts: Vec<Option<Raw>>,
    persons: BTreeMap<u8, PersonRanges>,
    memberships: Range<usize>,
    auctions: Range<usize>,
    /// Decimals of tokenized equity's mints.
    decimals: Vec<(Pubkey, u8)>,
    /// What was signed on claims.
    attestations: Vec<Account<Attestation>>,
}

/// Where a person's accounts stand among those fetched.
#[derive(Clone, Debug)]
struct PersonRanges {
    mint: usize,
    vaults: Range<usize>,
    claims: Range<usize>,
    rounds: Range<usize>,
    attesters: usize,
    polls: Range<usize>,
}

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

/// Fetches it: one request for a hundred accounts, whoever they belong to.
///
/// # Errors
/// `Rpc`; `Refused` where a token's list does not decode.
pub async fn below(client: &RpcClient, pool: &Pool) -> Result<Below, SdkError> {
    let mut wanted = Wanted::default();
    let mut persons = BTreeMap::new();
    for (slot, Person { token, .. }) in &pool.persons {
        let (key, data) = (&token.key, &token.data);
        let ranges = PersonRanges {
            mint: wanted.add([data.mint]).start,
            vaults: wanted.add(data.listed()?.iter().map(|asset| asset.vault)),
            claims: wanted.add((0..data.claims).map(|number| find_claim(key, number).0)),
            rounds: wanted.add((0..data.rounds).map(|number| find_round(key, number).0)),
            attesters: wanted.add([find_attesters(key).0]).start,
            polls: wanted.add(fetch::open_poll_keys(token)),
        };
        persons.insert(*slot, ranges);
    }
    let index = &pool.index;
    let tokens = pool.persons.values().map(|person| person.token.key);
    let memberships = wanted.add(tokens.map(|token| find_membership(&index.key, &token).0));
    let open = index.data.trades().map(|open| open.number);
    let auctions = wanted.add(open.map(|number| find_auction(&index.key, number).0));

    let mut below = Below {
        accounts: fetch::raw(client, &wanted.0).await?,
        persons,
        memberships,
        auctions,
        decimals: Vec::new(),
        attestations: Vec::new(),
    };
    below.decimals = decimals(client, &below.equity_mints()?).await?;
    let signed = fetch::raw(client, &below.signed()?).await?;
    let signed = signed.into_iter().flatten();
    below.attestations = signed
        .map(|raw| decode(&raw.key, &raw.owner, &raw.data))
        .collect::<Result<_, _>>()?;
    Ok(below)
}

async fn decimals(client: &RpcClient, mints: &[Pubkey]) -> Result<Vec<(Pubkey, u8)>, SdkError> {
    let found = fetch::raw(client, mints).await?;
    let infos = found.iter().flatten().map(fetch::mint_info);
    infos
        .map(|info| info.map(|mint| (mint.key, mint.decimals)))
        .collect()
}

impl Below {
    fn decoded<T>(&self, range: &Range<usize>) -> Result<Vec<Account<T>>, SdkError>
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

    fn equity_mints(&self) -> Result<Vec<Pubkey>, SdkError> {
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

    fn attesters(&self, ranges: &PersonRanges) -> Result<Option<Attesters>, SdkError> {
        let place = ranges.attesters..ranges.attesters.saturating_add(1);
        let found = self.decoded::<Attesters>(&place)?;
        Ok(found.into_iter().next().map(|list| list.data))
    }

    /// Where attesters may have signed on claims.
    fn signed(&self) -> Result<Vec<Pubkey>, SdkError> {
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

    /// What the look-through of a person's token is built from; without holders.
    ///
    /// # Errors
    /// `NotFound` for a slot that is no person's; `WrongAccount`.
    pub fn sources<'a>(&self, pool: &'a Pool, slot: u8) -> Result<Sources<'a>, SdkError> {
        let person = pool.person(slot)?;
        let ranges = self.persons.get(&slot).ok_or_else(|| SdkError::NotFound {
            what: "personal constituent",
            query: format!("slot {slot}"),
        })?;
        let vaults = self.accounts.get(ranges.vaults.clone()).unwrap_or_default();
        let balance = |raw: &Option<Raw>| {
            let raw = raw.as_ref()?;
            fetch::token_amount(&raw.data)
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
            immovable: vaults
                .iter()
                .map(|raw| fetch::immovable(raw.as_ref(), None))
                .collect(),
            naming: None,
            decimals: self.decimals.clone(),
        })
    }

    /// Memberships and offers. Errors: `WrongAccount`.
    pub fn memberships(&self) -> Result<Vec<Account<Membership>>, SdkError> {
        self.decoded(&self.memberships)
    }

    /// Open auctions. Errors: `WrongAccount`.
    pub fn auctions(&self) -> Result<Vec<Account<Auction>>, SdkError> {
        self.decoded(&self.auctions)
    }
}
