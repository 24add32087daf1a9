//! What a suite expects of a transaction.

use {
    crate::engine::Outcome,
    solana_instruction_error::InstructionError,
    solana_transaction_error::TransactionError,
    upside_sdk::{
        error::Refusal,
        event::{ProgramEvent, TokenEvent},
    },
};

impl Outcome {
    /// It succeeded. Returns the personal token program's events.
    #[track_caller]
    pub fn ok(self) -> Vec<TokenEvent> {
        self.succeeded().events()
    }

    /// It succeeded.
    #[track_caller]
    pub fn succeeded(self) -> Outcome {
        if let Some(error) = &self.error {
            panic!("refused: {error:?}\n{}", self.logs.join("\n"));
        }
        self
    }

    /// A program's events.
    pub fn events<E: ProgramEvent>(&self) -> Vec<E> {
        upside_sdk::event::of_logs(&self.logs)
    }

    /// The custom code that the last instruction returned.
    pub fn code(&self) -> Option<u32> {
        match self.error {
            Some(TransactionError::InstructionError(_, InstructionError::Custom(code))) => {
                Some(code)
            }
            _ => None,
        }
    }

    /// The program refused with this error.
    #[track_caller]
    pub fn refused(&self, expected: impl Into<Refusal>) {
        let expected: Refusal = expected.into();
        let got = self
            .code()
            .map(|code| Refusal::of_code(code).name().to_string());
        assert_eq!(
            got.as_deref(),
            Some(expected.name()),
            "{:?}\n{}",
            self.error,
            self.logs.join("\n")
        );
        crate::error_coverage::note(&expected);
    }

    /// It failed with a named error of the program, the framework or a token program.
    #[track_caller]
    pub fn named_failure(&self, what: &str) {
        let Some(error) = &self.error else {
            panic!("{what}: it succeeded")
        };
        let named = match error {
            TransactionError::InstructionError(_, InstructionError::Custom(code)) => {
                !matches!(Refusal::of_code(*code), Refusal::Unknown(_))
            }
            TransactionError::InstructionError(_, error) => !matches!(
                error,
                InstructionError::ProgramFailedToComplete
                    | InstructionError::ComputationalBudgetExceeded
            ),
            _ => true,
        };
        assert!(named, "{what}: {error:?}\n{}", self.logs.join("\n"));
    }
}
