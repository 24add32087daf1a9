//! Making, reading and closing a program's own accounts.

use {
    crate::{
        Program,
        error::{CommonError, require},
    },
    anchor_lang::{
        ZeroCopy,
        error::{Error, ErrorCode},
        prelude::*,
        solana_program::{
            instruction::{AccountMeta, Instruction},
            program::invoke_signed,
        },
    },
    core::{cell::RefMut, marker::PhantomData},
};

/// Instruction numbers of the system program.
const CREATE_ACCOUNT: u32 = 0;
const ASSIGN: u32 = 1;
const TRANSFER: u32 = 2;
const ALLOCATE: u32 = 8;

/// Bytes for which every account pays, beside its data.
const OVERHEAD: u64 = 128;
/// The bits of 1.0 and of 2.0, the only exemption thresholds that clusters have had.
const ONE: u64 = 1.0f64.to_bits();
const TWO: u64 = 2.0f64.to_bits();

/// Lamports with which an account of `space` bytes is exempt from rent, as
/// [`Rent::minimum_balance`] computes them, but in integers: floating point is emulated
/// on chain. `None` for a threshold that is neither 1 nor 2, and on overflow.
#[expect(deprecated, reason = "the replacement multiplies floats")]
fn exempt(rent: &Rent, space: usize) -> Option<u64> {
    let bytes = u64::try_from(space).ok()?.checked_add(OVERHEAD)?;
    let years: u64 = match rent.exemption_threshold.to_bits() {
        ONE => 1,
        TWO => 2,
        _ => return None,
    };
    bytes
        .checked_mul(rent.lamports_per_byte_year)?
        .checked_mul(years)
}

/// Making, reading and closing the accounts of the program `P`.
pub struct AccountIo<P: Program>(PhantomData<P>);

impl<P: Program> AccountIo<P> {
    /// Refuses with this program's own error.
    fn require(condition: bool, refusal: CommonError) -> core::result::Result<(), P::Error> {
        require(condition, refusal).map_err(P::Error::from)
    }

    fn error(refusal: CommonError) -> Error {
        P::Error::from(refusal).into()
    }

    fn ensure(condition: bool, refusal: CommonError) -> Result<()> {
        require(condition, refusal).map_err(Self::error)
    }

