/// Why the shared code refused. Each program turns it into its own named error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
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
pub type Check<T> = Result<T, Refusal>;

pub(crate) fn require(condition: bool, refusal: Refusal) -> Check<()> {
    if condition { Ok(()) } else { Err(refusal) }
}

/// A program's error enum with names, messages and numbers in the order of the list,
/// its conversion into Anchor's error, and `Outcome` and `require`. Each program has
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

        impl From<$crate::Refusal> for $enum {
            fn from(refusal: $crate::Refusal) -> $enum {
                use $crate::Refusal;
                match refusal {
                    Refusal::Overflow => $enum::Overflow,
                    Refusal::InvariantBroken => $enum::InvariantBroken,
                    Refusal::BalanceMismatch => $enum::BalanceMismatch,
                    Refusal::AlreadyExists => $enum::AlreadyExists,
                    Refusal::WrongAccount => $enum::WrongAccount,
                    Refusal::SameAccount => $enum::SameAccount,
                    Refusal::WrongMint => $enum::WrongMint,
                    Refusal::WrongTokenProgram => $enum::WrongTokenProgram,
                    Refusal::WrongTokenAccount => $enum::WrongTokenAccount,
                    Refusal::UnsupportedMint => $enum::UnsupportedMint,
                    Refusal::CircularMint => $enum::CircularMint,
                    Refusal::VaultShort => $enum::VaultShort,
                    Refusal::InvalidText => $enum::InvalidText,
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
        pub type Outcome<T> = Result<T, $enum>;

        /// `Ok` where `condition` holds, else `error`.
        pub fn require(condition: bool, error: $enum) -> Outcome<()> {
            if condition { Ok(()) } else { Err(error) }
        }
    };
}
