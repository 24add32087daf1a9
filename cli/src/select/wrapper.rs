//! Which wrapper of an index is meant.

use {
    super::index::SelectedIndex,
    crate::{
        context::Context,
        error::{CliError, Result},
        values::TokenQuery,
    },
    std::str::FromStr,
    upside_sdk::{
        Pubkey,
        error::SdkError,
        index::{Wrapper, fetch},
        state::Account,
    },
};

/// The wrapper that a person means: by what it wraps, or by its tickets.
pub async fn wrapper(
    found: &SelectedIndex,
    query: &TokenQuery,
    ctx: &Context,
) -> Result<Account<Wrapper>> {
    let all = fetch::wrappers(&ctx.client, &found.pool.index.key).await?;
    let key = match Pubkey::from_str(&query.0) {
        Ok(key) => key,
        Err(_) => match query.0.parse::<u8>() {
            Ok(slot) => {
                found
                    .pool
                    .index
                    .data
                    .slot(slot)
                    .map_err(SdkError::from)?
                    .key
            }
            Err(_) => ctx.token(query).await?.key,
        },
    };
    let fits = |it: &&Account<Wrapper>| it.data.key == key || it.data.mint == key;
    let mut fitting: Vec<&Account<Wrapper>> = all.iter().filter(fits).collect();
    // Tickets in the slot before those of earlier wraps.
    fitting.sort_by_key(|it| (it.data.active, it.data.number));
    fitting.pop().cloned().ok_or_else(|| {
        CliError::Sdk(SdkError::NotFound {
            what: "wrapper",
            query: query.0.clone(),
        })
    })
}

/// What a wrapper wraps is called: the slot may hold something else by now.
pub fn name_of(found: &SelectedIndex, wrapper: &Wrapper) -> String {
    let slot = found.slots.get(wrapper.slot);
    let same = slot.is_some_and(|slot| slot.key == wrapper.key || slot.key == wrapper.mint);
    match same {
        true => found.slots.original(wrapper.slot),
        false => wrapper.key.to_string(),
    }
}
