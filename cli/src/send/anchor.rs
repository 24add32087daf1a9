//! What a message is built on if it is signed offline: a blockhash, or a durable nonce.

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::mode::Mode,
    },
    solana_message::Hash,
    upside_sdk::{Pubkey, error::SdkError, nonce},
};

/// What a message is built on.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// The blockhash, or the nonce's value.
    pub hash: Hash,
    /// The nonce account and who signs for it.
    pub nonce: Option<(Pubkey, Pubkey)>,
}

impl Context {
    /// What messages are built on if they are signed offline; `None` if they are built on
    /// the newest blockhash as they are sent. Rejects several transactions at once.
    pub async fn anchor(&self, steps: usize) -> Result<Option<Anchor>> {
        let nonce = self.keys.nonce()?;
        let given = match self.mode {
            Mode::Send | Mode::DryRun => return Ok(None),
            Mode::SendAt(given) | Mode::SignOnly(given) | Mode::Dump(given) => given,
        };
        if steps > 1 && (nonce.is_some() || !matches!(self.mode, Mode::Dump(_))) {
            return Err(CliError::usage(
                format!(
                    "this takes {steps} transactions, and a signature, a blockhash with \
                     signatures or a nonce is for one"
                ),
                "do it in smaller pieces, sign with all keys here, or let --dump-transaction \
                 print every message",
            ));
        }
        let given = match &self.message {
            Some(message) => Some(*message.recent_blockhash()),
            None => given,
        };
        let hash = match (given, nonce) {
            (Some(hash), Some((account, _))) => {
                if matches!(self.mode, Mode::SendAt(_)) {
                    self.require_value(&account, hash).await?;
                }
                hash
            }
            (Some(hash), None) => hash,
            (None, Some((account, _))) => nonce::fetch(&self.client, &account).await?.value,
            (None, None) => self.newest().await?,
        };
        Ok(Some(Anchor { hash, nonce }))
    }

    async fn newest(&self) -> Result<Hash> {
        let newest = self.client.get_latest_blockhash().await;
        newest.map_err(|error| CliError::Sdk(SdkError::from(error)))
    }

    /// Rejects a nonce that was used since the signatures were made.
    async fn require_value(&self, account: &Pubkey, hash: Hash) -> Result<()> {
        let value = nonce::fetch(&self.client, account).await?.value;
        if value == hash {
            return Ok(());
        }
        Err(CliError::usage(
            format!("the nonce {account} was used: it is {value} now, and not {hash}"),
            "the transaction may have landed already; else let everybody sign again with the \
             new --blockhash",
        ))
    }
}
