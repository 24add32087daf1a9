//! Where the runtime enters a program.

pub use anchor_lang::solana_program::entrypoint::{SUCCESS, custom_panic_default, deserialize};
use {
    anchor_lang::solana_program::entrypoint::{HEAP_LENGTH, HEAP_START_ADDRESS},
    core::{
        alloc::{GlobalAlloc, Layout},
        ptr,
    },
};

/// Where the runtime maps the heap. Its first word holds where the free part ends.
const HEAP: usize = 0x3_0000_0000;
const _: () = assert!(HEAP as u64 == HEAP_START_ADDRESS);
/// How every block is aligned at least.
const ALIGN: usize = 8;
/// The first byte that a block may have.
const FLOOR: usize = HEAP + ALIGN;

/// Hands out the heap from its end down and takes nothing back, as the allocator of
/// Solana's own entrypoint does. It is set up once instead of asking each time whether it
/// is, and keeps its place aligned, which is half of the code wherever something is
/// allocated: twice for each account.
pub struct Heap;

impl Heap {
    /// Makes all of the heap free.
    ///
    /// # Safety
    /// Only on the runtime's heap, before anything was allocated.
    #[inline(always)]
    pub unsafe fn open() {
        // SAFETY: the runtime maps `HEAP_LENGTH` bytes there.
        unsafe { *ptr::with_exposed_provenance_mut(HEAP) = HEAP + HEAP_LENGTH };
    }

    /// Where a block begins if the free part ends at `end`; `None` if it is too large.
    #[inline(always)]
    fn place(end: usize, layout: Layout) -> Option<usize> {
        // No layout is larger than half of all addresses: this does not wrap.
        let size = layout.size().wrapping_add(ALIGN - 1) & !(ALIGN - 1);
        let mut place = end.wrapping_sub(size);
        if layout.align() > ALIGN {
            place &= !layout.align().wrapping_sub(1);
        }
        // What lies below the floor wraps to far above.
        (place.wrapping_sub(FLOOR) < HEAP_LENGTH).then_some(place)
    }
}

// SAFETY: blocks are parts of the heap, as large and aligned as asked for, and no byte is
// handed out twice.
unsafe impl GlobalAlloc for Heap {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let end = ptr::with_exposed_provenance_mut::<usize>(HEAP);
        // SAFETY: `open` wrote the word, and a program has one thread.
        let Some(place) = Self::place(unsafe { *end }, layout) else {
            return ptr::null_mut();
        };
        // SAFETY: as above.
        unsafe { *end = place };
        ptr::with_exposed_provenance_mut(place)
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as the caller's. The runtime fills the heap with zeros at the start.
        unsafe { self.alloc(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
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
            // SAFETY: nothing was allocated yet.
            unsafe { $crate::entry::Heap::open() };
            // SAFETY: the runtime keeps to the layout that `deserialize` reads.
            let (program, accounts, data) = unsafe { $crate::entry::deserialize(input) };
            match $entry(program, accounts.leak(), data) {
                Ok(()) => $crate::entry::SUCCESS,
                Err(error) => error.into(),
            }
        }
        #[cfg(target_os = "solana")]
        #[global_allocator]
        static HEAP: $crate::entry::Heap = $crate::entry::Heap;
        $crate::entry::custom_panic_default!();
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(end: usize, size: usize, align: usize) -> Option<usize> {
        let layout = Layout::from_size_align(size, align).ok()?;
        Heap::place(end, layout)
    }

    #[test]
    fn blocks_are_aligned_and_do_not_overlap() {
        let top = HEAP + HEAP_LENGTH;
        assert_eq!(place(top, 24, 8), Some(top - 24));
        assert_eq!(place(top, 1, 1), Some(top - 8));
        assert_eq!(place(top, 0, 1), Some(top));
        assert_eq!(place(top - 8, 16, 16), Some(top - 32));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(place(FLOOR + 24, 24, 8), Some(FLOOR));
        assert_eq!(place(FLOOR + 24, 25, 1), None);
        assert_eq!(place(FLOOR + 24, 24, 16), None);
        assert_eq!(place(FLOOR, HEAP_LENGTH, 1), None);
        assert_eq!(place(FLOOR, isize::MAX.unsigned_abs(), 1), None);
    }
}
