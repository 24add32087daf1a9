use {
    super::{Plan, Step, account_for, round::least},
    crate::{
        error::{CoreError, SdkError},
        fetch, instruction, lookup_table, quote,
        state::{Account, MAX_ASSETS, PersonalToken, RedeemArgs},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::{Atoms, Shares},
};

/// Collects what every stream has for `wallet`. The quote is atoms by payout mint.
///
/// # Errors
/// `Refused(NothingToCollect)`; `NotFound` without a holder account; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::state::Account<upside_sdk::state::PersonalToken>, wallet: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// let plan = upside_sdk::action::collect_dividends(client, token, wallet).await?;
/// for (mint, atoms) in &plan.quote {
///     println!("{} atoms of {mint}", atoms.0);
/// }
/// # Ok(())
/// # }
/// ```
pub async fn collect_dividends(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
) -> Result<Plan<Vec<(Pubkey, Atoms)>>, SdkError> {
    let holder = fetch::holder(client, &token.key, wallet)
        .await?
        .ok_or_else(|| SdkError::NotFound {
            what: "holder account",
            query: wallet.to_string(),
        })?;
    let now = fetch::clock(client).await?.unix_timestamp;
    let (mut paid, mut instructions) = (Vec::new(), Vec::new());
    for (place, stream) in token.data.active_streams()?.iter().enumerate() {
        let dividend = quote::dividend(&token.data, &holder.data, place, now)?;
        if dividend.collectable.is_zero() {
            continue;
        }
        let asset = token.data.asset(usize::from(stream.asset))?;
        instructions.extend(account_for(client, wallet, wallet, asset).await?);
        instructions.push(instruction::collect_dividend(token, wallet, &asset.mint)?);
        paid.push((asset.mint, dividend.collectable));
    }
    if paid.is_empty() {
        return Err(TokenError::NothingToCollect.into());
    }
    Ok(Plan {
        quote: paid,
        steps: vec![Step::new("collect dividends", instructions)],
    })
}

/// How far a result may stray from its quote.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Part that may be missing, in basis points.
    pub slippage_bps: u16,
    /// Last second in which it may land, unix time.
    pub deadline: i64,
}

/// What a redemption pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redemption {
    /// Atoms of each listed asset, in the order of the list.
    pub paid: [u64; MAX_ASSETS],
    /// Least of each that will be accepted.
    pub min_out: [u64; MAX_ASSETS],
    /// The share mint's supply that the quote is based on, in share atoms.
    pub supply: Shares,
}

/// Redeems shares: registered ones, or with `bearer` tokens in the wallet. Assets
/// with a bit in `forgone` are left to the others.
///
/// # Errors
/// `Refused(InsufficientShares)`, `Refused(NothingToRedeem)`; `NotFound`; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::state::Account<upside_sdk::state::PersonalToken>, wallet: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::{Shares, action, fetch};
///
/// let limits = action::Limits {
///     slippage_bps: 100,
///     deadline: fetch::clock(client).await?.unix_timestamp + 120,
/// };
/// let shares = Shares(5_000_000); // 5 shares
/// let plan = action::redeem(client, token, wallet, shares, false, 0, &limits).await?;
/// println!("pays {:?} atoms, in the order of the listed assets", plan.quote.paid);
/// # Ok(())
/// # }
/// ```
pub async fn redeem(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    shares: Shares,
    bearer: bool,
    forgone: u8,
    limits: &Limits,
) -> Result<Plan<Redemption>, SdkError> {
    let burn = (shares, bearer, forgone);
    let bound = |paid| least(paid, limits.slippage_bps);
    redeem_within(client, token, wallet, burn, limits.deadline, |_, paid| {
        bound(paid)
    })
    .await
}

