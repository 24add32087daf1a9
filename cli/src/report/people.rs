//! Who people are, and for whom they could be taken.

use {
    super::IndexLook,
    crate::{
        context::Context,
        error::Result,
        style::{self, Column, cell, colored, heading, paint, table},
    },
    comfy_table::Color,
    upside_sdk::{
        fetch,
        identity::{self, Identity},
        inspect::TokenReport,
        lookalike::{self, Named},
        state::{Account, PersonalToken},
    },
};

/// How many look-alikes are named.
const NAMED: usize = 3;

/// By whom name and owner are verified; `None` if nobody who is trusted vouches for both.
pub fn verified_by(identity: &Identity) -> Option<String> {
    if !identity.is_verified() {
        return None;
    }
    match identity {
        Identity::Vouched { by, .. } => Some(format!("verified by {}", style::short(by))),
        Identity::Credential { credential, .. } => Some(format!(
            "verified by credential {}",
            style::short(credential)
        )),
        Identity::Unverified => None,
    }
}

/// Which other tokens a token is taken for by its looks, by address; none where none is.
pub fn looks_like(others: &[Named]) -> Option<String> {
    let count = match others.len() {
        0 => return None,
        1 => "1 other token".to_string(),
        many => format!("{many} other tokens"),
    };
    let named = others.iter().take(NAMED);
    let named: Vec<_> = named.map(|other| other.token.as_str()).collect();
    let more = match others.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!(
        "looks like {count}, {}{more}: compare addresses",
        named.join(", ")
    ))
}

/// `verified by …` or `unverified`, and of how many others it has the looks.
fn brief(token: &TokenReport) -> (Option<Color>, String) {
    let others = token.looks_like.len();
    match (verified_by(&token.identity), others) {
        (Some(by), 0) => colored(Color::Green, by),
        (Some(by), some) => colored(Color::Green, format!("{by}, looks like {some} other")),
        (None, 0) => colored(Color::Yellow, "unverified"),
        (None, some) => colored(Color::Red, format!("unverified, looks like {some} other")),
    }
}

/// Who a token's creator is to this reader: what to know before money moves.
pub struct Person {
    identity: Identity,
    looks_like: Vec<Named>,
}

impl Person {
    /// Asks whom the reader trusts, and looks at all other tokens' names.
    pub async fn of(token: &Account<PersonalToken>, ctx: &Context) -> Result<Self> {
        let names = fetch::names(&ctx.client, std::slice::from_ref(token)).await?;
        let name = names.into_iter().next().flatten().unwrap_or_default();
        let one = [identity::Person {
            token: token.key,
            owner: token.data.owner,
            name: name.name,
        }];
        let identities = identity::of(&ctx.client, &one, &ctx.trust).await?;
        let all = lookalike::everybody(&ctx.client).await?;
        let others = lookalike::others(&all, &token.key.to_string());
        Ok(Person {
            identity: identities.into_iter().next().unwrap_or_default(),
            looks_like: others.into_iter().cloned().collect(),
        })
    }

    /// `verified by …`, or that nobody vouches.
    pub fn identity(&self) -> String {
        match verified_by(&self.identity) {
            Some(by) => paint(style::GOOD, by),
            None => {
                let why = self.identity.missing();
                let why = why.unwrap_or("nobody whom you trust vouches");
                paint(style::WARN, format!("unverified: {why}"))
            }
        }
    }

    /// For whom it could be taken; none where for nobody.
    pub fn looks_like(&self) -> Option<String> {
        looks_like(&self.looks_like).map(|note| paint(style::BAD, note))
    }
}

/// The people of an index: whose token each is, and by whom that is vouched for.
pub fn index_people(look: &IndexLook) -> String {
    let slots = look.report.constituents.iter();
    let people = slots.filter_map(|slot| slot.token.as_ref().map(|token| (slot, token)));
    let rows: Vec<_> = people
        .map(|(slot, token)| {
            let name = match token.governance.status {
                "wind_down" => colored(Color::Yellow, format!("{}, wound up", look.name(slot))),
                _ => cell(look.name(slot)),
            };
            vec![name, cell(&token.name), cell(&token.token), brief(token)]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let columns = [
        Column::Words("who"),
        Column::Words("name"),
        Column::Words("token"),
        Column::Words("identity"),
    ];
    heading("People") + &table(&columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(token: &str) -> Named {
        Named {
            token: token.to_string(),
            name: "Ada".to_string(),
            symbol: "ADA".to_string(),
        }
    }

    #[test]
    fn look_alikes_are_named_by_address() {
        assert_eq!(looks_like(&[]), None);
        let text = looks_like(&[other("one")]).unwrap();
        assert!(text.contains("1 other token, one: "), "{text}");
        let many: Vec<_> = ["a", "b", "c", "d", "e"].map(other).into();
        let text = looks_like(&many).unwrap();
        assert!(text.contains("5 other tokens") && text.contains("a, b, c and 2 more"));
    }
}
