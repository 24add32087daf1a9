//! Signing offline: messages that are the same on every machine, signatures that travel.

use {
    crate::{
        error::{CliError, Result},
        send::{
            anchor::Anchor,
            sender::Sender,
            sent::{Offline, Sent},
        },
    },
    solana_compute_budget_interface::ComputeBudgetInstruction,
    solana_message::VersionedMessage,
    solana_program::instruction::Instruction,
    solana_signature::Signature,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        action::Step,
        address::ASSOCIATED_TOKEN_PROGRAM,
        instruction::bounds,
        nonce,
        transaction::{
            TransactionError, compile, message_base58, message_base64, missing_signers,
            required_signers, send_signed, sign_partially, transaction_base64,
        },
    },
};

/// What the calls of a message are: program, kind of call, and accounts.
fn calls(message: &VersionedMessage) -> Vec<(Pubkey, Vec<u8>, Vec<Pubkey>)> {
    let keys = message.static_account_keys();
    let key = |place: u8| keys.get(usize::from(place)).copied().unwrap_or_default();
    let calls = message.instructions().iter();
    let calls = calls.map(|call| {
        let kind = call.data.iter().take(8).copied().collect();
        let accounts = call.accounts.iter().map(|place| key(*place)).collect();
        (key(call.program_id_index), kind, accounts)
    });
    calls.collect()
}

/// The calls of a message as instructions without accounts.
fn instructions(message: &VersionedMessage) -> Vec<Instruction> {
    let keys = message.static_account_keys();
    let calls = message.instructions().iter();
    let calls = calls.map(|call| {
        let program = keys.get(usize::from(call.program_id_index));
        Instruction::new_with_bytes(program.copied().unwrap_or_default(), &call.data, Vec::new())
    });
    let known = |call: &Instruction| call.program_id != ASSOCIATED_TOKEN_PROGRAM;
    calls.filter(known).collect()
}

impl Sender<'_> {
    /// Rejects a given message that does something else than the command, and tells what
    /// the command would do otherwise by now.
    pub fn compare(&self, step: &Step, anchor: &Anchor) -> Result<()> {
        let Some(given) = &self.ctx.message else {
            return Ok(());
        };
        let other = |what: String| {
            CliError::usage(
                format!("the message given with --message {what}"),
                "repeat the command that made it, with its --fee-payer; or make a new one",
            )
        };
        let built = self.built(step, anchor);
        let built = built.map_err(|error| other(format!("cannot be compared: {error}")))?;
        if required_signers(given) != required_signers(&built) {
            return Err(other("asks others for their signatures".to_string()));
        }
        let kinds = |message: &VersionedMessage| {
            let calls = calls(message).into_iter();
            calls
                .filter(|call| call.0 != ASSOCIATED_TOKEN_PROGRAM)
                .collect::<Vec<_>>()
        };
        let tables = |message: &VersionedMessage| {
            message
                .address_table_lookups()
                .map(<[_]>::to_vec)
                .unwrap_or_default()
        };
        if kinds(given) != kinds(&built) || tables(given) != tables(&built) {
            return Err(other(
                "does something else, or with other accounts".to_string(),
            ));
        }
        let mut differ = false;
        for (given, built) in instructions(given).iter().zip(instructions(&built)) {
            let (has, asked) = bounds(given);
            let (would_have, asks) = bounds(&built);
            if asked != asks {
                return Err(other(
                    "has other amounts than the command asks for".to_string(),
                ));
            }
            for ((name, has), (_, would)) in has.iter().zip(&would_have) {
                if has != would {
                    differ = true;
                    self.ctx.output.warn(format!(
                        "in the message, and so in what you sign or send, {name} is {has} atoms or \
                         seconds; made now it would be {would}"
                    ));
                }
            }
        }
        if differ && self.ctx.binds() {
            let question = "Is the message all the same what you want?";
            self.ctx.output.ask("", question)?;
        }
        Ok(())
    }

    /// The message of everybody who signs offline. Nothing in it is measured, so that the
    /// same flags make the same bytes.
    fn message(&self, step: &Step, anchor: &Anchor) -> Result<VersionedMessage, TransactionError> {
        match &self.ctx.message {
            Some(message) => Ok(message.clone()),
            None => self.built(step, anchor),
        }
    }

    /// The message that the command makes now.
    fn built(&self, step: &Step, anchor: &Anchor) -> Result<VersionedMessage, TransactionError> {
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