/// As [`redeem`], with bounds that are the same whatever is quoted: at least `min_out` atoms
/// of each asset, in the order of the list. What several people sign stays one message.
///
/// # Errors
/// As of [`redeem`]; `Refused(Slippage)` if it pays less now.
#[allow(clippy::too_many_arguments, reason = "as of `redeem`, with two bounds")]
pub async fn redeem_at_least(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    shares: Shares,
    bearer: bool,
    forgone: u8,
    min_out: &[u64; MAX_ASSETS],
    deadline: i64,
) -> Result<Plan<Redemption>, SdkError> {
    let bound = |place: usize, paid: u64| match min_out.get(place).copied().unwrap_or(0) {
        least if least > paid => Err(TokenError::Slippage.into()),
        least => Ok(least),
    };
    let burn = (shares, bearer, forgone);
    redeem_within(client, token, wallet, burn, deadline, bound).await
}

async fn redeem_within(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    (shares, bearer, forgone): (Shares, bool, u8),
    deadline: i64,
    bound: impl Fn(usize, u64) -> Result<u64, SdkError>,
) -> Result<Plan<Redemption>, SdkError> {
    let holder = if bearer {
        let account = crate::address::bearer_account(&token.key, wallet);
        if fetch::balance(client, &account).await? < shares.0 {
            return Err(TokenError::InsufficientShares.into());
        }
        None
    } else {
        let holder = fetch::holder(client, &token.key, wallet).await?;
        Some(holder.ok_or(TokenError::InsufficientShares)?)
    };
    let supply = fetch::share_supply(client, &token.key).await?;
    let receipted = token.data.estates > 0;
    if receipted && bearer {
        return Err(TokenError::ReceiptRequired.into());
    }
    let paid = match &holder {
        None => quote::redemption(&token.data, supply, shares, forgone),
        Some(holder) => {
            let now = fetch::clock(client).await?.unix_timestamp;
            quote::holder_redemption(&token.data, &holder.data, supply, shares, forgone, now)
        }
    };
    let paid = match paid {
        // Estates may be all that is left.
        Err(CoreError::Refused(TokenError::NothingToRedeem)) if receipted => Default::default(),
        paid => paid?,
    };
    let mut min_out = paid;
    for (place, amount) in min_out.iter_mut().enumerate() {
        *amount = bound(place, *amount)?;
    }
    let args = RedeemArgs {
        shares: shares.0,
        min_out,
        forgone,
        deadline,
    };

    let mut accounts = Vec::new();
    for (place, asset) in token.data.listed()?.iter().enumerate() {
        if (forgone >> place) & 1 == 0 {
            accounts.extend(account_for(client, wallet, wallet, asset).await?);
        }
    }
    let burn = match &holder {
        None => instruction::redeem_bearer(token, wallet, args)?,
        Some(holder) if receipted => instruction::redeem_for_receipt(token, holder, wallet, args)?,
        Some(_) => instruction::redeem(token, wallet, args)?,
    };
    let quote = Redemption {
        paid,
        min_out,
        supply,
    };
    // With many assets the new accounts and the redemption do not fit one transaction.
    let mut steps = Vec::new();
    if accounts.len() > 2 {
        steps.push(Step::new(
            "open token accounts",
            std::mem::take(&mut accounts),
        ));
    }
    accounts.push(burn);
    steps.push(Step::new("redeem", accounts));
    let steps = lookup_table::fit(client, wallet, steps).await?;
    Ok(Plan { quote, steps })
}

/// Gives to the reserve. The quote is the reserve after it, in atoms.
///
/// # Errors
/// `Refused(AssetNotListed)`.
pub fn deposit_reserve(
    token: &Account<PersonalToken>,
    giver: &Pubkey,
    mint: &Pubkey,
    amount: Atoms,
) -> Result<Plan<Atoms>, SdkError> {
    let asset = token.data.asset(token.data.asset_of(mint)?)?;
    let quote = Atoms(asset.reserve).checked_add(amount)?;
    let deposit = instruction::deposit_reserve(token, giver, mint, amount)?;
    Ok(Plan {
        quote,
        steps: vec![Step::new("deposit into the reserve", vec![deposit])],
    })
}
