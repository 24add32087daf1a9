//! From steps to landed transactions: simulate, sign offline, print, or send and confirm,
//! and what is shown of it afterwards.

pub mod anchor;
pub mod completed;
pub mod confirm;
mod harmless;
pub mod mode;
pub mod offline;
pub mod rent;
pub mod sender;
pub mod sent;
pub mod sol;

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        secrets::hide_kept,
        send::{
            completed::Outcome,
            mode::Mode,
            rent::Missing,
            sender::Sender,
            sent::{Report, Sent},
        },
    },
    solana_keypair::Keypair,
    solana_transaction_error::TransactionError as ChainError,
    upside_sdk::{
        Pubkey,
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

    /// As [`send`](Self::send), after a yes to what it brings if it takes one.
    pub async fn send_shown(&self, outcome: &impl Outcome, steps: &[Step]) -> Result<Report> {
        if !harmless::is_harmless(steps) {
            self.ask(&outcome.question(), "Go ahead?")?;
        }
        self.send(steps).await
    }

    /// As [`send`](Self::send), with further keys that may have to sign.
    pub async fn send_with(&self, steps: &[Step], extra: &[Keypair]) -> Result<Report> {
        let again = "run the command again to go on";
        self.send_or(steps, extra, again).await
    }

    /// As [`send_with`](Self::send_with). `again` describes how to go on if a later step
    /// fails.
    pub async fn send_or(&self, steps: &[Step], extra: &[Keypair], again: &str) -> Result<Report> {
        if !harmless::is_harmless(steps) {
            let labels: Vec<&str> = steps.iter().map(|step| step.label.as_str()).collect();
            let what = format!("{}\nThis will {}.\n", typed(), labels.join(", then "));
            self.ask(&what, "Go ahead?")?;
        }
        self.agreed.set(false);
        let signers = self.keys.signers(extra)?;
        let sender = Sender {
            ctx: self,
            payer: self.keys.payer()?,
            signers,
        };
        let me = self.keys.me()?;
        let steps = &self.funded(&self.with_sol(steps, &sender.payer)?).await?;
        let anchor = self.anchor(steps.len()).await?;
        if let (Some(anchor), [step]) = (&anchor, steps.as_slice()) {
            sender.compare(step, anchor)?;
        }
        let progress = self.output.progress(steps.len());
        let mut transactions: Vec<Sent> = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            progress.doing(&step.label);
            let step = &sender.topped_up(step, &me).await;
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
            match done {
                Ok(done) => transactions.push(done),
                Err(error) => {
                    let error = failed(error);
                    return Err(self.naming_who_lacks(error, &me, &sender.payer).await);
                }
            }
            progress.step();
        }
        Ok(Report {
            status: self.mode.status(),
            transactions,
            notes: self.output.notes(),
        })
    }
}

/// The command as it was typed.
fn typed() -> String {
    let words = std::env::args_os().skip(1);
    let words: Vec<_> = words
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    hide_kept(&format!("upside {}", words.join(" ")))
}

impl Context {
    /// An error for missing lamports with whose they are: of those two whoever has as little
    /// as the chain says.
    async fn naming_who_lacks(&self, error: CliError, me: &Pubkey, payer: &Pubkey) -> CliError {
        let CliError::Transaction { error: cause, .. } = &error else {
            return error;
        };
        let lacks = match cause.as_ref() {
            TransactionError::Rejected { error, logs, .. } => {
                let fee = matches!(
                    error,
                    ChainError::AccountNotFound | ChainError::InsufficientFundsForFee
                );
                Missing::of(logs).map(Some).or(fee.then_some(None))
            }
            _ => None,
        };
        let Some(missing) = lacks else {
            return error;
        };
        let balance = async |key| self.client.get_balance(key).await.unwrap_or_default();
        let (mine, paid) = (balance(me).await, balance(payer).await);
        let is_me = me != payer && missing.is_some_and(|it| it.has == mine);
        let (who, what, has) = match (is_me, me == payer) {
            (true, _) => (*me, "the wallet that acts", mine),
            (false, true) => (*payer, "the key that acts and pays", paid),
            (false, false) => (*payer, "the fee payer", paid),
        };
        CliError::LacksLamports {
            who,
            what,
            has,
            needs: missing.map(|missing| missing.needs),
            error: Box::new(error),
        }
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
