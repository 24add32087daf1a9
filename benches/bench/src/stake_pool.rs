//! SPL stake-pool beside Upside's own pool: the nearest that others have deployed. Made
//! by its own `Initialize`, without fees; lamports in and out of its reserve.

use {
    solana_program::instruction::{AccountMeta, Instruction},
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::{SYSTEM_PROGRAM, TOKEN_PROGRAM, find_associated},
    },
    upside_tests::{
        engine::Engine,
        people::person,
        world::{ONE, World, mint_bytes},
    },
};

const ELF: &[u8] = include_bytes!("../../stake_pool/stake_pool.so");
const ID: Pubkey = Pubkey::from_str_const("SPoo1Ku8WFXoNDMHPsrGSTSG1Y47rzgn41SLUNakuHy");
const STAKE: Pubkey = Pubkey::from_str_const("Stake11111111111111111111111111111111111111");
const CLOCK: Pubkey = Pubkey::from_str_const("SysvarC1ock11111111111111111111111111111111");
const HISTORY: Pubkey = Pubkey::from_str_const("SysvarStakeHistory1111111111111111111111111");

/// Bytes of its accounts, for one validator at most.
const POOL: usize = 611;
const LIST: usize = 5 + 4 + 73;
const STAKE_ACCOUNT: usize = 200;
/// Where a mint has its authority and its decimals.
const AUTHORITY: core::ops::Range<usize> = 4..36;
const DECIMALS: usize = 44;
/// Tags of its instructions.
const INITIALIZE: u8 = 0;
const DEPOSIT_SOL_WITH_SLIPPAGE: u8 = 25;
const WITHDRAW_SOL_WITH_SLIPPAGE: u8 = 26;

struct Places {
    pool: Pubkey,
    authority: Pubkey,
    list: Pubkey,
    reserve: Pubkey,
    mint: Pubkey,
    fees: Pubkey,
    shares: Pubkey,
}

fn places() -> Places {
    let key = |name: &str| person(name).pubkey();
    let (pool, mint) = (key("stake pool"), key("stake pool shares"));
    let account = |wallet: &str| find_associated(&key(wallet), &mint, &TOKEN_PROGRAM).0;
    Places {
        pool,
        authority: Pubkey::find_program_address(&[pool.as_ref(), b"withdraw"], &ID).0,
        list: key("validators of the stake pool"),
        reserve: key("reserve of the stake pool"),
        mint,
        fees: account("founder"),
        shares: account("bob"),
    }
}

/// A pool into which somebody put lamports before.
fn found(world: &mut World) -> Places {
    let at = places();
    if let Engine::Lite(svm) = &mut world.engine {
        svm.add_program(ID, ELF).expect("the ELF loads");
    }
    let mut mint = mint_bytes(0);
    mint[AUTHORITY].copy_from_slice(at.authority.as_ref());
    mint[DECIMALS] = 9;
    world.add_mint(at.mint, TOKEN_PROGRAM, mint);
    for wallet in ["founder", "bob"] {
        world.give(&person(wallet).pubkey(), &at.mint, 0);
    }
    world.put(at.pool, ID, vec![0; POOL]);
    world.put(at.list, ID, vec![0; LIST]);
    // A stake account that is initialized, without stake or lockup: its rent, then who
    // may stake and withdraw.
    let mut reserve = vec![0; STAKE_ACCOUNT];
    reserve[0] = 1;
    for place in [12, 44] {
        reserve[place..place + 32].copy_from_slice(at.authority.as_ref());
    }
    world.put(at.reserve, STAKE, reserve);

    let founder = person("founder");
    let mut data = vec![INITIALIZE];
    for fee in [(1u64, 0u64); 3] {
        data.extend_from_slice(&fee.0.to_le_bytes());
        data.extend_from_slice(&fee.1.to_le_bytes());
    }
    data.push(0);
    data.extend_from_slice(&1u32.to_le_bytes());
    let initialize = Instruction {
        program_id: ID,
        accounts: vec![
            AccountMeta::new(at.pool, false),
            AccountMeta::new_readonly(founder.pubkey(), true),
            AccountMeta::new_readonly(founder.pubkey(), false),
            AccountMeta::new_readonly(at.authority, false),
            AccountMeta::new(at.list, false),
            AccountMeta::new_readonly(at.reserve, false),
            AccountMeta::new(at.mint, false),
            AccountMeta::new(at.fees, false),
            AccountMeta::new_readonly(TOKEN_PROGRAM, false),
        ],
        data,
    };
    world.send(&initialize, &[&founder]).succeeded();
    at
}

/// A tag, an amount, and the least that must come out.
fn data(tag: u8, amount: u64) -> Vec<u8> {
    let mut data = vec![tag];
    data.extend_from_slice(&amount.to_le_bytes());
    data.extend_from_slice(&1u64.to_le_bytes());
    data
}

fn deposit_into(at: &Places) -> Instruction {
    Instruction {
        program_id: ID,
        accounts: vec![
            AccountMeta::new(at.pool, false),
            AccountMeta::new_readonly(at.authority, false),
            AccountMeta::new(at.reserve, false),
            AccountMeta::new(person("bob").pubkey(), true),
            AccountMeta::new(at.shares, false),
            AccountMeta::new(at.fees, false),
            AccountMeta::new(at.fees, false),
            AccountMeta::new(at.mint, false),
            AccountMeta::new_readonly(SYSTEM_PROGRAM, false),
            AccountMeta::new_readonly(TOKEN_PROGRAM, false),
        ],
        data: data(DEPOSIT_SOL_WITH_SLIPPAGE, 5 * ONE),
    }
}

/// bob puts lamports into a pool.
pub fn deposit(world: &mut World) -> Instruction {
    deposit_into(&found(world))
}

/// bob takes lamports out of a pool.
pub fn withdraw(world: &mut World) -> Instruction {
    let at = found(world);
    world
        .send(&deposit_into(&at), &[&person("bob")])
        .succeeded();
    Instruction {
        program_id: ID,
        accounts: vec![
            AccountMeta::new(at.pool, false),
            AccountMeta::new_readonly(at.authority, false),
            AccountMeta::new_readonly(person("bob").pubkey(), true),
            AccountMeta::new(at.shares, false),
            AccountMeta::new(at.reserve, false),
            AccountMeta::new(person("bob").pubkey(), false),
            AccountMeta::new(at.fees, false),
            AccountMeta::new(at.mint, false),
            AccountMeta::new_readonly(CLOCK, false),
            AccountMeta::new_readonly(HISTORY, false),
            AccountMeta::new_readonly(STAKE, false),
            AccountMeta::new_readonly(TOKEN_PROGRAM, false),
        ],
        data: data(WITHDRAW_SOL_WITH_SLIPPAGE, 2 * ONE),
    }
}
