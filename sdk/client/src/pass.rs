//! Whether a wallet may have what a product offers: one reading of the chain, at the
//! chain's own clock. What a door, a web page or a machine asks.

pub use upside_core::pass::{PassStatus, Standing, status};

use {
    crate::{
        address::{find_holder, find_pass},
        error::SdkError,
        fetch::{self, Raw},
        state::{Account, Holder, Pass, Product, ProductKind, decode},
    },
    anchor_lang::prelude::Pubkey,
    core::mem::offset_of,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// What `wallet`'s pass of a product is good for, at the chain's clock: one request.
/// An integrator who knows the product keeps it: its terms never change.
///
/// # Errors
/// `WrongAccount`, `NotFound` (the clock), `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn door(client: &upside_sdk::RpcClient, product: &upside_sdk::state::Account<upside_sdk::state::Product>, wallet: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// let status = upside_sdk::pass::verify(client, product, wallet).await?;
/// println!("{}", status.name());
/// # Ok(()) }
/// ```
pub async fn verify(
    client: &RpcClient,
    product: &Account<Product>,
    wallet: &Pubkey,
) -> Result<PassStatus, SdkError> {
    let clock = solana_program::sysvar::clock::ID;
    let pass = find_pass(&product.key, wallet).0;
    let holder = find_holder(&product.data.token, wallet).0;
    let mut keys = vec![clock, pass];
    if product.data.kind()? == ProductKind::Hold {
        keys.push(holder);
    }
    let found = fetch::raw(client, &keys).await?;
    let now = found.first().and_then(Option::as_ref);
    let now = now.ok_or_else(|| SdkError::NotFound {
        what: "clock",
        query: clock.to_string(),
    })?;
    let now = fetch::decode_clock(now)?.unix_timestamp;
    let pass = found.get(1).and_then(Option::as_ref).and_then(ours);
    let pass = pass.map(|raw| decode::<Pass>(&raw.key, &raw.owner, &raw.data));
    let holder = found.get(2).and_then(Option::as_ref).and_then(ours);
    let holder = holder.map(|raw| decode::<Holder>(&raw.key, &raw.owner, &raw.data));
    let holder = holder.transpose()?.map(|holder| holder.data);
    let pass = pass.transpose()?.map(|pass| pass.data);
    Ok(status(&product.data, pass.as_ref(), holder.as_ref(), now)?)
}

/// What only received lamports belongs to nobody yet.
fn ours(raw: &Raw) -> Option<&Raw> {
    (raw.owner != crate::address::SYSTEM_PROGRAM).then_some(raw)
}

/// As [`verify`], of a product by its address: two requests.
///
/// # Errors
/// As [`verify`], and `NotFound` where there is no such product.
pub async fn verify_pass(
    client: &RpcClient,
    product: &Pubkey,
    wallet: &Pubkey,
) -> Result<PassStatus, SdkError> {
    let product = fetch::account(client, product, "product").await?;
    verify(client, &product, wallet).await
}

/// All products of a token by number. Errors: `Rpc`.
pub async fn products(
    client: &RpcClient,
    token: &Pubkey,
) -> Result<Vec<Account<Product>>, SdkError> {
    let of_token = Some((offset_of!(Product, token), token));
    let mut products = fetch::all_with::<Product>(client, of_token).await?;
    products.sort_by_key(|product| product.data.number);
    Ok(products)
}

/// All passes of a product by wallet. Errors: `Rpc`.
pub async fn passes(client: &RpcClient, product: &Pubkey) -> Result<Vec<Account<Pass>>, SdkError> {
    let of_product = Some((offset_of!(Pass, product), product));
    let mut passes = fetch::all_with::<Pass>(client, of_product).await?;
    passes.sort_by_key(|pass| pass.data.wallet);
    Ok(passes)
}
