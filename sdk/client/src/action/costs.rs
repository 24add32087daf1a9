//! What a creation costs, and what of it comes back.

use {
    super::Plan,
    crate::{
        address::{TokenAddresses, find_associated, find_attesters, find_holder},
        error::SdkError,
        fetch::{self, MintInfo},
        state::{Attesters, space},
        transaction::lamports_after,
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    solana_keypair::Keypair,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// When the rent of an account comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Returns {
    /// Never: the account stays.
    Never,
    /// As soon as it is empty, to who paid it.
    OnceEmpty,
    /// When a wind-down has paid the last share out.
    AtTheEnd,
}

/// The rent of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rent {
    /// What the account is.
    pub what: &'static str,
    /// Its address.
    pub account: Pubkey,
    /// Lamports that are paid for it now.
    pub lamports: u64,
    /// When they come back.
    pub returns: Returns,
}

/// What the accounts of a new token cost, by a simulation of its creation; `attesters` if
/// some are named with it. Fees come to it.
///
/// # Errors
/// `Transaction` if the creation would fail; `Rpc`.
pub async fn creation_rents(
    client: &RpcClient,
    plan: &Plan<TokenAddresses>,
    payer: &Pubkey,
    creator: &Pubkey,
    quote: &MintInfo,
    attesters: bool,
) -> Result<Vec<Rent>, SdkError> {
    let TokenAddresses {
        token,
        mint,
        share_custody,
    } = plan.quote;
    let vault = find_associated(&token, &quote.key, &quote.token_program).0;
    let accounts = [
        ("token", token, Returns::Never),
        ("share mint", mint, Returns::Never),
        ("share custody", share_custody, Returns::AtTheEnd),
        ("vault of the quote mint", vault, Returns::AtTheEnd),
        (
            "creator's holder account",
            find_holder(&token, creator).0,
            Returns::OnceEmpty,
        ),
    ];
    let keys = accounts.map(|(_, key, _)| key);
    let before = fetch::raw(client, &keys).await?;
    let after = match plan.steps.first() {
        Some(step) => {
            let request = step.request::<Keypair>(payer, Vec::new());
            lamports_after(client, &request, &keys).await?
        }
        None => Vec::new(),
    };
    let paid = accounts.into_iter().zip(after).zip(before);
    let mut rents: Vec<_> = paid
        .map(|(((what, account, returns), after), before)| Rent {
            what,
            account,
            // Strangers may have sent lamports before: then less is paid.
            lamports: after.saturating_sub(before.map_or(0, |raw| raw.lamports)),
            returns,
        })
        .collect();
    if attesters {
        let size = space::<Attesters>();
        rents.push(Rent {
            what: "attesters",
            account: find_attesters(&token).0,
            lamports: client.get_minimum_balance_for_rent_exemption(size).await?,
            returns: Returns::AtTheEnd,
        });
    }
    Ok(rents)
}
