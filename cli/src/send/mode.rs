//! What the flags want done with transactions.

use {
    crate::{flags::Sending, send::sent::Status},
    solana_message::Hash,
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
    /// The mode that the flags ask for.
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
                message: None,
                ..
            } => Mode::Send,
            Sending { blockhash, .. } => Mode::SendAt(*blockhash),
        }
    }
}

impl Mode {
    /// How far transactions get.
    pub fn status(self) -> Status {
        match self {
            Mode::Send | Mode::SendAt(_) => Status::Sent,
            Mode::DryRun => Status::Simulated,
            Mode::SignOnly(_) => Status::Signed,
            Mode::Dump(_) => Status::Dumped,
        }
    }
}
