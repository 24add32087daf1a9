//! Whether a wallet may have what a product offers: what a door, a web page or a machine
//! asks.

use crate::{
    error::CoreError,
    state::{Holder, Pass, Product, ProductKind},
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
/// use upside_core::{pass::{PassStatus, status}, state::Product};
///
/// let product: Product = bytemuck::Zeroable::zeroed();
/// assert_eq!(status(&product, None, None, 1_800_000_000).unwrap(), PassStatus::None);
/// ```
pub fn status(
    product: &Product,
    pass: Option<&Pass>,
    holder: Option<&Holder>,
    now: i64,
) -> Result<PassStatus, CoreError> {
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
