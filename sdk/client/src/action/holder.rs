use {
    super::{Plan, Step, holder_for},
    crate::{
        address::{TOKEN_2022_PROGRAM, TokenAddresses, bearer_account},
        error::SdkError,
        fetch, instruction,
        state::{Account, Admission, CreateTokenArgs, PersonalToken, WARMING},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::Shares,
};

/// Creates a token and opens its creator's holder account. The quote is the new
/// token's addresses.
///
/// # Errors
/// `NotFound` for the quote mint; `Refused(AlreadyExists)` where the creator has a
/// token already; `Refused(InvalidTerms)`; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, creator: &upside_sdk::Pubkey, currency: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::{
///     Pubkey, action,
///     state::{Admission, CreateTokenArgs, TermsInput, TransferPolicy},
/// };
///
/// let args = CreateTokenArgs {
///     name: "Ada Lovelace".into(),
///     symbol: "ADA".into(),
///     uri: "https://ada.example/token.json".into(),
///     terms: TermsInput::default(),
///     admission: Admission::Open.into(),
///     transfer_policy: TransferPolicy::Free.into(),
///     guardian: Pubkey::default(),
///     registrar: Pubkey::default(),
///     credential: Pubkey::default(),
///     schema: Pubkey::default(),
/// };
/// let plan = action::create_token(client, creator, creator, currency, args).await?;
/// println!("it will be {}", plan.quote.token);
/// # Ok(())
/// # }
/// ```
pub async fn create_token(
    client: &RpcClient,
    payer: &Pubkey,
    creator: &Pubkey,
    quote_mint: &Pubkey,
    args: CreateTokenArgs,
) -> Result<Plan<TokenAddresses>, SdkError> {
    args.terms.validated()?;
    let addresses = TokenAddresses::of_creator(creator);
    if fetch::optional::<PersonalToken>(client, &addresses.token)
        .await?
        .is_some()
    {
        return Err(TokenError::AlreadyExists.into());
    }
    let quote = fetch::mint(client, quote_mint).await?;
    let create = instruction::create_token(
        payer,
        creator,
        &quote.key,
        &quote.token_program,
        quote.authority,
        args,
    );
    let open = instruction::open_holder(&addresses.token, payer, creator, creator);
    let steps = vec![Step::new("create token", vec![create, open])];
    Ok(Plan {
        quote: addresses,
        steps,
    })
}

/// Opens a wallet's holder account. `authority` is the wallet itself, the owner or
/// the registrar. Under admission by credential the wallet's own is found and shown.
///
/// # Errors
/// `Refused(AlreadyExists)`, `Refused(NotAdmitted)`, `Refused(CredentialRequired)`,
/// `Refused(CredentialExpired)`, `Rpc`.
pub async fn open_holder(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    authority: &Pubkey,
    wallet: &Pubkey,
) -> Result<Plan, SdkError> {
    if fetch::holder(client, &token.key, wallet).await?.is_some() {
        return Err(TokenError::AlreadyExists.into());
    }
    let by_credential = token.data.admission()? == Admission::Credential
        && !token.data.is_open()?
        && authority == wallet
        && !token.data.admits(authority);
    let open = if by_credential {
        super::by_credential(client, token, payer, wallet).await?
    } else {
        instruction::open_holder(&token.key, payer, authority, wallet)
    };
    Ok(Plan::single("open holder", vec![open]))
}

/// Accepts ownership that was proposed to `new_owner`.
///
/// # Errors
/// `Refused(NotPendingOwner)`.
pub fn accept_ownership(
    token: &Account<PersonalToken>,
    new_owner: &Pubkey,
) -> Result<Plan, SdkError> {
    if token.data.pending_owner != *new_owner {
        return Err(TokenError::NotPendingOwner.into());
    }
    let accept = instruction::accept_ownership(token, new_owner);
    Ok(Plan::single("accept ownership", vec![accept]))
}

/// What a move of shares changes, in share atoms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Shares moved.
    pub shares: Shares,
    /// Registered shares of the sender, or of the wallet, after it.
    pub left: Shares,
}

async fn sender(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    shares: Shares,
) -> Result<(crate::state::Holder, Move), SdkError> {
    let holder = fetch::holder(client, &token.key, wallet)
        .await?
        .ok_or_else(|| SdkError::NotFound {
            what: "holder account",
            query: wallet.to_string(),
        })?;
    holder.data.require_free(shares.0)?;
    let left = Shares(holder.data.shares).checked_sub(shares)?;
    Ok((holder.data, Move { shares, left }))
}

