//! A wallet's statement: what came in and went out of it with the tokens of people, with the
//! cost of what it gave away and the gain.
//!
//! Cost is the average of all shares of a token that the wallet has, as the token itself
//! keeps it: shares that leave take their part of it with them, rounded down.

mod moves;

pub use moves::{Books, Move, Waiting};

use {
    crate::{
        csv::Csv,
        style::{Column, cell, grouped, heading, listed, table},
        text::Names,
        time::{iso, stamp},
    },
    serde::Serialize,
    std::{collections::BTreeMap, fmt},
    upside_core::{
        Atoms, Pubkey,
        history::{Entry, Event},
        inspect::{Amount, MintAmount},
        report::{Rescale, Scales},
    },
    upside_math::{SHARE_DECIMALS, carried},
};

/// One thing that happened.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Unix seconds; `None` if the node does not know.
    pub time: Option<i64>,
    token: String,
    symbol: String,
    event: &'static str,
    text: String,
    /// Above zero what came, below what left.
    shares: Amount,
    /// Likewise.
    money: Vec<MintAmount>,
    /// What the shares cost that came or left.
    cost: Amount,
    /// What the owner took of a sale.
    royalty: Amount,
    /// What was brought beyond the cost; none where nothing was given for money, or it
    /// brought something else than the token's currency, too.
    gain: Option<Amount>,
    /// Whether it is a payout on shares.
    dividend: bool,
    signature: String,
}

/// What it comes to in one currency.
#[derive(Clone, Debug, Default, Serialize)]
struct Sums {
    received: Amount,
    paid: Amount,
    dividends: Amount,
    royalty: Amount,
    gain: Amount,
}

/// Everything of one wallet in a span of time, oldest first.
#[derive(Debug, Default, Serialize)]
pub struct Statement {
    wallet: String,
    /// First second, unix time.
    from: i64,
    /// Last second.
    until: i64,
    entries: Vec<Line>,
    /// By mint.
    sums: BTreeMap<String, Sums>,
    /// What is missing, in words.
    missing: Vec<String>,
    #[serde(skip)]
    names: Names,
}

/// One token's part of a statement.
pub struct Account<'a> {
    /// The token.
    pub token: Pubkey,
    /// Its symbol.
    pub symbol: &'a str,
    /// What its events are read with.
    pub books: Books,
    /// What wallets multiply amounts of its assets by.
    pub scales: Scales,
}

impl Account<'_> {
    fn decimals(&self, mint: &Pubkey) -> u8 {
        let listed = self.books.token.listed().unwrap_or_default();
        let asset = listed.iter().find(|asset| asset.mint == *mint);
        let mut equity = self.books.claims.values();
        let equity = equity.find(|(equity, _)| equity == mint);
        let decimals = asset.map(|asset| asset.decimals);
        decimals
            .or(equity.map(|(_, decimals)| *decimals))
            .unwrap_or_default()
    }

    fn quote(&self, atoms: i128) -> Amount {
        Amount::signed(atoms, self.books.token.quote().decimals)
    }

    fn line(&self, entry: &Entry, name: &'static str, moved: Move, cost: u64) -> Line {
        let quote = self.books.token.quote().mint;
        let in_quote = moved.money.iter().all(|(mint, _)| *mint == quote);
        let brought = moved
            .money
            .iter()
            .fold(0, |sum: i128, (_, atoms)| sum.saturating_add(*atoms));
        let gain = (moved.sells && in_quote).then(|| brought.saturating_sub(cost.into()));
        let mut money: Vec<MintAmount> = moved
            .money
            .iter()
            .map(|(mint, atoms)| MintAmount {
                mint: *mint,
                amount: Amount::signed(*atoms, self.decimals(mint)),
            })
            .collect();
        money.rescale(&self.scales);
        Line {
            time: entry.time,
            token: self.token.to_string(),
            symbol: self.symbol.to_string(),
            event: name,
            text: moved.what,
            shares: Amount::signed(moved.shares, SHARE_DECIMALS),
            money,
            cost: self.quote(cost.into()),
            royalty: self.quote(moved.royalty.into()),
            gain: gain.map(|gain| self.quote(gain)),
            dividend: moved.dividend,
            signature: entry.signature.clone(),
        }
    }
}

/// What a wallet has of a token.
#[derive(Clone, Copy, Debug, Default)]
struct Position {
    shares: u64,
    cost: u64,
}

impl Position {
    /// Books what moves and returns the cost that goes with it.
    fn book(&mut self, moved: &Move) -> u64 {
        let shares = u64::try_from(moved.shares.unsigned_abs()).unwrap_or(u64::MAX);
        if moved.shares >= 0 {
            self.shares = self.shares.saturating_add(shares);
            self.cost = self.cost.saturating_add(moved.cost);
            return moved.cost;
        }
        // More than is known of came as bearer tokens, of which no event tells: at no cost.
        let cost = match carried(Atoms(self.cost), shares.min(self.shares), self.shares) {
            Ok(cost) => cost.0,
            Err(_) => 0,
        };
        self.shares = self.shares.saturating_sub(shares);
        self.cost = self.cost.saturating_sub(cost);
        cost
    }
}

impl Statement {
    /// An empty one.
    pub fn new(wallet: &Pubkey, from: i64, until: i64) -> Self {
        Statement {
            wallet: wallet.to_string(),
            from,
            until,
            ..Statement::default()
        }
    }

