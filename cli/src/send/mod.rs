//! From steps to landed transactions: simulate, sign offline, print, or send and confirm,
//! and what is shown of it afterwards.

pub mod anchor;
pub mod completed;
pub mod confirm;
pub mod mode;
pub mod offline;
pub mod sender;
pub mod sent;

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::{
            mode::Mode,
            sender::Sender,
            sent::{Report, Sent},
        },
    },
    solana_keypair::Keypair,
    upside_sdk::{
        action::Step,
        address::{ASSOCIATED_TOKEN_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        index,
        state::PROGRAM_ID,
        transaction::{SendOptions, TransactionError},
    },
};

impl Context {
    /// Does with the steps of a plan what the flags ask for.
    pub async fn send(&self, steps: &[Step]) -> Result<Report> {
        self.send_with(steps, &[]).await
    }

    /// As [`send`](Self::send), with further keys that may have to sign.
    pub async fn send_with(&self, steps: &[Step], extra: &[Keypair]) -> Result<Report> {
        let again = "run the command again to go on";
        self.send_or(steps, extra, again).await
    }

    /// As [`send_with`](Self::send_with). `again` describes how to go on if a later step
    /// fails.
    pub async fn send_or(&self, steps: &[Step], extra: &[Keypair], again: &str) -> Result<Report> {
        let signers = self.keys.signers(extra)?;
        let sender = Sender {
            ctx: self,
            payer: self.keys.payer()?,
            signers,
        };
        let anchor = self.anchor(steps.len()).await?;
        let progress = self.output.progress(steps.len());
        let mut transactions: Vec<Sent> = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            progress.doing(&step.label);
            // A node that has not seen what landed before would refuse what comes after.
            let landed_in = transactions.iter().filter_map(|sent| sent.slot).max();
            let options = SendOptions {
                min_slot: landed_in.unwrap_or_default(),
                ..self.options.clone()
            };
            let done = match (self.mode, &anchor) {
                (Mode::SendAt(_), Some(anchor)) => sender.send_at(step, anchor).await,
                (Mode::SignOnly(_), Some(anchor)) => sender.offline(step, anchor, true),
                (Mode::Dump(_), Some(anchor)) => sender.offline(step, anchor, false),
                (Mode::DryRun, _) => sender.simulate(step, place > 0).await,
                _ => sender.send(step, &options).await,
            };
            let landed = || {
                transactions
                    .iter()
                    .filter_map(|sent| sent.signature.clone())
                    .collect()
            };
            let failed = |error| CliError::Transaction {
                label: step.label.clone(),
                own: is_own(step, &error),
                error: Box::new(error),
                landed: landed(),
                again: again.to_string(),
            };
            transactions.push(done.map_err(failed)?);
            progress.step();
        }
        Ok(Report {
            status: self.mode.status(),
            transactions,
        })
    }
}

/// Whether the failed instruction's numbers are Upside's own or a token program's.
fn is_own(step: &Step, error: &TransactionError) -> bool {
    let TransactionError::Rejected {
        instruction: Some(place),
        ..
    } = error
    else {
        return false;
    };
    let own = [
        PROGRAM_ID,
        index::PROGRAM_ID,
        TOKEN_PROGRAM,
        TOKEN_2022_PROGRAM,
        ASSOCIATED_TOKEN_PROGRAM,
    ];
    step.instructions
        .get(usize::from(*place))
        .is_some_and(|one| own.contains(&one.program_id))
}
