use {
    super::{
        super::{
            CreateIndexArgs, Index, IndexError, Kind, MAX_CONSTITUENTS, PERSONAL_TOKEN, find_index,
            instruction as ix,
        },
        share_account,
    },
    crate::{
        action::{Plan, Step},
        address::{find_associated, find_holder},
        error::SdkError,
        fetch::{self, Raw},
        lookup_table,
        state::Account,
    },
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// A constituent of the first composition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// A personal token's address, or a mint of cash.
    pub key: Pubkey,
    /// Atoms that the index holds of it at its launch.
    pub amount: u64,
}

/// Creates an index, whose curator is `creator`. The quote is its address.
///
/// # Errors
/// `IndexRefused(InvalidTerms)`, `IndexRefused(InvalidParameters)`;
/// `IndexRefused(AlreadyExists)` where the creator has one of that number; `Rpc`.
pub async fn create(
    client: &RpcClient,
    payer: &Pubkey,
    creator: &Pubkey,
    args: CreateIndexArgs,
) -> Result<Plan<Pubkey>, SdkError> {
    args.terms.validated()?;
    args.parameters.validated()?;
    let index = find_index(creator, args.number).0;
    if fetch::optional::<Index>(client, &index).await?.is_some() {
        return Err(IndexError::AlreadyExists.into());
    }
    let create = ix::create_index(payer, creator, args);
    Ok(Plan {
        quote: index,
        steps: vec![Step::new("create index", vec![create])],
    })
}

/// Adds a personal token or a mint of cash. The quote is the slot that it gets.
///
/// # Errors
/// `NotFound`; `IndexRefused(AlreadyConstituent)`, `IndexRefused(ConstituentListFull)`; `Rpc`.
pub async fn add(
    client: &RpcClient,
    index: &Account<Index>,
    payer: &Pubkey,
    key: &Pubkey,
) -> Result<Plan<u8>, SdkError> {
    let mut after = index.clone();
    let raw = fetch::raw(client, &[*key]).await?.pop().flatten();
    let (slot, add) = adding(&mut after, payer, key, raw.as_ref())?;
    Ok(Plan {
        quote: slot,
        steps: vec![Step::new("add a constituent", vec![add])],
    })
}

/// The instruction that adds `key`, and its slot; `index` becomes as it is after it.
fn adding(
    index: &mut Account<Index>,
    payer: &Pubkey,
    key: &Pubkey,
    raw: Option<&Raw>,
) -> Result<(u8, Instruction), SdkError> {
    if index.data.slot_of(key).is_ok() {
        return Err(IndexError::AlreadyConstituent.into());
    }
    let raw = raw.ok_or_else(|| SdkError::NotFound {
        what: "token or mint",
        query: key.to_string(),
    })?;
    let free = Kind::Free as u8;
    let mut slots = (0u8..).zip(&mut index.data.constituents);
    let place = slots.find(|(_, slot)| slot.kind == free);
    let (number, slot) = place.ok_or(IndexError::ConstituentListFull)?;
    slot.key = *key;
    if raw.owner == PERSONAL_TOKEN {
        slot.kind = Kind::Personal as u8;
        slot.custody = find_holder(key, &index.key).0;
        return Ok((number, ix::add_personal(index, payer, key)));
    }
    let mint = fetch::mint_info(raw)?;
    slot.kind = Kind::Cash as u8;
    slot.decimals = mint.decimals;
    slot.custody = find_associated(&index.key, key, &mint.token_program).0;
    if mint.token_program != crate::address::TOKEN_PROGRAM {
        slot.flags = personal_token::state::TOKEN_2022;
    }
    let authority = mint_authority(&raw.data);
    let program = mint.token_program;
    Ok((number, ix::add_cash(index, payer, key, &program, authority)))
}

/// The authority in a mint's bytes.
fn mint_authority(data: &[u8]) -> Option<Pubkey> {
    let (has, rest) = data.split_first_chunk::<4>()?;
    let key = rest.first_chunk::<32>()?;
    (u32::from_le_bytes(*has) == 1).then(|| Pubkey::new_from_array(*key))
}

/// Puts a first composition together and launches it with `shares` index share atoms:
/// adds what is not a constituent yet, seeds what is missing, launches. Run again
/// after a failure, it does what is left. The quote is the share atoms that the
/// curator gets.
///
/// # Errors
/// `NotFound`; `IndexRefused(NotSeeding)`, `IndexRefused(TooFewShares)`; `Rpc`.
pub async fn seed_and_launch(
    client: &RpcClient,
    index: &Account<Index>,
    payer: &Pubkey,
    pieces: &[Piece],
    shares: u64,
) -> Result<Plan<u64>, SdkError> {
    if index.data.status()? != super::super::Status::Seeding {
        return Err(IndexError::NotSeeding.into());
    }
    if pieces.is_empty() || pieces.len() > MAX_CONSTITUENTS {
        return Err(IndexError::NothingSeeded.into());
    }
    let locked = super::super::LOCKED_SHARES;
    let free = shares.checked_sub(locked).filter(|free| *free > 0);
    let free = free.ok_or(IndexError::TooFewShares)?;
    let keys: Vec<Pubkey> = pieces.iter().map(|piece| piece.key).collect();
    let raws = fetch::raw(client, &keys).await?;
    let mut after = index.clone();
    let mut instructions = Vec::new();
    for (piece, raw) in pieces.iter().zip(&raws) {
        let slot = match after.data.slot_of(&piece.key) {
            Ok(slot) => slot,
            Err(_) => {
                let (slot, add) = adding(&mut after, payer, &piece.key, raw.as_ref())?;
                instructions.push(add);
                slot
            }
        };
        let has = after.data.constituent(slot)?.counter;
        if let Some(lacks) = piece.amount.checked_sub(has).filter(|lacks| *lacks > 0) {
            instructions.push(ix::seed(&after, slot, lacks)?);
        }
    }
    let mut steps = lookup_table::pack(client, payer, "seed", instructions).await?;
    // Apart: nodes cut long logs, and the launch's event would be the one that is lost.
    let curator = index.data.curator;
    let mut launch: Vec<Instruction> = Vec::new();
    launch.extend(share_account(client, &index.data, payer, &curator).await?);
    launch.push(ix::launch(&after, payer, shares));
    steps.push(Step::new("launch", launch));
    Ok(Plan { quote: free, steps })
}
