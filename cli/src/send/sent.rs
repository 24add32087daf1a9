//! What became of transactions: sent, simulated, signed or printed.

use {
    serde::Serialize,
    upside_sdk::event::{IndexEvent, TokenEvent},
};

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
    /// Its signature, if it landed.
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
    /// Lamports that it puts into new accounts as rent, as simulated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rent: Option<u64>,
    /// Program logs, when more was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub logs: Vec<String>,
    /// What the personal token program reports.
    #[serde(skip)]
    pub events: Vec<TokenEvent>,
    /// What the index program reports.
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
    /// What people are told beside it: which one is meant, what to mind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Report {
    /// What the program reports that it did, or would do. If time or others moved between
    /// the quote and the landing, this is what counts.
    pub fn events(&self) -> impl Iterator<Item = &TokenEvent> {
        self.transactions.iter().flat_map(|sent| &sent.events)
    }

    /// As [`events`](Self::events), of the index program.
    pub fn index_events(&self) -> impl Iterator<Item = &IndexEvent> {
        let sent = self.transactions.iter();
        sent.flat_map(|sent| &sent.index_events)
    }
}

/// A transaction for keys that sign elsewhere.
#[derive(Clone, Debug, Serialize)]
pub struct Offline {
    /// The blockhash that it is good for, or the nonce's value.
    pub blockhash: String,
    /// The nonce account that it is built on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// The bytes to be signed, in base64.
    pub message: String,
    /// The same in base58, as some multisigs take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_base58: Option<String>,
    /// The transaction with the signatures that there are, in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction: Option<String>,
    /// Signatures that are good, made here and elsewhere, as `PUBKEY=SIGNATURE`.
    pub signers: Vec<String>,
    /// Who has yet to sign.
    pub absent: Vec<String>,
    /// Whose signatures were given and are not good for this message.
    pub bad_sig: Vec<String>,
}
