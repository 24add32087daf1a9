use {
    super::{Plan, Step, account_for, endowment::endow, holder_for},
    crate::{
        address::find_contribution,
        error::SdkError,
        fetch, instruction, quote,
        state::{self, Account, ContributeArgs, PersonalToken, Round},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::{Atoms, Shares},
};

/// Collections or refunds of one transaction: bounded by its size and its compute units.
const BATCH: usize = 6;

/// A contribution to make.
#[derive(Clone, Copy, Debug)]
pub struct Contribution {
    /// Who contributes.
    pub backer: Pubkey,
    /// Quote atoms to spend at most.
    pub payment: Atoms,
    /// Part of the quoted shares that may be missing, in basis points.
    pub slippage_bps: u16,
    /// Last second in which it may land, unix time.
    pub deadline: i64,
    /// Most share atoms that may exist before it; `None` for those that exist now and
    /// what open rounds and grant offers may still create.
    pub max_supply: Option<u64>,
    /// The owner or the registrar, in a round by approval.
    pub approver: Option<Pubkey>,
}

/// Contributes to a round; opens the backer's holder account under open admission.
///
/// # Errors
/// `Refused(RoundNotOpen)`, `Refused(RoundSoldOut)`, `Refused(Paused)`,
/// `Refused(PaymentBelowBacking)` and what else the program would refuse;
/// `EndowmentShort` with asset and amount; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, wallet: upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::{Atoms, action, fetch};
///
/// let token = fetch::find(client, "ADA").await?;
/// let round = fetch::round(client, &token.key, 0).await?;
/// let now = fetch::clock(client).await?.unix_timestamp;
/// let request = action::Contribution {
///     backer: wallet,
///     payment: Atoms(100_000_000), // 100 of a currency with 6 decimals
///     slippage_bps: 50,
///     deadline: now + 120,
///     max_supply: None,
///     approver: None,
/// };
/// let plan = action::contribute(client, &token, &round, &request).await?;
/// let bought = plan.quote.purchase;
/// println!("buys {} share atoms for {}", bought.shares.0, bought.charge.0);
/// // Send plan.steps one after the other: see `transaction::send_and_confirm`.
/// # Ok(())
/// # }
/// ```
pub async fn contribute(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    round: &Account<Round>,
    request: &Contribution,
) -> Result<Plan<quote::ContributionQuote>, SdkError> {
    let bound = |shares: Shares| least(shares.0, request.slippage_bps);
    contribute_within(client, token, round, request, bound).await
}

/// As [`contribute`], with a bound that is the same whatever is quoted: `min_shares` at
/// least. With a `max_supply`, what several people sign stays one message.
///
/// # Errors
/// As of [`contribute`]; `Refused(Slippage)` if it buys fewer now.
pub async fn contribute_at_least(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    round: &Account<Round>,
    request: &Contribution,
    min_shares: Shares,
) -> Result<Plan<quote::ContributionQuote>, SdkError> {
    let bound = |shares: Shares| match shares < min_shares {
        true => Err(TokenError::Slippage.into()),
        false => Ok(min_shares.0),
    };
    contribute_within(client, token, round, request, bound).await
}

async fn contribute_within(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    round: &Account<Round>,
    request: &Contribution,
    bound: impl Fn(Shares) -> Result<u64, SdkError>,
) -> Result<Plan<quote::ContributionQuote>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    token.data.require_running()?;
    round.data.require_open(now, request.payment.0)?;
    let quoted = quote::contribution_now(&token.data, &round.data, request.payment, now)?;
    let purchase = quoted.purchase;
    quoted.require_covered()?;
    let quote_asset = token.data.quote();
    let owner = token.data.owner;

    let mut instructions: Vec<_> = holder_for(client, token, &request.backer, &request.backer)
        .await?
        .into_iter()
        .collect();
    if !round.data.escrows() {
        instructions.extend(account_for(client, &request.backer, &owner, quote_asset).await?);
    }
    let args = ContributeArgs {
        max_payment: request.payment.0,
        min_shares: bound(purchase.shares)?,
        max_supply: request.max_supply.unwrap_or(most_supply(&token.data)),
        terms_version: token.data.terms_version,
        deadline: request.deadline,
    };
    let approver = request.approver.as_ref();
    instructions.push(instruction::contribute(
        token,
        round,
        &request.backer,
        approver,
        args,
    ));
    Ok(Plan {
        quote: quoted,
        steps: vec![Step::new("contribute", instructions)],
    })
}

