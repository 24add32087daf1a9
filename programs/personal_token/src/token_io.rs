//! The one place that calls token programs. Each function is compiled once; each
//! movement of money is checked against both balances after the call.

use {
    crate::{
        account_io,
        error::{Outcome, TokenError, require},
        seeds::{self, ASSOCIATED_TOKEN_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        state::{Asset, PersonalToken},
    },
    anchor_lang::{
        prelude::*,
        solana_program::{
            instruction::{AccountMeta, Instruction},
            program::invoke_signed,
        },
    },
};

/// Instruction numbers that classic SPL Token and Token-2022 share.
const TRANSFER_CHECKED: u8 = 12;
const MINT_TO: u8 = 7;
const BURN: u8 = 8;
const INITIALIZE_MINT_2: u8 = 20;
/// Token-2022: metadata pointer extension, and its `Initialize`.
const METADATA_POINTER_INITIALIZE: [u8; 2] = [39, 0];
/// Token metadata interface: first 8 bytes of the hash of each instruction's name.
const METADATA_INITIALIZE: [u8; 8] = [210, 225, 30, 162, 88, 184, 77, 141];
const METADATA_UPDATE_FIELD: [u8; 8] = [221, 233, 49, 45, 181, 202, 220, 200];
/// Associated token program: make the account unless it is there.
const CREATE_IDEMPOTENT: u8 = 1;

/// Bytes of a mint with the metadata pointer and nothing else.
pub(crate) const MINT_SPACE: usize = 234;
/// Bytes of the metadata entry beside its three texts: header, authority, mint,
/// three lengths, and the empty list of further fields.
const METADATA_OVERHEAD: usize = 4 + 32 + 32 + 3 * 4 + 4;

/// Bytes of a share mint with these texts on it.
pub(crate) fn mint_space(name: &str, symbol: &str, uri: &str) -> usize {
    MINT_SPACE
        .saturating_add(METADATA_OVERHEAD)
        .saturating_add(name.len())
        .saturating_add(symbol.len())
        .saturating_add(uri.len())
}

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

    fn seeds(&self) -> [&[u8]; 3] {
        [seeds::TOKEN, self.creator.as_ref(), &self.bump]
    }
}

/// One transfer of a foreign mint.
pub(crate) struct Transfer<'a, 'info> {
    pub(crate) program: &'a AccountInfo<'info>,
    pub(crate) mint: &'a AccountInfo<'info>,
    pub(crate) decimals: u8,
    pub(crate) from: &'a AccountInfo<'info>,
    pub(crate) to: &'a AccountInfo<'info>,
    pub(crate) authority: &'a AccountInfo<'info>,
}

impl Transfer<'_, '_> {
    /// Moves `amount` atoms, signed by the authority's own signature.
    pub(crate) fn by_wallet(&self, amount: u64) -> Result<()> {
        self.send(amount, &[])
    }

    /// Moves `amount` atoms out of one of the token's vaults.
    pub(crate) fn by_token(&self, amount: u64, signer: &TokenSigner) -> Result<()> {
        self.send(amount, &[&signer.seeds()])
    }

    /// Moves `amount` atoms out of a claim's vault.
    pub(crate) fn by_seeds(&self, amount: u64, signer: &[&[u8]]) -> Result<()> {
        self.send(amount, &[signer])
    }

    #[inline(never)]
    fn send(&self, amount: u64, signers: &[&[&[u8]]]) -> Result<()> {
        if amount == 0 {
            return Ok(());
        }
        require(self.from.key != self.to.key, TokenError::SameAccount)?;
        let (from, to) = (balance(self.from)?, balance(self.to)?);
        let short = !signers.is_empty() && from < amount;
        require(!short, TokenError::VaultShort)?;
        let mut data = Vec::with_capacity(10);
        data.push(TRANSFER_CHECKED);
        data.extend_from_slice(&amount.to_le_bytes());
        data.push(self.decimals);
        call(
            self.program,
            vec![
                AccountMeta::new(*self.from.key, false),
                AccountMeta::new_readonly(*self.mint.key, false),
                AccountMeta::new(*self.to.key, false),
                AccountMeta::new_readonly(*self.authority.key, true),
            ],
            data,
            &[
                self.from.clone(),
                self.mint.clone(),
                self.to.clone(),
                self.authority.clone(),
            ],
            signers,
        )?;
        let left = from.checked_sub(amount);
        let arrived = to.checked_add(amount);
        let exact = left == Some(balance(self.from)?) && arrived == Some(balance(self.to)?);
        require(exact, TokenError::BalanceMismatch)?;
        Ok(())
    }
}

