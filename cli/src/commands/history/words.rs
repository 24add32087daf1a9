use {
    crate::{
        error::Result,
        report::Names,
        style::{short, span},
        values::stamp,
    },
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::{BTreeMap, BTreeSet},
    upside_math::{INDEX_SHARE_DECIMALS, SHARE_DECIMALS},
    upside_sdk::{
        Pubkey, amount,
        amount::Grouped,
        event::{Field, IndexEvent},
        fetch,
        hex::hex,
        history::{Entry, Event},
        index::Index,
        state::{Account, Claim, ClaimKind, PersonalToken, decode, text},
    },
};

/// Fields that name a mint, or a personal token as a constituent.
const ASSETS: [&str; 4] = ["mint", "quote_mint", "key", "token"];

/// What something is called, and its decimals.
#[derive(Clone, Debug)]
struct Unit {
    name: String,
    decimals: u8,
}

/// What a claim is called, and its units.
#[derive(Clone, Debug)]
struct Right {
    name: String,
    unit: Unit,
}

/// What it takes to say events in words: names and decimals.
#[derive(Debug)]
pub struct Words {
    /// What the token or the index is called.
    pub symbol: String,
    /// Whether keys are written out.
    full: bool,
    share_decimals: u8,
    units: BTreeMap<Pubkey, Unit>,
    /// The token's assets in the order of its list.
    assets: Vec<Pubkey>,
    claims: BTreeMap<u64, Right>,
    /// What stands in each slot of an index, as of the event that is told.
    slots: BTreeMap<u64, Pubkey>,
    /// What auctions sell and buy.
    auctions: BTreeMap<u64, [Pubkey; 2]>,
}

impl Words {
    /// For the events of a token.
    pub async fn of_token(
        token: &Account<PersonalToken>,
        symbol: String,
        entries: &[Entry],
        full: bool,
        client: &RpcClient,
    ) -> Result<Self> {
        let listed = token
            .data
            .listed()
            .map_err(upside_sdk::error::SdkError::from)?;
        let assets: Vec<Pubkey> = listed.iter().map(|asset| asset.mint).collect();
        let claims = fetch::claims(client, &token.key).await?;
        let mut keys: BTreeSet<Pubkey> = assets.iter().copied().collect();
        keys.extend(claims.iter().map(|claim| claim.data.mint));
        keys.extend(named(entries));
        let units = units(&keys, full, client).await?;
        let claims = claims.iter().map(|claim| right(&claim.data, &units));
        Ok(Words {
            symbol,
            full,
            share_decimals: SHARE_DECIMALS,
            claims: claims.collect(),
            units,
            assets,
            slots: BTreeMap::new(),
            auctions: BTreeMap::new(),
        })
    }

    /// For the events of an index.
    pub async fn of_index(
        index: &Account<Index>,
        entries: &[Entry],
        full: bool,
        client: &RpcClient,
    ) -> Result<Self> {
        let now = index.data.constituents.iter().zip(0u64..);
        let now = now.filter(|(slot, _)| slot.key != Pubkey::default());
        let slots = before(
            now.map(|(slot, place)| (place, slot.key)).collect(),
            entries,
        );
        let mut keys: BTreeSet<Pubkey> = slots.values().copied().collect();
        keys.extend(named(entries));
        Ok(Words {
            symbol: upside_sdk::index::symbol(&index.data).to_string(),
            full,
            share_decimals: INDEX_SHARE_DECIMALS,
            units: units(&keys, full, client).await?,
            assets: Vec::new(),
            claims: BTreeMap::new(),
            slots,
            auctions: BTreeMap::new(),
        })
    }

    /// Has to see every event in its order: what stands in the slots changes.
    pub fn follow(&mut self, event: &Event) {
        match event {
            Event::Index(IndexEvent::ConstituentAdded(added)) => {
                self.slots.insert(added.place, added.key);
            }
            Event::Index(IndexEvent::ConstituentRemoved(removed)) => {
                self.slots.remove(&removed.place);
            }
            Event::Index(IndexEvent::AuctionOpened(opened)) => {
                let (sell, buy) = (self.slots.get(&opened.sell), self.slots.get(&opened.buy));
                if let (Some(sell), Some(buy)) = (sell, buy) {
                    self.auctions.insert(opened.number, [*sell, *buy]);
                }
            }
            _ => {}
        }
    }

