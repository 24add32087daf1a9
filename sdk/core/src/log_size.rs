//! How much an instruction logs. Nodes keep 10,000 bytes of a transaction's log and cut the
//! rest off, events with it: so transactions are packed by this, too.
//!
//! The numbers were measured on LiteSVM over every instruction of both programs, with lamports
//! at every address where an account is made, which makes for the longest log. They are
//! held by a test of the sweeps (`sweeps::logs`) that fails where one logs more than is said
//! here. Lengths hardly vary: events have fixed sizes, only the compute units that the
//! runtime writes into its lines grow by a digit or two.

use {
    crate::address::ASSOCIATED_TOKEN_PROGRAM,
    anchor_lang::{Discriminator, solana_program::instruction::Instruction},
    personal_token::instruction as token,
    pooled_index::instruction as index,
};

/// Bytes of a transaction's log that nodes keep.
pub const LIMIT: usize = 10_000;

/// What the three compute budget instructions log that sending adds.
pub const BUDGET: usize = 360;

/// What making an associated token account logs.
const ASSOCIATED: usize = 1_700;
/// What a call of a program that is not ours is taken to log.
const FOREIGN: usize = 1_000;
/// What most of our instructions log beside what their accounts bring.
const BASE: usize = 330;
/// What an account brings: a move of shares in another program is three, and logs 430.
const ACCOUNT: usize = 145;

/// What the digits of compute units make of a difference in contributions and redemptions.
const DIGITS: usize = 20;

/// Instructions that log more than most, or much less: bytes, and bytes an account.
const OURS: [(&[u8], usize, usize); 20] = [
    (token::CreateToken::DISCRIMINATOR, 4_400, 0),
    (token::Contribute::DISCRIMINATOR, 1_500, 0),
    (token::OpenHolder::DISCRIMINATOR, 690, 0),
    (token::TransferShares::DISCRIMINATOR, 460, 0),
    (token::CollectDividend::DISCRIMINATOR, 660, 0),
    (token::Redeem::DISCRIMINATOR, 480, 72),
    (token::ApplyName::DISCRIMINATOR, 1_620, 0),
    (token::DepositEquity::DISCRIMINATOR, 1_850, 0),
    (token::AddAsset::DISCRIMINATOR, 1_620, 0),
    (index::Deposit::DISCRIMINATOR, 0, ACCOUNT),
    (index::WithdrawBasket::DISCRIMINATOR, 0, ACCOUNT),
    (index::Harvest::DISCRIMINATOR, 1_110, 0),
    (index::CreateIndex::DISCRIMINATOR, 1_800, 0),
    (index::Launch::DISCRIMINATOR, 2_240, 0),
    (index::CollectFees::DISCRIMINATOR, 0, 300),
    (index::Announce::DISCRIMINATOR, 2_100, 0),
    (index::ApplyAnnouncement::DISCRIMINATOR, 2_100, 0),
    (index::Wrap::DISCRIMINATOR, 2_700, 0),
    (index::AddMint::DISCRIMINATOR, 1_700, 0),
    (index::AddOrders::DISCRIMINATOR, 4_000, 0),
];

/// The most bytes that an instruction logs when it succeeds.
///
/// # Example
/// ```
/// use upside_core::{Pubkey, instruction, log_size};
///
/// let key = Pubkey::new_from_array([1; 32]);
/// let open = instruction::open_holder(&key, &key, &key, &key);
/// assert!(log_size::bound(&open) < 800);
/// ```
pub fn bound(instruction: &Instruction) -> usize {
    let program = &instruction.program_id;
    if *program == ASSOCIATED_TOKEN_PROGRAM {
        return ASSOCIATED;
    }
    if *program != personal_token::ID && *program != pooled_index::ID {
        return FOREIGN;
    }
    let accounts = instruction.accounts.len();
    // Contributions and redemptions have their fixed accounts beside three a person.
    let at_once = [
        index::Contribute::DISCRIMINATOR,
        index::Redeem::DISCRIMINATOR,
    ];
    let of_index = *program == pooled_index::ID;
    let starts = |with: &[u8]| instruction.data.starts_with(with);
    if of_index && at_once.into_iter().any(starts) {
        let persons = ACCOUNT.saturating_mul(accounts.saturating_sub(4));
        return persons.saturating_add(DIGITS);
    }
    // A discriminator is a hash of the name: `deposit` is both programs'.
    let found = OURS.iter().find(|(with, ..)| starts(with));
    let (base, each) = found.map_or((BASE, ACCOUNT), |(_, base, each)| (*base, *each));
    base.saturating_add(each.saturating_mul(accounts))
}