/// The most share atoms that may exist before a contribution which nobody bounded: those
/// that exist now and what open rounds and grant offers may still create.
pub fn most_supply(token: &PersonalToken) -> u64 {
    token.supply.saturating_add(token.offered)
}

/// `amount` less a tolerated part, rounded up.
pub(crate) fn least(amount: u64, slippage_bps: u16) -> Result<u64, SdkError> {
    let tolerated = upside_math::Bps::new(slippage_bps)?;
    let kept = u64::from(upside_math::Bps::ONE.get() - tolerated.get());
    let one = u64::from(upside_math::Bps::ONE.get());
    Ok(upside_math::mul_div(
        amount,
        kept,
        one,
        upside_math::Rounding::Up,
    )?)
}

/// Takes a contribution back while its round is open.
///
/// # Errors
/// `NotFound` for the contribution; `Refused(RoundNotOpen)`; `Rpc`.
pub async fn leave_round(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    round: &Account<Round>,
    backer: &Pubkey,
) -> Result<Plan<Atoms>, SdkError> {
    let key = find_contribution(&round.key, backer).0;
    let contribution: Account<state::Contribution> =
        fetch::account(client, &key, "contribution").await?;
    let mut instructions: Vec<_> = account_for(client, backer, backer, token.data.quote())
        .await?
        .into_iter()
        .collect();
    instructions.push(instruction::leave_round(token, &contribution));
    let quote = Atoms(contribution.data.paid);
    Ok(Plan {
        quote,
        steps: vec![Step::new("leave round", instructions)],
    })
}

/// Closes a round that is over. The quote is what becomes of its raise; `None` if it
/// fails, or sold at once. If the owner closes, what the endowment lacks is deposited
/// from their accounts in the same transaction, and 1 % more.
///
/// # Errors
/// `Refused(RoundNotOver)`, `Refused(RoundAlreadyClosed)`; `Rpc`.
pub async fn close_round(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    round: &Account<Round>,
    closer: &Pubkey,
) -> Result<Plan<Option<quote::CloseQuote>>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    if round.data.status()? != state::RoundStatus::Open {
        return Err(TokenError::RoundAlreadyClosed.into());
    }
    let by_owner = *closer == token.data.owner;
    if !round.data.is_over(&token.data, by_owner, now)? {
        return Err(TokenError::RoundNotOver.into());
    }
    let mut instructions = Vec::new();
    let mut quoted = quote::close_now(&token.data, &round.data, now)?;
    if let (true, Some(close)) = (by_owner, &quoted) {
        instructions.extend(endow(client, token, closer, &close.missing).await?);
    }
    let short = |close: &quote::CloseQuote| !close.missing.is_empty();
    let fails = !by_owner && quote::is_cover_time_over(&round.data, now);
    if fails && quoted.as_ref().is_some_and(short) {
        quoted = None;
    }
    instructions.push(instruction::close_round(token, &round.key, closer));
    Ok(Plan {
        quote: quoted,
        steps: vec![Step::new("close round", instructions)],
    })
}

/// The contributions of `wallet`, or of everybody.
async fn chosen(
    client: &RpcClient,
    round: &Pubkey,
    wallet: Option<&Pubkey>,
) -> Result<Vec<Account<state::Contribution>>, SdkError> {
    let Some(wallet) = wallet else {
        return fetch::contributions(client, round).await;
    };
    let key = find_contribution(round, wallet).0;
    Ok(vec![fetch::account(client, &key, "contribution").await?])
}

