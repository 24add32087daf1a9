//! Mints of both token programs, and the name that a share mint has.

use {
    crate::{
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        error::CoreError,
        raw::Raw,
        report::Scale,
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
/// Number of the extension of amounts that wallets multiply.
const SCALED_UI_AMOUNT: u16 = 25;

/// An extension of a Token-2022 mint.
fn extension(mint: &[u8], wanted: u16) -> Option<&[u8]> {
    let mut rest = mint.get(166..)?;
    loop {
        let (header, body) = rest.split_first_chunk::<4>()?;
        let number = u16::from_le_bytes([header[0], header[1]]);
        let length = usize::from(u16::from_le_bytes([header[2], header[3]]));
        let (value, next) = body.split_at_checked(length)?;
        if number == wanted {
            return Some(value);
        }
        rest = next;
    }
}

/// Reads the metadata extension of a Token-2022 mint.
pub fn metadata(mint: &[u8]) -> Option<Name> {
    let mut texts = extension(mint, TOKEN_METADATA)?.get(64..)?;
    let mut text = || {
        let (length, body) = texts.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (text, next) = body.split_at_checked(length)?;
        texts = next;
        String::from_utf8(text.to_vec()).ok()
    };
    Some(Name {
        name: text()?,
        symbol: text()?,
        uri: text()?,
    })
}

/// What wallets multiply a mint's amounts by, at the cluster's time `now` in unix seconds: an
/// announced multiplier counts from its time on.
pub fn scale(mint: &Raw, now: i64) -> Scale {
    if mint.owner != TOKEN_2022_PROGRAM {
        return Scale::ONE;
    }
    let multiplier = || {
        // The authority, the multiplier, when it changes, and to what.
        let value = extension(&mint.data, SCALED_UI_AMOUNT)?.get(32..56)?;
        let (now_at, rest) = value.split_first_chunk::<8>()?;
        let (changes_at, next) = rest.split_first_chunk::<8>()?;
        let changed = now >= i64::from_le_bytes(*changes_at);
        let bytes = if changed { next.first_chunk()? } else { now_at };
        Scale::of_multiplier(f64::from_le_bytes(*bytes))
    };
    multiplier().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mint whose multiplier is 2, and 10 from second 100 on.
    fn split() -> Raw {
        let mut data = vec![0; 165];
        data.push(1);
        // Another extension goes before.
        data.extend([26, 0, 2, 0, 7, 7, 25, 0, 56, 0]);
        data.extend([0; 32]);
        data.extend(2.0f64.to_le_bytes());
        data.extend(100i64.to_le_bytes());
        data.extend(10.0f64.to_le_bytes());
        Raw {
            key: Pubkey::new_from_array([1; 32]),
            owner: TOKEN_2022_PROGRAM,
            data,
            lamports: 1,
        }
    }

    #[test]
    fn an_announced_multiplier_counts_from_its_time_on() {
        let mint = split();
        let at = |now| scale(&mint, now).to_string();
        assert_eq!([at(-1), at(99), at(100)], ["2", "2", "10"]);
        for cut in [mint.data.len() - 1, 170, 166, 82, 0] {
            let mut short = mint.clone();
            short.data.truncate(cut);
            assert_eq!(scale(&short, 100), Scale::ONE, "{cut}");
        }
        let classic = Raw {
            owner: TOKEN_PROGRAM,
            ..mint
        };
        assert_eq!(scale(&classic, 100), Scale::ONE);
    }
}
