//! Signing offline: messages that are the same on every machine, signatures that travel.

use {
    crate::send::{
        anchor::Anchor,
        sender::Sender,
        sent::{Offline, Sent},
    },
    solana_compute_budget_interface::ComputeBudgetInstruction,
    solana_message::VersionedMessage,
    solana_program::instruction::Instruction,
    solana_signature::Signature,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        action::Step,
        nonce,
        transaction::{
            TransactionError, compile, message_base58, message_base64, missing_signers,
            required_signers, send_signed, sign_partially, transaction_base64,
        },
    },
};

impl Sender<'_> {
    /// The message of everybody who signs offline. Nothing in it is measured, so that the
    /// same flags make the same bytes.
    fn message(&self, step: &Step, anchor: &Anchor) -> Result<VersionedMessage, TransactionError> {
        let advance = anchor.nonce.iter();
        let advance = advance.map(|(account, authority)| nonce::advance(account, authority));
        let price = self.ctx.options.compute_unit_price;
        let price = price.map(ComputeBudgetInstruction::set_compute_unit_price);
        let own = step.instructions.iter().cloned();
        let instructions: Vec<Instruction> = advance.chain(own).chain(price).collect();
        compile(&instructions, &self.payer, &step.lookup_tables, anchor.hash)
    }

    /// Signs if `sign` is set. Sends nothing.
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

    /// Sends with the signatures that were made offline.
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