    /// Atoms that an auction sells, or takes for them.
    pub fn in_auction(&self, number: u64, sold: bool, atoms: u64) -> String {
        match self.auctions.get(&number) {
            Some([sell, buy]) => self.of(if sold { sell } else { buy }, atoms),
            None => format!("{atoms} atoms"),
        }
    }

    /// A key, shortened for people.
    pub fn who(&self, key: &Pubkey) -> String {
        let text = key.to_string();
        match self.full {
            true => text,
            false => short(&text),
        }
    }

    /// Atoms of shares.
    pub fn shares(&self, atoms: u64) -> String {
        format!(
            "{} shares",
            Grouped(amount::print(atoms, self.share_decimals))
        )
    }

    /// Atoms of a mint or a personal token.
    pub fn of(&self, key: &Pubkey, atoms: u64) -> String {
        match self.units.get(key) {
            Some(unit) => format!(
                "{} {}",
                Grouped(amount::print(atoms, unit.decimals)),
                unit.name
            ),
            None => format!("{atoms} atoms of {}", self.who(key)),
        }
    }

    /// Atoms of the currency.
    pub fn cash(&self, atoms: u64) -> String {
        match self.assets.first() {
            Some(quote) => self.of(quote, atoms),
            None => format!("{atoms} atoms"),
        }
    }

    /// Atoms by asset of the token's list; `nothing` where all are zero.
    pub fn by_asset(&self, amounts: &[u64]) -> String {
        let paid = self
            .assets
            .iter()
            .zip(amounts)
            .filter(|(_, atoms)| **atoms > 0);
        let paid: Vec<_> = paid.map(|(mint, atoms)| self.of(mint, *atoms)).collect();
        match paid.is_empty() {
            true => "nothing".to_string(),
            false => paid.join(" + "),
        }
    }

    /// What a mint or a personal token is called.
    pub fn called(&self, key: &Pubkey) -> String {
        let unit = self.units.get(key).map(|unit| unit.name.clone());
        unit.unwrap_or_else(|| self.who(key))
    }

    /// Atoms of a slot of an index.
    pub fn in_slot(&self, place: u64, atoms: u64) -> String {
        match self.slots.get(&place) {
            Some(key) => self.of(key, atoms),
            None => format!("{atoms} atoms of slot {place}"),
        }
    }

    /// What stands in a slot of an index.
    pub fn slot(&self, place: u64) -> String {
        match self.slots.get(&place) {
            Some(key) => self.called(key),
            None => format!("slot {place}"),
        }
    }

    /// `claim 0 (Acme Inc.)`.
    pub fn claim(&self, number: u64) -> String {
        match self.claims.get(&number) {
            Some(right) => format!("claim {number} ({})", right.name),
            None => format!("claim {number}"),
        }
    }

    /// Units of a claim.
    pub fn units(&self, claim: u64, units: u64) -> String {
        match self.claims.get(&claim).map(|right| &right.unit) {
            Some(unit) => {
                format!(
                    "{} {}",
                    Grouped(amount::print(units, unit.decimals)),
                    unit.name
                )
            }
            None => format!("{units} units"),
        }
    }

    /// Atoms of what a claim pays in.
    pub fn of_claim(&self, number: u64, mint: Option<&Pubkey>, atoms: u64) -> String {
        match mint {
            Some(mint) => self.of(mint, atoms),
            None => {
                let unit = self.claims.get(&number).map(|right| &right.unit);
                unit.map_or_else(
                    || self.cash(atoms),
                    |unit| {
                        format!(
                            "{} {}",
                            Grouped(amount::print(atoms, unit.decimals)),
                            unit.name
                        )
                    },
                )
            }
        }
    }

    /// Basis points as a percentage.
    pub fn percent(&self, bps: u64) -> String {
        format!("{}%", amount::print(bps, 2))
    }

    /// A time.
    pub fn at(&self, time: i64) -> String {
        stamp(time)
    }

    /// A span of seconds.
    pub fn span(&self, seconds: u64) -> String {
        span(i64::try_from(seconds).unwrap_or(i64::MAX))
    }

