//! What a token account is, from its bytes.

use {
    crate::{
        error::{Check, CommonError, require},
        keys::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM, is_associated},
        mint_policy::{EXTENSIONS_AT, split_entry},
    },
    anchor_lang::prelude::*,
};

const OWNER_AT: usize = 32;
const AMOUNT_AT: usize = 64;
const STATE_AT: usize = 108;
const DELEGATE_AT: usize = 72;
const CLOSE_AUTHORITY_AT: usize = 129;
/// How an optional key begins that is not there.
const NONE: [u8; 4] = [0; 4];
const STATE_FROZEN: u8 = 2;
/// Number of the extension by which an account takes no transfer without a memo.
const MEMO_TRANSFER: u16 = 8;
const ACCOUNT_LENGTH: usize = 165;
/// A multisig's length, which token programs give to no token account.
const MULTISIG_LENGTH: usize = 355;
const ACCOUNT_TYPE_ACCOUNT: u8 = 2;
/// A mint's supply, after its optional authority.
const SUPPLY_AT: usize = 36;

/// Whether an account belongs to one of the token programs.
fn is_token_program(key: &Pubkey) -> bool {
    *key == TOKEN_PROGRAM || *key == TOKEN_2022_PROGRAM
}

#[inline(never)]
pub(crate) fn balance(account: &AccountInfo) -> Check<u64> {
    let data = account
        .try_borrow_data()
        .map_err(|_| CommonError::WrongTokenAccount)?;
    let marked = data.get(ACCOUNT_LENGTH) == Some(&ACCOUNT_TYPE_ACCOUNT);
    let is_account = data.len() == ACCOUNT_LENGTH || (marked && data.len() != MULTISIG_LENGTH);
    let amount = data
        .get(AMOUNT_AT..)
        .and_then(|rest| rest.first_chunk::<8>());
    match amount {
        Some(bytes) if is_account && is_token_program(account.owner) => {
            Ok(u64::from_le_bytes(*bytes))
        }
        _ => Err(CommonError::WrongTokenAccount),
    }
}

#[inline(never)]
pub(crate) fn prove_account(account: &AccountInfo, mint: &Pubkey, wallet: &Pubkey) -> Check<()> {
    balance(account)?;
    let data = account
        .try_borrow_data()
        .map_err(|_| CommonError::WrongTokenAccount)?;
    let fits = data.get(..OWNER_AT) == Some(mint.as_ref())
        && data.get(OWNER_AT..AMOUNT_AT) == Some(wallet.as_ref())
        && data.get(STATE_AT).is_some_and(|state| *state != 0);
    require(fits, CommonError::WrongTokenAccount)
}

#[inline(never)]
pub(crate) fn prove_associated(account: &AccountInfo, mint: &Pubkey, wallet: &Pubkey) -> Check<()> {
    prove_account(account, mint, wallet)?;
    require(
        is_associated(account.key, wallet, mint, account.owner),
        CommonError::WrongAccount,
    )
}

#[inline(never)]
pub(crate) fn prove_payee(account: &AccountInfo, mint: &Pubkey, wallet: &Pubkey) -> Check<()> {
    prove_account(account, mint, wallet)?;
    let none = |at: usize, data: &[u8]| data.get(at..).is_some_and(|it| it.starts_with(&NONE));
    let own = {
        let data = account
            .try_borrow_data()
            .map_err(|_| CommonError::WrongTokenAccount)?;
        none(DELEGATE_AT, &data) && none(CLOSE_AUTHORITY_AT, &data)
    };
    require(
        own || is_associated(account.key, wallet, mint, account.owner),
        CommonError::WrongAccount,
    )
}

pub(crate) fn is_shut(account: &AccountInfo, mint: &Pubkey, wallet: &Pubkey) -> bool {
    let Ok(owner) = account_owner(account) else {
        return false;
    };
    let shut = owner != *wallet || wants_memo(account);
    shut && is_associated(account.key, wallet, mint, account.owner)
}

/// Proves an account that is paid what is `wallet`'s and for which nobody signs: the associated
/// one. Another that nobody else can take from is taken only if `shown` is the associated one
/// and cannot be paid now. Else whoever sends the payment would choose among the accounts of a
/// wallet that keeps one for each of several people.
#[inline(never)]
pub(crate) fn prove_own(
    account: &AccountInfo,
    mint: &Pubkey,
    wallet: &Pubkey,
    shown: Option<&AccountInfo>,
) -> Check<()> {
    if shown.is_some_and(|it| cannot_be_paid(it, mint, wallet)) {
        return prove_payee(account, mint, wallet);
    }
    prove_associated(account, mint, wallet)
}

