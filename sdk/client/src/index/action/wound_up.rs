//! Persons that were wound up: the index's shares of them become what they pay.

use {
    super::super::{IndexError, fetch::Pool, instruction as ix},
    crate::{
        action::{EstatePart, Plan, Step, receipts},
        error::SdkError,
        fetch, lookup_table,
        state::{Account, Claim, PersonalToken, Receipt, TokenStatus},
    },
    anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::Atoms,
};

/// Units of which rounding down takes at most a thousandth.
const FINE: u64 = 1_000;

/// Redeems the index's shares of the person in a slot, who was wound up; what is due is
/// harvested first. Anybody may. The quote is what is paid of each asset of the person.
///
/// # Errors
/// `IndexRefused(NotWoundUp)`, `IndexRefused(NothingToWrap)`,
/// `IndexRefused(NoSlotForAsset)`; `Rpc`.
pub async fn redeem_wound_up(
    client: &RpcClient,
    pool: &Pool,
    payer: &Pubkey,
    slot: u8,
) -> Result<Plan<Vec<(Pubkey, u64)>>, SdkError> {
    let person = pool.person(slot)?;
    let token = &person.token;
    if token.data.status()? != TokenStatus::WindDown {
        return Err(IndexError::NotWoundUp.into());
    }
    if pool.index.data.constituent(slot)?.counter == 0 {
        return Err(IndexError::NothingToWrap.into());
    }
    let (_, mut instructions) = super::harvest::instructions(pool, &[slot])?;
    let redeem = ix::redeem_wound_up(&pool.index, payer, slot, token, &person.custody.data)?;
    instructions.push(redeem);
    let counter = pool.index.data.constituent(slot)?.counter;
    let paid = token.data.share_out(counter, 0)?.paid;
    let assets = token.data.listed()?.iter().zip(paid);
    Ok(Plan {
        quote: assets
            .filter(|(_, paid)| *paid > 0)
            .map(|(asset, paid)| (asset.mint, paid))
            .collect(),
        steps: lookup_table::pack(client, payer, "redeem", instructions).await?,
    })
}

/// Collects the index's parts of what a wound-up person's claims held and share out in
/// kind, by the receipts that [`redeem_wound_up`] left. Anybody may. The quote is the parts,
/// in order. Parts of which rounding down would take too much wait until others took theirs.
///
/// # Errors
/// `IndexRefused(NothingToCollect)`; `IndexRefused(NoSlotForAsset)` if all that there is
/// has a mint without a slot; `Rpc`.
pub async fn collect_wound_up(
    client: &RpcClient,
    pool: &Pool,
    token: &Account<PersonalToken>,
) -> Result<Plan<Vec<EstatePart>>, SdkError> {
    let index = &pool.index;
    let receipts = receipts(client, &token.key, &index.key).await?;
    let claims = fetch::claims(client, &token.key).await?;
    let mut plan = Plan {
        quote: Vec::new(),
        steps: Vec::new(),
    };
    let mut missing = IndexError::NothingToCollect;
    for claim in &claims {
        let mut state = claim.data;
        for receipt in &receipts {
            let Some(units) = estate_part(&state, &token.data, &receipt.data) else {
                continue;
            };
            if index.data.slot_of(&claim.data.mint).is_err() {
                missing = IndexError::NoSlotForAsset;
                break;
            }
            state.estate_collected = state.estate_collected.saturating_add(receipt.data.shares);
            state.released = state.released.saturating_add(units);
            plan.quote.push(EstatePart {
                claim: claim.data.number,
                receipt: receipt.data.number,
                mint: claim.data.mint,
                units: Atoms(units),
            });
            let program = fetch::mint(client, &claim.data.mint).await?.token_program;
            let collect = ix::collect_wound_up(index, claim, receipt, &program)?;
            let what = format!("take the part of claim {}", claim.data.number);
            plan.steps.push(Step::new(what, vec![collect]));
        }
    }
    if plan.steps.is_empty() {
        return Err(missing.into());
    }
    Ok(plan)
}

/// Units that a receipt takes of a claim now; `None` if it takes none, or rounding down
/// takes more than a thousandth.
fn estate_part(claim: &Claim, token: &PersonalToken, receipt: &Receipt) -> Option<u64> {
    let units = claim.estate_part(token, receipt).ok()?;
    let all = u128::from(claim.held().ok()?) * u128::from(receipt.shares);
    let exact = u128::from(units) * u128::from(claim.outstanding(token).ok()?) == all;
    (exact || units >= FINE).then_some(units)
}
