//! Which foreign mints are admitted. Checked when a mint is listed and again on
//! every use that brings money in: a Token-2022 authority may change what an
//! extension does afterwards. Money on its way out is never refused here: the
//! token program and the balance check after the transfer decide.

use {
    crate::{
        error::{Check, CommonError, require},
        keys::{OURS, TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
    },
    anchor_lang::prelude::*,
};

/// Flag of a mint that belongs to Token-2022.
pub const TOKEN_2022: u8 = 1;
/// Flag of a mint whose issuer can seize it, or change how it moves or is counted.
pub const SEIZABLE: u8 = 2;
/// Flag of a mint whose issuer can freeze a vault: it has a freeze authority.
pub const FREEZABLE: u8 = 4;
/// Flag of a mint whose issuer can pause all its transfers.
pub const PAUSABLE: u8 = 8;

/// Length of a mint without extensions; in Token-2022 the account type stands
/// where a token account's would, and extensions follow.
const MINT_LENGTH: usize = 82;
const DECIMALS_AT: usize = 44;
const INITIALIZED_AT: usize = 45;
/// 1 as four bytes if there is a freeze authority, which follows.
const FREEZE_AUTHORITY_AT: usize = 46;
const ACCOUNT_TYPE_AT: usize = 165;
/// Where extensions begin, of mints and of token accounts.
pub(crate) const EXTENSIONS_AT: usize = 166;
const ACCOUNT_TYPE_MINT: u8 = 1;

/// What a program needs to know of an admitted mint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MintFacts {
    /// Decimals.
    pub decimals: u8,
    /// [`TOKEN_2022`], [`SEIZABLE`], [`FREEZABLE`] and [`PAUSABLE`].
    pub flags: u8,
}

/// Numbers of Token-2022's extensions, as its interface crate defines them.
mod extension {
    /// Balances that an account hides: the vaults never have the extension on their side, so
    /// they cannot receive any, and what moves in public moves exactly.
    pub const CONFIDENTIAL_TRANSFER: u16 = 4;
    pub const DEFAULT_ACCOUNT_STATE: u16 = 6;
    pub const PERMANENT_DELEGATE: u16 = 12;
    pub const TRANSFER_HOOK: u16 = 14;
    pub const METADATA_POINTER: u16 = 18;
    pub const TOKEN_METADATA: u16 = 19;
    pub const GROUP_POINTER: u16 = 20;
    pub const TOKEN_GROUP: u16 = 21;
    pub const GROUP_MEMBER_POINTER: u16 = 22;
    pub const TOKEN_GROUP_MEMBER: u16 = 23;
    pub const SCALED_UI_AMOUNT: u16 = 25;
    pub const PAUSABLE: u16 = 26;
}

/// State byte of an account that is initialized and not frozen.
const STATE_INITIALIZED: u8 = 1;

/// Checks a mint against the allow-list. Errors: `WrongTokenProgram`, `WrongMint`,
/// `UnsupportedMint`.
#[inline(never)]
pub fn check(mint: &AccountInfo) -> Check<MintFacts> {
    let data = mint.try_borrow_data().map_err(|_| CommonError::WrongMint)?;
    check_data(mint.owner, &data)
}

/// [`check`] over an account's owner and bytes, for quotes and tests.
pub fn check_data(owner: &Pubkey, data: &[u8]) -> Check<MintFacts> {
    let classic = *owner == TOKEN_PROGRAM;
    require(
        classic || *owner == TOKEN_2022_PROGRAM,
        CommonError::WrongTokenProgram,
    )?;
    let (Some(decimals), Some(1)) = (data.get(DECIMALS_AT).copied(), data.get(INITIALIZED_AT))
    else {
        return Err(CommonError::WrongMint);
    };
    let freezable = if data.get(FREEZE_AUTHORITY_AT) == Some(&1) {
        FREEZABLE
    } else {
        0
    };
    if classic {
        require(data.len() == MINT_LENGTH, CommonError::WrongMint)?;
        return Ok(MintFacts {
            decimals,
            flags: freezable,
        });
    }
    if data.len() == MINT_LENGTH {
        return Ok(MintFacts {
            decimals,
            flags: TOKEN_2022 | freezable,
        });
    }
    require(
        data.get(ACCOUNT_TYPE_AT) == Some(&ACCOUNT_TYPE_MINT),
        CommonError::WrongMint,
    )?;
    let mut flags = TOKEN_2022 | freezable;
    let mut rest = data.get(EXTENSIONS_AT..).ok_or(CommonError::WrongMint)?;
    // Entries are: number (u16), length (u16), value. Number 0 ends the list.
    while let Some((number, value, next)) = split_entry(rest)? {
        if is_seizable(number, value)? {
            flags |= SEIZABLE;
        }
        if number == extension::PAUSABLE {
            flags |= PAUSABLE;
        }
        rest = next;
    }
    Ok(MintFacts { decimals, flags })
}

