//! What somebody gets, and what others can do to it: shown before they pay.

use {
    super::{
        Disclosure, Intent, Preview, Sources, build_preview,
        gather::{self, Reading},
    },
    crate::{
        confusable,
        error::SdkError,
        identity::{self, Person, Trust},
        state::{Account, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

async fn marked(
    client: &RpcClient,
    from: &Sources<'_>,
    trust: &Trust,
) -> Result<Disclosure, SdkError> {
    let mut disclosure = from.disclosure()?;
    let person = Person {
        token: from.token.key,
        owner: from.token.data.owner,
        name: disclosure.identity.name.clone(),
    };
    let mut attested = identity::of(client, &[person], trust).await?;
    disclosure.identity.identity = attested.pop().unwrap_or_default();
    let all = confusable::all_names(client).await?;
    let alike = confusable::others(&all, &from.token.key);
    disclosure.identity.looks_like = alike.into_iter().cloned().collect();
    Ok(disclosure)
}

/// What others can do to a holder of a token, for a reader who trusts these: six requests
/// at most.
///
/// # Errors
/// `Rpc`; `WrongAccount` where an account does not decode.
pub async fn disclosure(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    trust: &Trust,
) -> Result<Disclosure, SdkError> {
    let from = gather::sources(client, token, Reading::Others(None)).await?;
    marked(client, &from, trust).await
}

/// What `wallet` gets or gives, and what others can do to it: seven requests at most,
/// however many holders there are.
///
/// # Errors
/// `Rpc`; `WrongAccount` where an account does not decode.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::state::Account<upside_sdk::state::PersonalToken>, me: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::{Shares, identity::Trust, inspect::{self, Intent}};
///
/// let intent = Intent::Buy(Shares(5_000_000));
/// let preview = inspect::preview(client, token, me, intent, &Trust::default()).await?;
/// println!("{} % of the cap", preview.holding.fully_diluted);
/// for power in &preview.disclosure.powers {
///     println!("{power:?}");
/// }
/// # Ok(())
/// # }
/// ```
pub async fn preview(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    intent: Intent<'_>,
    trust: &Trust,
) -> Result<Preview, SdkError> {
    let round = match intent {
        Intent::Contribute { round, .. } => Some(round),
        Intent::Buy(_) | Intent::Sell(_) => None,
    };
    let from = gather::sources(client, token, Reading::Others(round)).await?;
    let disclosure = marked(client, &from, trust).await?;
    Ok(build_preview(&from, wallet, intent, disclosure)?)
}
