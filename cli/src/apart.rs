//! Signing apart: messages that are the same on every machine, signatures that travel.

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::{Mode, Sender, Sent},
    },
    serde::Serialize,
    solana_compute_budget_interface::ComputeBudgetInstruction,
    solana_message::{Hash, VersionedMessage},
    solana_program::instruction::Instruction,
    solana_signature::Signature,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        action::Step,
        error::SdkError,
        nonce,
        transaction::{
            TransactionError, compile, message_base58, message_base64, missing_signers,
            required_signers, send_signed, sign_partially, transaction_base64,
        },
    },
};

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

/// What a message is built on.
#[derive(Clone, Debug)]
pub struct Anchor {
    hash: Hash,
    /// The nonce account and who signs for it.
    nonce: Option<(Pubkey, Pubkey)>,
}

impl Context {
    /// What messages are built on, where they are signed apart; none where they are built
    /// on the newest blockhash as they are sent. Refuses several transactions at once.
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

    /// Refuses where a nonce was used since the signatures were made.
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

impl Sender<'_> {
    /// The message that everybody signs who signs apart: nothing in it is measured, so
    /// that the same flags make the same bytes.
    fn message(&self, step: &Step, anchor: &Anchor) -> Result<VersionedMessage, TransactionError> {
        let advance = anchor.nonce.iter();
        let advance = advance.map(|(account, authority)| nonce::advance(account, authority));
        let price = self.ctx.options.compute_unit_price;
        let price = price.map(ComputeBudgetInstruction::set_compute_unit_price);
        let own = step.instructions.iter().cloned();
        let instructions: Vec<Instruction> = advance.chain(own).chain(price).collect();
        compile(&instructions, &self.payer, &step.lookup_tables, anchor.hash)
    }

    /// Signs where `sign`, and sends nothing.
    pub fn offline(
        &self,
        step: &Step,
        anchor: &Anchor,
        sign: bool,
    ) -> Result<Sent, TransactionError> {
        let message = self.message(step, anchor)?;
        let required = required_signers(&message).to_vec();
        let mut offline = Offline {
            blockhash: message.recent_blockhash().to_string(),
            nonce: anchor.nonce.map(|(account, _)| account.to_string()),
            message: message_base64(&message),
            message_base58: (!sign).then(|| message_base58(&message)),
            transaction: None,
            signers: Vec::new(),
            absent: required.iter().map(Pubkey::to_string).collect(),
            bad_sig: Vec::new(),
        };
        if sign {
            let bytes = message.serialize();
            let given = self.ctx.keys.given().iter().copied();
            let (good, bad): (Vec<_>, Vec<_>) = given.partition(|(key, signature)| {
                required.contains(key) && signature.verify(key.as_ref(), &bytes)
            });
            offline.bad_sig = bad.iter().map(|(key, _)| key.to_string()).collect();
            let signed = sign_partially(message, &self.signers, &good)?;
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

    /// Sends with the signatures that were made apart.
    pub async fn send_at(&self, step: &Step, anchor: &Anchor) -> Result<Sent, TransactionError> {
        let message = self.message(step, anchor)?;
        let given = self.ctx.keys.given();
        let mut present: Vec<Pubkey> = self.signers.iter().map(|signer| signer.pubkey()).collect();
        present.extend(given.iter().map(|(key, _)| *key));
        if let Some(missing) = missing_signers(&message, &present).first() {
            return Err(TransactionError::MissingSigner(*missing));
        }
        let signed = sign_partially(message, &self.signers, given)?;
        let (client, options) = (&self.ctx.client, &self.ctx.options);
        let landed = send_signed(client, signed, anchor.nonce.is_some(), options).await?;
        Ok(self.sent(step, landed))
    }
}
