//! Values from the bytes of a fuzzer; zeros where it ends.

use upside_sdk::{
    Pubkey,
    anchor::{Owner, ZeroCopy},
    state::{Account, VERSION, decode},
};

/// What is left of an input.
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    pub fn take(&mut self, most: usize) -> &'a [u8] {
        let (head, rest) = self.0.split_at(self.0.len().min(most));
        self.0 = rest;
        head
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut array = [0; N];
        let head = self.take(N);
        array[..head.len()].copy_from_slice(head);
        array
    }

    pub fn byte(&mut self) -> u8 {
        self.array::<1>()[0]
    }

    pub fn short(&mut self) -> u16 {
        u16::from_le_bytes(self.array())
    }

    pub fn number(&mut self) -> u64 {
        u64::from_le_bytes(self.array())
    }

    pub fn signed(&mut self) -> i64 {
        i64::from_le_bytes(self.array())
    }

    pub fn key(&mut self) -> Pubkey {
        Pubkey::from(self.array())
    }

    /// An account that decodes: of its type's size and version, zero but for patches of
    /// a position, a length below 32 and as many bytes. A byte of 32 or more ends them.
    pub fn account<T: ZeroCopy + Owner>(&mut self) -> Account<T> {
        let mut data = T::DISCRIMINATOR.to_vec();
        let body = data.len();
        data.resize(body + size_of::<T>(), 0);
        while !self.0.is_empty() {
            let length = usize::from(self.byte());
            if length >= 32 {
                break;
            }
            let place = body + usize::from(self.short()) % size_of::<T>();
            let end = data.len().min(place + length);
            let patch = self.take(end - place);
            data[place..place + patch.len()].copy_from_slice(patch);
        }
        data[body] = VERSION;
        let key = Pubkey::new_from_array([7; 32]);
        decode(&key, &T::owner(), &data).expect("it is of the right size and version")
    }
}
