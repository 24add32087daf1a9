//! The pool of the second act, and its people.

use {
    super::cast::{Stage, address},
    crate::error::Result,
    upside_sdk::{
        Pubkey,
        address::find_token,
        fetch,
        index::{
            INDEX_SHARE_DECIMALS,
            fetch::{self as indexes, Pool},
            find_index,
        },
        inspect::Amount,
        state::{Account, PersonalToken},
    },
    upside_view::style::grouped,
};

/// The index.
pub fn index() -> Pubkey {
    find_index(&address("maya"), 0).0
}

/// Index shares in whole ones.
pub fn units(atoms: u64) -> String {
    grouped(&Amount::new(atoms, INDEX_SHARE_DECIMALS))
}

/// A person's token as it is now.
pub async fn token(stage: &Stage, name: &str) -> Result<Account<PersonalToken>> {
    let key = find_token(&address(name)).0;
    Ok(fetch::token(&stage.chain.client(), &key).await?)
}

/// The index as it is now.
pub async fn pool(stage: &Stage) -> Result<Pool> {
    Ok(indexes::pool(&stage.chain.client(), &index()).await?)
}
