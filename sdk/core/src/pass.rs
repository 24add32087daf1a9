//! Whether a wallet may have what a product offers: one reading of the chain, at the
//! chain's own clock. What a door, a web page or a machine asks.

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

/// What a pass is good for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassStatus {
    /// It is good.
    Valid(Standing),
    /// Its time is over.
    Expired(Standing),
    /// No units are left.
    UsedUp(Standing),
    /// The shares that it locked were redeemed.
    Ended(Standing),
    /// The wallet has no pass of this product.
    None,
}

/// What is on a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Units left.
    pub units: u64,
    /// Last second in which it is good, unix time; `None` where it has no end.
    pub expires_at: Option<i64>,
    /// The product's tier.
    pub tier: u8,
}

impl PassStatus {
    /// Whether the wallet may have what the product offers.
    pub fn is_valid(&self) -> bool {
        matches!(self, PassStatus::Valid(_))
    }

    /// As reports name it.
    pub fn name(&self) -> &'static str {
        match self {
            PassStatus::Valid(_) => "valid",
            PassStatus::Expired(_) => "expired",
            PassStatus::UsedUp(_) => "used up",
            PassStatus::Ended(_) => "ended",
            PassStatus::None => "none",
        }
    }

    /// What is on the pass, where there is one.
    pub fn standing(&self) -> Option<&Standing> {
        match self {
            PassStatus::Valid(standing)
            | PassStatus::Expired(standing)
            | PassStatus::UsedUp(standing)
            | PassStatus::Ended(standing) => Some(standing),
            PassStatus::None => None,
        }
    }
}

/// What a pass is good for at unix time `now`, without I/O. `holder` is the wallet's holder
/// account, if it has one.
///
/// # Errors
/// `Refused(InvalidProduct)` where the product's kind is unknown.
///
/// # Example
/// ```
/// use upside_sdk::{pass::{PassStatus, status}, state::Product};
///
/// let product: Product = bytemuck::Zeroable::zeroed();
/// assert_eq!(status(&product, None, None, 1_800_000_000).unwrap(), PassStatus::None);
/// ```
pub fn status(
    product: &Product,
    pass: Option<&Pass>,
    holder: Option<&Holder>,
    now: i64,
) -> Result<PassStatus, SdkError> {
    let Some(pass) = pass else {
        return Ok(PassStatus::None);
    };
    let standing = Standing {
        units: pass.units,
        expires_at: (pass.expires_at != 0).then_some(pass.expires_at),
        tier: pass.tier,
    };
    let locks = product.kind()? == ProductKind::Hold;
    Ok(if pass.is_expired(now) {
        PassStatus::Expired(standing)
    } else if pass.units == 0 {
        PassStatus::UsedUp(standing)
    } else if locks && !holder.is_some_and(|holder| holder.holds(pass)) {
        PassStatus::Ended(standing)
    } else {
        PassStatus::Valid(standing)
    })
}

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
    status(&product.data, pass.as_ref(), holder.as_ref(), now)
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
