use {
    super::names::Names,
    crate::style::{grouped, short},
    serde::Serialize,
    std::{collections::BTreeMap, str::FromStr},
    upside_core::{
        Pubkey,
        index::{Constituent, Pool},
        inspect::{Amount, Scales, Unit},
        mint::Name,
        state::{Account, PersonalToken},
    },
    upside_math::SHARE_DECIMALS,
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
    /// How its amounts are written.
    pub unit: Unit,
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
    /// The slots of a pool. `persons` are the names on the share mints of its persons, in
    /// their order; `wrapped` has name and key of what tickets stand for, by their mint.
    pub fn new(
        pool: &Pool,
        persons: impl IntoIterator<Item = Option<Name>>,
        names: &Names,
        scales: &Scales,
        mut wrapped: BTreeMap<Pubkey, (String, Pubkey)>,
    ) -> Self {
        let mut persons = persons.into_iter();
        let slot = |(number, constituent): (u8, &Constituent)| match pool.persons.get(&number) {
            Some(person) => {
                let symbol = persons.next().flatten().map(|name| name.symbol);
                of_person(number, constituent, &person.token, symbol)
            }
            None => {
                let (wraps, behind) = wrapped.remove(&constituent.key).unzip();
                let name = wraps.as_ref().map(|name| format!("tickets of {name}"));
                Slot {
                    number,
                    key: constituent.key,
                    name: name.unwrap_or_else(|| names.of(&constituent.key)),
                    unit: Unit {
                        decimals: constituent.decimals,
                        scale: scales.get(&constituent.key),
                    },
                    personal: false,
                    wraps,
                    keys: [constituent.key].into_iter().chain(behind).collect(),
                }
            }
        };
        Slots(pool.constituents().map(slot).collect())
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
            amount: Amount::new(atoms, slot.map_or(Unit::default(), |slot| slot.unit)),
        }
    }

    /// Atoms of a slot as the chain counts them, whatever wallets show: prices of a rebalance
    /// are of such units.
    pub fn counted(&self, number: u8, atoms: u64) -> SlotAmount {
        let unit = self.get(number).map_or(Unit::default(), |slot| slot.unit);
        SlotAmount {
            amount: Amount::new(atoms, unit.decimals),
            ..self.amount(number, atoms)
        }
    }

    /// Atoms by slot.
    pub fn amounts(&self, amounts: &[(u8, u64)]) -> Vec<SlotAmount> {
        let amount = |(slot, atoms): &(u8, u64)| self.amount(*slot, *atoms);
        amounts.iter().map(amount).collect()
    }

    /// The slots that a text may mean: a symbol, an address of the token or its mint,
    /// creator or owner, a mint of cash, `cash` where there is one kind, or the number; of
    /// tickets also what they stand for.
    pub fn matching(&self, text: &str) -> Vec<&Slot> {
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
        self.0.iter().filter(fits).collect()
    }
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
        unit: SHARE_DECIMALS.into(),
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
