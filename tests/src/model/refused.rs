//! Why a call is refused.

use {
    crate::engine::Outcome,
    solana_instruction_error::InstructionError,
    solana_transaction_error::TransactionError,
    upside_sdk::{TokenError, error::Refusal, index::IndexError},
};

/// One reason to refuse a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The personal token program's.
    Token(TokenError),
    /// The index program's.
    Index(IndexError),
    /// By the name of an error of the framework, a token program or the runtime.
    Named(&'static str),
    /// An account that is needed does not exist.
    Missing,
}

/// What came back of a transaction: where it failed, why.
pub trait Sent {
    /// Why it failed.
    fn error(&self) -> Option<&TransactionError>;
}

impl Sent for Outcome {
    fn error(&self) -> Option<&TransactionError> {
        self.error.as_ref()
    }
}

impl Sent for TransactionError {
    fn error(&self) -> Option<&TransactionError> {
        Some(self)
    }
}

/// The custom code of the instruction that failed.
pub(crate) fn code(sent: &impl Sent) -> Option<u32> {
    match sent.error() {
        Some(TransactionError::InstructionError(_, InstructionError::Custom(code))) => Some(*code),
        _ => None,
    }
}

/// Why a call is refused: where several checks fail, all of them, as the order of
/// checks is nobody's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub Vec<Reason>);

/// What becomes of a call.
pub type Predicted<T = ()> = Result<T, Refused>;

impl From<TokenError> for Reason {
    fn from(error: TokenError) -> Self {
        Reason::Token(error)
    }
}

impl From<IndexError> for Reason {
    fn from(error: IndexError) -> Self {
        Reason::Index(error)
    }
}

impl From<&'static str> for Reason {
    fn from(name: &'static str) -> Self {
        Reason::Named(name)
    }
}

impl<R: Into<Reason>> From<R> for Refused {
    fn from(reason: R) -> Self {
        Refused(vec![reason.into()])
    }
}

/// Refuses unless `holds`.
pub fn require(holds: bool, reason: impl Into<Reason>) -> Predicted {
    if holds {
        Ok(())
    } else {
        Err(reason.into().into())
    }
}

/// Several checks of which any may be the first.
#[derive(Default)]
pub struct Checks(Vec<Reason>);

impl Checks {
    /// No check yet.
    pub fn new() -> Checks {
        Checks::default()
    }

    /// One more check.
    pub fn require(&mut self, holds: bool, reason: impl Into<Reason>) -> &mut Checks {
        if !holds {
            self.0.push(reason.into());
        }
        self
    }

    /// The checks that another rule makes.
    pub fn all(&mut self, of: Predicted) -> &mut Checks {
        if let Err(Refused(reasons)) = of {
            self.0.extend(reasons);
        }
        self
    }

    /// Refuses where any failed.
    pub fn end(&mut self) -> Predicted {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Refused(std::mem::take(&mut self.0)))
    }
}

impl Reason {
    /// Whether the chain refused for this reason.
    pub fn is_of(&self, refused: &impl Sent) -> bool {
        match self {
            Reason::Token(error) => code(refused) == Some(error.code()),
            Reason::Index(error) => code(refused) == Some(error.code()),
            Reason::Named(name) => refusal_name(refused) == *name,
            Reason::Missing => [
                "AccountDiscriminatorNotFound",
                "AccountOwnedByWrongProgram",
                "AccountNotInitialized",
            ]
            .contains(&refusal_name(refused).as_str()),
        }
    }
}

/// The name of the error that refused a transaction.
pub fn refusal_name(refused: &impl Sent) -> String {
    match (code(refused), refused.error()) {
        (Some(code), _) => Refusal::of_code(code).name().into(),
        (_, None) => "Success".into(),
        (_, Some(TransactionError::InstructionError(_, error))) => format!("{error:?}"),
        (_, Some(error)) => format!("{error:?}"),
    }
}
