//! Amounts, keys, times and hashes as people say them.

use {
    super::{Words, units::ASSETS},
    crate::{
        style::{short, span},
        time::stamp,
    },
    upside_core::{Pubkey, amount, amount::Grouped, event::Field, hex::hex, history::Event},
};

impl Words {
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

    /// What a claim is held to be worth.
    pub fn worth(&self, number: u64, atoms: u64) -> String {
        let right = self.claims.get(&number);
        match right.and_then(|right| right.money.as_ref()) {
            Some(unit) => format!(
                "{} {}",
                Grouped(amount::print(atoms, unit.decimals)),
                unit.name
            ),
            None => self.cash(atoms),
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

    /// A hash, shortened for people.
    pub fn hash(&self, hash: &[u8; 32]) -> String {
        let text = hex(hash);
        match self.full {
            true => text,
            false => short(&text),
        }
    }

    /// An event that has no sentence of its own: its name and fields, in words as far as
    /// their names show.
    pub fn plain(&self, event: &Event) -> String {
        let fields = event.fields();
        let sentence = fields.iter().map(|(name, field)| {
            let value = match field {
                Field::Key(key) if ASSETS.contains(name) => self.called(key),
                Field::Key(key) => self.who(key),
                Field::Number(number) if is_shares(name) => self.shares(*number),
                Field::Number(number) => number.to_string(),
                Field::Time(time) => stamp(*time),
                Field::Numbers(numbers) => format!("{numbers:?}"),
                Field::Hash(hash) => self.hash(hash),
                Field::Text(text) => text.clone(),
            };
            format!("{} {value}", name.replace('_', " "))
        });
        let sentence: Vec<_> = sentence.collect();
        format!("{}: {}", apart(event.name()), sentence.join(", "))
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
