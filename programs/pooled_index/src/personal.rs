//! Calls of the personal token program.

use {
    crate::{custody::Personal, host::TokenIo},
    anchor_lang::{
        Discriminator, InstructionData, prelude::*, solana_program::instruction::AccountMeta,
    },
    personal_token::{
        instruction,
        instructions::RedeemArgs,
        state::{Answer, MAX_ASSETS},
    },
    upside_support::{CpiAccount, call},
};

/// Moves registered shares from the first holder account to the second, with their part
/// of the cost or with the one named. `authority` is the first one's wallet: it signs the
/// transaction, or with `signers`.
#[inline(never)]
pub(crate) fn transfer_shares<'info>(
    accounts: &Personal<'_, 'info>,
    authority: &AccountInfo<'info>,
    holders: [&AccountInfo<'info>; 2],
    (shares, cost): (u64, Option<u64>),
    signers: &[&[&[u8]]],
) -> Result<()> {
    let [from, to] = holders;
    let mut data = [0; 25];
    let length = if cost.is_some() { 25 } else { 17 };
    let (name, rest) = data.split_at_mut(8);
    let (argument, option) = rest.split_at_mut(8);
    name.copy_from_slice(instruction::TransferShares::DISCRIMINATOR);
    argument.copy_from_slice(&shares.to_le_bytes());
    if let (Some(cost), Some((some, named))) = (cost, option.split_first_mut()) {
        *some = 1;
        named.copy_from_slice(&cost.to_le_bytes());
    }
    let data = data.get(..length).unwrap_or_default();
    // The program's own address stands for an optional account that is left out: the
    // approval and who paid its rent.
    let none = CpiAccount::read(accounts.program);
    call(
        accounts.program,
        [
            CpiAccount::signer(authority),
            CpiAccount::write(accounts.token),
            CpiAccount::write(from),
            CpiAccount::write(to),
            none,
            none,
        ],
        data,
        signers,
    )?;
    Ok(())
}

/// What a call of `collect_dividend` needs beside the index.
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
pub(crate) fn collect_dividend<'info>(
    d: &Dividend<'_, 'info>,
    index: &AccountInfo<'info>,
    seeds: &[&[u8]],
) -> Result<()> {
    call(
        d.program,
        [
            CpiAccount::signer(index),
            CpiAccount::write(d.token),
            CpiAccount::write(d.holder),
            CpiAccount::write(d.destination),
            CpiAccount::write(d.vault),
            CpiAccount::read(d.mint),
            CpiAccount::read(d.token_program),
        ],
        instruction::CollectDividend::DISCRIMINATOR,
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

/// What redeeming shares of a person in wind-down needs beside the index.
pub(crate) struct WoundUp<'a, 'info> {
    pub(crate) program: &'a AccountInfo<'info>,
    pub(crate) token: &'a AccountInfo<'info>,
    pub(crate) holder: &'a AccountInfo<'info>,
    pub(crate) mint: &'a AccountInfo<'info>,
    pub(crate) share_custody: &'a AccountInfo<'info>,
    pub(crate) token_2022_program: &'a AccountInfo<'info>,
    pub(crate) token_program: &'a AccountInfo<'info>,
    pub(crate) payer: &'a AccountInfo<'info>,
    pub(crate) system_program: &'a AccountInfo<'info>,
    /// Mint, vault and the index's account of each asset that is not forgone; then the
    /// receipt to make, if there are estates.
    pub(crate) rest: &'a [AccountInfo<'info>],
}

/// Redeems registered shares of the index, which signs with `seeds`; `payer` pays the rent
/// of a receipt.
#[inline(never)]
pub(crate) fn redeem<'info>(
    w: &WoundUp<'_, 'info>,
    index: &AccountInfo<'info>,
    shares: u64,
    forgone: u8,
    seeds: &[&[u8]],
) -> Result<()> {
    let args = RedeemArgs {
        shares,
        min_out: [0; MAX_ASSETS],
        forgone,
        deadline: i64::MAX,
    };
    let data = instruction::Redeem { args }.data();
    let own = [
        (w.token, true),
        (w.mint, true),
        (w.token_2022_program, false),
        (w.token_program, false),
        (w.holder, true),
        (w.share_custody, true),
    ];
    let mut metas = vec![AccountMeta::new_readonly(*index.key, true)];
    let mut infos = vec![index.clone()];
    let meta = |account: &AccountInfo, writable| AccountMeta {
        pubkey: *account.key,
        is_signer: false,
        is_writable: writable,
    };
    for (account, writable) in own {
        metas.push(meta(account, writable));
        infos.push(account.clone());
    }
    for account in w.rest {
        metas.push(meta(account, account.is_writable));
        infos.push(account.clone());
    }
    if w.rest.chunks_exact(3).remainder().len() == 1 {
        metas.push(AccountMeta::new(*w.payer.key, true));
        metas.push(meta(w.system_program, false));
        infos.push(w.payer.clone());
        infos.push(w.system_program.clone());
    }
    TokenIo::call(w.program, metas, data, &infos, &[seeds])
}