    /// Adds what a token's whole ledger, oldest first, says of the wallet.
    pub fn add(&mut self, account: &Account, wallet: &Pubkey, entries: &[Entry]) {
        let (mut waiting, mut position) = (Waiting::default(), Position::default());
        for entry in entries {
            let Event::Token(event) = &entry.event else {
                continue;
            };
            for moved in account.books.moves(event, wallet, &mut waiting) {
                let cost = position.book(&moved);
                let line = account.line(entry, event.name(), moved, cost);
                let within = line
                    .time
                    .is_none_or(|time| (self.from..=self.until).contains(&time));
                if within {
                    self.sum(account, &line);
                    self.entries.push(line);
                }
            }
        }
        self.entries.sort_by_key(|line| line.time);
    }

    fn sum(&mut self, account: &Account, line: &Line) {
        let add = |to: &mut Amount, amount: Amount| {
            *to = Amount {
                atoms: to.atoms.saturating_add(amount.atoms),
                ..amount
            };
        };
        for MintAmount { mint, amount } in &line.money {
            let sums = self.sums.entry(mint.to_string()).or_default();
            let to = match (amount.atoms < 0, line.dividend) {
                (true, _) => &mut sums.paid,
                (false, true) => &mut sums.dividends,
                (false, false) => &mut sums.received,
            };
            add(to, *amount);
        }
        let quote = account.books.token.quote().mint.to_string();
        let sums = self.sums.entry(quote).or_default();
        add(&mut sums.royalty, line.royalty);
        if let Some(gain) = line.gain {
            add(&mut sums.gain, gain);
        }
    }

    /// Says that something could not be read.
    pub fn misses(&mut self, what: String) {
        self.missing.push(what);
    }

    /// The mints of its amounts.
    pub fn mints(&self) -> Vec<Pubkey> {
        let lines = self.entries.iter().flat_map(|line| &line.money);
        let mut mints: Vec<Pubkey> = lines.map(|money| money.mint).collect();
        mints.sort_unstable();
        mints.dedup();
        mints
    }

    /// With what the mints are called.
    pub fn named(self, names: Names) -> Self {
        Statement { names, ..self }
    }

    /// One row for each amount of money, or for shares without any.
    pub fn csv(&self) -> Csv {
        let mut csv = Csv::new(&[
            "time",
            "token",
            "symbol",
            "event",
            "text",
            "shares",
            "currency",
            "money",
            "cost",
            "royalty",
            "gain",
            "signature",
        ]);
        for line in &self.entries {
            let first = line.money.first();
            let rest = line.money.iter().skip(1);
            let gain = line.gain.map(|gain| gain.to_string()).unwrap_or_default();
            let mut row = |money: Option<&MintAmount>, first: bool| {
                let once = |text: String| if first { text } else { String::new() };
                csv.row([
                    line.time.map(iso).unwrap_or_default(),
                    line.token.clone(),
                    line.symbol.clone(),
                    line.event.to_string(),
                    line.text.clone(),
                    once(line.shares.to_string()),
                    money
                        .map(|money| money.mint.to_string())
                        .unwrap_or_default(),
                    money
                        .map(|money| money.amount.to_string())
                        .unwrap_or_default(),
                    once(line.cost.to_string()),
                    once(line.royalty.to_string()),
                    once(gain.clone()),
                    line.signature.clone(),
                ]);
            };
            row(first, true);
            rest.for_each(|money| row(Some(money), false));
        }
        csv
    }
}

fn sum(amount: &Amount) -> String {
    if amount.is_zero() {
        "-".to_string()
    } else {
        grouped(amount)
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.entries.is_empty() {
            writeln!(f, "Nothing happened to {} in this time", self.wallet)?;
        } else {
            let columns = [
                Column::Words("when"),
                Column::Words("token"),
                Column::Words("what"),
                Column::Numbers("shares"),
                Column::Numbers("money"),
                Column::Numbers("gain"),
            ];
            let rows = self.entries.iter().map(|line| {
                vec![
                    cell(line.time.map_or("unknown".to_string(), stamp)),
                    cell(&line.symbol),
                    cell(&line.text),
                    cell(sum(&line.shares)),
                    cell(listed(&line.money, |mint| self.names.of(mint))),
                    cell(line.gain.as_ref().map_or("-".to_string(), sum)),
                ]
            });
            f.write_str(&table(&columns, rows.collect()))?;
            let columns = [
                Column::Words("currency"),
                Column::Numbers("paid"),
                Column::Numbers("received"),
                Column::Numbers("dividends"),
                Column::Numbers("royalty"),
                Column::Numbers("gain"),
            ];
            let rows = self.sums.iter().map(|(mint, sums)| {
                let name = mint.parse().map(|mint| self.names.of(&mint));
                vec![
                    cell(name.unwrap_or_else(|_| mint.clone())),
                    cell(sum(&sums.paid)),
                    cell(sum(&sums.received)),
                    cell(sum(&sums.dividends)),
                    cell(sum(&sums.royalty)),
                    cell(sum(&sums.gain)),
                ]
            });
            f.write_str(&(heading("Sums") + &table(&columns, rows.collect())))?;
        }
        for what in &self.missing {
            writeln!(f, "missing: {what}")?;
        }
        Ok(())
    }
}
