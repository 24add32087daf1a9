use {
    super::super::{fetch::Pool, instruction as ix, quote, quote::Harvest},
    crate::{action::Plan, error::SdkError, lookup_table},
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// Harvests the slots named, whether they owe anything or not. Anybody may.
///
/// # Errors
/// `NotFound` for a slot that is no person's; `Rpc`.
pub async fn harvest(
    client: &RpcClient,
    pool: &Pool,
    payer: &Pubkey,
    slots: &[u8],
) -> Result<Plan<Vec<Harvest>>, SdkError> {
    let (harvests, instructions) = instructions(pool, slots)?;
    Ok(Plan {
        quote: harvests,
        steps: lookup_table::pack(client, payer, "harvest", instructions).await?,
    })
}

/// Harvests everything that persons owe the index now. Anybody may.
///
/// # Errors
/// `Rpc`.
pub async fn harvest_due(
    client: &RpcClient,
    pool: &Pool,
    payer: &Pubkey,
) -> Result<Plan<Vec<Harvest>>, SdkError> {
    harvest(client, pool, payer, &quote::harvestable(pool)?).await
}

/// The harvests of these slots, and the instructions that make them.
pub(super) fn instructions(
    pool: &Pool,
    slots: &[u8],
) -> Result<(Vec<Harvest>, Vec<Instruction>), SdkError> {
    let (mut all, mut instructions) = (Vec::new(), Vec::new());
    for slot in slots {
        let token = &pool.person(*slot)?.token;
        let found = quote::harvests(pool, *slot)?;
        // The last one notes that nothing is left, so empty ones before it are left out.
        let count = found.len();
        for (place, harvest) in found.into_iter().enumerate() {
            if harvest.amount.is_zero() && place + 1 < count {
                continue;
            }
            let cash = harvest
                .coin_slot
                .map(|slot| pool.index.data.constituent(slot));
            let mint = cash.transpose()?.map(|cash| cash.key);
            let payout = mint.map(|mint| token.data.asset_of(&mint)).transpose()?;
            instructions.push(ix::harvest(&pool.index, *slot, token, payout)?);
            all.push(harvest);
        }
    }
    Ok((all, instructions))
}
