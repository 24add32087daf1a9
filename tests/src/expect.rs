//! What a suite expects of a transaction.

use {
    crate::engine::Outcome,
    solana_instruction_error::InstructionError,
    solana_transaction_error::TransactionError,
    upside_sdk::{TokenError, error::Refusal, event::TokenEvent},
};

impl Outcome {
    /// It succeeded. Returns its events.
    #[track_caller]
    pub fn ok(self) -> Vec<TokenEvent> {
        match self.error {
            None => upside_sdk::event::of_logs(&self.logs),
            Some(error) => panic!("refused: {error:?}\n{}", self.logs.join("\n")),
        }
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
    pub fn refused(&self, expected: TokenError) {
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
