//! Address lookup tables: how a transaction with many accounts fits.
//!
//! A table belongs to whoever pays for it. [`fit`] looks for one that its payer has
//! already, and adds the steps that make one where none helps. [`closing`] builds what
//! takes the rent back.

use {
    crate::{action::Step, error::SdkError, log_size},
    anchor_lang::prelude::Pubkey,
    solana_account_decoder_client_types::UiAccountEncoding,
    solana_address_lookup_table_interface::{
        instruction as table, program,
        state::{AddressLookupTable, LOOKUP_TABLE_MAX_ADDRESSES},
    },
    solana_commitment_config::CommitmentConfig,
    solana_compute_budget_interface::ComputeBudgetInstruction as Set,
    solana_message::{AddressLookupTableAccount, Hash},
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_rpc_client_api::{
        config::{RpcAccountInfoConfig, RpcProgramAccountsConfig},
        filter::{Memcmp, RpcFilterType},
    },
    std::{
        cmp::Reverse,
        collections::{BTreeMap, BTreeSet},
    },
};

/// How many addresses the first step adds to a table: as many as fit beside its creation.
const BATCH: usize = 24;
/// How many each further step adds.
const MORE: usize = 27;
/// Slots that a deactivated table waits before it can be closed.
const COOLDOWN_SLOTS: u64 = 513;
/// Where a table names its authority, and the byte before that says there is one.
const AUTHORITY_AT: usize = 22;

/// Every step of `steps` in a shape that fits one transaction paid by `payer`, with
/// lookup tables of the payer's own where needed: found, or made in steps before it.
///
/// # Errors
/// `Rpc`; `Transaction` where a step does not fit even with a table.
pub async fn fit(
    client: &RpcClient,
    payer: &Pubkey,
    steps: Vec<Step>,
) -> Result<Vec<Step>, SdkError> {
    let mut fitting = Vec::with_capacity(steps.len());
    let mut own = None;
    for mut step in steps {
        if !fits(&step, payer, &step.lookup_tables) {
            let own = match &own {
                Some(own) => own,
                None => own.insert(own_or_none(client, payer).await),
            };
            match helping(own, &step, payer) {
                Some(table) => step.lookup_tables.push(table),
                None => {
                    let (table, made) = make(client, payer, &step).await?;
                    fitting.extend(made);
                    step.lookup_tables.push(table);
                    check(&step, payer, &step.lookup_tables)?;
                }
            }
        }
        fitting.push(step);
    }
    Ok(fitting)
}

/// Puts instructions, in their order, into as few steps as fit, with a lookup table of
/// the payer's own where that makes them fewer: found, or made in steps before them. The
/// log of each step, too, is within what nodes keep, unless it is of one instruction.
///
/// # Errors
/// `Rpc`; `Transaction` where one instruction does not fit even with a table.
pub async fn pack(
    client: &RpcClient,
    payer: &Pubkey,
    label: &str,
    instructions: Vec<Instruction>,
) -> Result<Vec<Step>, SdkError> {
    let bare = fill(payer, label, &instructions, &[]);
    if let Ok(steps) = &bare
        && steps.len() <= 1
    {
        return bare;
    }
    let whole = Step::new(label, instructions);
    let keys = wanted(&whole);
    let own = best(own_or_none(client, payer).await, &keys);
    let with_own = own.map(|table| fill(payer, label, &whole.instructions, &[table]));
    if let Some(Ok(steps)) = &with_own
        && steps.len() <= 1
    {
        return Ok(steps.clone());
    }
    let with_own = with_own.and_then(Result::ok);
    let slot = recent_slot(client).await?;
    // Of equally few, those that make no table, or a smaller one.
    let mut fewest: Option<Vec<Step>> = bare.into_iter().chain(with_own).min_by_key(Vec::len);
    let mut refused = None;
    for length in lengths(keys.len()) {
        let chosen = keys.get(..length).unwrap_or(&keys).to_vec();
        let (table, mut made) = making(payer, slot, chosen);
        match fill(payer, label, &whole.instructions, &[table]) {
            Ok(filled) => made.extend(filled),
            Err(error) => {
                refused = Some(error);
                continue;
            }
        }
        if fewest.as_ref().is_none_or(|steps| made.len() < steps.len()) {
            fewest = Some(made);
        }
    }
    match (fewest, refused) {
        (Some(steps), _) => Ok(steps),
        (None, Some(error)) => Err(error),
        (None, None) => fill(payer, label, &whole.instructions, &[]),
    }
}

/// How many of the keys that are used most are worth a table: as many as its steps hold.
fn lengths(keys: usize) -> impl Iterator<Item = usize> {
    let whole = (0..).map(|step: usize| BATCH.saturating_add(step.saturating_mul(MORE)));
    whole.take_while(move |length| *length < keys).chain([keys])
}

