//! The end of the first act, and of the whole, read back from the chain.

use {
    super::{
        act::Act,
        cast::{ACTORS, Stage, address},
        life::report::LifeReport,
        money,
        pool_report::PoolReport,
    },
    crate::{
        commands::{
            holder::show::{Holding, of_wallet},
            inspect::Inspected,
        },
        error::Result,
        views,
    },
    serde::Serialize,
    std::{fmt, path::Path},
    upside_sdk::{fetch, identity::Trust, inspect::Amount, instruction::asset_account},
    upside_view::{
        style::{self, Column, cell, grouped, heading, paint, table},
        text::TokenView,
    },
};

/// How many holders are shown: everybody.
const HOLDERS: usize = 10;

/// Everything at the end.
#[derive(Serialize)]
pub struct Demo {
    /// Where the chain stays, where it does.
    chain: Option<String>,
    /// What happened, in order.
    acts: Vec<Act>,
    #[serde(flatten)]
    first: Report,
    #[serde(flatten)]
    second: PoolReport,
    life: LifeReport,
}

impl Demo {
    /// All three acts.
    pub fn new(
        stays: Option<&Path>,
        acts: Vec<Act>,
        (first, second, life): (Report, PoolReport, LifeReport),
    ) -> Self {
        Demo {
            chain: stays.map(|dir| dir.display().to_string()),
            acts,
            first,
            second,
            life,
        }
    }
}

impl fmt::Display for Demo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.first, self.second, self.life)?;
        if let Some(dir) = &self.chain {
            let go_on =
                format!("upside dividend show ADA -u embedded:{dir} -k {dir}/keys/dan.json");
            writeln!(
                f,
                "\nThe chain and its keys, which everybody knows, stay in {dir}. Go on:\n  {}",
                paint(style::NAME, go_on)
            )?;
        }
        Ok(())
    }
}

/// The end of the first act.
#[derive(Serialize)]
pub struct Report {
    /// The token, looked through.
    token: Inspected,
    /// What everybody has.
    actors: Vec<Actor>,
}

#[derive(Serialize)]
struct Actor {
    name: &'static str,
    part: &'static str,
    /// The currency in their wallet: among `cash` of the holding, too.
    #[serde(skip)]
    cash: Amount,
    #[serde(flatten)]
    holding: Holding,
}

impl Report {
    /// Reads everything back.
    pub async fn read(stage: &Stage) -> Result<Self> {
        let token = stage.token().await?;
        let mut actors = Vec::new();
        for (name, part) in ACTORS {
            let ctx = stage.of(name)?;
            let account = asset_account(token.data.quote(), &address(name));
            let cash = fetch::balance(&ctx.client, &account).await?;
            actors.push(Actor {
                name,
                part,
                cash: Amount::new(cash, money::DECIMALS),
                holding: of_wallet(&token, &address(name), &ctx.client).await?,
            });
        }
        let mut view: TokenView =
            views::token(token, &stage.chain.client(), &Trust::default()).await?;
        view.names.set(&money::currency(), "TEST");
        Ok(Report {
            token: Inspected::new(view, HOLDERS),
            actors,
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f)?;
        self.token.fmt(f)?;
        let columns = [
            Column::Words("who"),
            Column::Words(""),
            Column::Words("wallet"),
            Column::Numbers("registered"),
            Column::Numbers("bearer"),
            Column::Numbers("collectable"),
            Column::Numbers("cash"),
        ];
        let first = |amounts: &[upside_sdk::inspect::MintAmount]| {
            amounts
                .first()
                .map_or("-".to_string(), |amount| grouped(&amount.amount))
        };
        let rows = self.actors.iter().map(|actor| {
            vec![
                cell(actor.name),
                cell(actor.part),
                cell(style::short(&actor.holding.wallet)),
                cell(grouped(&actor.holding.shares)),
                cell(grouped(&actor.holding.bearer)),
                cell(first(&actor.holding.collectable)),
                cell(grouped(&actor.cash)),
            ]
        });
        f.write_str(&heading("Everybody"))?;
        f.write_str(&table(&columns, rows.collect()))
    }
}