/// What collecting a receipt's part of an estate needs beside the index.
pub(crate) struct Estate<'a, 'info> {
    pub(crate) program: &'a AccountInfo<'info>,
    pub(crate) token: &'a AccountInfo<'info>,
    pub(crate) claim: &'a AccountInfo<'info>,
    pub(crate) receipt: &'a AccountInfo<'info>,
    pub(crate) rent_payer: &'a AccountInfo<'info>,
    pub(crate) claim_vault: &'a AccountInfo<'info>,
    pub(crate) destination: &'a AccountInfo<'info>,
    pub(crate) mint: &'a AccountInfo<'info>,
    pub(crate) token_program: &'a AccountInfo<'info>,
}

/// Collects the part of the index's receipt; the index signs with `seeds`.
#[inline(never)]
pub(crate) fn collect_estate<'info>(
    e: &Estate<'_, 'info>,
    index: &AccountInfo<'info>,
    seeds: &[&[u8]],
) -> Result<()> {
    let written = [
        e.token,
        e.claim,
        e.receipt,
        e.rent_payer,
        e.claim_vault,
        e.destination,
    ];
    let mut metas: Vec<AccountMeta> = written
        .iter()
        .map(|account| AccountMeta::new(*account.key, false))
        .collect();
    metas.push(AccountMeta::new_readonly(*e.mint.key, false));
    metas.push(AccountMeta::new_readonly(*e.token_program.key, false));
    metas.push(AccountMeta::new_readonly(*index.key, true));
    let mut infos: Vec<AccountInfo> = written.iter().map(|account| (*account).clone()).collect();
    infos.extend([e.mint.clone(), e.token_program.clone(), index.clone()]);
    let data = instruction::CollectEstate::DISCRIMINATOR.to_vec();
    TokenIo::call(e.program, metas, data, &infos, &[seeds])
}

/// What answering a poll needs beside the index.
pub(crate) struct Answering<'a, 'info> {
    pub(crate) program: &'a AccountInfo<'info>,
    pub(crate) token: &'a AccountInfo<'info>,
    pub(crate) holder: &'a AccountInfo<'info>,
    pub(crate) poll: &'a AccountInfo<'info>,
}

/// Answers a poll against, with all that the index's shares weigh; the index signs with
/// `seeds`.
#[inline(never)]
pub(crate) fn answer_against<'info>(
    a: &Answering<'_, 'info>,
    index: &AccountInfo<'info>,
    seeds: &[&[u8]],
) -> Result<()> {
    let answer = Answer::Against;
    let data = instruction::AnswerPoll { answer }.data();
    call(
        a.program,
        [
            CpiAccount::signer(index),
            CpiAccount::write(a.token),
            CpiAccount::write(a.holder),
            CpiAccount::read(a.poll),
        ],
        &data,
        &[seeds],
    )?;
    Ok(())
}
