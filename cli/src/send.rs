//! From steps to landed transactions: simulate, sign only, dump, or send and confirm.

use {
    crate::{
        args::Sending,
        context::Context,
        error::{CliError, Result},
    },
    serde::Serialize,
    solana_compute_budget_interface::ComputeBudgetInstruction,
    solana_keypair::Keypair,
    solana_message::{Hash, VersionedMessage},
    solana_program::instruction::{Instruction, InstructionError},
    solana_rpc_client_api::client_error::Error as ClientError,
    solana_signature::Signature,
    solana_signer::Signer,
    solana_transaction_error::TransactionError as ChainError,
    upside_sdk::{
        Pubkey,
        action::Step,
        address::{ASSOCIATED_TOKEN_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        event::{self, IndexEvent, TokenEvent},
        index,
        state::PROGRAM_ID,
        transaction::{
            self, TransactionError, TransactionRequest, compile, message_base64, missing_signers,
            required_signers, sign_partially, transaction_base64,
        },
    },
};

/// What happens to transactions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// They are sent and confirmed.
    Send,
    /// They are sent on this blockhash, without a budget measured now: with signatures
    /// that were made elsewhere the message has to be the same, bit for bit.
    SendAt(Hash),
    /// They are simulated.
    DryRun,
    /// They are signed with what is here and printed; the blockhash is this or a new one.
    SignOnly(Option<Hash>),
    /// Their messages are printed; the blockhash is this or a new one.
    Dump(Option<Hash>),
}

impl Mode {
    /// As the flags say.
    pub fn of(sending: &Sending) -> Self {
        match sending {
            Sending { dry_run: true, .. } => Mode::DryRun,
            Sending {
                sign_only: true,
                blockhash,
                ..
            } => Mode::SignOnly(*blockhash),
            Sending {
                dump_transaction: true,
                blockhash,
                ..
            } => Mode::Dump(*blockhash),
            Sending {
                blockhash: Some(blockhash),
                ..
            } => Mode::SendAt(*blockhash),
            _ => Mode::Send,
        }
    }
}

/// What became of a command's transactions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// They landed.
    Sent,
    /// They would land now.
    Simulated,
    /// They were signed, and not sent.
    Signed,
    /// They were built, and neither signed nor sent.
    Dumped,
}

/// One transaction, as far as it got.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Sent {
    /// What it does.
    pub label: String,
    /// Its signature, where it landed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// The slot that executed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<u64>,
    /// Compute units that it used, or would.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
    /// Lamports that it paid in fees, or would.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee: Option<u64>,
    /// Program logs, when more was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub logs: Vec<String>,
    /// What the personal token program says it did.
    #[serde(skip)]
    pub events: Vec<TokenEvent>,
    /// What the index program says it did.
    #[serde(skip)]
    pub index_events: Vec<IndexEvent>,
    /// What was signed or dumped.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub offline: Option<Offline>,
    /// Why a later step could not be simulated before the earlier ones have landed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending: Option<String>,
}

/// A transaction for keys that sign elsewhere.
#[derive(Clone, Debug, Serialize)]
pub struct Offline {
    /// The blockhash that it is good for.
    pub blockhash: String,
    /// The bytes to be signed, in base64.
    pub message: String,
    /// The transaction with the signatures that there are, in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction: Option<String>,
    /// Signatures made here, as `PUBKEY=SIGNATURE`.
    pub signers: Vec<String>,
    /// Who has yet to sign.
    pub absent: Vec<String>,
}

/// What became of a command's transactions, all of them.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// How far they got.
    pub status: Status,
    /// Each of them, in order.
    pub transactions: Vec<Sent>,
}

impl Report {
    /// What the program says it did, or would: where time or others moved between the
    /// quote and the landing, this is what counts.
    pub fn events(&self) -> impl Iterator<Item = &TokenEvent> {
        self.transactions.iter().flat_map(|sent| &sent.events)
    }

    /// As [`events`](Self::events), of the index program.
    pub fn index_events(&self) -> impl Iterator<Item = &IndexEvent> {
        let sent = self.transactions.iter();
        sent.flat_map(|sent| &sent.index_events)
    }
}

impl Context {
    /// Does with the steps of a plan what the flags say.
    pub async fn send(&self, steps: &[Step]) -> Result<Report> {
        self.send_with(steps, &[]).await
    }

    /// As [`send`](Self::send), with further keys that may have to sign.
    pub async fn send_with(&self, steps: &[Step], extra: &[Keypair]) -> Result<Report> {
        let again = "run the command again to go on";
        self.send_or(steps, extra, again).await
    }

