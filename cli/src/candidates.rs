//! Which of several tokens with one name is meant: the verified one, or the signer's own.

use {
    crate::{
        error::{CliError, Result},
        output::Output,
        values::stamp,
    },
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_sdk::{
        Pubkey, fetch,
        identity::{self, Person, Trust},
        state::{Account, PersonalToken},
    },
    upside_view::style::short,
};

/// Commands of whoever owns a token: among several of a name their own is meant.
const OWNERS: [(&str, &[&str]); 14] = [
    ("token", &["show", "create", "list"]),
    ("round", &["contribute", "leave", "collect", "refund"]),
    ("claim", &["attest", "dispute"]),
    ("revenue", &["pay"]),
    (
        "holder",
        &[
            "open", "show", "transfer", "withdraw", "deposit", "warm-up", "close",
        ],
    ),
    ("reserve", &["deposit"]),
    ("endowment", &[]),
    ("grant", &["accept", "collect", "decline", "close"]),
    ("product", &[]),
    ("poll", &["vote", "answer", "withdraw"]),
    ("attester", &["successor", "take-seat"]),
    ("auction", &["buy"]),
    ("history", &[]),
    ("index member", &[]),
];

/// Whether these verbs are a command of a token's owner.
pub fn is_owners(path: &[&str]) -> bool {
    let (first, second) = (path.first().copied(), path.get(1).copied());
    OWNERS.iter().any(|(subject, others)| {
        let mut words = subject.split(' ');
        let fits = words.next() == first;
        match words.next() {
            Some(verb) => fits && Some(verb) == second,
            None => fits && !others.iter().any(|other| Some(*other) == second),
        }
    })
}

/// Who chooses.
pub struct Choice<'a> {
    /// The chain.
    pub client: &'a RpcClient,
    /// Whom they trust to know who is who.
    pub trust: &'a Trust,
    /// Who they are, if the command is one of a token's owner.
    pub me: Option<Pubkey>,
    /// Where it is said which one is meant.
    pub output: &'a Output,
}

impl Choice<'_> {
    /// The token that is meant among several of one name, which is said; otherwise an error
    /// with what a person needs to choose.
    pub async fn one_of(&self, query: &str, keys: &[Pubkey]) -> Result<Account<PersonalToken>> {
        let Choice {
            client,
            trust,
            me,
            output,
        } = *self;
        let tokens = fetch::tokens_at(client, keys).await?;
        let names = fetch::names(client, &tokens).await?;
        let names = names
            .into_iter()
            .map(|name| name.map_or_else(String::new, |name| name.name));
        let people: Vec<Person> = tokens
            .iter()
            .zip(names)
            .map(|(token, name)| Person {
                token: token.key,
                owner: token.data.owner,
                name,
            })
            .collect();
        let identities = identity::of(client, &people, trust).await?;
        let verified: Vec<bool> = identities.iter().map(|one| one.is_verified()).collect();
        let own: Vec<bool> = tokens
            .iter()
            .map(|token| me == Some(token.data.owner))
            .collect();
        let only = |fits: &[bool]| {
            let mut places = (0..fits.len()).filter(|place| fits.get(*place) == Some(&true));
            places.next().filter(|_| places.next().is_none())
        };
        let chosen = match (only(&own), only(&verified)) {
            (Some(own), verified) if verified.is_none_or(|one| one == own) => Some((own, "yours")),
            (None, Some(verified)) if !own.contains(&true) => Some((verified, "the verified one")),
            _ => None,
        };
        if let Some((place, why)) = chosen
            && let Some(token) = tokens.get(place)
        {
            let key = token.key;
            output.note(format!(
                "several tokens are called {query}: {key} is meant, {why}"
            ));
            return Ok(token.clone());
        }
        let mut fits = Vec::new();
        for ((token, person), verified) in tokens.iter().zip(&people).zip(verified) {
            let slot = token.data.created_slot;
            let age = match client.get_block_time(slot).await {
                Ok(time) => format!("since {}", stamp(time)),
                Err(_) => format!("since slot {slot}"),
            };
            let holders = match token.data.holders {
                1 => "1 holder".to_string(),
                many => format!("{many} holders"),
            };
            let identity = if verified { "verified" } else { "unverified" };
            fits.push(format!(
                "{} ({:?}, owner {}, {holders}, {age}, {identity})",
                token.key,
                person.name,
                short(&person.owner.to_string()),
            ));
        }
        Err(CliError::Ambiguous {
            query: query.to_string(),
            fits,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_s_command_is_no_backer_s() {
        for path in [
            &["token", "heartbeat"][..],
            &["round", "list"],
            &["round", "open"],
        ] {
            assert!(is_owners(path), "{path:?}");
        }
        for path in [
            &["round", "contribute"][..],
            &["inspect"],
            &["redeem"],
            &["revenue", "pay"],
        ] {
            assert!(!is_owners(path), "{path:?}");
        }
    }
}
