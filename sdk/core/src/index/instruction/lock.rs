use {
    super::{super::*, build, share_account},
    crate::{
        address::{SYSTEM_PROGRAM, TOKEN_2022_PROGRAM},
        state::Account,
    },
    anchor_lang::prelude::Pubkey,
    pooled_index::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Locks index shares, so that they count; the age of the whole lock begins anew. Signers:
/// `payer`, `wallet`.
pub fn lock_shares(
    index: &Account<PooledIndex>,
    payer: &Pubkey,
    wallet: &Pubkey,
    shares: u64,
) -> Instruction {
    let accounts = accounts::LockShares {
        payer: *payer,
        wallet: *wallet,
        index: index.key,
        mint: index.data.mint,
        share_account: share_account(&index.data, wallet),
        vault: share_account(&index.data, &index.key),
        lock: find_lock(&index.key, wallet).0,
        token_program: TOKEN_2022_PROGRAM,
        system_program: SYSTEM_PROGRAM,
    };
    build(accounts, data::LockShares { amount: shares })
}

/// Takes locked index shares back. Signer: the lock's wallet, whose share account must
/// exist.
pub fn unlock_shares(
    index: &Account<PooledIndex>,
    lock: &Account<Lock>,
    shares: u64,
) -> Instruction {
    let accounts = accounts::UnlockShares {
        wallet: lock.data.wallet,
        index: index.key,
        mint: index.data.mint,
        share_account: share_account(&index.data, &lock.data.wallet),
        vault: share_account(&index.data, &index.key),
        lock: lock.key,
        rent_payer: lock.data.rent_payer,
        candidacy: backed(&lock.data),
        token_program: TOKEN_2022_PROGRAM,
    };
    build(accounts, data::UnlockShares { amount: shares })
}

fn backed(lock: &Lock) -> Option<Pubkey> {
    Some(lock.candidacy).filter(|key| *key != Pubkey::default())
}

fn counted(index: &Account<PooledIndex>, wallet: &Pubkey) -> accounts::CountLockAccounts {
    accounts::CountLockAccounts {
        wallet: *wallet,
        index: index.key,
        mint: index.data.mint,
        lock: find_lock(&index.key, wallet).0,
    }
}

/// Counts a lock against an announcement of any kind. Signer: `wallet`.
pub fn veto(index: &Account<PooledIndex>, wallet: &Pubkey, nonce: u64) -> Instruction {
    build(counted(index, wallet), data::Veto { nonce })
}

/// Counts a lock for an announcement of any kind. Signer: `wallet`.
pub fn support(index: &Account<PooledIndex>, wallet: &Pubkey, nonce: u64) -> Instruction {
    build(counted(index, wallet), data::Support { nonce })
}

/// Stands as candidate for curator. Signers: `payer`, `candidate`.
pub fn open_candidacy(index: &Pubkey, payer: &Pubkey, candidate: &Pubkey) -> Instruction {
    let accounts = accounts::OpenCandidacy {
        payer: *payer,
        candidate: *candidate,
        index: *index,
        candidacy: find_candidacy(index, candidate).0,
        system_program: SYSTEM_PROGRAM,
    };
    build(accounts, data::OpenCandidacy {})
}

/// Gives a candidacy up. Signer: the candidate.
pub fn close_candidacy(candidacy: &Account<Candidacy>) -> Instruction {
    let accounts = accounts::CloseCandidacy {
        candidate: candidacy.data.candidate,
        index: candidacy.data.index,
        candidacy: candidacy.key,
        rent_payer: candidacy.data.rent_payer,
    };
    build(accounts, data::CloseCandidacy {})
}

/// A lock backs a candidate, or with `None` nobody. Signer: the lock's wallet.
pub fn back_candidate(lock: &Account<Lock>, candidate: Option<&Pubkey>) -> Instruction {
    let index = lock.data.index;
    let candidacy = candidate.map(|candidate| find_candidacy(&index, candidate).0);
    let accounts = accounts::BackCandidate {
        wallet: lock.data.wallet,
        index,
        lock: lock.key,
        candidacy,
        previous: backed(&lock.data).filter(|key| Some(*key) != candidacy),
    };
    build(accounts, data::BackCandidate {})
}

/// The candidate of a majority becomes curator. Signer: the candidate.
pub fn take_over(index: &Account<PooledIndex>, candidacy: &Account<Candidacy>) -> Instruction {
    let accounts = accounts::TakeOver {
        candidate: candidacy.data.candidate,
        index: index.key,
        mint: index.data.mint,
        candidacy: candidacy.key,
        rent_payer: candidacy.data.rent_payer,
    };
    build(accounts, data::TakeOver {})
}