/// Gives registered shares to another wallet. Its holder account is opened by the
/// sender only where the receiver signs too; otherwise it must exist.
///
/// # Errors
/// `NotFound` for a holder account; `Refused(InsufficientShares)`,
/// `Refused(ApprovalRequired)`, `Refused(TransferClosed)`; `Rpc`.
pub async fn transfer(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    from: &Pubkey,
    to: &Pubkey,
    shares: Shares,
) -> Result<Plan<Move>, SdkError> {
    let (sender, quote) = sender(client, token, from, shares).await?;
    let receiver = fetch::holder(client, &token.key, to)
        .await?
        .ok_or_else(|| SdkError::NotFound {
            what: "holder account of the receiver",
            query: to.to_string(),
        })?;
    let approval = if instruction::needs_approval(&token.data, &sender, &receiver.data)? {
        let found = fetch::approval(client, &token.key, from, to).await?;
        Some(found.ok_or(TokenError::ApprovalRequired)?)
    } else {
        None
    };
    let transfer = instruction::transfer_shares(&token.key, from, to, shares, approval.as_ref());
    Ok(Plan {
        quote,
        steps: vec![Step::new("transfer shares", vec![transfer])],
    })
}

/// Turns registered shares into bearer tokens in the wallet.
///
/// # Errors
/// `Refused(InsufficientShares)`, `Refused(BearerCapExceeded)`, `NotFound`, `Rpc`.
pub async fn withdraw(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    wallet: &Pubkey,
    shares: Shares,
) -> Result<Plan<Move>, SdkError> {
    let (_, quote) = sender(client, token, wallet, shares).await?;
    let after = Shares(token.data.bearer()?).checked_add(shares)?;
    if after.0 > token.data.terms.bearer_cap {
        return Err(TokenError::BearerCapExceeded.into());
    }
    let mint = token.data.mint;
    let instructions = vec![
        instruction::create_associated(payer, wallet, &mint, &TOKEN_2022_PROGRAM),
        instruction::withdraw(token, wallet, shares),
    ];
    Ok(Plan {
        quote,
        steps: vec![Step::new("withdraw shares", instructions)],
    })
}

/// What a deposit does, in share atoms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deposit {
    /// Shares deposited.
    pub shares: Shares,
    /// Shares of the holder that warm after it, these among them.
    pub warm: Shares,
    /// From when on those earn and vote, unix seconds, if the deposit lands now.
    pub warm_at: i64,
}

/// Brings bearer tokens of the wallet back. They redeem at once, and earn and vote a day
/// later; those that warm already wait as long again.
///
/// # Errors
/// `Refused(InsufficientShares)` where the wallet holds fewer;
/// `Refused(NotAdmitted)` without a holder account; `Rpc`.
pub async fn deposit(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    wallet: &Pubkey,
    shares: Shares,
) -> Result<Plan<Deposit>, SdkError> {
    let held = fetch::balance(client, &bearer_account(&token.key, wallet)).await?;
    if held < shares.0 {
        return Err(TokenError::InsufficientShares.into());
    }
    let before = fetch::holder(client, &token.key, wallet).await?;
    let now = fetch::clock(client).await?.unix_timestamp;
    let before = before.filter(|holder| !holder.data.has_warmed(now));
    let warm = before.map_or(Shares::ZERO, |holder| Shares(holder.data.warm));
    let mut instructions: Vec<_> = holder_for(client, token, payer, wallet)
        .await?
        .into_iter()
        .collect();
    instructions.push(instruction::deposit(token, wallet, shares));
    let quote = Deposit {
        shares,
        warm: warm.checked_add(shares)?,
        warm_at: now.saturating_add(WARMING),
    };
    Ok(Plan {
        quote,
        steps: vec![Step::new("deposit shares", instructions)],
    })
}

/// Registers deposited shares of a wallet that have waited out their day. Anybody sends it.
/// The quote is those shares.
///
/// # Errors
/// `Refused(NothingToWarm)`; `NotFound` for the holder account; `Rpc`.
pub async fn warm_up(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
) -> Result<Plan<Shares>, SdkError> {
    let holder = fetch::holder(client, &token.key, wallet).await?;
    let holder = holder.ok_or_else(|| SdkError::NotFound {
        what: "holder account",
        query: wallet.to_string(),
    })?;
    let now = fetch::clock(client).await?.unix_timestamp;
    if !holder.data.has_warmed(now) {
        return Err(TokenError::NothingToWarm.into());
    }
    let warm = instruction::warm_up(&token.key, wallet);
    Ok(Plan {
        quote: Shares(holder.data.warm),
        steps: vec![Step::new("register warmed shares", vec![warm])],
    })
}
