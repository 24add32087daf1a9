/// Why the shared code refused. Each program turns it into its own named error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommonError {
    /// A number left its range.
    Overflow,
    /// The books would not add up.
    InvariantBroken,
    /// A token account did not move by exactly what was computed.
    BalanceMismatch,
    /// The account exists already.
    AlreadyExists,
    /// Not the account that the state names.
    WrongAccount,
    /// Two accounts must differ.
    SameAccount,
    /// Not a mint, or not an initialized one.
    WrongMint,
    /// Not the program that owns the mint.
    WrongTokenProgram,
    /// Not a token account of the expected mint and wallet.
    WrongTokenAccount,
    /// The mint has an extension that is not allowed.
    UnsupportedMint,
    /// The mint is shares of a person or of an index.
    CircularMint,
    /// A vault holds less than its books say.
    VaultShort,
    /// A text is empty, too long, or has control characters.
    InvalidText,
}

/// What shared functions return that call nobody.
pub type Check<T> = Result<T, CommonError>;

pub(crate) fn require(condition: bool, refusal: CommonError) -> Check<()> {
    if condition { Ok(()) } else { Err(refusal) }
}

/// A program's error enum with names, messages and numbers in the order of the list,
/// its conversion into Anchor's error, and `ProgramResult` and `require`. Each program has
/// its own first number: where one calls the other, the number tells whose it is.
#[macro_export]
macro_rules! errors {
    ($enum:ident from $first:literal { $($name:ident: $message:literal,)+ }) => {
        /// Number of the first error.
        pub const FIRST_CODE: u32 = $first;

        /// Why an instruction was refused. Nothing moved.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
        #[repr(u32)]
        pub enum $enum {
            $(#[doc = $message] #[error($message)] $name,)+
        }

        impl $enum {
            /// Every error, by number.
            pub const ALL: &'static [$enum] = &[$($enum::$name,)+];

            /// The variant's name, as the program logs it.
            pub fn name(self) -> &'static str {
                match self {
                    $($enum::$name => stringify!($name),)+
                }
            }

            /// The number that the program returns: the first one and the place in `ALL`.
            pub fn code(self) -> u32 {
                // Never wraps: the enum has far fewer variants than there are numbers left.
                FIRST_CODE.wrapping_add(self as u32)
            }

            /// The error with this number, if it is one of this program's.
            pub fn from_code(code: u32) -> Option<$enum> {
                let place = usize::try_from(code.checked_sub(FIRST_CODE)?).ok()?;
                $enum::ALL.get(place).copied()
            }
        }

        impl From<$enum> for anchor_lang::error::Error {
            #[cold]
            #[inline(never)]
            fn from(error: $enum) -> anchor_lang::error::Error {
                solana_program::log::sol_log(error.name());
                anchor_lang::error::Error::from(anchor_lang::prelude::ProgramError::Custom(
                    error.code(),
                ))
            }
        }

        impl From<$crate::CommonError> for $enum {
            fn from(refusal: $crate::CommonError) -> $enum {
                use $crate::CommonError;
                match refusal {
                    CommonError::Overflow => $enum::Overflow,
                    CommonError::InvariantBroken => $enum::InvariantBroken,
                    CommonError::BalanceMismatch => $enum::BalanceMismatch,
                    CommonError::AlreadyExists => $enum::AlreadyExists,
                    CommonError::WrongAccount => $enum::WrongAccount,
                    CommonError::SameAccount => $enum::SameAccount,
                    CommonError::WrongMint => $enum::WrongMint,
                    CommonError::WrongTokenProgram => $enum::WrongTokenProgram,
                    CommonError::WrongTokenAccount => $enum::WrongTokenAccount,
                    CommonError::UnsupportedMint => $enum::UnsupportedMint,
                    CommonError::CircularMint => $enum::CircularMint,
                    CommonError::VaultShort => $enum::VaultShort,
                    CommonError::InvalidText => $enum::InvalidText,
                }
            }
        }

        impl From<upside_math::MathError> for $enum {
            fn from(error: upside_math::MathError) -> $enum {
                use upside_math::MathError;
                match error {
                    MathError::Overflow | MathError::Underflow => $enum::Overflow,
                    MathError::DivisionByZero | MathError::OutOfRange => $enum::MathDomain,
                }
            }
        }

        /// What the program's own functions return. Handlers turn it into Anchor's
        /// error with `?`; until then an error is one number, without a heap.
        pub type ProgramResult<T> = Result<T, $enum>;

        /// `Ok` where `condition` holds, else `error`.
        pub fn require(condition: bool, error: $enum) -> ProgramResult<()> {
            if condition { Ok(()) } else { Err(error) }
        }
    };
}