    /// An event that has no sentence of its own: its name and fields, in words as far as
    /// their names tell.
    pub fn plain(&self, event: &Event) -> String {
        let fields = event.fields();
        let told = fields.iter().map(|(name, field)| {
            let value = match field {
                Field::Key(key) if ASSETS.contains(name) => self.called(key),
                Field::Key(key) => self.who(key),
                Field::Number(number) if is_shares(name) => self.shares(*number),
                Field::Number(number) => number.to_string(),
                Field::Time(time) => stamp(*time),
                Field::Numbers(numbers) => format!("{numbers:?}"),
                Field::Hash(hash) => short(&hex(hash)),
            };
            format!("{} {value}", name.replace('_', " "))
        });
        let told: Vec<_> = told.collect();
        format!("{}: {}", apart(event.name()), told.join(", "))
    }
}

/// Fields that count shares of the token or index itself in every event.
fn is_shares(name: &str) -> bool {
    ["shares", "supply"].contains(&name)
}

/// `ClaimExited` as `claim exited`.
fn apart(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// Every mint and constituent that the events name.
fn named(entries: &[Entry]) -> BTreeSet<Pubkey> {
    let fields = entries.iter().flat_map(|entry| entry.event.fields());
    let keys = fields.filter_map(|(name, field)| match field {
        Field::Key(key) if ASSETS.contains(&name) && key != Pubkey::default() => Some(key),
        _ => None,
    });
    keys.collect()
}

/// What stood in the slots before the first of the events, from what stands there now.
fn before(mut slots: BTreeMap<u64, Pubkey>, entries: &[Entry]) -> BTreeMap<u64, Pubkey> {
    for entry in entries.iter().rev() {
        match &entry.event {
            Event::Index(IndexEvent::ConstituentAdded(added)) => {
                slots.remove(&added.place);
            }
            Event::Index(IndexEvent::ConstituentRemoved(removed)) => {
                slots.insert(removed.place, removed.key);
            }
            _ => {}
        }
    }
    slots
}

/// What mints and personal tokens are called, with their decimals.
async fn units(
    keys: &BTreeSet<Pubkey>,
    full: bool,
    client: &RpcClient,
) -> Result<BTreeMap<Pubkey, Unit>> {
    let keys: Vec<Pubkey> = keys.iter().copied().collect();
    let (mut tokens, mut mints) = (Vec::new(), Vec::new());
    for raw in fetch::raw(client, &keys).await?.into_iter().flatten() {
        if let Ok(token) = decode::<PersonalToken>(&raw.key, &raw.owner, &raw.data) {
            tokens.push(token);
        } else if let Ok(mint) = fetch::mint_info(&raw) {
            mints.push(mint);
        }
    }
    let names = fetch::names(client, &tokens).await?;
    let of_token = |(token, name): (&Account<PersonalToken>, Option<fetch::Name>)| {
        let symbol = name.map(|name| name.symbol);
        let unit = Unit {
            name: symbol.unwrap_or_else(|| short(&token.key.to_string())),
            decimals: SHARE_DECIMALS,
        };
        (token.key, unit)
    };
    let mut units: BTreeMap<_, _> = tokens.iter().zip(names).map(of_token).collect();
    let texts: Vec<String> = mints.iter().map(|mint| mint.key.to_string()).collect();
    let names = Names::fetch(client, texts.iter().map(String::as_str)).await?;
    for (mint, text) in mints.iter().zip(&texts) {
        let name = names.of(text);
        let nameless = name == short(text);
        let unit = Unit {
            name: if full && nameless { text.clone() } else { name },
            decimals: mint.decimals,
        };
        units.insert(mint.key, unit);
    }
    Ok(units)
}

/// A claim's name and units. Units of revenue are those of its mint.
fn right(claim: &Claim, mints: &BTreeMap<Pubkey, Unit>) -> (u64, Right) {
    let of_mint = mints.get(&claim.mint).cloned();
    let unit = match ClaimKind::try_from(claim.kind) {
        Ok(ClaimKind::Equity) => None,
        _ => of_mint,
    };
    let unit = unit.unwrap_or_else(|| Unit {
        name: text::read(&claim.unit_label).to_string(),
        decimals: 0,
    });
    let right = Right {
        name: text::read(&claim.name).to_string(),
        unit,
    };
    (claim.number, right)
}