/// An extension's number and value, and what follows it.
pub(crate) type Entry<'a> = (u16, &'a [u8], &'a [u8]);

/// Takes the first extension off; `None` at their end.
pub(crate) fn split_entry(rest: &[u8]) -> Check<Option<Entry<'_>>> {
    let Some(([n0, n1, l0, l1], body)) = rest.split_first_chunk::<4>() else {
        return Ok(None);
    };
    let number = u16::from_le_bytes([*n0, *n1]);
    if number == 0 {
        return Ok(None);
    }
    let length = usize::from(u16::from_le_bytes([*l0, *l1]));
    let (value, next) = body
        .split_at_checked(length)
        .ok_or(CommonError::WrongMint)?;
    Ok(Some((number, value, next)))
}

/// Whether an allowed extension lets the issuer seize, stop or rescale.
fn is_seizable(number: u16, value: &[u8]) -> Check<bool> {
    match number {
        extension::METADATA_POINTER
        | extension::TOKEN_METADATA
        | extension::GROUP_POINTER
        | extension::TOKEN_GROUP
        | extension::GROUP_MEMBER_POINTER
        | extension::TOKEN_GROUP_MEMBER => Ok(false),
        extension::CONFIDENTIAL_TRANSFER
        | extension::PERMANENT_DELEGATE
        | extension::PAUSABLE
        | extension::SCALED_UI_AMOUNT => Ok(true),
        extension::DEFAULT_ACCOUNT_STATE => {
            require(
                value.first() == Some(&STATE_INITIALIZED),
                CommonError::UnsupportedMint,
            )?;
            Ok(true)
        }
        extension::TRANSFER_HOOK => {
            let program = value.get(32..64).ok_or(CommonError::WrongMint)?;
            require(
                program.iter().all(|byte| *byte == 0),
                CommonError::UnsupportedMint,
            )?;
            Ok(true)
        }
        _ => Err(CommonError::UnsupportedMint),
    }
}

/// Refuses shares of persons and of indexes, which would be backed by what they back: mints
/// whose authority one of our programs owns. `authority` is that of the mint; none is
/// needed if nobody may mint. Errors: `WrongMint`, `WrongAccount`, `CircularMint`.
#[inline(never)]
pub fn require_not_ours(mint: &AccountInfo, authority: Option<&AccountInfo>) -> Check<()> {
    let Some(expected) = mint_authority(mint)? else {
        return Ok(());
    };
    let authority = authority.ok_or(CommonError::WrongAccount)?;
    require(*authority.key == expected, CommonError::WrongAccount)?;
    require(!OURS.contains(authority.owner), CommonError::CircularMint)
}

/// Who may mint, of a mint that was checked before; `None` if nobody may.
fn mint_authority(mint: &AccountInfo) -> Check<Option<Pubkey>> {
    let data = mint.try_borrow_data().map_err(|_| CommonError::WrongMint)?;
    let (flag, rest) = data
        .split_first_chunk::<4>()
        .ok_or(CommonError::WrongMint)?;
    let key = rest.first_chunk::<32>().ok_or(CommonError::WrongMint)?;
    Ok((*flag != [0; 4]).then(|| Pubkey::new_from_array(*key)))
}

/// Decimals of a mint whose tokens were admitted before. Errors: `WrongMint`.
pub fn decimals(mint: &AccountInfo) -> Check<u8> {
    let data = mint.try_borrow_data().map_err(|_| CommonError::WrongMint)?;
    data.get(DECIMALS_AT).copied().ok_or(CommonError::WrongMint)
}

/// Whether a mint's pausable extension says that it is paused now. Errors: `WrongMint`.
#[inline(never)]
pub fn is_paused(mint: &AccountInfo) -> Check<bool> {
    let data = mint.try_borrow_data().map_err(|_| CommonError::WrongMint)?;
    Ok(*mint.owner == TOKEN_2022_PROGRAM && is_paused_data(&data)?)
}

/// [`is_paused`] over the bytes of a Token-2022 mint.
pub fn is_paused_data(data: &[u8]) -> Check<bool> {
    if data.len() <= EXTENSIONS_AT {
        return Ok(false);
    }
    let mut rest = data.get(EXTENSIONS_AT..).ok_or(CommonError::WrongMint)?;
    while let Some((number, value, next)) = split_entry(rest)? {
        if number == extension::PAUSABLE {
            // Authority, then the byte.
            return Ok(value.get(32) == Some(&1));
        }
        rest = next;
    }
    Ok(false)
}