/// Mints shares into the register.
#[inline(never)]
pub(crate) fn mint_shares<'info>(
    program: &AccountInfo<'info>,
    mint: &AccountInfo<'info>,
    register: &AccountInfo<'info>,
    token: &AccountInfo<'info>,
    shares: u64,
    signer: &TokenSigner,
) -> Result<()> {
    let before = balance(register)?;
    supply_call(
        program,
        MINT_TO,
        [mint, register, token],
        shares,
        &[&signer.seeds()],
    )?;
    let exact = before.checked_add(shares) == Some(balance(register)?);
    require(exact, TokenError::BalanceMismatch)?;
    Ok(())
}

/// Burns shares: from the register signed by the token, or from a wallet's own
/// account signed by the wallet (no `signer`).
#[inline(never)]
pub(crate) fn burn_shares<'info>(
    program: &AccountInfo<'info>,
    mint: &AccountInfo<'info>,
    from: &AccountInfo<'info>,
    authority: &AccountInfo<'info>,
    shares: u64,
    signer: Option<&TokenSigner>,
) -> Result<()> {
    let before = balance(from)?;
    match signer {
        Some(signer) => {
            supply_call(
                program,
                BURN,
                [from, mint, authority],
                shares,
                &[&signer.seeds()],
            )?;
        }
        None => supply_call(program, BURN, [from, mint, authority], shares, &[])?,
    }
    require(
        before.checked_sub(shares) == Some(balance(from)?),
        TokenError::BalanceMismatch,
    )?;
    Ok(())
}

/// `MintTo` and `Burn` have the same shape: two written accounts and a signer.
fn supply_call<'info>(
    program: &AccountInfo<'info>,
    number: u8,
    accounts: [&AccountInfo<'info>; 3],
    amount: u64,
    signers: &[&[&[u8]]],
) -> Result<()> {
    let [first, second, authority] = accounts;
    let mut data = Vec::with_capacity(9);
    data.push(number);
    data.extend_from_slice(&amount.to_le_bytes());
    call(
        program,
        vec![
            AccountMeta::new(*first.key, false),
            AccountMeta::new(*second.key, false),
            AccountMeta::new_readonly(*authority.key, true),
        ],
        data,
        &[first.clone(), second.clone(), authority.clone()],
        signers,
    )
}

/// Makes an associated token account unless it exists.
#[inline(never)]
pub(crate) fn create_associated<'info>(
    payer: &AccountInfo<'info>,
    account: &AccountInfo<'info>,
    owner: &AccountInfo<'info>,
    mint: &AccountInfo<'info>,
    system_program: &AccountInfo<'info>,
    token_program: &AccountInfo<'info>,
    associated_token_program: &AccountInfo<'info>,
) -> Result<()> {
    require(
        *associated_token_program.key == ASSOCIATED_TOKEN_PROGRAM,
        TokenError::WrongTokenProgram,
    )?;
    call(
        associated_token_program,
        vec![
            AccountMeta::new(*payer.key, true),
            AccountMeta::new(*account.key, false),
            AccountMeta::new_readonly(*owner.key, false),
            AccountMeta::new_readonly(*mint.key, false),
            AccountMeta::new_readonly(*system_program.key, false),
            AccountMeta::new_readonly(*token_program.key, false),
        ],
        vec![CREATE_IDEMPOTENT],
        &[
            payer.clone(),
            account.clone(),
            owner.clone(),
            mint.clone(),
            system_program.clone(),
            token_program.clone(),
        ],
        &[],
    )
}

/// Turns an allocated account into the share mint: 6 decimals, the token as
/// mint authority, no freeze authority, metadata on the mint itself.
#[inline(never)]
pub(crate) fn initialize_mint<'info>(
    program: &AccountInfo<'info>,
    mint: &AccountInfo<'info>,
    token: &AccountInfo<'info>,
    texts: [&str; 3],
    signer: &TokenSigner,
) -> Result<()> {
    let mut pointer = Vec::with_capacity(66);
    pointer.extend_from_slice(&METADATA_POINTER_INITIALIZE);
    pointer.extend_from_slice(&[0; 32]); // no authority: the pointer never changes
    pointer.extend_from_slice(mint.key.as_ref());
    let mint_meta = || vec![AccountMeta::new(*mint.key, false)];
    call(
        program,
        mint_meta(),
        pointer,
        core::slice::from_ref(mint),
        &[],
    )?;

    let mut initialize = Vec::with_capacity(67);
    initialize.push(INITIALIZE_MINT_2);
    initialize.push(upside_math::SHARE_DECIMALS);
    initialize.extend_from_slice(token.key.as_ref());
    initialize.push(0); // no freeze authority
    call(
        program,
        mint_meta(),
        initialize,
        core::slice::from_ref(mint),
        &[],
    )?;

    let mut metadata = Vec::with_capacity(320);
    metadata.extend_from_slice(&METADATA_INITIALIZE);
    for text in texts {
        text.serialize(&mut metadata)?;
    }
    call(
        program,
        vec![
            AccountMeta::new(*mint.key, false),
            AccountMeta::new_readonly(*token.key, false),
            AccountMeta::new_readonly(*mint.key, false),
            AccountMeta::new_readonly(*token.key, true),
        ],
        metadata,
        &[mint.clone(), token.clone()],
        &[&signer.seeds()],
    )
}

