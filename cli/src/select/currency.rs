//! The currency of an index, if none is named.

use {
    super::index::SelectedIndex,
    crate::{
        error::{CliError, Result},
        values::TokenQuery,
        views,
    },
    std::collections::BTreeSet,
    upside_sdk::Pubkey,
};

/// The currency that all rounds are in, or else the only cash.
pub fn currency(found: &SelectedIndex) -> Result<Pubkey> {
    let persons = found.pool.persons.values();
    let quotes: BTreeSet<Pubkey> = persons
        .map(|person| person.token.data.quote().mint)
        .collect();
    match quotes.into_iter().collect::<Vec<_>>().as_slice() {
        [one] => Ok(*one),
        _ => {
            let cash = views::find(&found.slots, &TokenQuery("cash".into()));
            cash.map(|slot| slot.key).map_err(|_| {
                CliError::usage(
                    "the people's rounds are in several currencies",
                    "name one with --mint; the others' shares have to be there already",
                )
            })
        }
    }
}
