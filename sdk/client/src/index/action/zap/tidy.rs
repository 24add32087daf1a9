//! Afterwards: closes what a zap opened and nobody needs any more.

use {
    crate::{
        action::Plan,
        error::SdkError,
        fetch, instruction, lookup_table,
        state::{Account, Holder, PersonalToken, decode},
    },
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::BTreeMap,
};

/// What comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Holder accounts that are closed.
    pub holders: Vec<Pubkey>,
    /// Lookup tables that are closed.
    pub closed: Vec<Pubkey>,
    /// Lookup tables that are deactivated: they can be closed 513 slots later, about four
    /// minutes, by another call.
    pub deactivated: Vec<Pubkey>,
    /// Lamports that come back now.
    pub lamports: u64,
}

/// Closes those of these holder accounts of `wallet` that are empty, once what they earned
/// is collected, and takes these lookup tables back: deactivates them, or closes them if
/// that was long enough ago. What does not exist is passed over.
///
/// # Errors
/// `Rpc`.
pub async fn tidy(
    client: &RpcClient,
    wallet: &Pubkey,
    holders: &[Pubkey],
    tables: &[Pubkey],
) -> Result<Plan<Tidied>, SdkError> {
    let (mut tidied, mut instructions) = (Tidied::default(), Vec::new());
    empty_holders(client, wallet, holders, &mut tidied, &mut instructions).await?;
    let slot = fetch::clock(client).await?.slot;
    for table in lookup_table::all_owned_by(client, wallet).await? {
        if !tables.contains(&table.key) {
            continue;
        }
        let [deactivate, close] = lookup_table::closing(&table.key, wallet);
        match table.closable_from() {
            None => {
                tidied.deactivated.push(table.key);
                instructions.push(deactivate);
            }
            Some(from) if from <= slot => {
                tidied.closed.push(table.key);
                tidied.lamports = tidied.lamports.saturating_add(table.lamports);
                instructions.push(close);
            }
            Some(_) => tidied.deactivated.push(table.key),
        }
    }
    let steps = match instructions.is_empty() {
        true => Vec::new(),
        false => lookup_table::pack(client, wallet, "tidy up", instructions).await?,
    };
    Ok(Plan {
        quote: tidied,
        steps,
    })
}

async fn empty_holders(
    client: &RpcClient,
    wallet: &Pubkey,
    keys: &[Pubkey],
    tidied: &mut Tidied,
    instructions: &mut Vec<Instruction>,
) -> Result<(), SdkError> {
    let mut found: Vec<(Account<Holder>, u64)> = Vec::new();
    for raw in fetch::raw(client, keys).await?.into_iter().flatten() {
        let lamports = raw.lamports;
        let Ok(holder) = decode::<Holder>(&raw.key, &raw.owner, &raw.data) else {
            continue;
        };
        let data = &holder.data;
        let empty = data.shares == 0 && data.locked == 0 && data.warm == 0 && data.bids == 0;
        // What was withdrawn carries its cost here.
        if data.wallet == *wallet && empty && data.withdrawn == 0 {
            found.push((holder, lamports));
        }
    }
    let keys: Vec<Pubkey> = found.iter().map(|(holder, _)| holder.data.token).collect();
    let mut tokens: BTreeMap<Pubkey, Account<PersonalToken>> = BTreeMap::new();
    for raw in fetch::raw(client, &keys).await?.into_iter().flatten() {
        tokens.insert(raw.key, decode(&raw.key, &raw.owner, &raw.data)?);
    }
    for (holder, lamports) in found {
        let Some(token) = tokens.get(&holder.data.token) else {
            continue;
        };
        let Some(collect) = collecting(client, token, &holder).await? else {
            continue;
        };
        instructions.extend(collect);
        instructions.push(instruction::close_holder(&holder, wallet));
        tidied.holders.push(holder.key);
        tidied.lamports = tidied.lamports.saturating_add(lamports);
    }
    Ok(())
}

/// What collects the earnings of an empty account; `None` if there is no account for them:
/// making one would cost more than comes back.
async fn collecting(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    holder: &Account<Holder>,
) -> Result<Option<Vec<Instruction>>, SdkError> {
    let wallet = &holder.data.wallet;
    let mut collect = Vec::new();
    for (place, stream) in token.data.active_streams()?.iter().enumerate() {
        let owed = holder
            .data
            .streams
            .get(place)
            .map(|mine| mine.owed.unsigned());
        let (atoms, _) = upside_math::payable(owed.unwrap_or(0));
        if atoms.is_zero() {
            continue;
        }
        let asset = token.data.asset(usize::from(stream.asset))?;
        let account = instruction::asset_account(asset, wallet);
        if fetch::raw(client, &[account])
            .await?
            .pop()
            .flatten()
            .is_none()
        {
            return Ok(None);
        }
        collect.push(instruction::collect_dividend(token, wallet, &asset.mint)?);
    }
    Ok(Some(collect))
}