/// A metadata field that the mint always has, by its number in the interface.
#[derive(Clone, Copy)]
pub(crate) enum MetadataField {
    Name = 0,
    Symbol = 1,
    Uri = 2,
}

/// Sets one text of the share mint's metadata.
#[inline(never)]
pub(crate) fn update_metadata<'info>(
    program: &AccountInfo<'info>,
    mint: &AccountInfo<'info>,
    token: &AccountInfo<'info>,
    field: MetadataField,
    text: &str,
    signer: &TokenSigner,
) -> Result<()> {
    let mut data = Vec::with_capacity(256);
    data.extend_from_slice(&METADATA_UPDATE_FIELD);
    data.push(field as u8);
    text.serialize(&mut data)?;
    call(
        program,
        vec![
            AccountMeta::new(*mint.key, false),
            AccountMeta::new_readonly(*token.key, true),
        ],
        data,
        &[mint.clone(), token.clone()],
        &[&signer.seeds()],
    )
}

#[inline(never)]
fn call(
    program: &AccountInfo,
    accounts: Vec<AccountMeta>,
    data: Vec<u8>,
    infos: &[AccountInfo],
    signers: &[&[&[u8]]],
) -> Result<()> {
    let instruction = Instruction {
        program_id: *program.key,
        accounts,
        data,
    };
    invoke_signed(&instruction, infos, signers)?;
    Ok(())
}

const OWNER_AT: usize = 32;
const AMOUNT_AT: usize = 64;
const STATE_AT: usize = 108;
const ACCOUNT_LENGTH: usize = 165;
const ACCOUNT_TYPE_ACCOUNT: u8 = 2;

/// Whether an account belongs to one of the token programs.
fn is_token_program(key: &Pubkey) -> bool {
    *key == TOKEN_PROGRAM || *key == TOKEN_2022_PROGRAM
}

/// Atoms in a token account.
#[inline(never)]
pub(crate) fn balance(account: &AccountInfo) -> Outcome<u64> {
    let data = account
        .try_borrow_data()
        .map_err(|_| TokenError::WrongTokenAccount)?;
    let is_account =
        data.len() == ACCOUNT_LENGTH || data.get(ACCOUNT_LENGTH) == Some(&ACCOUNT_TYPE_ACCOUNT);
    let amount = data
        .get(AMOUNT_AT..)
        .and_then(|rest| rest.first_chunk::<8>());
    match amount {
        Some(bytes) if is_account && is_token_program(account.owner) => {
            Ok(u64::from_le_bytes(*bytes))
        }
        _ => Err(TokenError::WrongTokenAccount),
    }
}

/// Proves that `account` is an initialized token account of `mint` and `wallet`.
#[inline(never)]
pub(crate) fn prove_account(account: &AccountInfo, mint: &Pubkey, wallet: &Pubkey) -> Outcome<()> {
    balance(account)?;
    let data = account
        .try_borrow_data()
        .map_err(|_| TokenError::WrongTokenAccount)?;
    let fits = data.get(..OWNER_AT) == Some(mint.as_ref())
        && data.get(OWNER_AT..AMOUNT_AT) == Some(wallet.as_ref())
        && data.get(STATE_AT).is_some_and(|state| *state != 0);
    require(fits, TokenError::WrongTokenAccount)
}

/// Supply of a mint that the token's state proved.
pub(crate) fn mint_supply(mint: &AccountInfo) -> Outcome<u64> {
    let data = mint.try_borrow_data().map_err(|_| TokenError::WrongMint)?;
    let bytes = data.get(36..).and_then(|rest| rest.first_chunk::<8>());
    Ok(u64::from_le_bytes(*bytes.ok_or(TokenError::WrongMint)?))
}

/// Proves a listed asset's mint, vault and token program.
pub(crate) fn prove_asset(
    asset: &Asset,
    mint: &AccountInfo,
    vault: &AccountInfo,
    program: &AccountInfo,
) -> Outcome<()> {
    require(*mint.key == asset.mint, TokenError::WrongMint)?;
    account_io::same(vault.key, &asset.vault)?;
    require(
        *program.key == asset.token_program(),
        TokenError::WrongTokenProgram,
    )
}

/// Proves the share mint, the register and Token-2022.
pub(crate) fn prove_shares(
    token: &PersonalToken,
    mint: &AccountInfo,
    register: &AccountInfo,
    program: &AccountInfo,
) -> Outcome<()> {
    account_io::same(mint.key, &token.mint)?;
    account_io::same(register.key, &token.register)?;
    require(
        *program.key == TOKEN_2022_PROGRAM,
        TokenError::WrongTokenProgram,
    )
}