    /// As [`send_with`](Self::send_with); where a later step fails, `again` says how to
    /// go on.
    pub async fn send_or(&self, steps: &[Step], extra: &[Keypair], again: &str) -> Result<Report> {
        let signers = self.keys.signers(extra)?;
        let sender = Sender {
            ctx: self,
            payer: self.keys.payer()?,
            signers,
        };
        let progress = self.output.progress(steps.len());
        let mut transactions: Vec<Sent> = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            progress.doing(&step.label);
            let done = match self.mode {
                Mode::Send => sender.send(step).await,
                Mode::SendAt(blockhash) => sender.send_at(step, blockhash).await,
                Mode::DryRun => sender.simulate(step, place > 0).await,
                Mode::SignOnly(blockhash) => sender.offline(step, blockhash, true).await,
                Mode::Dump(blockhash) => sender.offline(step, blockhash, false).await,
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

impl Mode {
    fn status(self) -> Status {
        match self {
            Mode::Send | Mode::SendAt(_) => Status::Sent,
            Mode::DryRun => Status::Simulated,
            Mode::SignOnly(_) => Status::Signed,
            Mode::Dump(_) => Status::Dumped,
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

struct Sender<'a> {
    ctx: &'a Context,
    payer: Pubkey,
    signers: Vec<&'a dyn Signer>,
}

impl Sender<'_> {
    fn request(&self, step: &Step) -> TransactionRequest<'_, dyn Signer + '_> {
        step.request(&self.payer, self.signers.clone())
    }

    async fn send(&self, step: &Step) -> Result<Sent, TransactionError> {
        let (client, options) = (&self.ctx.client, &self.ctx.options);
        let landed = transaction::send_and_confirm(client, &self.request(step), options).await?;
        let (slot, units, fee) = (landed.slot, landed.units, landed.fee);
        let (units_text, fee_text) = (units.unwrap_or_default(), fee.unwrap_or_default());
        self.ctx.output.detail(format!(
            "{}: slot {slot}, {units_text} compute units, {fee_text} lamports in fees",
            step.label
        ));
        Ok(Sent {
            label: step.label.clone(),
            signature: Some(landed.signature.to_string()),
            slot: Some(slot),
            units,
            fee,
            events: event::of_logs(&landed.logs),
            index_events: event::of_logs(&landed.logs),
            logs: self.logs(landed.logs),
            ..Sent::default()
        })
    }

    async fn simulate(&self, step: &Step, later: bool) -> Result<Sent, TransactionError> {
        let label = step.label.clone();
        let done = match transaction::simulate(&self.ctx.client, &self.request(step)).await {
            Ok(done) => done,
            Err(error @ TransactionError::Rejected { .. }) if later => {
                return Ok(Sent {
                    label,
                    pending: Some(error.to_string()),
                    ..Sent::default()
                });
            }
            Err(error) => return Err(error),
        };
        Ok(Sent {
            label,
            units: Some(done.units),
            fee: Some(done.fee),
            events: event::of_logs(&done.logs),
            index_events: event::of_logs(&done.logs),
            logs: self.logs(done.logs),
            ..Sent::default()
        })
    }

    fn logs(&self, logs: Vec<String>) -> Vec<String> {
        if self.ctx.output.verbose {
            logs
        } else {
            Vec::new()
        }
    }

    /// The message that everybody signs who signs apart: nothing in it is measured, so
    /// that the same flags make the same bytes.
    async fn message(
        &self,
        step: &Step,
        blockhash: Option<Hash>,
    ) -> Result<VersionedMessage, TransactionError> {
        let blockhash = match blockhash {
            Some(blockhash) => blockhash,
            None => self.ctx.client.get_latest_blockhash().await?,
        };
        let price = self.ctx.options.compute_unit_price;
        let price = price.map(ComputeBudgetInstruction::set_compute_unit_price);
        let instructions: Vec<Instruction> =
            step.instructions.iter().cloned().chain(price).collect();
        compile(&instructions, &self.payer, &step.lookup_tables, blockhash)
    }

    async fn offline(
        &self,
        step: &Step,
        blockhash: Option<Hash>,
        sign: bool,
    ) -> Result<Sent, TransactionError> {
        let message = self.message(step, blockhash).await?;
        let required = required_signers(&message).to_vec();
        let mut offline = Offline {
            blockhash: message.recent_blockhash().to_string(),
            message: message_base64(&message),
            transaction: None,
            signers: Vec::new(),
            absent: required.iter().map(Pubkey::to_string).collect(),
        };
        if sign {
            let signed = sign_partially(message, &self.signers, self.ctx.keys.given())?;
            offline.transaction = Some(transaction_base64(&signed));
            offline.absent.clear();
            for (key, signature) in required.iter().zip(&signed.signatures) {
                if *signature == Signature::default() {
                    offline.absent.push(key.to_string());
                } else {
                    offline.signers.push(format!("{key}={signature}"));
                }
            }
        }
        Ok(Sent {
            label: step.label.clone(),
            offline: Some(offline),
            ..Sent::default()
        })
    }

    async fn send_at(&self, step: &Step, blockhash: Hash) -> Result<Sent, TransactionError> {
        let message = self.message(step, Some(blockhash)).await?;
        let given = self.ctx.keys.given();
        let mut present: Vec<Pubkey> = self.signers.iter().map(|signer| signer.pubkey()).collect();
        present.extend(given.iter().map(|(key, _)| *key));
        if let Some(missing) = missing_signers(&message, &present).first() {
            return Err(TransactionError::MissingSigner(*missing));
        }
        let signed = sign_partially(message, &self.signers, given)?;
        let sent = self.ctx.client.send_and_confirm_transaction(&signed).await;
        let signature = sent.map_err(rejection)?;
        let signature = Some(signature.to_string());
        Ok(Sent {
            label: step.label.clone(),
            signature,
            ..Sent::default()
        })
    }
}

/// A node's refusal, or its silence.
fn rejection(error: ClientError) -> TransactionError {
    let Some(reason) = error.get_transaction_error() else {
        return error.into();
    };
    let (instruction, code) = match &reason {
        ChainError::InstructionError(place, InstructionError::Custom(code)) => {
            (Some(*place), Some(*code))
        }
        ChainError::InstructionError(place, _) => (Some(*place), None),
        _ => (None, None),
    };
    let (logs, signature) = (Vec::new(), None);
    TransactionError::Rejected {
        instruction,
        code,
        error: reason,
        logs,
        signature,
    }
}
