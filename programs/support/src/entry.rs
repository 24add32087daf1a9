//! Where the runtime enters a program.

use {
    anchor_lang::{
        prelude::{AccountInfo, Pubkey},
        solana_program::entrypoint::deserialize_into,
    },
    core::mem::MaybeUninit,
    std::alloc::{Layout, alloc, handle_alloc_error},
};

pub use anchor_lang::solana_program::entrypoint::{
    SUCCESS, custom_heap_default, custom_panic_default,
};

/// Reads what the runtime passes: the program, its accounts and the instruction's data.
///
/// # Safety
/// `input` MUST be the runtime's serialized parameters.
pub unsafe fn read<'a>(input: *mut u8) -> (&'a Pubkey, &'a [AccountInfo<'a>], &'a [u8]) {
    // SAFETY: the parameters begin with the number of accounts, aligned.
    let count = unsafe { input.cast::<u64>().read() };
    let count = usize::try_from(count).unwrap_or_default();
    let bytes = count.max(1).saturating_mul(size_of::<AccountInfo>());
    // SAFETY: the alignment is a type's, and the size is not zero. A boxed slice would do
    // the same in a function that is not inlined, which costs every instruction 39 units.
    let (layout, place) = unsafe {
        let layout = Layout::from_size_align_unchecked(bytes, align_of::<AccountInfo>());
        (layout, alloc(layout))
    };
    if place.is_null() {
        handle_alloc_error(layout);
    }
    let place = place.cast::<MaybeUninit<AccountInfo>>();
    // SAFETY: the place has room for as many accounts, and nobody else knows it.
    let accounts = unsafe { core::slice::from_raw_parts_mut(place, count) };
    // SAFETY: as above.
    let (program, _, data) = unsafe { deserialize_into(input, accounts) };
    let accounts: *const [MaybeUninit<AccountInfo>] = accounts;
    // SAFETY: there are as many as the parameters begin with, so all were written.
    (
        program,
        unsafe { &*(accounts as *const [AccountInfo]) },
        data,
    )
}

/// Defines the program's entrypoint, as `solana_program::entrypoint!` does, but never
/// drops the accounts: the heap ends with the program, and counting their references
/// down costs about 40 units an account.
#[macro_export]
macro_rules! entrypoint {
    ($entry:path) => {
        /// Where the runtime enters the program.
        ///
        /// # Safety
        /// Only for the runtime, which passes its serialized parameters.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn entrypoint(input: *mut u8) -> u64 {
            // SAFETY: the runtime keeps to the layout that `deserialize` reads.
            let (program, accounts, data) = unsafe { $crate::entry::read(input) };
            match $entry(program, accounts, data) {
                Ok(()) => $crate::entry::SUCCESS,
                Err(error) => error.into(),
            }
        }
        $crate::entry::custom_heap_default!();
        $crate::entry::custom_panic_default!();
    };
}