/// Registers contributed shares of a round that succeeded: of one backer, or of all.
/// The quote is the shares registered.
///
/// # Errors
/// `Refused(RoundNotSucceeded)`; `NotFound` for one backer's contribution; `Rpc`.
pub async fn collect_contributions(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    round: &Account<Round>,
    wallet: Option<&Pubkey>,
) -> Result<Plan<Shares>, SdkError> {
    use state::RoundStatus::{Settled, Succeeded};
    if !matches!(round.data.status()?, Succeeded | Settled) {
        return Err(TokenError::RoundNotSucceeded.into());
    }
    let contributions = chosen(client, &round.key, wallet).await?;
    let mut shares = Shares::ZERO;
    for contribution in &contributions {
        shares = shares.checked_add(contribution.data.shares()?)?;
    }
    let steps = contributions.chunks(BATCH).map(|batch| {
        let claims = batch
            .iter()
            .map(|one| instruction::collect_contribution(&token.key, one))
            .collect();
        Step::new("collect contributions", claims)
    });
    Ok(Plan {
        quote: shares,
        steps: steps.collect(),
    })
}

/// Pays contributions to a failed round back: of one backer, or of all. The quote
/// is the quote atoms paid.
///
/// # Errors
/// `Refused(RoundNotFailed)`; `NotFound` for one backer's contribution; `Rpc`.
pub async fn refund_contributions(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    round: &Account<Round>,
    payer: &Pubkey,
    wallet: Option<&Pubkey>,
) -> Result<Plan<Atoms>, SdkError> {
    if round.data.status()? != state::RoundStatus::Failed {
        return Err(TokenError::RoundNotFailed.into());
    }
    let mut paid = Atoms::ZERO;
    let mut steps = Vec::new();
    for contribution in chosen(client, &round.key, wallet).await? {
        paid = paid.checked_add(Atoms(contribution.data.paid))?;
        let backer = contribution.data.wallet;
        let mut instructions: Vec<_> = account_for(client, payer, &backer, token.data.quote())
            .await?
            .into_iter()
            .collect();
        instructions.push(instruction::refund_contribution(token, &contribution));
        steps.push(Step::new("refund contribution", instructions));
    }
    Ok(Plan { quote: paid, steps })
}

/// Pays the owner's part of a successful round's proceeds. The quote is that part, in
/// quote atoms.
///
/// # Errors
/// `Refused(RoundAlreadySettled)`, `Refused(RoundNotSucceeded)`; `Rpc`.
pub async fn settle_round(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    round: &Account<Round>,
    payer: &Pubkey,
) -> Result<Plan<Atoms>, SdkError> {
    match round.data.status()? {
        state::RoundStatus::Succeeded => {}
        state::RoundStatus::Settled => return Err(TokenError::RoundAlreadySettled.into()),
        _ => return Err(TokenError::RoundNotSucceeded.into()),
    }
    let (owner, asset) = (token.data.owner, token.data.quote());
    let mut instructions: Vec<_> = account_for(client, payer, &owner, asset)
        .await?
        .into_iter()
        .collect();
    instructions.push(instruction::settle_round(token, &round.key));
    let steps = vec![Step::new("settle round", instructions)];
    Ok(Plan {
        quote: Atoms(round.data.to_owner),
        steps,
    })
}

/// Numbers of the rounds that sell at once and take contributions now. Whoever contributes
/// before a payment to holders has part in it: who pays revenue, an exit, or another mint
/// in, closes them first, or lets them end. Two requests at most.
///
/// # Errors
/// `Rpc`.
pub async fn selling_at_once(
    client: &RpcClient,
    token: &Account<PersonalToken>,
) -> Result<Vec<u64>, SdkError> {
    if token.data.open_rounds == 0 || token.data.escrow_round != 0 {
        return Ok(Vec::new());
    }
    let now = fetch::clock(client).await?.unix_timestamp;
    let rounds = fetch::rounds(client, &token.key).await?;
    let sells = |round: &Round| -> Result<bool, TokenError> {
        let open = round
            .require_open(now, round.min_contribution.max(1))
            .is_ok();
        Ok(open && !round.escrows() && round.sold()? < round.offered()?)
    };
    let mut numbers = Vec::new();
    for round in &rounds {
        if sells(&round.data)? {
            numbers.push(round.data.number);
        }
    }
    Ok(numbers)
}
