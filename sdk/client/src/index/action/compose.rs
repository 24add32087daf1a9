use {
    super::{
        super::{
            Constituent, CreateIndexArgs, IndexError, IndexStatus, MAX_CONSTITUENTS,
            PERSONAL_TOKEN, PooledIndex, SlotKind,
            fetch::{Person, Pool},
            find_index, instruction as ix,
        },
        share_account,
    },
    crate::{
        action::{Plan, Step},
        address::{find_associated, find_holder},
        error::SdkError,
        fetch::{self, Raw},
        lookup_table,
        state::{Account, Holder, decode},
    },
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::BTreeMap,
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
    if fetch::optional::<PooledIndex>(client, &index)
        .await?
        .is_some()
    {
        return Err(IndexError::AlreadyExists.into());
    }
    let create = ix::create_index(payer, creator, args);
    Ok(Plan {
        quote: index,
        steps: vec![Step::new("create index", vec![create])],
    })
}

/// Adds a personal token or a mint; a mint also as a coin, before the launch and for the first
/// eight. The quote is the slot that it gets.
///
/// # Errors
/// `NotFound`; `IndexRefused(AlreadyConstituent)`, `IndexRefused(ConstituentListFull)`; `Rpc`.
pub async fn add(
    client: &RpcClient,
    index: &Account<PooledIndex>,
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
    index: &mut Account<PooledIndex>,
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
    let mut slot = Constituent {
        key: *key,
        ..Constituent::default()
    };
    if raw.owner == PERSONAL_TOKEN {
        slot.kind = SlotKind::Personal.into();
        slot.custody = find_holder(key, &index.key).0;
        let number = index.data.add_constituent(slot)?;
        return Ok((number, ix::add_personal(index, payer, key)));
    }
    let mint = fetch::mint_info(raw)?;
    slot.kind = SlotKind::Mint.into();
    slot.decimals = mint.decimals;
    slot.custody = find_associated(&index.key, key, &mint.token_program).0;
    if mint.token_program != crate::address::TOKEN_PROGRAM {
        slot.flags = personal_token::state::TOKEN_2022;
    }
    let number = index.data.add_constituent(slot)?;
    let coin = becomes_coin(index, number)?;
    let (program, authority) = (mint.token_program, mint.authority);
    let add = ix::add_mint(index, payer, key, &program, authority, coin);
    Ok((number, add))
}

/// Whether a mint that is added now becomes a coin: before the launch, as long as there is
/// a place. `index` has it as one afterwards. Errors: `IndexRefused(InvariantBroken)`.
fn becomes_coin(index: &mut Account<PooledIndex>, slot: u8) -> Result<bool, SdkError> {
    if index.data.status()? != IndexStatus::Seeding {
        return Ok(false);
    }
    let index = &mut index.data;
    let mut books = (1u8..).zip(&mut index.coins);
    let Some((number, book)) = books.find(|(_, book)| book.used == 0) else {
        return Ok(false);
    };
    (book.used, book.slot) = (1, slot);
    if let Some(place) = index.constituents.get_mut(usize::from(slot)) {
        place.coin = number;
    }
    Ok(true)
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
    index: &Account<PooledIndex>,
    payer: &Pubkey,
    pieces: &[Piece],
    shares: u64,
) -> Result<Plan<u64>, SdkError> {
    if index.data.status()? != IndexStatus::Seeding {
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

/// The index as a launch with these pieces and `shares` index share atoms would leave it.
///
/// # Errors
/// `NotFound` for a piece that is no token and no mint; `WrongAccount`; `Rpc`.
pub(in crate::index) async fn launched(
    client: &RpcClient,
    index: &Account<PooledIndex>,
    pieces: &[Piece],
    shares: u64,
) -> Result<Pool, SdkError> {
    let mut after = index.clone();
    let keys = pieces.iter().map(|piece| piece.key);
    let holders = pieces
        .iter()
        .map(|piece| find_holder(&piece.key, &index.key).0);
    let keys: Vec<Pubkey> = keys.chain(holders).collect();
    let raws = fetch::raw(client, &keys).await?;
    let (pieces_found, holders) = raws.split_at(pieces.len());
    let clock = fetch::clock(client).await?;
    let mut persons = BTreeMap::new();
    for ((piece, raw), holder) in pieces.iter().zip(pieces_found).zip(holders) {
        let slot = match after.data.slot_of(&piece.key) {
            Ok(slot) => slot,
            Err(_) => adding(&mut after, &index.data.curator, &piece.key, raw.as_ref())?.0,
        };
        if let Some(place) = after.data.constituents.get_mut(usize::from(slot)) {
            place.counter = place.counter.max(piece.amount);
        }
        if let Some(raw) = raw.as_ref().filter(|raw| raw.owner == PERSONAL_TOKEN) {
            let opened = holder.as_ref().filter(|raw| raw.owner == PERSONAL_TOKEN);
            let custody = match opened {
                Some(raw) => decode(&raw.key, &raw.owner, &raw.data)?,
                None => Account {
                    key: find_holder(&piece.key, &index.key).0,
                    data: Holder::default(),
                },
            };
            let token = decode(&raw.key, &raw.owner, &raw.data)?;
            persons.insert(slot, Person { token, custody });
        }
    }
    after.data.status = IndexStatus::Active.into();
    after.data.supply = shares;
    after.data.settled = shares;
    after.data.settled_at = clock.unix_timestamp;
    after.data.accrued_at = clock.unix_timestamp;
    Ok(Pool {
        index: after,
        mint_supply: shares,
        uri: String::new(),
        clock,
        persons,
    })
}
