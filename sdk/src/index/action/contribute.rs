use {
    super::{
        super::{
            ContributeArgs,
            fetch::Pool,
            instruction as ix,
            quote::{self, ContributionQuote},
        },
        AT_ONCE, basket, harvest, share_account,
    },
    crate::{action::Plan, error::SdkError, lookup_table},
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// A contribution to make.
#[derive(Clone, Copy, Debug)]
pub struct Contribute {
    /// Who gives and gets.
    pub wallet: Pubkey,
    /// Index share atoms to ask for.
    pub shares: u64,
    /// By how much more of each constituent it may cost, in basis points.
    pub slippage_bps: u16,
    /// Last second in which it may land, unix time.
    pub deadline: i64,
}

/// Contributes, with the harvests that are due: in one transaction as far as that
/// fits, with more constituents through a basket. The quote is for the pool after
/// these harvests.
///
/// # Errors
/// `IndexRefused(NotActive)`, `IndexRefused(Paused)` and what else the program would
/// refuse; `Transaction` where it does not fit; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(
/// #     client: &upside_sdk::RpcClient, wallet: upside_sdk::Pubkey,
/// # ) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::index::{action, fetch};
///
/// let index = fetch::find(client, "MAKERS").await?;
/// let pool = fetch::pool(client, &index.key).await?;
/// let wish = action::Contribute {
///     wallet,
///     shares: 5_000_000_000, // 5 shares: they have 9 decimals
///     slippage_bps: 50,
///     deadline: pool.clock.unix_timestamp + 120,
/// };
/// let plan = action::contribute(client, &pool, &wish).await?;
/// println!("in {} transactions, for {} kinds of things", plan.steps.len(), plan.quote.amounts.len());
/// # Ok(())
/// # }
/// ```
pub async fn contribute(
    client: &RpcClient,
    pool: &Pool,
    wish: &Contribute,
) -> Result<Plan<ContributionQuote>, SdkError> {
    let (quote, instructions) = instructions(client, pool, wish).await?;
    Ok(Plan {
        quote,
        steps: lookup_table::pack(client, &wish.wallet, "contribute", instructions).await?,
    })
}

/// The instructions of a contribution, in order.
pub(super) async fn instructions(
    client: &RpcClient,
    pool: &Pool,
    wish: &Contribute,
) -> Result<(ContributionQuote, Vec<Instruction>), SdkError> {
    pool.index.data.require_running()?;
    let (harvests, mut instructions) = harvest::instructions(pool, &quote::stale(pool))?;
    let after = pool.harvested(&harvests)?;
    let quote = quote::contribution(&after, wish.shares)?;
    let share = share_account(client, &after.index.data, &wish.wallet, &wish.wallet).await?;
    instructions.splice(0..0, share);
    if quote.amounts.len() <= AT_ONCE {
        let args = ContributeArgs {
            shares: wish.shares,
            most: quote::at_most(&quote.amounts, wish.slippage_bps),
            deadline: wish.deadline,
        };
        instructions.push(ix::contribute(&after.index, &wish.wallet, args)?);
    } else {
        instructions.extend(basket::contribution(client, &after, wish, &quote).await?);
    }
    Ok((quote, instructions))
}
