use {
    super::{super::*, build, share_account},
    crate::{
        address::{SYSTEM_PROGRAM, TOKEN_2022_PROGRAM},
        error::CoreError,
        state::Account,
    },
    anchor_lang::prelude::Pubkey,
    pooled_index::{accounts, instruction as data},
    solana_program::instruction::{AccountMeta, Instruction},
};

pub(super) fn curate(index: &Account<PooledIndex>, authority: &Pubkey) -> accounts::CurateAccounts {
    accounts::CurateAccounts {
        authority: *authority,
        index: index.key,
    }
}

/// Writes where the file is that wallets read; empty for nowhere. Signers: `payer`, the
/// curator.
pub fn set_uri(index: &Account<PooledIndex>, payer: &Pubkey, uri: &str) -> Instruction {
    let accounts = accounts::SetUriAccounts {
        payer: *payer,
        curator: index.data.curator,
        index: index.key,
        mint: index.data.mint,
        token_program: TOKEN_2022_PROGRAM,
        system_program: SYSTEM_PROGRAM,
    };
    let args = SetUriArgs { uri: uri.into() };
    build(accounts, data::SetUri { args })
}

fn by_curator(
    index: &Account<PooledIndex>,
    data: impl anchor_lang::InstructionData,
) -> Instruction {
    build(curate(index, &index.data.curator), data)
}

/// Lowers fees at once. Signer: the curator.
pub fn lower_fees(index: &Account<PooledIndex>, args: ParametersInput) -> Instruction {
    let accounts = accounts::LowerFees {
        curator: index.data.curator,
        index: index.key,
        mint: index.data.mint,
    };
    build(accounts, data::LowerFees { args })
}

/// Mints the pending fee shares to their recipients, whose share accounts must exist. No
/// signer.
pub fn collect_fees(index: &Account<PooledIndex>) -> Instruction {
    let accounts = accounts::CollectFees {
        index: index.key,
        mint: index.data.mint,
        token_program: TOKEN_2022_PROGRAM,
    };
    let mut collect = build(accounts, data::CollectFees {});
    let recipients = index.data.fee_recipients();
    let accounts = recipients.map(|recipient| share_account(&index.data, &recipient.key));
    collect
        .accounts
        .extend(accounts.map(|account| AccountMeta::new(account, false)));
    collect
}

/// Takes a role from whoever has it. Signer: `authority`, the curator or whoever has it.
pub fn clear_role(index: &Account<PooledIndex>, authority: &Pubkey, role: Role) -> Instruction {
    build(curate(index, authority), data::ClearRole { role })
}

/// Takes an index over. Signer: the proposed curator.
pub fn accept_curator(index: &Account<PooledIndex>) -> Instruction {
    let authority = index.data.pending_curator;
    build(curate(index, &authority), data::AcceptCurator {})
}

/// Stops new money. Signer: `authority`, the curator or the guardian.
pub fn pause(index: &Account<PooledIndex>, authority: &Pubkey) -> Instruction {
    build(curate(index, authority), data::Pause {})
}

/// Admits new money again. Signer: the curator.
pub fn unpause(index: &Account<PooledIndex>) -> Instruction {
    by_curator(index, data::Unpause {})
}

fn ending(index: &Account<PooledIndex>) -> accounts::WindDown {
    accounts::WindDown {
        curator: index.data.curator,
        index: index.key,
        mint: index.data.mint,
    }
}

/// Ends an index: from now on only redemptions, harvests and claims. Signer: the
/// curator.
pub fn wind_down(index: &Account<PooledIndex>) -> Instruction {
    build(ending(index), data::WindDown {})
}

/// The curator leaves, which ends the index. Signer: the curator.
pub fn resign_curator(index: &Account<PooledIndex>) -> Instruction {
    build(ending(index), data::ResignCurator {})
}

/// Books what the custody of a slot holds beyond the books, or lacks. No signer.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn sync_custody(index: &Account<PooledIndex>, slot: u8) -> Result<Instruction, CoreError> {
    let constituent = index.data.constituent(slot)?;
    let accounts = accounts::SyncCustodyAccounts {
        index: index.key,
        custody: constituent.custody,
    };
    Ok(match constituent.kind()? {
        SlotKind::Personal => build(accounts, data::SyncPersonal { slot }),
        SlotKind::Free | SlotKind::Mint => build(accounts, data::SyncMint { slot }),
    })
}
