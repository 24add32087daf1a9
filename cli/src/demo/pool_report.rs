//! The end of the second act, read back from the chain.

use {
    super::{
        cast::{POOL_ACTORS, Stage, address},
        makers, money,
    },
    crate::error::Result,
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        address::{TOKEN_PROGRAM, find_associated, find_token},
        fetch,
        index::{
            INDEX_SHARE_DECIMALS, fetch as indexes,
            inspect::{self, ConstituentReport, IndexReport},
            instruction::share_account,
        },
        inspect::{Amount, Backing, MintAmount},
    },
    upside_view::style::{self, Column, cell, grouped, heading, table},
};

/// Everything at the end of the second act.
#[derive(Serialize)]
pub struct PoolReport {
    /// The index, looked through.
    index: IndexReport,
    /// What everybody has of it.
    pool: Vec<Member>,
}

#[derive(Serialize)]
struct Member {
    name: &'static str,
    part: &'static str,
    wallet: String,
    /// Shares of the index.
    shares: Amount,
    /// The currency in their wallet.
    cash: Amount,
    /// Registered shares of people, by symbol.
    people: Vec<(String, Amount)>,
}

impl PoolReport {
    /// Reads everything back.
    pub async fn read(stage: &Stage) -> Result<Self> {
        let client = stage.chain.client();
        let report = inspect::index(&client, &makers::index()).await?;
        let index = indexes::index(&client, &makers::index()).await?;
        let mut members = Vec::new();
        for (name, part) in POOL_ACTORS {
            let wallet = address(name);
            let shares = fetch::balance(&client, &share_account(&index.data, &wallet)).await?;
            let account = find_associated(&wallet, &money::currency(), &TOKEN_PROGRAM).0;
            let cash = fetch::balance(&client, &account).await?;
            let mut people = Vec::new();
            for person in ["ada", "ivo", "june", "kofi", "lena"] {
                let token = find_token(&address(person)).0;
                if let Some(holder) = fetch::holder(&client, &token, &wallet).await? {
                    let shares = Amount::new(holder.data.shares, upside_math::SHARE_DECIMALS);
                    people.push((person.to_uppercase(), shares));
                }
            }
            members.push(Member {
                name,
                part,
                wallet: wallet.to_string(),
                shares: Amount::new(shares, INDEX_SHARE_DECIMALS),
                cash: Amount::new(cash, money::DECIMALS),
                people,
            });
        }
        Ok(PoolReport {
            index: report,
            pool: members,
        })
    }
}

fn sums(amounts: &[MintAmount]) -> String {
    match amounts {
        [] => "none".to_string(),
        some => some
            .iter()
            .map(|amount| format!("{} TEST", grouped(&amount.amount)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn backing(backing: &Backing) -> String {
    let classes = [
        ("liquid", &backing.liquid),
        ("custody", &backing.custody),
        ("attested", &backing.attested),
        ("stale", &backing.stale),
        ("declared", &backing.declared),
    ];
    let rows = classes.into_iter();
    let rows = rows.map(|(class, amounts)| vec![cell(class), cell(sums(amounts))]);
    table(&[Column::Words("class"), Column::Words("")], rows.collect())
}

fn constituents(list: &[ConstituentReport]) -> String {
    let columns = [
        Column::Words("holds"),
        Column::Numbers("amount"),
        Column::Numbers("part"),
        Column::Numbers("a share"),
        Column::Words("liquid"),
        Column::Words("declared"),
    ];
    let rows = list.iter().map(|one| {
        let name = match &one.token {
            Some(token) => format!("{} ({})", token.name, token.symbol),
            None => "cash".to_string(),
        };
        let part = one.part.as_ref();
        let part = part.map_or("-".to_string(), |part| format!("{part} %"));
        vec![
            cell(name),
            cell(grouped(&one.amount)),
            cell(part),
            cell(grouped(&one.per_share)),
            cell(sums(&one.backing.liquid)),
            cell(sums(&one.backing.declared)),
        ]
    });
    table(&columns, rows.collect())
}

impl fmt::Display for PoolReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let index = &self.index;
        f.write_str(&heading(&format!(
            "{} ({})  {} shares, {} of them pending as fees",
            index.name,
            index.symbol,
            grouped(&index.supply.total),
            grouped(&index.supply.pending_fees),
        )))?;
        f.write_str(&constituents(&index.constituents))?;
        f.write_str(&heading("Backing of one share  never added up"))?;
        f.write_str(&backing(&index.backing_per_share))?;
        f.write_str(&heading("The pool"))?;
        let columns = [
            Column::Words("who"),
            Column::Words(""),
            Column::Words("wallet"),
            Column::Numbers("MAKERS"),
            Column::Numbers("cash"),
        ];
        let rows = self.pool.iter().map(|member| {
            vec![
                cell(member.name),
                cell(member.part),
                cell(style::short(&member.wallet)),
                cell(grouped(&member.shares)),
                cell(grouped(&member.cash)),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))?;
        f.write_str(&heading("What they hold of each other"))?;
        let symbols = ["ADA", "IVO", "JUNE", "KOFI", "LENA"];
        let people = symbols.map(Column::Numbers);
        let columns = [&[Column::Words("who")], &people[..]].concat();
        let rows = self.pool.iter().map(|member| {
            let held = |symbol: &str| {
                let mut people = member.people.iter();
                let found = people.find(|(name, _)| name == symbol);
                found.map_or("-".to_string(), |(_, shares)| grouped(shares))
            };
            let held = symbols.iter().map(|symbol| cell(held(symbol)));
            std::iter::once(cell(member.name)).chain(held).collect()
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}
