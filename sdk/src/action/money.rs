use {
    super::{Plan, Step, account_for, round::least},
    crate::{
        error::SdkError,
        fetch, instruction, lookup_table, quote,
        state::{Account, Claim, ExitArgs, MAX_ASSETS, PersonalToken, RedeemArgs},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::{Atoms, Shares},
};

/// Claims what every stream has for `wallet`. The quote is atoms by payout mint.
///
/// # Errors
/// `Refused(NothingToClaim)`; `NotFound` without a holder account; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::state::Account<upside_sdk::state::PersonalToken>, wallet: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// let plan = upside_sdk::action::claim_dividends(client, token, wallet).await?;
/// for (mint, atoms) in &plan.quote {
///     println!("{} atoms of {mint}", atoms.0);
/// }
/// # Ok(())
/// # }
/// ```
pub async fn claim_dividends(
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
        if dividend.claimable.is_zero() {
            continue;
        }
        let asset = token.data.asset(usize::from(stream.asset))?;
        instructions.extend(account_for(client, wallet, wallet, asset).await?);
        instructions.push(instruction::claim_dividend(token, wallet, &asset.mint)?);
        paid.push((asset.mint, dividend.claimable));
    }
    if paid.is_empty() {
        return Err(TokenError::NothingToClaim.into());
    }
    Ok(Plan {
        quote: paid,
        steps: vec![Step::new("claim dividends", instructions)],
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
    let supply = fetch::share_supply(client, &token.key).await?;
    let paid = if bearer {
        let account = crate::address::bearer_account(&token.key, wallet);
        if fetch::balance(client, &account).await? < shares.0 {
            return Err(TokenError::InsufficientShares.into());
        }
        quote::redemption(&token.data, supply, shares, forgone)?
    } else {
        let holder = fetch::holder(client, &token.key, wallet).await?;
        let holder = holder.ok_or(TokenError::InsufficientShares)?.data;
        let now = fetch::clock(client).await?.unix_timestamp;
        quote::holder_redemption(&token.data, &holder, supply, shares, forgone, now)?
    };
    let mut min_out = paid;
    for amount in &mut min_out {
        *amount = least(*amount, limits.slippage_bps)?;
    }
    let args = RedeemArgs {
        shares: shares.0,
        min_out,
        forgone,
        deadline: limits.deadline,
    };

    let mut accounts = Vec::new();
    for (place, asset) in token.data.listed()?.iter().enumerate() {
        if (forgone >> place) & 1 == 0 {
            accounts.extend(account_for(client, wallet, wallet, asset).await?);
        }
    }
    let burn = if bearer {
        instruction::redeem_bearer(token, wallet, args)?
    } else {
        instruction::redeem(token, wallet, args)?
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

/// Pays revenue on a claim. The quote is what goes to reserve and stream, in atoms
/// of the claim's mint.
///
/// # Errors
/// `Refused(RevenueCapExceeded)`, `Refused(ClaimEnded)`, `Refused(WrongClaimKind)`; `Rpc`.
pub async fn pay_revenue(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    payer: &Pubkey,
    amount: Atoms,
) -> Result<Plan<upside_math::Split>, SdkError> {
    claim
        .data
        .require_open(crate::state::ClaimKind::RevenueShare)?;
    let now = fetch::clock(client).await?.unix_timestamp;
    if now >= claim.data.ends_at {
        return Err(TokenError::ClaimEnded.into());
    }
    if Atoms(claim.data.received).checked_add(amount)? > Atoms(claim.data.total) {
        return Err(TokenError::RevenueCapExceeded.into());
    }
    let quote = upside_math::split(amount, upside_math::Bps::new(token.data.terms.reserve_bps)?)?;
    let pay = instruction::pay_revenue(token, claim, payer, amount)?;
    Ok(Plan {
        quote,
        steps: vec![Step::new("pay revenue", vec![pay])],
    })
}

/// Exits equity on paper through the waterfall.
///
/// # Errors
/// `Refused(UnitsExceedHeld)`, `Refused(WrongClaimKind)`; `Rpc`.
pub async fn exit_claim(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    payer: &Pubkey,
    args: ExitArgs,
) -> Result<Plan<quote::ExitQuote>, SdkError> {
    claim.data.require_open(crate::state::ClaimKind::Equity)?;
    if args.units > claim.data.held()? {
        return Err(TokenError::UnitsExceedHeld.into());
    }
    let quote = quote::exit_of(&token.data, claim, args.units, Atoms(args.proceeds))?;
    let (owner, asset) = (token.data.owner, token.data.quote());
    let mut instructions: Vec<_> = account_for(client, payer, &owner, asset)
        .await?
        .into_iter()
        .collect();
    instructions.push(instruction::exit_claim(token, &claim.key, payer, args));
    Ok(Plan {
        quote,
        steps: vec![Step::new("exit claim", instructions)],
    })
}

/// Sells tokenized equity out of a claim's vault to `buyer`, who signs too.
///
/// # Errors
/// `Refused(UnitsExceedHeld)`, `Refused(ProceedsBelowCost)`, `Refused(WrongClaimKind)`;
/// `NotFound` for the mint; `Rpc`.
pub async fn sell_equity(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    buyer: &Pubkey,
    args: ExitArgs,
) -> Result<Plan<quote::ExitQuote>, SdkError> {
    claim
        .data
        .require_open(crate::state::ClaimKind::TokenizedEquity)?;
    if args.units > claim.data.held()? {
        return Err(TokenError::UnitsExceedHeld.into());
    }
    let quote = quote::exit_of(&token.data, claim, args.units, Atoms(args.proceeds))?;
    if quote.cost.0 > args.proceeds {
        return Err(TokenError::ProceedsBelowCost.into());
    }
    let mint = fetch::mint(client, &claim.data.mint).await?;
    let (owner, asset) = (token.data.owner, token.data.quote());
    let mut instructions: Vec<_> = account_for(client, buyer, &owner, asset)
        .await?
        .into_iter()
        .collect();
    let program = mint.token_program;
    instructions.push(instruction::create_associated(
        buyer, buyer, &mint.key, &program,
    ));
    let sale = instruction::Sale {
        buyer: *buyer,
        token_program: program,
        args,
    };
    instructions.push(instruction::sell_equity(token, claim, &sale));
    Ok(Plan {
        quote,
        steps: vec![Step::new("sell equity", instructions)],
    })
}