    /// Makes a program-derived account of `space` bytes. An address that somebody
    /// funded before is no obstacle: only what is missing is paid.
    pub fn create<'info>(
        payer: &AccountInfo<'info>,
        account: &AccountInfo<'info>,
        space: usize,
        owner: &Pubkey,
        seeds: &[&[u8]],
    ) -> Result<()> {
        Self::create_to_grow(payer, account, (space, space), owner, seeds)
    }

    /// Makes an account as [`Self::create`] does, of the first number of bytes, and pays
    /// the rent of the second: its owner will let it grow.
    #[inline(never)]
    pub fn create_to_grow<'info>(
        payer: &AccountInfo<'info>,
        account: &AccountInfo<'info>,
        (space, grown): (usize, usize),
        owner: &Pubkey,
        seeds: &[&[u8]],
    ) -> Result<()> {
        Self::ensure(
            account.owner == &anchor_lang::system_program::ID && account.data_is_empty(),
            CommonError::AlreadyExists,
        )?;
        let space = u64::try_from(space).map_err(|_| Self::error(CommonError::Overflow))?;
        if account.lamports() == 0 {
            let mut argument = [0; 48];
            argument[..8].copy_from_slice(&Self::rent(grown)?.to_le_bytes());
            argument[8..16].copy_from_slice(&space.to_le_bytes());
            argument[16..].copy_from_slice(owner.as_ref());
            return system(&[payer, account], 2, CREATE_ACCOUNT, &argument, seeds);
        }
        Self::fund(payer, account, grown)?;
        system(&[account], 1, ALLOCATE, &space.to_le_bytes(), seeds)?;
        system(&[account], 1, ASSIGN, owner.as_ref(), seeds)
    }

    /// Lamports with which an account of `space` bytes is exempt from rent.
    fn rent(space: usize) -> Result<u64> {
        exempt(&Rent::get()?, space).ok_or_else(|| Self::error(CommonError::Overflow))
    }

    /// Pays what an account lacks to be exempt from rent with `space` bytes.
    #[inline(never)]
    pub fn fund<'info>(
        payer: &AccountInfo<'info>,
        account: &AccountInfo<'info>,
        space: usize,
    ) -> Result<()> {
        let missing = Self::rent(space)?.saturating_sub(account.lamports());
        if missing == 0 {
            return Ok(());
        }
        system(&[payer, account], 1, TRANSFER, &missing.to_le_bytes(), &[])
    }

    /// Proves that `account` has the address made from `seeds` and returns its bump.
    #[inline(never)]
    pub fn prove_address(
        account: &AccountInfo,
        seeds: &[&[u8]],
    ) -> core::result::Result<u8, P::Error> {
        let (address, bump) = Pubkey::find_program_address(seeds, &P::ID);
        Self::require(*account.key == address, CommonError::WrongAccount)?;
        Ok(bump)
    }

    /// Makes one of the program's accounts at the address of `seeds`, marks it with
    /// its discriminator, and returns its bump.
    pub fn create_own<'info, T: ZeroCopy>(
        payer: &AccountInfo<'info>,
        account: &AccountInfo<'info>,
        seeds: &[&[u8]],
    ) -> Result<u8> {
        let space = core::mem::size_of::<T>().saturating_add(T::DISCRIMINATOR.len());
        Self::create_at(payer, account, seeds, space, T::DISCRIMINATOR)
    }

    #[inline(never)]
    fn create_at<'info>(
        payer: &AccountInfo<'info>,
        account: &AccountInfo<'info>,
        seeds: &[&[u8]],
        space: usize,
        discriminator: &[u8],
    ) -> Result<u8> {
        let bump = Self::prove_address(account, seeds).map_err(Into::into)?;
        let bump_seed = [bump];
        let mut signer = Vec::with_capacity(seeds.len().saturating_add(1));
        signer.extend_from_slice(seeds);
        signer.push(&bump_seed);
        Self::create(payer, account, space, &P::ID, &signer)?;
        let mut data = account.try_borrow_mut_data()?;
        data.get_mut(..discriminator.len())
            .ok_or_else(|| Self::error(CommonError::InvariantBroken))?
            .copy_from_slice(discriminator);
        Ok(bump)
    }

    /// Borrows an account that `create_own` made in this instruction.
    pub fn load_new<'a, T: ZeroCopy + Owner>(account: &'a AccountInfo) -> Result<RefMut<'a, T>> {
        Ok(body(account.try_borrow_mut_data()?))
    }

    /// Borrows a zero-copy account that Anchor did not prove. Errors:
    /// `AccountOwnedByWrongProgram` for one that was not opened, `WrongAccount` for any other
    /// account.
    pub fn load<'a, T: ZeroCopy + Owner>(account: &'a AccountInfo) -> Result<RefMut<'a, T>> {
        let data = account.try_borrow_mut_data()?;
        let space = core::mem::size_of::<T>().saturating_add(T::DISCRIMINATOR.len());
        let own = *account.owner == T::owner()
            && data.len() == space
            && data.starts_with(T::DISCRIMINATOR);
        if !own {
            return Err(Self::other(account, &T::owner()));
        }
        Ok(body(data))
    }

    /// Why an account is not the one expected.
    #[cold]
    #[inline(never)]
    fn other(account: &AccountInfo, owner: &Pubkey) -> Error {
        if account.owner == owner {
            return Self::error(CommonError::WrongAccount);
        }
        ErrorCode::AccountOwnedByWrongProgram.into()
    }

    /// Reads a zero-copy account of any program without borrowing it for writing.
    /// Errors: `WrongAccount` for any other account.
    pub fn read<'a, T: ZeroCopy + Owner>(
        account: &'a AccountInfo,
    ) -> Result<core::cell::Ref<'a, T>> {
        let data = account.try_borrow_data()?;
        let space = core::mem::size_of::<T>().saturating_add(T::DISCRIMINATOR.len());
        let own = *account.owner == T::owner()
            && data.len() == space
            && data.starts_with(T::DISCRIMINATOR);
        Self::ensure(own, CommonError::WrongAccount)?;
        Ok(core::cell::Ref::map(data, |data| {
            let (_, body) = data.split_at(T::DISCRIMINATOR.len());
            bytemuck::from_bytes(body)
        }))
    }

    /// Closes one of the program's accounts and sends its lamports to `receiver`.
    #[inline(never)]
    pub fn close(account: &AccountInfo, receiver: &AccountInfo) -> Result<()> {
        Self::ensure(account.key != receiver.key, CommonError::SameAccount)?;
        {
            let mut from = account.try_borrow_mut_lamports()?;
            let mut to = receiver.try_borrow_mut_lamports()?;
            **to = to
                .checked_add(**from)
                .ok_or_else(|| Self::error(CommonError::Overflow))?;
            **from = 0;
        }
        account.assign(&anchor_lang::system_program::ID);
        account.resize(0)?;
        Ok(())
    }

    /// Proves an address.
    pub fn same(account: &Pubkey, expected: &Pubkey) -> core::result::Result<(), P::Error> {
        Self::require(account == expected, CommonError::WrongAccount)
    }
}

/// What stands behind an account's discriminator.
fn body<'a, T: ZeroCopy>(data: RefMut<'a, &mut [u8]>) -> RefMut<'a, T> {
    RefMut::map(data, |data| {
        let (_, body) = data.split_at_mut(T::DISCRIMINATOR.len());
        bytemuck::from_bytes_mut(body)
    })
}

/// Calls the system program. All accounts are written, the first `signers` sign.
fn system<'info>(
    accounts: &[&AccountInfo<'info>],
    signers: usize,
    number: u32,
    argument: &[u8],
    seeds: &[&[u8]],
) -> Result<()> {
    let mut metas = Vec::with_capacity(accounts.len());
    let mut infos = Vec::with_capacity(accounts.len());
    for (place, account) in accounts.iter().enumerate() {
        metas.push(AccountMeta::new(*account.key, place < signers));
        infos.push((*account).clone());
    }
    let mut data = Vec::with_capacity(52);
    data.extend_from_slice(&number.to_le_bytes());
    data.extend_from_slice(argument);
    let instruction = Instruction {
        program_id: anchor_lang::system_program::ID,
        accounts: metas,
        data,
    };
    if seeds.is_empty() {
        invoke_signed(&instruction, &infos, &[])?;
    } else {
        invoke_signed(&instruction, &infos, &[seeds])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(deprecated, reason = "the numbers that clusters have had")]
    fn exemption_in_integers_is_the_clusters() {
        let mut rent = Rent::default();
        for (rate, threshold) in [(3_480, 2.0), (6_960, 1.0), (1, 1.0)] {
            rent.lamports_per_byte_year = rate;
            rent.exemption_threshold = threshold;
            for space in [0, 1, 165, 8_904, 10_240, 10_485_760] {
                assert_eq!(exempt(&rent, space), Some(rent.minimum_balance(space)));
            }
        }
        rent.exemption_threshold = 1.5;
        assert_eq!(exempt(&rent, 0), None);
    }
}
