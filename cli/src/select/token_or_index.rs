//! Whether a name is that of a token or of an index.

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        values::{IndexQuery, TokenQuery},
    },
    std::str::FromStr,
    upside_sdk::{
        Pubkey,
        error::SdkError,
        index::PooledIndex,
        state::{Account, PersonalToken},
    },
};

/// What a name stands for.
pub enum TokenOrIndex {
    /// A token.
    Token(Box<Account<PersonalToken>>),
    /// An index.
    Index(Box<Account<PooledIndex>>),
}

/// The token or the index that a person means. Errors: `NotFound`; `Ambiguous` where both
/// fit, unless the address is one's own or its mint's.
pub async fn token_or_index(query: &TokenQuery, ctx: &Context) -> Result<TokenOrIndex> {
    let token = match ctx.token(query).await {
        Err(CliError::Sdk(SdkError::NotFound { .. })) => None,
        found => Some(found?),
    };
    if let (Some(token), Ok(key)) = (&token, Pubkey::from_str(&query.0))
        && [token.key, token.data.mint].contains(&key)
    {
        return Ok(TokenOrIndex::Token(Box::new(token.clone())));
    }
    let index = match ctx.index(&IndexQuery(query.0.clone())).await {
        Err(CliError::Sdk(SdkError::NotFound { .. })) => None,
        found => Some(found?),
    };
    match (token, index) {
        (Some(token), None) => Ok(TokenOrIndex::Token(Box::new(token))),
        (None, Some(index)) => Ok(TokenOrIndex::Index(Box::new(index))),
        (Some(token), Some(index)) => Err(CliError::Ambiguous {
            query: query.0.clone(),
            fits: vec![
                format!("the token {}", token.key),
                format!("the index {}", index.key),
            ],
        }),
        (None, None) => Err(CliError::Sdk(SdkError::NotFound {
            what: "token or index",
            query: query.0.clone(),
        })),
    }
}
