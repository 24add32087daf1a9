//! Who people are, and for whom they could be taken.

use {
    super::index_view::IndexView,
    crate::style::{self, Column, cell, colored, heading, table},
    comfy_table::Color,
    upside_core::{
        confusable::Named, identity::Identity, inspect::TokenReport, state::TokenStatus,
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
        Identity::Attested { by, .. } => Some(format!("verified by {}", style::short(by))),
        Identity::Credential { credential, .. } => Some(format!(
            "verified by credential {}",
            style::short(credential)
        )),
        Identity::Unverified => None,
    }
}

/// Which other tokens a token is taken for by its looks, by address; `None` if there are none.
pub fn looks_like(others: &[Named]) -> Option<String> {
    let count = match others.len() {
        0 => return None,
        1 => "1 other token".to_string(),
        many => format!("{many} other tokens"),
    };
    let named = others.iter().take(NAMED);
    let named: Vec<_> = named.map(|other| other.token.to_string()).collect();
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

/// The people of an index: whose token each is, and by whom that is vouched for.
pub fn index_people(view: &IndexView) -> String {
    let slots = view.report.constituents.iter();
    let people = slots.filter_map(|slot| slot.token.as_ref().map(|token| (slot, token)));
    let rows: Vec<_> = people
        .map(|(slot, token)| {
            let name = match token.governance.status {
                TokenStatus::WindDown => {
                    colored(Color::Yellow, format!("{}, wound up", view.name(slot)))
                }
                TokenStatus::Active => cell(view.name(slot)),
            };
            vec![name, cell(&token.name), cell(token.token), brief(token)]
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
    use {super::*, upside_core::Pubkey};

    fn other(token: u8) -> Named {
        Named {
            token: Pubkey::new_from_array([token; 32]),
            name: "Ada".to_string(),
            symbol: "ADA".to_string(),
        }
    }

    #[test]
    fn look_alikes_are_named_by_address() {
        assert_eq!(looks_like(&[]), None);
        let all: Vec<_> = (1..=5).map(other).collect();
        let text = looks_like(&all[..1]).unwrap();
        let [one, two, three, four, _] = [0, 1, 2, 3, 4].map(|place| all[place].token.to_string());
        assert!(text.contains(&format!("1 other token, {one}: ")), "{text}");
        let text = looks_like(&all).unwrap();
        let named = format!("5 other tokens, {one}, {two}, {three} and 2 more");
        assert!(text.contains(&named) && !text.contains(&four), "{text}");
    }
}
