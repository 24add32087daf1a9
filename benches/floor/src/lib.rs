//! A measuring stick. It makes the calls and the writes that a script tells it to make,
//! and nothing else: no check, no computation, no event. Deployed at another program's
//! address, with a script of what that program did, it costs what no program can
//! undercut that does the same.
//!
//! **It has no safety whatever.** Never deploy it to a cluster.
//!
//! The script is the data of the last account, in 64-bit words:
//!
//! ```text
//! count of runs | count of calls
//! each run:  place of the account | first word | count of words | the words
//! each call: place of the program | count of accounts | bytes of data | count of seeds
//!            each account: place + 256 where it is writable + 512 where it signs
//!            data, then each seed: its length, its bytes; all padded to words
//! ```

#![cfg(target_os = "solana")]
#![no_std]

use {
    core::{mem::MaybeUninit, slice::from_raw_parts},
    pinocchio::{
        AccountView, Address, ProgramResult,
        cpi::{CpiAccount, Seed, Signer, invoke_signed_unchecked},
        instruction::{InstructionAccount, InstructionView},
        no_allocator, nostd_panic_handler, program_entrypoint,
    },
};

program_entrypoint!(replay, 64);
no_allocator!();
nostd_panic_handler!();

const ACCOUNTS: usize = 24;
const SEEDS: usize = 4;

/// Reads a script word by word.
struct Script(*const u64);

impl Script {
    #[inline(always)]
    fn word(&mut self) -> usize {
        // The script's writer counts its words.
        unsafe {
            let word = *self.0;
            self.0 = self.0.add(1);
            word as usize
        }
    }

    #[inline(always)]
    fn bytes<'a>(&mut self, length: usize) -> &'a [u8] {
        unsafe {
            let bytes = from_raw_parts(self.0.cast(), length);
            self.0 = self.0.add(length.div_ceil(8));
            bytes
        }
    }
}

fn replay(_: &Address, accounts: &mut [AccountView], _: &[u8]) -> ProgramResult {
    let last = accounts.len().wrapping_sub(1);
    let mut script = Script(unsafe { accounts.get_unchecked_mut(last).data_mut_ptr().cast() });
    let (runs, calls) = (script.word(), script.word());
    for _ in 0..runs {
        let (place, first, count) = (script.word(), script.word(), script.word());
        unsafe {
            let data: *mut u64 = accounts.get_unchecked_mut(place).data_mut_ptr().cast();
            let mut to = data.add(first);
            for _ in 0..count {
                *to = *script.0;
                to = to.add(1);
                script.0 = script.0.add(1);
            }
        }
    }
    for _ in 0..calls {
        call(accounts, &mut script);
    }
    Ok(())
}

#[inline(always)]
fn call(all: &[AccountView], script: &mut Script) {
    let (program, count) = (script.word(), script.word());
    let (length, seed_count) = (script.word(), script.word());
    let mut metas = [const { MaybeUninit::<InstructionAccount>::uninit() }; ACCOUNTS];
    let mut accounts = [const { MaybeUninit::<CpiAccount>::uninit() }; ACCOUNTS];
    for place in 0..count {
        let word = script.word();
        unsafe {
            let account = all.get_unchecked(word & 255);
            let meta = InstructionAccount::new(account.address(), word & 256 != 0, word & 512 != 0);
            metas.get_unchecked_mut(place).write(meta);
            CpiAccount::init_from_account_view(account, accounts.get_unchecked_mut(place));
        }
    }
    let data = script.bytes(length);
    let mut seeds = [const { MaybeUninit::<Seed>::uninit() }; SEEDS];
    for place in 0..seed_count {
        let length = script.word();
        unsafe {
            let seed = Seed::from(script.bytes(length));
            seeds.get_unchecked_mut(place).write(seed);
        }
    }
    unsafe {
        let seeds = from_raw_parts(seeds.as_ptr().cast::<Seed>(), seed_count);
        let signer = [Signer::from(seeds)];
        let instruction = InstructionView {
            program_id: all.get_unchecked(program).address(),
            data,
            accounts: from_raw_parts(metas.as_ptr().cast(), count),
        };
        let accounts = from_raw_parts(accounts.as_ptr().cast(), count);
        invoke_signed_unchecked(
            &instruction,
            accounts,
            &signer[..usize::from(seed_count > 0)],
        );
    }
}
