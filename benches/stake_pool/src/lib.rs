//! A measuring stick: SPL stake-pool as its crate has it, so that deposits and
//! withdrawals of another pool stand beside Upside's. Never deploy it to a cluster.

#![cfg(target_os = "solana")]
#![allow(
    unexpected_cfgs,
    reason = "the entrypoint's macro asks for features that no measure needs"
)]

use {
    solana_program::{account_info::AccountInfo, entrypoint::ProgramResult, pubkey::Pubkey},
    spl_stake_pool::processor::Processor,
};

solana_program::declare_id!("SPoo1Ku8WFXoNDMHPsrGSTSG1Y47rzgn41SLUNakuHy");
solana_program::entrypoint!(process_instruction);

/// As `spl_stake_pool::entrypoint` calls it, without that one's message on failure.
fn process_instruction(program: &Pubkey, accounts: &[AccountInfo], data: &[u8]) -> ProgramResult {
    Processor::process(program, accounts, data)
}
