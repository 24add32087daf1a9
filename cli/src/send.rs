//! From steps to landed transactions: simulate, sign only, dump, or send and confirm.

use {
    crate::{
        apart::Offline,
        args::Sending,
        context::Context,
        error::{CliError, Result},
    },
    serde::Serialize,
    solana_keypair::Keypair,
    solana_message::Hash,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        action::Step,
        address::{ASSOCIATED_TOKEN_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        event::{self, IndexEvent, TokenEvent},
        index,
        state::PROGRAM_ID,
        transaction::{self, Landed, SendOptions, TransactionError, TransactionRequest},
    },
};

/// What happens to transactions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// They are sent and confirmed.
    Send,
    /// They are sent on this blockhash or a nonce, without a budget measured now: with signatures
    /// that were made elsewhere the message has to be the same, bit for bit.
    SendAt(Option<Hash>),
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
                blockhash: None,
                nonce: None,
                ..
            } => Mode::Send,
            Sending { blockhash, .. } => Mode::SendAt(*blockhash),
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

/// Who sends, and with which keys.
pub struct Sender<'a> {
    /// What every command works with.
    pub ctx: &'a Context,
    /// Who pays.
    pub payer: Pubkey,
    /// Who signs here.
    pub signers: Vec<&'a dyn Signer>,
}

impl Sender<'_> {
    fn request(&self, step: &Step) -> TransactionRequest<'_, dyn Signer + '_> {
        step.request(&self.payer, self.signers.clone())
    }

    async fn send(&self, step: &Step, options: &SendOptions) -> Result<Sent, TransactionError> {
        let client = &self.ctx.client;
        let landed = transaction::send_and_confirm(client, &self.request(step), options).await?;
        Ok(self.sent(step, landed))
    }

    /// What is told of a landed transaction.
    pub fn sent(&self, step: &Step, landed: Landed) -> Sent {
        let (slot, units, fee) = (landed.slot, landed.units, landed.fee);
        let (units_text, fee_text) = (units.unwrap_or_default(), fee.unwrap_or_default());
        self.ctx.output.detail(format!(
            "{}: slot {slot}, {units_text} compute units, {fee_text} lamports in fees",
            step.label
        ));
        Sent {
            label: step.label.clone(),
            signature: Some(landed.signature.to_string()),
            slot: Some(slot),
            units,
            fee,
            events: event::of_logs(&landed.logs),
            index_events: event::of_logs(&landed.logs),
            logs: self.logs(landed.logs),
            ..Sent::default()
        }
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
}
