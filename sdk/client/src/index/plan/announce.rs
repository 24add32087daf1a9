use {
    super::RebalancePlan,
    crate::{
        action::{Plan, Step},
        error::SdkError,
        index::{
            Rebalance, SealArgs, action, fetch::Pool, instruction as ix, plan::Pace, rebalance,
        },
        state::Account,
    },
    anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// Drafts and seals one rebalance. The seal names the hash of these orders: whatever else
/// is drafted meanwhile is refused. The quote is how it is sealed. Signers: the curator,
/// and `payer` the first time.
///
/// # Errors
/// As [`action::draft`].
pub async fn announce(
    client: &RpcClient,
    pool: &Pool,
    present: Option<&Account<Rebalance>>,
    payer: &Pubkey,
    planned: &RebalancePlan,
    (pace, duration): (Pace, u32),
) -> Result<Plan<SealArgs>, SdkError> {
    let orders = planned.orders();
    let mut steps = action::draft(client, pool, present, payer, &orders)
        .await?
        .steps;
    let args = SealArgs {
        content: rebalance::content(&pool.index.data, &orders)?,
        duration,
        long_notice: pace == Pace::LongNotice,
        by_majority: pace == Pace::Majority,
    };
    let seal = ix::seal_rebalance(&pool.index, args);
    steps.push(Step::new("seal the rebalance", vec![seal]));
    Ok(Plan { quote: args, steps })
}