/// Whether `account` is `wallet`'s associated account and nobody can pay it now: it is shut, or
/// its mint's issuer froze it.
pub(crate) fn cannot_be_paid(account: &AccountInfo, mint: &Pubkey, wallet: &Pubkey) -> bool {
    if is_shut(account, mint, wallet) {
        return true;
    }
    let frozen = is_frozen(account).is_ok_and(|frozen| frozen);
    frozen && prove_associated(account, mint, wallet).is_ok()
}

/// Of which mint a token account is. Errors: `WrongTokenAccount`.
pub(crate) fn account_mint(account: &AccountInfo) -> Check<Pubkey> {
    balance(account)?;
    let data = account.try_borrow_data();
    let data = data.map_err(|_| CommonError::WrongTokenAccount)?;
    let mint = data.get(..OWNER_AT).unwrap_or_default();
    Pubkey::try_from(mint).map_err(|_| CommonError::WrongTokenAccount)
}

/// Whether a token account takes no transfer without a memo, which no program of ours gives.
#[inline(never)]
fn wants_memo(account: &AccountInfo) -> bool {
    let Ok(data) = account.try_borrow_data() else {
        return false;
    };
    let mut rest = data.get(EXTENSIONS_AT..).unwrap_or(&[]);
    while let Ok(Some((number, value, next))) = split_entry(rest) {
        if number == MEMO_TRANSFER {
            return value.first() == Some(&1);
        }
        rest = next;
    }
    false
}

pub(crate) fn account_owner(account: &AccountInfo) -> Check<Pubkey> {
    balance(account)?;
    let data = account
        .try_borrow_data()
        .map_err(|_| CommonError::WrongTokenAccount)?;
    let owner = data.get(OWNER_AT..AMOUNT_AT).unwrap_or_default();
    Pubkey::try_from(owner).map_err(|_| CommonError::WrongTokenAccount)
}

pub(crate) fn mint_supply(mint: &AccountInfo) -> Check<u64> {
    let data = mint.try_borrow_data().map_err(|_| CommonError::WrongMint)?;
    let bytes = data
        .get(SUPPLY_AT..)
        .and_then(|rest| rest.first_chunk::<8>());
    Ok(u64::from_le_bytes(*bytes.ok_or(CommonError::WrongMint)?))
}

pub(crate) fn is_frozen(account: &AccountInfo) -> Check<bool> {
    let data = account.try_borrow_data();
    let data = data.map_err(|_| CommonError::WrongTokenAccount)?;
    let state = data.get(STATE_AT).ok_or(CommonError::WrongTokenAccount)?;
    Ok(*state == STATE_FROZEN)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]

    use {super::*, crate::keys::find_associated};

    /// A token account of `owner`, with these bytes behind it.
    fn bytes(mint: &Pubkey, owner: &Pubkey, behind: &[u8]) -> Vec<u8> {
        let mut data = vec![0; ACCOUNT_LENGTH];
        data[..OWNER_AT].copy_from_slice(mint.as_ref());
        data[OWNER_AT..AMOUNT_AT].copy_from_slice(owner.as_ref());
        data[STATE_AT] = 1;
        data.extend_from_slice(behind);
        data
    }

    #[test]
    fn an_account_is_shut_if_it_was_given_away_or_wants_memos() {
        let [wallet, mint, other] = [(); 3].map(|()| Pubkey::new_unique());
        let program = TOKEN_2022_PROGRAM;
        let own = find_associated(&wallet, &mint, &program).0;
        // An immutable owner (7), and whether memos are asked for (8).
        let memo = |wanted| [ACCOUNT_TYPE_ACCOUNT, 7, 0, 0, 0, 8, 0, 1, 0, wanted];
        let cases: [(&Pubkey, &Pubkey, &[u8], bool); 6] = [
            (&own, &wallet, &[], false),
            (&own, &other, &[], true),
            (&own, &wallet, &memo(0), false),
            (&own, &wallet, &memo(1), true),
            (&other, &other, &[], false),
            (&other, &wallet, &memo(1), false),
        ];
        for (key, owner, behind, shut) in cases {
            let (mut lamports, mut data) = (1, bytes(&mint, owner, behind));
            let account =
                AccountInfo::new(key, false, false, &mut lamports, &mut data, &program, false);
            assert_eq!(is_shut(&account, &mint, &wallet), shut);
        }
        let (mut lamports, mut none) = (0, []);
        let system = anchor_lang::system_program::ID;
        let missing =
            AccountInfo::new(&own, false, false, &mut lamports, &mut none, &system, false);
        assert!(!is_shut(&missing, &mint, &wallet));
    }
}
