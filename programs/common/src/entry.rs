//! Where the runtime enters a program.

pub use anchor_lang::solana_program::entrypoint::{
    SUCCESS, custom_heap_default, custom_panic_default, deserialize,
};

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
            let (program, accounts, data) = unsafe { $crate::entry::deserialize(input) };
            match $entry(program, accounts.leak(), data) {
                Ok(()) => $crate::entry::SUCCESS,
                Err(error) => error.into(),
            }
        }
        $crate::entry::custom_heap_default!();
        $crate::entry::custom_panic_default!();
    };
}