/// Steps that each take as many of the next instructions as fit.
fn fill(
    payer: &Pubkey,
    label: &str,
    instructions: &[Instruction],
    tables: &[AddressLookupTableAccount],
) -> Result<Vec<Step>, SdkError> {
    let mut steps = Vec::new();
    let mut rest = instructions;
    while !rest.is_empty() {
        let step = |count: usize| Step {
            lookup_tables: tables.to_vec(),
            ..Step::new(label, rest.iter().take(count).cloned().collect())
        };
        let fitting = |count: &usize| {
            let step = step(*count);
            let logged = *count == 1 || logs(&step.instructions) <= log_size::LIMIT;
            logged && fits(&step, payer, tables)
        };
        // What fits less fits too: the first count that does not fit ends it.
        let count = (1..=rest.len()).take_while(fitting).last();
        let Some(count) = count else {
            check(&step(1), payer, tables)?;
            break;
        };
        steps.push(step(count));
        rest = rest.get(count..).unwrap_or_default();
    }
    Ok(steps)
}

/// Bytes that a transaction of these instructions logs at most.
fn logs(instructions: &[Instruction]) -> usize {
    let bounds = instructions.iter().map(log_size::bound);
    bounds.fold(log_size::BUDGET, usize::saturating_add)
}

/// The table that holds most of these keys.
fn best(
    tables: Vec<AddressLookupTableAccount>,
    keys: &[Pubkey],
) -> Option<AddressLookupTableAccount> {
    let held = |table: &AddressLookupTableAccount| {
        let held: BTreeSet<_> = table.addresses.iter().collect();
        keys.iter().filter(|key| held.contains(key)).count()
    };
    tables.into_iter().max_by_key(held)
}

/// A lookup table of somebody's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedTable {
    /// Its address.
    pub key: Pubkey,
    /// The addresses that it holds.
    pub addresses: Vec<Pubkey>,
    /// The slot in which it was deactivated; `None` while it is active.
    pub deactivated_at: Option<u64>,
    /// Its rent, in lamports: what closing it brings.
    pub lamports: u64,
}

impl OwnedTable {
    /// The first slot in which it can be closed; `None` while it is active.
    pub fn closable_from(&self) -> Option<u64> {
        let slot = self.deactivated_at?;
        Some(slot.saturating_add(COOLDOWN_SLOTS))
    }
}

/// The tables whose authority is `authority`, active or not.
///
/// # Errors
/// `Rpc`.
pub async fn all_owned_by(
    client: &RpcClient,
    authority: &Pubkey,
) -> Result<Vec<OwnedTable>, SdkError> {
    let names = Memcmp::new_base58_encoded(AUTHORITY_AT, authority.as_ref());
    let config = RpcProgramAccountsConfig {
        filters: Some(vec![RpcFilterType::Memcmp(names)]),
        account_config: RpcAccountInfoConfig {
            encoding: Some(UiAccountEncoding::Base64),
            ..RpcAccountInfoConfig::default()
        },
        ..RpcProgramAccountsConfig::default()
    };
    let found = client
        .get_program_ui_accounts_with_config(&program::ID, config)
        .await?;
    let tables = found.into_iter().filter_map(|(key, account)| {
        let data = account.data.decode()?;
        let table = AddressLookupTable::deserialize(&data).ok()?;
        let slot = table.meta.deactivation_slot;
        Some(OwnedTable {
            key,
            addresses: table.addresses.to_vec(),
            deactivated_at: (slot != u64::MAX).then_some(slot),
            lamports: account.lamports,
        })
    });
    Ok(tables.collect())
}

/// The active tables whose authority is `authority`.
///
/// # Errors
/// `Rpc`.
pub async fn owned_by(
    client: &RpcClient,
    authority: &Pubkey,
) -> Result<Vec<AddressLookupTableAccount>, SdkError> {
    let tables = all_owned_by(client, authority).await?.into_iter();
    let active = tables.filter(|table| table.deactivated_at.is_none());
    let plain = active
        .map(|OwnedTable { key, addresses, .. }| AddressLookupTableAccount { key, addresses });
    Ok(plain.collect())
}

/// As [`owned_by`]; a node that does not list tables is no obstacle: a new one is made.
async fn own_or_none(client: &RpcClient, payer: &Pubkey) -> Vec<AddressLookupTableAccount> {
    owned_by(client, payer).await.unwrap_or_default()
}

/// The steps that make a table of `addresses`, on a chain whose finalized slot is
/// `recent_slot`, and the table as it will be. `payer` owns and pays.
pub fn making(
    payer: &Pubkey,
    recent_slot: u64,
    addresses: Vec<Pubkey>,
) -> (AddressLookupTableAccount, Vec<Step>) {
    let (create, key) = table::create_lookup_table(*payer, *payer, recent_slot);
    let mut steps: Vec<Step> = Vec::new();
    let (first, more) = addresses.split_at(BATCH.min(addresses.len()));
    for batch in std::iter::once(first).chain(more.chunks(MORE)) {
        let extend = table::extend_lookup_table(key, *payer, Some(*payer), batch.to_vec());
        let instructions = if steps.is_empty() {
            vec![create.clone(), extend]
        } else {
            vec![extend]
        };
        steps.push(Step::new("make a lookup table", instructions));
    }
    (AddressLookupTableAccount { key, addresses }, steps)
}

