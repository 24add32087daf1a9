//! The end of the third act, read back from the chain.

use {
    super::potter::{Kept, SOL_DECIMALS, olga, token, trust},
    crate::{
        demo::{
            cast::{LIFE_ACTORS, Stage, address},
            money,
        },
        error::Result,
        views,
    },
    serde::{Serialize, Serializer},
    std::fmt,
    upside_sdk::{
        address::{TOKEN_PROGRAM, find_associated, find_token},
        confusable::{self, Named},
        fetch, identity,
        inspect::Amount,
    },
    upside_view::{
        style::{self, Column, cell, facts, grouped, heading, paint, table},
        text::{self, TokenView, looks_like},
    },
};

/// Everything at the end of the third act.
#[derive(Serialize)]
pub struct LifeReport {
    /// The token, looked through.
    #[serde(serialize_with = "looked_through")]
    token: TokenView,
    /// What everybody has.
    people: Vec<Person>,
    /// The token that reads the same.
    copy: Copy,
    /// SOL that came back as accounts were closed.
    rent_returned: Amount,
}

#[derive(Serialize)]
struct Person {
    name: &'static str,
    part: &'static str,
    wallet: String,
    shares: Amount,
    cash: Amount,
    /// Whether a holder account is left.
    open: bool,
}

#[derive(Serialize)]
struct Copy {
    token: String,
    verified: bool,
    looks_like: Vec<Named>,
}

fn looked_through<S: Serializer>(view: &TokenView, serializer: S) -> Result<S::Ok, S::Error> {
    view.report.serialize(serializer)
}

impl LifeReport {
    /// Reads everything back, as somebody who trusts the notary.
    pub async fn read(stage: &Stage, kept: &Kept) -> Result<Self> {
        let (client, trust) = (stage.chain.client(), trust());
        let mut people = Vec::new();
        for (name, part) in LIFE_ACTORS {
            let wallet = address(name);
            let holder = fetch::holder(&client, &olga(), &wallet).await?;
            let account = find_associated(&wallet, &money::currency(), &TOKEN_PROGRAM).0;
            let cash = fetch::balance(&client, &account).await?;
            let shares = holder.as_ref().map_or(0, |holder| holder.data.shares);
            people.push(Person {
                name,
                part,
                wallet: wallet.to_string(),
                shares: Amount::new(shares, upside_math::SHARE_DECIMALS),
                cash: Amount::new(cash, money::DECIMALS),
                open: holder.is_some(),
            });
        }
        let mut view = views::token(token(stage).await?, &client, &trust).await?;
        view.names.set(&money::currency(), "TEST");
        let copy = find_token(&address("vlad")).0;
        let known = identity::of(&client, &[super::people::copied(copy)], &trust).await?;
        let all = confusable::all_names(&client).await?;
        let others = confusable::others(&all, &copy);
        Ok(LifeReport {
            token: view,
            people,
            copy: Copy {
                looks_like: others.into_iter().cloned().collect(),
                verified: known.iter().any(identity::Identity::is_verified),
                token: copy.to_string(),
            },
            rent_returned: Amount::new(kept.rent, SOL_DECIMALS),
        })
    }
}

impl fmt::Display for LifeReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let view = &self.token;
        writeln!(f)?;
        let parts = [
            text::named(view),
            text::supply(view),
            text::backing(view),
            text::claims(view, &view.report.claims),
            text::governance(view),
        ];
        parts.iter().try_for_each(|part| f.write_str(part))?;
        f.write_str(&heading("Who was there"))?;
        let columns = [
            Column::Words("who"),
            Column::Words(""),
            Column::Words("wallet"),
            Column::Numbers("registered"),
            Column::Numbers("cash"),
            Column::Words("holder account"),
        ];
        let rows = self.people.iter().map(|person| {
            vec![
                cell(person.name),
                cell(person.part),
                cell(style::short(&person.wallet)),
                cell(grouped(&person.shares)),
                cell(grouped(&person.cash)),
                cell(if person.open { "open" } else { "-" }),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))?;
        f.write_str(&heading("What is left"))?;
        let copy = &self.copy;
        let state = if copy.verified {
            "verified"
        } else {
            "unverified"
        };
        let alike = looks_like(&copy.looks_like).unwrap_or_default();
        f.write_str(&facts(&[
            (
                "rent",
                format!(
                    "{} SOL went back as accounts closed",
                    grouped(&self.rent_returned)
                ),
            ),
            (
                "the copy",
                format!("{}, {}", copy.token, paint(style::WARN, state)),
            ),
            ("", paint(style::BAD, alike)),
        ]))
    }
}
