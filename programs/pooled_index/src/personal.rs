//! Calls of the personal token program.

use {
    crate::{custody::Personal, host::TokenIo},
    anchor_lang::{Discriminator, prelude::*, solana_program::instruction::AccountMeta},
    personal_token::instruction,
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
    let mut data = Vec::with_capacity(16);
    data.extend_from_slice(instruction::TransferShares::DISCRIMINATOR);
    data.extend_from_slice(&shares.to_le_bytes());
    // The program's own address stands for an optional account that is left out: the
    // approval and who paid its rent.
    let none = || AccountMeta::new_readonly(*accounts.program.key, false);
    TokenIo::call(
        accounts.program,
        vec![
            AccountMeta::new_readonly(*authority.key, true),
            AccountMeta::new(*accounts.token.key, false),
            AccountMeta::new(*from.key, false),
            AccountMeta::new(*to.key, false),
            none(),
            none(),
        ],
        data,
        &[
            authority.clone(),
            accounts.token.clone(),
            from.clone(),
            to.clone(),
            accounts.program.clone(),
        ],
        signers,
    )
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
    TokenIo::call(
        d.program,
        vec![
            AccountMeta::new_readonly(*index.key, true),
            AccountMeta::new(*d.token.key, false),
            AccountMeta::new(*d.holder.key, false),
            AccountMeta::new(*d.destination.key, false),
            AccountMeta::new(*d.vault.key, false),
            AccountMeta::new_readonly(*d.mint.key, false),
            AccountMeta::new_readonly(*d.token_program.key, false),
        ],
        instruction::ClaimDividend::DISCRIMINATOR.to_vec(),
        &[
            index.clone(),
            d.token.clone(),
            d.holder.clone(),
            d.destination.clone(),
            d.vault.clone(),
            d.mint.clone(),
            d.token_program.clone(),
        ],
        &[seeds],
    )
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
