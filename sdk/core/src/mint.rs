//! Mints of both token programs, and the name that a share mint has.

use {
    crate::{
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        error::CoreError,
        raw::Raw,
    },
    anchor_lang::prelude::Pubkey,
};

/// What a person needs to know of a mint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MintInfo {
    /// Address.
    pub key: Pubkey,
    /// Program that owns it.
    pub token_program: Pubkey,
    /// Decimals.
    pub decimals: u8,
    /// Atoms in existence.
    pub supply: u64,
    /// Who may mint more, if anybody may.
    pub authority: Option<Pubkey>,
}

/// Reads a mint's bytes. Errors: `WrongAccount`.
pub fn mint_info(raw: &Raw) -> Result<MintInfo, CoreError> {
    let wrong = CoreError::WrongAccount {
        key: raw.key,
        expected: "mint",
        why: "it is no mint of SPL Token or Token-2022",
    };
    let of_program = [TOKEN_PROGRAM, TOKEN_2022_PROGRAM].contains(&raw.owner);
    let is_mint = raw.data.len() == 82 || raw.data.get(165) == Some(&1);
    let supply = raw.data.get(36..44).and_then(|bytes| bytes.try_into().ok());
    match (supply, raw.data.get(44)) {
        (Some(supply), Some(decimals)) if of_program && is_mint => Ok(MintInfo {
            key: raw.key,
            token_program: raw.owner,
            decimals: *decimals,
            supply: u64::from_le_bytes(supply),
            authority: mint_authority(&raw.data),
        }),
        _ => Err(wrong),
    }
}

/// Who may mint, as a mint's bytes say.
fn mint_authority(data: &[u8]) -> Option<Pubkey> {
    let (has, rest) = data.split_first_chunk::<4>()?;
    let key = rest.first_chunk::<32>()?;
    (u32::from_le_bytes(*has) == 1).then(|| Pubkey::new_from_array(*key))
}

/// Name, symbol and URI on a share mint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Name.
    pub name: String,
    /// Symbol.
    pub symbol: String,
    /// Address of further metadata.
    pub uri: String,
}

/// Number of the metadata extension in Token-2022.
const TOKEN_METADATA: u16 = 19;

/// Reads the metadata extension of a Token-2022 mint.
pub fn metadata(mint: &[u8]) -> Option<Name> {
    let mut rest = mint.get(166..)?;
    loop {
        let (header, body) = rest.split_first_chunk::<4>()?;
        let number = u16::from_le_bytes([header[0], header[1]]);
        let length = usize::from(u16::from_le_bytes([header[2], header[3]]));
        let (value, next) = body.split_at_checked(length)?;
        if number == TOKEN_METADATA {
            let mut texts = value.get(64..)?;
            let mut text = || {
                let (length, body) = texts.split_first_chunk::<4>()?;
                let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
                let (text, next) = body.split_at_checked(length)?;
                texts = next;
                String::from_utf8(text.to_vec()).ok()
            };
            return Some(Name {
                name: text()?,
                symbol: text()?,
                uri: text()?,
            });
        }
        rest = next;
    }
}
