use {
    super::{Plan, Step, account_for, sale::required_holder},
    crate::{
        address::{find_contribution, find_holder},
        error::{CoreError, SdkError},
        fetch, instruction, lookup_table,
        quote::{self, OrderQuote},
        state::{self, Account, Holder, Order, PersonalToken, Round, StandingOrder},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::{Atoms, Shares},
};

/// Says what becomes of a holder's dividends in the quote mint until unix second `ends_at`,
/// in place of what they said before: they are left to the owner, or buy shares in a round.
/// Anybody executes it, see [`execute_orders`].
///
/// # Errors
/// `Refused(InvalidExpiry)`, `Refused(OrderVoid)` for another key than the owner's,
/// `Refused(ZeroAmount)` for no price, `Refused(RoundEscrows)`,
/// `Refused(RoundNeedsApproval)`, `Refused(SupplyAboveSigned)`, `Refused(TermsChanged)`,
/// `Refused(OwnerCannotContribute)`; `NotFound` for the holder account or the round; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::state::Account<upside_sdk::state::PersonalToken>, me: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::{action, address::find_round, fetch, state::Order};
///
/// let order = Order::BuyInRound {
///     round: find_round(&token.key, 1).0,
///     max_price: 500_000,
///     max_supply: action::most_supply(&token.data),
///     terms_version: token.data.terms_version,
/// };
/// let now = fetch::clock(client).await?.unix_timestamp;
/// let plan = action::set_order(client, token, me, me, order, now + 90 * 86_400).await?;
/// # let _ = plan;
/// # Ok(())
/// # }
/// ```
pub async fn set_order(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    wallet: &Pubkey,
    order: Order,
    ends_at: i64,
) -> Result<Plan, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    required_holder(client, token, wallet, "holder account").await?;
    let mut as_set = StandingOrder::default();
    token.data.require_active()?;
    let keys = [&token.key, wallet, payer];
    as_set.set(&token.data, keys, &order, ends_at, now)?;
    if let Order::BuyInRound { round, .. } = order {
        if *wallet == token.data.owner {
            return Err(TokenError::OwnerCannotContribute.into());
        }
        let round: Account<Round> = fetch::account(client, &round, "round").await?;
        as_set.require_round(&token.data, &round.key, &round.data, now)?;
    }
    let set = instruction::set_order(&token.key, payer, wallet, order, ends_at);
    Ok(Plan::single("set standing order", vec![set]))
}

/// Ends a standing order: the wallet's own, or anybody's that has ended.
///
/// # Errors
/// `Refused(OrderNotOver)`; `Rpc`.
pub async fn cancel_order(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    order: &Account<StandingOrder>,
    authority: &Pubkey,
) -> Result<Plan, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    if !order.data.may_close(&token.data, authority, now) {
        return Err(TokenError::OrderNotOver.into());
    }
    let cancel = instruction::cancel_order(order, authority);
    Ok(Plan::single("cancel standing order", vec![cancel]))
}

/// One order's execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Execution {
    /// Whose order.
    pub wallet: Pubkey,
    /// The owner's key, or the round.
    pub to: Pubkey,
    /// What it does, by itself: an execution before it may change it.
    pub quote: OrderQuote,
}

/// What executing several orders does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Executions {
    /// Those that can be executed, by wallet.
    pub executed: Vec<Execution>,
    /// Wallets whose order cannot be executed now, and why.
    pub skipped: Vec<(Pubkey, TokenError)>,
}

impl Executions {
    /// Quote atoms in all. Errors: `Math`.
    ///
    /// # Errors
    /// As said.
    pub fn amount(&self) -> Result<Atoms, SdkError> {
        let mut amounts = self.executed.iter().map(|one| one.quote.amount);
        Ok(amounts.try_fold(Atoms::ZERO, Atoms::checked_add)?)
    }

    /// Share atoms bought in all. Errors: `Math`.
    ///
    /// # Errors
    /// As said.
    pub fn shares(&self) -> Result<Shares, SdkError> {
        let bought = self
            .executed
            .iter()
            .filter_map(|one| one.quote.buys.as_ref());
        let mut bought = bought.map(|buys| buys.purchase.shares);
        Ok(bought.try_fold(Shares::ZERO, Shares::checked_add)?)
    }
}

/// Executes standing orders in as few transactions as fit: `wallet`'s, or everybody's.
/// Passes over those that cannot be executed now. `executor` pays, also the rent of a
/// contribution account in a round that caps its backers, and gets that rent back.
///
/// # Errors
/// `NotFound` where `wallet` has no order; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::state::Account<upside_sdk::state::PersonalToken>, me: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::action;
///
/// let plan = action::execute_orders(client, token, me, None).await?;
/// println!("{} orders", plan.quote.executed.len());
/// # Ok(())
/// # }
/// ```
pub async fn execute_orders(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    executor: &Pubkey,
    wallet: Option<&Pubkey>,
) -> Result<Plan<Executions>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    let orders = match wallet {
        None => fetch::orders(client, &token.key).await?,
        Some(wallet) => vec![fetch::order(client, &token.key, wallet).await?],
    };
    let keys: Vec<_> = orders
        .iter()
        .map(|order| find_holder(&token.key, &order.data.wallet).0)
        .collect();
    let holders = fetch::some::<Holder>(client, &keys).await?;
    let keys: Vec<_> = orders.iter().map(|order| order.data.to).collect();
    let rounds = fetch::some::<Round>(client, &keys).await?;
    let keys: Vec<_> = orders
        .iter()
        .map(|order| find_contribution(&order.data.to, &order.data.wallet).0)
        .collect();
    let paid = fetch::some::<state::Contribution>(client, &keys).await?;
    let mut found = Executions::default();
    let mut instructions = Vec::new();
    for (((order, holder), round), before) in orders.iter().zip(holders).zip(rounds).zip(paid) {
        let (to, wallet) = (order.data.to, order.data.wallet);
        let Some(holder) = holder else {
            found.skipped.push((wallet, TokenError::NothingToCollect));
            continue;
        };
        let round = round.as_ref().filter(|_| order.data.buys == 1);
        let before = before.as_ref().map(|before| &before.data);
        match quote::order(&token.data, &holder.data, &order.data, round, before, now) {
            Ok(quote) => {
                instructions.push(match round {
                    Some(round) => instruction::buy_by_order(token, round, &wallet, executor),
                    None => instruction::pay_by_order(token, &wallet),
                });
                found.executed.push(Execution { wallet, to, quote });
            }
            Err(CoreError::Refused(error)) => found.skipped.push((wallet, error)),
            Err(error) => return Err(error.into()),
        }
    }
    if instructions.is_empty() {
        return Ok(Plan {
            quote: found,
            steps: Vec::new(),
        });
    }
    let owner = token.data.owner;
    if let Some(open) = account_for(client, executor, &owner, token.data.quote()).await? {
        instructions.insert(0, open);
    }
    let steps: Vec<Step> =
        lookup_table::pack(client, executor, "execute standing orders", instructions).await?;
    Ok(Plan {
        quote: found,
        steps,
    })
}
