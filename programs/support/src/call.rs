//! Calls of other programs by the runtime's own interface. `invoke_signed` copies every
//! key into the instruction and every account into a list; here both stay where they
//! are, which saves most of what a call costs its caller.

use {
    anchor_lang::{
        prelude::*,
        solana_program::{entrypoint::SUCCESS, program_error::ProgramError},
    },
    core::{marker::PhantomData, ptr},
};

#[cfg(target_os = "solana")]
use solana_define_syscall::definitions::sol_invoke_signed_c;

/// Outside the chain there is nobody to call.
#[cfg(not(target_os = "solana"))]
unsafe fn sol_invoke_signed_c(
    _instruction: *const u8,
    _accounts: *const u8,
    _accounts_len: u64,
    _signers: *const u8,
    _signers_len: u64,
) -> u64 {
    u64::MAX
}

/// An account of a call, and what the called program may do with it.
#[derive(Clone, Copy)]
pub struct CpiAccount<'a, 'info> {
    account: &'a AccountInfo<'info>,
    writable: bool,
    signer: bool,
}

impl<'a, 'info> CpiAccount<'a, 'info> {
    /// The called program reads it.
    pub fn read(account: &'a AccountInfo<'info>) -> Self {
        CpiAccount {
            account,
            writable: false,
            signer: false,
        }
    }

    /// The called program writes it.
    pub fn write(account: &'a AccountInfo<'info>) -> Self {
        CpiAccount {
            account,
            writable: true,
            signer: false,
        }
    }

    /// It signs, in the transaction or by its seeds; the called program reads it.
    pub fn signer(account: &'a AccountInfo<'info>) -> Self {
        CpiAccount {
            account,
            writable: false,
            signer: true,
        }
    }
}

/// Calls `program`. Refuses, as `invoke_signed` does, while an account that the called
/// program writes is borrowed, or one that it reads is borrowed for writing.
///
/// Only for calls that leave the accounts' lengths alone: the caller's slices do not
/// learn of another length.
pub fn call<const N: usize>(
    program: &AccountInfo,
    given: [CpiAccount; N],
    data: &[u8],
    signers: &[&[&[u8]]],
) -> core::result::Result<(), ProgramError> {
    for one in &given {
        one.require_free()?;
    }
    let metas = given.map(|one| Meta::of(&one));
    let mut accounts = given.map(|one| Account::of(&one));
    let instruction = Instruction {
        program: program.key,
        accounts: metas.as_ptr(),
        accounts_len: metas.len() as u64,
        data: data.as_ptr(),
        data_len: data.len() as u64,
    };
    // SAFETY: the structs have the layout that the runtime documents for C, and every
    // pointer is to memory that outlives the call. What the runtime writes, account
    // data and lamports, is behind cells that nobody borrows; it also writes the
    // lengths in `accounts`, which is not read after the call. A slice of slices has
    // the layout of the runtime's seeds: address and length of each.
    let code = unsafe {
        sol_invoke_signed_c(
            ptr::from_ref(&instruction).cast(),
            accounts.as_mut_ptr().cast_const().cast(),
            accounts.len() as u64,
            signers.as_ptr().cast(),
            signers.len() as u64,
        )
    };
    if code == SUCCESS {
        Ok(())
    } else {
        Err(code.into())
    }
}

impl CpiAccount<'_, '_> {
    #[inline(always)]
    fn require_free(&self) -> core::result::Result<(), ProgramError> {
        if self.writable {
            let _ = self.account.try_borrow_mut_lamports()?;
            let _ = self.account.try_borrow_mut_data()?;
        } else {
            let _ = self.account.try_borrow_lamports()?;
            let _ = self.account.try_borrow_data()?;
        }
        Ok(())
    }
}

/// What the runtime calls `SolInstruction`.
#[repr(C)]
struct Instruction {
    program: *const Pubkey,
    accounts: *const Meta,
    accounts_len: u64,
    data: *const u8,
    data_len: u64,
}

/// What the runtime calls `SolAccountMeta`.
#[repr(C)]
struct Meta {
    key: *const Pubkey,
    writable: bool,
    signer: bool,
}

impl Meta {
    #[inline(always)]
    fn of(one: &CpiAccount) -> Meta {
        Meta {
            key: one.account.key,
            writable: one.writable,
            signer: one.signer,
        }
    }
}

/// What the runtime calls `SolAccountInfo`.
#[repr(C)]
struct Account<'a> {
    key: *const Pubkey,
    lamports: *const u64,
    data_len: u64,
    data: *const u8,
    owner: *const Pubkey,
    rent_epoch: u64,
    signer: bool,
    writable: bool,
    executable: bool,
    of: PhantomData<&'a ()>,
}

impl<'a> Account<'a> {
    #[inline(always)]
    fn of(one: &CpiAccount<'a, '_>) -> Account<'a> {
        let account = one.account;
        // SAFETY: `require_free` found nobody who writes them; only their addresses
        // and the length are read.
        let (lamports, data) = unsafe { (&*account.lamports.as_ptr(), &*account.data.as_ptr()) };
        Account {
            key: account.key,
            lamports: ptr::from_ref::<u64>(lamports),
            data_len: data.len() as u64,
            data: data.as_ptr(),
            owner: account.owner,
            rent_epoch: 0,
            signer: account.is_signer,
            writable: account.is_writable,
            executable: account.executable,
            of: PhantomData,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_account(check: impl FnOnce(&AccountInfo)) {
        let (key, owner) = (Pubkey::new_unique(), Pubkey::new_unique());
        let (mut lamports, mut data) = (5, [1, 2, 3]);
        check(&AccountInfo::new(
            &key,
            true,
            true,
            &mut lamports,
            &mut data,
            &owner,
            false,
        ));
    }

    #[test]
    fn what_is_passed_is_the_account_itself() {
        with_account(|account| {
            let passed = Account::of(&CpiAccount::read(account));
            assert_eq!(passed.key, ptr::from_ref(account.key));
            assert_eq!(passed.owner, ptr::from_ref(account.owner));
            // SAFETY: both point into the account.
            assert_eq!(unsafe { (*passed.lamports, *passed.data) }, (5, 1));
            assert_eq!(passed.data_len, 3);
            assert!(passed.signer && passed.writable && !passed.executable);
        });
    }

    #[test]
    fn a_borrowed_account_is_refused() {
        with_account(|account| {
            let data = account.try_borrow_data();
            assert!(CpiAccount::read(account).require_free().is_ok());
            let refused = CpiAccount::write(account).require_free();
            assert_eq!(refused, Err(ProgramError::AccountBorrowFailed));
            drop(data);
            let lamports = account.try_borrow_mut_lamports();
            assert!(CpiAccount::read(account).require_free().is_err());
            drop(lamports);
            assert!(CpiAccount::write(account).require_free().is_ok());
        });
    }

    #[test]
    fn the_layout_is_the_runtimes() {
        assert_eq!(size_of::<Meta>(), 16);
        assert_eq!(size_of::<Instruction>(), 40);
        assert_eq!(size_of::<Account>(), 56);
    }
}
