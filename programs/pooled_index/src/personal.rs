//! Calls of the personal token program.

use {
    crate::{custody::Personal, host::TokenIo},
    anchor_lang::{Discriminator, prelude::*, solana_program::instruction::AccountMeta},
    personal_token::instruction,
    upside_program::{Given, call},
};

/// Moves registered shares from the first holder account to the second. `authority`
/// is the first one's wallet: it signs the transaction, or with `signers`.
#[inline(never)]
pub(crate) fn transfer_shares<'info>(
    accounts: &Personal<'_, 'info>,
    authority: &AccountInfo<'info>,
    holders: [&AccountInfo<'info>; 2],
    shares: u64,
    signers: &[&[&[u8]]],
) -> Result<()> {
    let [from, to] = holders;
    let mut data = [0; 16];
    let (name, argument) = data.split_at_mut(8);
    name.copy_from_slice(instruction::TransferShares::DISCRIMINATOR);
    argument.copy_from_slice(&shares.to_le_bytes());
    // The program's own address stands for an optional account that is left out: the
    // approval and who paid its rent.
    let none = Given::read(accounts.program);
    call(
        accounts.program,
        [
            Given::signer(authority),
            Given::write(accounts.token),
            Given::write(from),
            Given::write(to),
            none,
            none,
        ],
        &data,
        signers,
    )?;
    Ok(())
}

/// What a call of `claim_dividend` needs beside the index.
pub(crate) struct Dividend<'a, 'info> {
    pub(crate) program: &'a AccountInfo<'info>,
    pub(crate) token: &'a AccountInfo<'info>,
    pub(crate) holder: &'a AccountInfo<'info>,
    pub(crate) destination: &'a AccountInfo<'info>,
    pub(crate) vault: &'a AccountInfo<'info>,
    pub(crate) mint: &'a AccountInfo<'info>,
    pub(crate) token_program: &'a AccountInfo<'info>,
}

/// Claims what one stream has released to the index, which signs with `seeds`.
#[inline(never)]
pub(crate) fn claim_dividend<'info>(
    d: &Dividend<'_, 'info>,
    index: &AccountInfo<'info>,
    seeds: &[&[u8]],
) -> Result<()> {
    call(
        d.program,
        [
            Given::signer(index),
            Given::write(d.token),
            Given::write(d.holder),
            Given::write(d.destination),
            Given::write(d.vault),
            Given::read(d.mint),
            Given::read(d.token_program),
        ],
        instruction::ClaimDividend::DISCRIMINATOR,
        &[seeds],
    )?;
    Ok(())
}

/// Opens the index's own holder account of a personal token; the index admits itself
/// and signs with `seeds`, `payer` pays the rent.
#[inline(never)]
pub(crate) fn open_holder<'info>(
    program: &AccountInfo<'info>,
    payer: &AccountInfo<'info>,
    index: &AccountInfo<'info>,
    token: &AccountInfo<'info>,
    holder: &AccountInfo<'info>,
    system_program: &AccountInfo<'info>,
    seeds: &[&[u8]],
) -> Result<()> {
    TokenIo::call(
        program,
        vec![
            AccountMeta::new(*payer.key, true),
            AccountMeta::new_readonly(*index.key, true),
            AccountMeta::new_readonly(*index.key, false),
            AccountMeta::new(*token.key, false),
            AccountMeta::new(*holder.key, false),
            AccountMeta::new_readonly(*system_program.key, false),
        ],
        instruction::OpenHolder::DISCRIMINATOR.to_vec(),
        &[
            payer.clone(),
            index.clone(),
            token.clone(),
            holder.clone(),
            system_program.clone(),
        ],
        &[seeds],
    )
}
