use {
    super::{super::*, build, share_account, with_constituents},
    crate::{
        address::{
            ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, find_associated,
            find_holder,
        },
        error::CoreError,
        state::Account,
    },
    anchor_lang::prelude::Pubkey,
    pooled_index::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Creates an index. Signers: `payer`, `creator`, who will be its curator.
pub fn create_index(payer: &Pubkey, creator: &Pubkey, args: CreateIndexArgs) -> Instruction {
    let index = find_index(creator, args.number).0;
    build(
        accounts::CreateIndex {
            payer: *payer,
            creator: *creator,
            index,
            mint: find_shares(&index).0,
            token_program: TOKEN_2022_PROGRAM,
            system_program: SYSTEM_PROGRAM,
        },
        data::CreateIndex { args },
    )
}

/// Adds a person's token; opens the index's holder account of it where it is missing
/// and admission is open. Signers: `payer`, the curator.
pub fn add_personal(index: &Account<PooledIndex>, payer: &Pubkey, token: &Pubkey) -> Instruction {
    build(
        accounts::AddPersonal {
            payer: *payer,
            curator: index.data.curator,
            index: index.key,
            token: *token,
            holder: find_holder(token, &index.key).0,
            personal_token_program: PERSONAL_TOKEN,
            system_program: SYSTEM_PROGRAM,
        },
        data::AddPersonal {},
    )
}

/// Adds an ordinary mint, whose authority is `authority`, if it has one; before the
/// launch also as a coin, in which dividends are collected. Signers: `payer`, the
/// curator.
pub fn add_mint(
    index: &Account<PooledIndex>,
    payer: &Pubkey,
    mint: &Pubkey,
    token_program: &Pubkey,
    authority: Option<Pubkey>,
    coin: bool,
) -> Instruction {
    build(
        accounts::AddMint {
            payer: *payer,
            curator: index.data.curator,
            index: index.key,
            mint: *mint,
            mint_authority: authority,
            vault: find_associated(&index.key, mint, token_program).0,
            token_program: *token_program,
            associated_token_program: ASSOCIATED_TOKEN_PROGRAM,
            system_program: SYSTEM_PROGRAM,
        },
        data::AddMint { coin },
    )
}

/// Frees a slot that holds nothing and to which nothing is due. Signer: the curator.
pub fn remove_constituent(index: &Account<PooledIndex>, slot: u8) -> Instruction {
    let slots = index.data.constituents.get(usize::from(slot));
    let person = slots.filter(|slot| slot.kind == SlotKind::Personal);
    build(
        accounts::RemoveConstituent {
            authority: index.data.curator,
            index: index.key,
            token: person.map(|person| person.key),
            holder: person.map(|person| person.custody),
        },
        data::RemoveConstituent { slot },
    )
}

fn seeding(index: &Account<PooledIndex>) -> accounts::Seed {
    accounts::Seed {
        curator: index.data.curator,
        index: index.key,
        personal_token_program: PERSONAL_TOKEN,
    }
}

/// Puts atoms of the curator's into a slot before the launch. Signer: the curator.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn seed(index: &Account<PooledIndex>, slot: u8, amount: u64) -> Result<Instruction, CoreError> {
    let seed = build(seeding(index), data::Seed { slot, amount });
    with_constituents(seed, &index.data, [slot], &index.data.curator)
}

/// Takes atoms back out of a slot before the launch. Signer: the curator.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn unseed(
    index: &Account<PooledIndex>,
    slot: u8,
    amount: u64,
) -> Result<Instruction, CoreError> {
    let unseed = build(seeding(index), data::Unseed { slot, amount });
    with_constituents(unseed, &index.data, [slot], &index.data.curator)
}

/// Launches a seeded index with `shares` share atoms, [`LOCKED_SHARES`] of which are
/// locked for good. The curator's share account must exist. Signers: `payer`, the
/// curator.
pub fn launch(index: &Account<PooledIndex>, payer: &Pubkey, shares: u64) -> Instruction {
    build(
        accounts::Launch {
            payer: *payer,
            curator: index.data.curator,
            index: index.key,
            mint: index.data.mint,
            locked: share_account(&index.data, &index.key),
            share_account: share_account(&index.data, &index.data.curator),
            token_program: TOKEN_2022_PROGRAM,
            associated_token_program: ASSOCIATED_TOKEN_PROGRAM,
            system_program: SYSTEM_PROGRAM,
        },
        data::Launch { shares },
    )
}
