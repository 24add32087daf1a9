//! Movements of a token's own mint and vaults, over the shared calls of token
//! programs, which check every movement against both balances.

use {
    crate::{
        error::{ProgramResult, TokenError, require},
        host::{AccountIo, TokenIo},
        seeds::{self, TOKEN_2022_PROGRAM},
        state::{Asset, PersonalToken},
    },
    anchor_lang::prelude::*,
};

pub(crate) use upside_support::Transfer;

/// Seeds with which a personal token signs.
pub(crate) struct TokenSigner {
    creator: Pubkey,
    bump: [u8; 1],
}

impl TokenSigner {
    pub(crate) fn of(token: &PersonalToken) -> Self {
        TokenSigner {
            creator: token.creator,
            bump: [token.bump],
        }
    }

    pub(crate) fn new(creator: &Pubkey, bump: u8) -> Self {
        TokenSigner {
            creator: *creator,
            bump: [bump],
        }
    }

    pub(crate) fn seeds(&self) -> [&[u8]; 3] {
        seeds::token_signer(&self.creator, &self.bump)
    }
}

/// Where a Token-2022 mint's extensions begin, and the number of its metadata.
const EXTENSIONS_AT: usize = 166;
const METADATA: u16 = 19;

/// Takes a text off that stands behind its length.
fn take_text(rest: &mut &[u8]) -> Option<String> {
    let (length, body) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (text, next) = body.split_at_checked(length)?;
    *rest = next;
    Some(core::str::from_utf8(text).ok()?.to_string())
}

/// Name and symbol in the metadata on the share mint. Errors: `WrongMint`.
#[inline(never)]
pub(crate) fn read_texts(mint: &AccountInfo) -> Result<[String; 2]> {
    let data = mint.try_borrow_data()?;
    let mut rest = data.get(EXTENSIONS_AT..).unwrap_or(&[]);
    while let Some(([n0, n1, l0, l1], body)) = rest.split_first_chunk::<4>() {
        let length = usize::from(u16::from_le_bytes([*l0, *l1]));
        let value = body.split_at_checked(length);
        let (value, next) = value.ok_or(TokenError::WrongMint)?;
        if u16::from_le_bytes([*n0, *n1]) == METADATA {
            // Behind the authority and the mint.
            let mut texts = value.get(64..).unwrap_or(&[]);
            let (name, symbol) = (take_text(&mut texts), take_text(&mut texts));
            if let (Some(name), Some(symbol)) = (name, symbol) {
                return Ok([name, symbol]);
            }
            break;
        }
        rest = next;
    }
    Err(TokenError::WrongMint.into())
}

/// Proves a listed asset's mint, vault and token program.
pub(crate) fn prove_asset(
    asset: &Asset,
    mint: &AccountInfo,
    vault: &AccountInfo,
    program: &AccountInfo,
) -> ProgramResult<()> {
    require(*mint.key == asset.mint, TokenError::WrongMint)?;
    AccountIo::same(vault.key, &asset.vault)?;
    require(
        *program.key == asset.token_program(),
        TokenError::WrongTokenProgram,
    )
}

/// Proves the share mint, the register and Token-2022.
pub(crate) fn prove_shares(
    token: &PersonalToken,
    mint: &AccountInfo,
    share_custody: &AccountInfo,
    program: &AccountInfo,
) -> ProgramResult<()> {
    AccountIo::same(mint.key, &token.mint)?;
    AccountIo::same(share_custody.key, &token.share_custody)?;
    require(
        *program.key == TOKEN_2022_PROGRAM,
        TokenError::WrongTokenProgram,
    )
}

/// Whether the state shows that a listed asset cannot move.
pub(crate) fn is_immovable(
    asset: &Asset,
    mint: &AccountInfo,
    vault: &AccountInfo,
) -> ProgramResult<bool> {
    require(*mint.key == asset.mint, TokenError::WrongMint)?;
    AccountIo::same(vault.key, &asset.vault)?;
    Ok(upside_support::mint_policy::is_paused(mint)? || TokenIo::is_frozen(vault)?)
}

/// The assets, as bits by place, that new shares need not bring now: those that a poll
/// exempted, that were noted as immovable a notice ago, and whose mint and vault among
/// `accounts` show that they are so still.
#[inline(never)]
pub(crate) fn exempted(
    token: &PersonalToken,
    accounts: &[AccountInfo],
    now: i64,
) -> ProgramResult<u8> {
    let mut exempt = 0;
    for pair in accounts.chunks_exact(2) {
        let [mint, vault] = pair else { continue };
        let place = token.asset_of(mint.key)?;
        let immovable = is_immovable(token.asset(place)?, mint, vault)?;
        if immovable && token.is_exempted(place, now)? {
            let shift = u32::try_from(place).map_err(|_| TokenError::Overflow)?;
            exempt |= 1u8.checked_shl(shift).unwrap_or(0);
        }
    }
    Ok(exempt)
}
