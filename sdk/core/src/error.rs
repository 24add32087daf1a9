//! What can go wrong without any I/O, and what to do about it.

use {
    anchor_lang::prelude::Pubkey, personal_token::error::TokenError,
    pooled_index::error::IndexError, upside_math::MathError,
};

/// An error of whatever is computed or decoded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CoreError {
    /// The program refuses, or would: nothing moved.
    #[error("{error}", error = .0)]
    Refused(TokenError),
    /// The index program refuses, or would: nothing moved.
    #[error("{error}", error = .0)]
    IndexRefused(IndexError),
    /// A computation has no result.
    #[error("the amounts do not work out: {0}")]
    Math(#[from] MathError),
    /// Nothing is where something should be.
    #[error("{what} not found: {query}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// By which key or words.
        query: String,
    },
    /// An account is not what it should be.
    #[error("{key} is no {expected}: {why}")]
    WrongAccount {
        /// The account.
        key: Pubkey,
        /// What it should be.
        expected: &'static str,
        /// What is wrong.
        why: &'static str,
    },
    /// A round whose price is the backing itself would be bought out at once.
    #[error(
        "the round's lowest price only pays for the shares' backing: raise the price, or cap what one backer may put in"
    )]
    RoundAtBacking,
}

impl From<TokenError> for CoreError {
    fn from(error: TokenError) -> Self {
        CoreError::Refused(error)
    }
}

impl From<IndexError> for CoreError {
    fn from(error: IndexError) -> Self {
        CoreError::IndexRefused(error)
    }
}

/// A custom error code of a failed instruction, by whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The personal token program's own.
    Token(TokenError),
    /// The pooled index program's own.
    Index(IndexError),
    /// The framework's: an account or the instruction's data is malformed.
    Framework {
        /// The number.
        code: u32,
        /// Its name.
        name: &'static str,
        /// What to do.
        message: &'static str,
    },
    /// A token program's.
    TokenProgram {
        /// The number.
        code: u32,
        /// Its name.
        name: &'static str,
        /// What to do.
        message: &'static str,
    },
    /// Somebody else's.
    Unknown(u32),
}

impl From<TokenError> for Refusal {
    fn from(error: TokenError) -> Self {
        Refusal::Token(error)
    }
}

impl From<IndexError> for Refusal {
    fn from(error: IndexError) -> Self {
        Refusal::Index(error)
    }
}

impl Refusal {
    /// Names the custom code of an instruction of Upside's programs: each has numbers
    /// of its own, so that a call of one by the other leaves no doubt.
    ///
    /// ```
    /// use upside_core::error::Refusal;
    /// let refusal = Refusal::of_code(6_000);
    /// assert_eq!(refusal.name(), "Overflow");
    /// ```
    pub fn of_code(code: u32) -> Refusal {
        if let Some(error) = TokenError::from_code(code) {
            return Refusal::Token(error);
        }
        if let Some(error) = IndexError::from_code(code) {
            return Refusal::Index(error);
        }
        let find = |table: &[(u32, &'static str, &'static str)]| {
            table.iter().find(|(number, ..)| *number == code).copied()
        };
        if let Some((code, name, message)) = find(FRAMEWORK) {
            return Refusal::Framework {
                code,
                name,
                message,
            };
        }
        if let Some((code, name, message)) = find(TOKEN_PROGRAM) {
            return Refusal::TokenProgram {
                code,
                name,
                message,
            };
        }
        Refusal::Unknown(code)
    }

    /// The number.
    pub fn code(&self) -> u32 {
        match self {
            Refusal::Token(error) => error.code(),
            Refusal::Index(error) => error.code(),
            Refusal::Framework { code, .. } | Refusal::TokenProgram { code, .. } => *code,
            Refusal::Unknown(code) => *code,
        }
    }

    /// The name.
    pub fn name(&self) -> &'static str {
        match self {
            Refusal::Token(error) => error.name(),
            Refusal::Index(error) => error.name(),
            Refusal::Framework { name, .. } | Refusal::TokenProgram { name, .. } => name,
            Refusal::Unknown(_) => "Unknown",
        }
    }

    /// What it means and what to do.
    pub fn message(&self) -> String {
        match self {
            Refusal::Token(error) => error.to_string(),
            Refusal::Index(error) => error.to_string(),
            Refusal::Framework { message, .. } | Refusal::TokenProgram { message, .. } => {
                (*message).to_string()
            }
            Refusal::Unknown(code) => format!("a program refused with code {code}"),
        }
    }
}

/// Anchor's errors that the program's instructions can return.
const FRAMEWORK: &[(u32, &str, &str)] = &[
    (100, "InstructionMissing", "The instruction's data is empty"),
    (
        101,
        "InstructionFallbackNotFound",
        "The program has no such instruction: use an SDK of its version",
    ),
    (
        102,
        "InstructionDidNotDeserialize",
        "The instruction's data is malformed: use an SDK of the program's version",
    ),
    (2000, "ConstraintMut", "An account must be writable"),
    (
        3001,
        "AccountDiscriminatorNotFound",
        "An account is empty: it was not opened, or closed already",
    ),
    (
        3002,
        "AccountDiscriminatorMismatch",
        "An account is of another type",
    ),
    (
        3003,
        "AccountDidNotDeserialize",
        "An account's size is of another version",
    ),
    (
        3005,
        "AccountNotEnoughKeys",
        "The instruction lacks accounts",
    ),
    (3006, "AccountNotMutable", "An account must be writable"),
    (
        3007,
        "AccountOwnedByWrongProgram",
        "An account belongs to another program: it was not opened yet, or closed already",
    ),
    (
        3008,
        "InvalidProgramId",
        "A program's address is not the expected one",
    ),
    (
        3009,
        "InvalidProgramExecutable",
        "A program's account is no program",
    ),
    (3010, "AccountNotSigner", "A signature is missing"),
    (
        3012,
        "AccountNotInitialized",
        "An account was not opened yet",
    ),
    (
        4100,
        "DeclaredProgramIdMismatch",
        "The program was deployed at another address than it was built for",
    ),
];

/// Errors of SPL Token and Token-2022 that a transfer, mint or burn can return.
const TOKEN_PROGRAM: &[(u32, &str, &str)] = &[
    (
        0,
        "NotRentExempt",
        "A token account lacks lamports for its rent",
    ),
    (
        1,
        "InsufficientFunds",
        "The token account holds less than the amount: fund it or use less",
    ),
    (3, "MintMismatch", "The token account is of another mint"),
    (
        4,
        "OwnerMismatch",
        "The signer does not own the token account",
    ),
    (
        9,
        "UninitializedState",
        "The token account does not exist: create it first",
    ),
    (
        17,
        "AccountFrozen",
        "The token account is frozen by the mint's issuer",
    ),
    (18, "MintDecimalsMismatch", "The mint has other decimals"),
    (67, "MintPaused", "The mint is paused by its issuer"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_of_the_program_has_name_number_and_advice() {
        for (place, error) in TokenError::ALL.iter().enumerate() {
            assert_eq!(error.code(), 6_000 + u32::try_from(place).unwrap());
            let refusal = Refusal::of_code(error.code());
            assert_eq!(refusal, Refusal::Token(*error));
            assert_eq!(refusal.name(), error.name());
            assert!(
                refusal.message().len() > 15,
                "{} says too little",
                error.name()
            );
        }
        assert_eq!(Refusal::of_code(5_999), Refusal::Unknown(5_999));
        assert_eq!(Refusal::of_code(3_010).name(), "AccountNotSigner");
        assert_eq!(Refusal::of_code(1).name(), "InsufficientFunds");
    }
}
