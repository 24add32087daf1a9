//! Enums that accounts keep in a byte.

use {
    bytemuck::{Pod, Zeroable},
    core::{fmt, marker::PhantomData},
};

/// An enum whose variants are numbered from zero in the order in which they stand.
/// [`byte_enum!`](crate::byte_enum!) implements it.
pub trait ByteEnum: Copy + PartialEq + fmt::Debug + 'static {
    /// What a byte is refused with that is no variant's.
    type Error;

    /// The variant's number.
    fn byte(self) -> u8;

    /// The variant of a number.
    fn from_byte(byte: u8) -> Result<Self, Self::Error>;
}

/// A byte of an account that holds an `E`. Account data can hold any byte, so it is read by
/// [`Byte::get`], which refuses one that is no variant's.
#[repr(transparent)]
pub struct Byte<E>(u8, PhantomData<E>);

// SAFETY: it is a `u8` for which every byte is valid, beside a type without size.
unsafe impl<E: 'static> Zeroable for Byte<E> {}
// SAFETY: as above.
unsafe impl<E: Copy + 'static> Pod for Byte<E> {}

impl<E: ByteEnum> Byte<E> {
    /// The variant. Errors: the enum's own for a byte that is none's.
    pub fn get(self) -> Result<E, E::Error> {
        E::from_byte(self.0)
    }

    /// The byte itself, whatever it is.
    pub const fn raw(self) -> u8 {
        self.0
    }

    /// A byte that need not be a variant's, for tests.
    pub const fn from_raw(byte: u8) -> Self {
        Byte(byte, PhantomData)
    }
}

impl<E: ByteEnum> From<E> for Byte<E> {
    fn from(value: E) -> Self {
        Byte::from_raw(value.byte())
    }
}

impl<E> From<Byte<E>> for u8 {
    fn from(byte: Byte<E>) -> u8 {
        byte.0
    }
}

impl<E> From<Byte<E>> for u64 {
    fn from(byte: Byte<E>) -> u64 {
        byte.0.into()
    }
}

impl<E: ByteEnum> PartialEq<E> for Byte<E> {
    fn eq(&self, other: &E) -> bool {
        self.0 == other.byte()
    }
}

impl<E> Clone for Byte<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Byte<E> {}

impl<E> Default for Byte<E> {
    fn default() -> Self {
        Byte(0, PhantomData)
    }
}

impl<E> PartialEq for Byte<E> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<E> Eq for Byte<E> {}

impl<E: ByteEnum> fmt::Debug for Byte<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match E::from_byte(self.0) {
            Ok(value) => value.fmt(f),
            Err(_) => self.0.fmt(f),
        }
    }
}

/// The interface description of the byte is that of its enum.
#[cfg(feature = "idl-build")]
impl<E: anchor_lang::IdlBuild> anchor_lang::IdlBuild for Byte<E> {
    fn create_type() -> Option<anchor_lang::idl::types::IdlTypeDef> {
        E::create_type()
    }

    fn insert_types(
        types: &mut std::collections::BTreeMap<String, anchor_lang::idl::types::IdlTypeDef>,
    ) {
        E::insert_types(types);
    }

    fn get_full_path() -> String {
        E::get_full_path()
    }
}

/// Defines an enum that fits into a byte, and the error for a byte that is no variant's.
#[macro_export]
macro_rules! byte_enum {
    (
        $(#[$doc:meta])*
        $name:ident, $errors:ident :: $error:ident,
        $($(#[$variant_doc:meta])* $variant:ident = $value:literal,)+
    ) => {
        $(#[$doc])*
        #[derive(
            ::anchor_lang::AnchorSerialize,
            ::anchor_lang::AnchorDeserialize,
            Clone,
            Copy,
            Debug,
            PartialEq,
            Eq,
        )]
        #[repr(u8)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        // An instruction carries a variant's place, an account its number: both are the same.
        $(const _: () = assert!($name::$variant as u8 == $value);)+

        impl From<$name> for u64 {
            fn from(value: $name) -> u64 {
                (value as u8).into()
            }
        }

        impl TryFrom<u8> for $name {
            type Error = $errors;

            fn try_from(byte: u8) -> ::core::result::Result<Self, $errors> {
                $crate::ByteEnum::from_byte(byte)
            }
        }

        impl $crate::ByteEnum for $name {
            type Error = $errors;

            fn byte(self) -> u8 {
                self as u8
            }

            fn from_byte(byte: u8) -> ::core::result::Result<Self, $errors> {
                match byte {
                    $($value => Ok($name::$variant),)+
                    _ => Err($errors::$error),
                }
            }
        }
    };
}
