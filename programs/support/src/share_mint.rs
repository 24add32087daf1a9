//! Share mints: Token-2022 with name, symbol and address of further metadata on the mint
//! itself, no other extension and no freeze authority. Nobody can touch what is in a wallet.

use {
    crate::{AccountIo, Program, TokenIo, keys::TOKEN_2022_PROGRAM},
    anchor_lang::{prelude::*, solana_program::instruction::AccountMeta},
};

/// Token-2022: metadata pointer extension, and its `Initialize`.
const METADATA_POINTER_INITIALIZE: [u8; 2] = [39, 0];
/// Token metadata interface: first 8 bytes of the hash of each instruction's name.
const METADATA_INITIALIZE: [u8; 8] = [210, 225, 30, 162, 88, 184, 77, 141];
const METADATA_UPDATE_FIELD: [u8; 8] = [221, 233, 49, 45, 181, 202, 220, 200];
/// Bytes of a mint with the metadata pointer and nothing else.
const MINT_SPACE: usize = 234;
/// Bytes of the metadata entry beside its three texts: header, authority, mint,
/// three lengths, and the empty list of further fields.
const METADATA_OVERHEAD: usize = 4 + 32 + 32 + 3 * 4 + 4;

/// Most bytes of the address of further metadata.
pub const MAX_URI: usize = 200;

/// A metadata field that the mint always has, by its number in the interface.
#[derive(Clone, Copy)]
pub enum MetadataField {
    /// Name.
    Name = 0,
    /// Symbol.
    Symbol = 1,
    /// Address of further metadata.
    Uri = 2,
}

/// Name, symbol and address of further metadata, all of them checked.
pub struct MintTexts<'a> {
    /// Name.
    pub name: &'a str,
    /// Symbol.
    pub symbol: &'a str,
    /// Address of further metadata; may be empty.
    pub uri: &'a str,
}

impl MintTexts<'_> {
    fn all(&self) -> [&str; 3] {
        [self.name, self.symbol, self.uri]
    }

    /// Bytes of a share mint with these texts on it.
    fn space(&self) -> usize {
        let bytes = MINT_SPACE.saturating_add(METADATA_OVERHEAD);
        let texts = self.all();
        texts
            .iter()
            .fold(bytes, |sum, text| sum.saturating_add(text.len()))
    }
}

/// A share mint and the account that signs for it.
pub struct ShareMint<'a, 'info> {
    /// Token-2022; the caller proved it.
    pub program: &'a AccountInfo<'info>,
    /// The mint.
    pub mint: &'a AccountInfo<'info>,
    /// Mint authority and update authority, for good.
    pub authority: &'a AccountInfo<'info>,
}

impl<'info> ShareMint<'_, 'info> {
    /// Makes the mint at the address of `seeds` and returns that address's bump. The
    /// authority signs for the metadata with `signer`.
    #[inline(never)]
    pub fn create<P: Program>(
        &self,
        payer: &AccountInfo<'info>,
        seeds: [&[u8]; 2],
        decimals: u8,
        texts: &MintTexts,
        signer: &[&[u8]],
    ) -> Result<u8> {
        let bump = AccountIo::<P>::prove_address(self.mint, &seeds).map_err(Into::into)?;
        let [first, second] = seeds;
        // Paid for the metadata too: the token program grows the account, not its rent.
        AccountIo::<P>::create_to_grow(
            payer,
            self.mint,
            (MINT_SPACE, texts.space()),
            &TOKEN_2022_PROGRAM,
            &[first, second, &[bump]],
        )?;
        self.initialize::<P>(decimals, texts, signer)?;
        Ok(bump)
    }

    #[inline(never)]
    fn initialize<P: Program>(
        &self,
        decimals: u8,
        texts: &MintTexts,
        signer: &[&[u8]],
    ) -> Result<()> {
        let mut pointer = Vec::with_capacity(66);
        pointer.extend_from_slice(&METADATA_POINTER_INITIALIZE);
        pointer.extend_from_slice(&[0; 32]); // no authority: the pointer never changes
        pointer.extend_from_slice(self.mint.key.as_ref());
        TokenIo::<P>::call(
            self.program,
            vec![AccountMeta::new(*self.mint.key, false)],
            pointer,
            core::slice::from_ref(self.mint),
            &[],
        )?;

        TokenIo::<P>::initialize_mint(self.program, self.mint, self.authority.key, decimals)?;

        let mut metadata = Vec::with_capacity(320);
        metadata.extend_from_slice(&METADATA_INITIALIZE);
        for text in texts.all() {
            text.serialize(&mut metadata)?;
        }
        TokenIo::<P>::call(
            self.program,
            vec![
                AccountMeta::new(*self.mint.key, false),
                AccountMeta::new_readonly(*self.authority.key, false),
                AccountMeta::new_readonly(*self.mint.key, false),
                AccountMeta::new_readonly(*self.authority.key, true),
            ],
            metadata,
            &[self.mint.clone(), self.authority.clone()],
            &[signer],
        )
    }

    /// Sets one text of the metadata. `payer` pays for a longer one.
    #[inline(never)]
    pub fn update<P: Program>(
        &self,
        payer: &AccountInfo<'info>,
        field: MetadataField,
        text: &str,
        signer: &[&[u8]],
    ) -> Result<()> {
        // Enough for the whole text anew: the old one's length is not worth reading.
        let space = self.mint.data_len().saturating_add(text.len());
        AccountIo::<P>::fund(payer, self.mint, space)?;
        let mut data = Vec::with_capacity(256);
        data.extend_from_slice(&METADATA_UPDATE_FIELD);
        data.push(field as u8);
        text.serialize(&mut data)?;
        TokenIo::<P>::call(
            self.program,
            vec![
                AccountMeta::new(*self.mint.key, false),
                AccountMeta::new_readonly(*self.authority.key, true),
            ],
            data,
            &[self.mint.clone(), self.authority.clone()],
            &[signer],
        )
    }
}
