use {
    super::names::Names,
    crate::{
        error::{CliError, Result},
        style::{grouped, short},
        values::TokenQuery,
    },
    serde::Serialize,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::{collections::BTreeMap, str::FromStr},
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey,
        error::SdkError,
        fetch,
        index::{
            Constituent, SlotKind,
            fetch::{Pool, wrappers},
        },
        inspect::Amount,
        state::{Account, PersonalToken},
    },
};

/// What stands in one slot of an index.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its number.
    pub number: u8,
    /// The personal token, or the mint of cash.
    pub key: Pubkey,
    /// What it is called.
    pub name: String,
    /// Decimals of its atoms.
    pub decimals: u8,
    /// Whether a person stands there.
    pub personal: bool,
    /// What its tickets stand for is called, where the slot is wrapped.
    pub wraps: Option<String>,
    /// By which keys it is found.
    keys: Vec<Pubkey>,
}

/// The occupied slots of an index.
#[derive(Clone, Debug, Default)]
pub struct Slots(Vec<Slot>);

/// Atoms of a slot, for people and for programs.
#[derive(Clone, Debug, Serialize)]
pub struct SlotAmount {
    /// The slot.
    pub slot: u8,
    /// The personal token, or the mint of cash.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// How much.
    #[serde(flatten)]
    pub amount: Amount,
}

impl SlotAmount {
    /// Amount and name in one text.
    pub fn text(&self) -> String {
        format!("{} {}", grouped(&self.amount), self.name)
    }
}

impl Slots {
    /// Asks share mints and mints of cash for their names.
    pub async fn of(pool: &Pool, client: &RpcClient) -> Result<Self> {
        let persons = pool.persons.values().map(|person| person.token.clone());
        let tokens: Vec<Account<PersonalToken>> = persons.collect();
        let mut symbols = fetch::names(client, &tokens).await?.into_iter();
        let cash = pool.constituents();
        let cash = cash.filter(|(_, slot)| slot.kind == SlotKind::Mint);
        let mints: Vec<String> = cash.map(|(_, slot)| slot.key.to_string()).collect();
        let names = Names::fetch(client, mints.iter().map(String::as_str)).await?;
        let mut wrapped = wrapped(pool, client).await?;
        let mut slots = Vec::new();
        // People stand in the same order in both lists.
        for (number, constituent) in pool.constituents() {
            slots.push(match pool.persons.get(&number) {
                Some(person) => {
                    let symbol = symbols.next().flatten().map(|name| name.symbol);
                    of_person(number, constituent, &person.token, symbol)
                }
                None => {
                    let (wraps, behind) = wrapped.remove(&constituent.key).unzip();
                    let name = wraps.as_ref().map(|name| format!("tickets of {name}"));
                    Slot {
                        number,
                        key: constituent.key,
                        name: name.unwrap_or_else(|| names.of(&constituent.key.to_string())),
                        decimals: constituent.decimals,
                        personal: false,
                        wraps,
                        keys: [constituent.key].into_iter().chain(behind).collect(),
                    }
                }
            });
        }
        Ok(Slots(slots))
    }

    /// The slot with this number.
    pub fn get(&self, number: u8) -> Option<&Slot> {
        self.0.iter().find(|slot| slot.number == number)
    }

    /// What stands in a slot is called.
    pub fn name(&self, number: u8) -> String {
        self.get(number)
            .map_or_else(|| format!("slot {number}"), |slot| slot.name.clone())
    }

    /// What stands in a slot, or behind its tickets, is called.
    pub fn original(&self, number: u8) -> String {
        let wraps = self.get(number).and_then(|slot| slot.wraps.clone());
        wraps.unwrap_or_else(|| self.name(number))
    }

    /// Atoms of a slot.
    pub fn amount(&self, number: u8, atoms: u64) -> SlotAmount {
        let slot = self.get(number);
        SlotAmount {
            slot: number,
            key: slot.map(|slot| slot.key.to_string()).unwrap_or_default(),
            name: self.name(number),
            amount: Amount::new(atoms, slot.map_or(0, |slot| slot.decimals)),
        }
    }

    /// Atoms by slot.
    pub fn amounts(&self, amounts: &[(u8, u64)]) -> Vec<SlotAmount> {
        let amount = |(slot, atoms): &(u8, u64)| self.amount(*slot, *atoms);
        amounts.iter().map(amount).collect()
    }

    /// The slot that a person means: a symbol, an address of the token or its mint,
    /// creator or owner, a mint of cash, `cash` where there is one kind, or the number; of
    /// tickets also what they stand for.
    pub fn find(&self, query: &TokenQuery) -> Result<&Slot> {
        let text = query.0.as_str();
        let key = Pubkey::from_str(text).ok();
        let is_cash = text.eq_ignore_ascii_case("cash");
        let number = text.parse::<u8>().ok();
        let fits = |slot: &&Slot| match key {
            Some(key) => slot.keys.contains(&key),
            None => {
                let wraps = slot.wraps.as_deref();
                slot.name.eq_ignore_ascii_case(text)
                    || wraps.is_some_and(|name| name.eq_ignore_ascii_case(text))
                    || (is_cash && !slot.personal && wraps.is_none())
                    || number == Some(slot.number)
            }
        };
        let found: Vec<&Slot> = self.0.iter().filter(fits).collect();
        match found.as_slice() {
            [one] => Ok(one),
            [] => Err(CliError::Sdk(SdkError::NotFound {
                what: "constituent",
                query: text.to_string(),
            })),
            several => Err(CliError::Ambiguous {
                query: text.to_string(),
                fits: several
                    .iter()
                    .map(|slot| format!("slot {} {}", slot.number, slot.key))
                    .collect(),
            }),
        }
    }
}

/// Name and key of what tickets stand for, by their mint.
async fn wrapped(pool: &Pool, client: &RpcClient) -> Result<BTreeMap<Pubkey, (String, Pubkey)>> {
    let mut found = BTreeMap::new();
    if !pool.constituents().any(|(_, slot)| slot.is_wrapped()) {
        return Ok(found);
    }
    for wrapper in wrappers(client, &pool.index.key).await? {
        let wrapper = wrapper.data;
        let key = wrapper.key.to_string();
        let name = if wrapper.kind == SlotKind::Personal {
            let token = fetch::token(client, &wrapper.key).await?;
            let mut names = fetch::names(client, &[token]).await?;
            let name = names.pop().flatten();
            name.map_or_else(|| short(&key), |name| name.symbol)
        } else {
            Names::fetch(client, [key.as_str()].into_iter())
                .await?
                .of(&key)
        };
        found.insert(wrapper.mint, (name, wrapper.key));
    }
    Ok(found)
}

fn of_person(
    number: u8,
    constituent: &Constituent,
    token: &Account<PersonalToken>,
    symbol: Option<String>,
) -> Slot {
    let key = constituent.key;
    let data = &token.data;
    Slot {
        number,
        key,
        name: symbol.unwrap_or_else(|| short(&key.to_string())),
        decimals: SHARE_DECIMALS,
        personal: true,
        wraps: None,
        keys: vec![key, data.mint, data.creator, data.owner],
    }
}

/// One row an amount, what they are on the first; `-` for none.
pub fn slot_rows<'a>(what: &'a str, amounts: &[SlotAmount]) -> Vec<(&'a str, String)> {
    if amounts.is_empty() {
        return vec![(what, "-".to_string())];
    }
    let labels = std::iter::once(what).chain(std::iter::repeat(""));
    let texts = amounts.iter().map(SlotAmount::text);
    labels.zip(texts).collect()
}