/// What takes a table's rent back: deactivate it now, close it about four minutes
/// (513 slots) later. Signer: `authority`, who gets the rent.
pub fn closing(table_key: &Pubkey, authority: &Pubkey) -> [Instruction; 2] {
    [
        table::deactivate_lookup_table(*table_key, *authority),
        table::close_lookup_table(*table_key, *authority, *authority),
    ]
}

/// The keys of a step that a table can hold, neither signers nor programs: those that
/// most instructions use come first.
fn wanted(step: &Step) -> Vec<Pubkey> {
    let signers: BTreeSet<Pubkey> = step.signers().into_iter().collect();
    let programs = step.instructions.iter().map(|one| one.program_id);
    let programs: BTreeSet<Pubkey> = programs.collect();
    let mut uses: BTreeMap<Pubkey, usize> = BTreeMap::new();
    for instruction in &step.instructions {
        let keys: BTreeSet<Pubkey> = instruction.accounts.iter().map(|it| it.pubkey).collect();
        for key in keys {
            let count = uses.entry(key).or_default();
            *count = count.saturating_add(1);
        }
    }
    let mut keys: Vec<(Pubkey, usize)> = uses
        .into_iter()
        .filter(|(key, _)| !signers.contains(key) && !programs.contains(key))
        .collect();
    keys.sort_by_key(|(_, count)| Reverse(*count));
    keys.truncate(LOOKUP_TABLE_MAX_ADDRESSES);
    keys.into_iter().map(|(key, _)| key).collect()
}

/// The payer's own table that lets the step fit: the one with most of its keys.
fn helping(
    own: &[AddressLookupTableAccount],
    step: &Step,
    payer: &Pubkey,
) -> Option<AddressLookupTableAccount> {
    let best = best(own.to_vec(), &wanted(step))?;
    let mut tables = step.lookup_tables.clone();
    tables.push(best.clone());
    fits(step, payer, &tables).then_some(best)
}

async fn make(
    client: &RpcClient,
    payer: &Pubkey,
    step: &Step,
) -> Result<(AddressLookupTableAccount, Vec<Step>), SdkError> {
    let slot = recent_slot(client).await?;
    Ok(making(payer, slot, wanted(step)))
}

/// A finalized slot: it has a block, so the chain's list of recent slots has it.
async fn recent_slot(client: &RpcClient) -> Result<u64, SdkError> {
    let finalized = CommitmentConfig::finalized();
    Ok(client.get_slot_with_commitment(finalized).await?)
}

/// Groups of instructions as steps: each has as many whole groups as fit and `most` of them
/// at most, the first one after `before`. Also how many groups each step has.
pub(crate) fn packed(
    label: &str,
    payer: &Pubkey,
    before: Vec<Instruction>,
    groups: impl IntoIterator<Item = Vec<Instruction>>,
    most: usize,
) -> (Vec<Step>, Vec<usize>) {
    let (mut steps, mut by_step) = (vec![Step::new(label, before)], vec![0]);
    for group in groups {
        if let (Some(last), Some(packed)) = (steps.last_mut(), by_step.last_mut()) {
            let before = last.instructions.len();
            last.instructions.extend(group.iter().cloned());
            let room = *packed < most && fits(last, payer, &[]);
            if before == 0 || room {
                *packed = packed.saturating_add(1);
                continue;
            }
            last.instructions.truncate(before);
        }
        steps.push(Step::new(label, group));
        by_step.push(1);
    }
    (steps, by_step)
}

pub(crate) fn fits(step: &Step, payer: &Pubkey, tables: &[AddressLookupTableAccount]) -> bool {
    check(step, payer, tables).is_ok()
}

/// Whether the step fits with the budget that sending adds.
fn check(
    step: &Step,
    payer: &Pubkey,
    tables: &[AddressLookupTableAccount],
) -> Result<(), SdkError> {
    let mut instructions = step.instructions.clone();
    instructions.extend([
        Set::set_compute_unit_limit(u32::MAX),
        Set::set_loaded_accounts_data_size_limit(u32::MAX),
        Set::set_compute_unit_price(u64::MAX),
    ]);
    crate::transaction::compile(&instructions, payer, tables, Hash::default())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_that_makes_a_table_fits() {
        let payer = Pubkey::new_unique();
        for count in [0, 1, BATCH, BATCH + 1, LOOKUP_TABLE_MAX_ADDRESSES] {
            let addresses: Vec<Pubkey> = (0..count).map(|_| Pubkey::new_unique()).collect();
            let (table, steps) = making(&payer, 7, addresses.clone());
            assert_eq!(table.addresses, addresses);
            assert_eq!(steps.len(), 1 + count.saturating_sub(BATCH).div_ceil(MORE));
            assert!(steps.iter().all(|step| fits(step, &payer, &[])), "{count}");
        }
    }

    #[test]
    fn keys_that_are_used_once_are_the_last() {
        assert_eq!(lengths(20).collect::<Vec<_>>(), [20]);
        assert_eq!(lengths(60).collect::<Vec<_>>(), [24, 51, 60]);
    }
}
