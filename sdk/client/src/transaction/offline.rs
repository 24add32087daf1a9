//! Messages and signatures without a network.

use {
    super::TransactionError,
    base64::{Engine, prelude::BASE64_STANDARD},
    solana_message::{AddressLookupTableAccount, Hash, VersionedMessage, v0},
    solana_program::{instruction::Instruction, pubkey::Pubkey},
    solana_signature::Signature,
    solana_signer::{PresignerError, Signer, SignerError},
    solana_transaction::versioned::VersionedTransaction,
};

/// Bytes that the network carries in one transaction.
pub const MAX_TRANSACTION_BYTES: usize = 1232;

/// Accounts that one transaction can lock.
pub const MAX_ACCOUNTS: usize = 64;

/// Puts instructions into a message, with the accounts that `lookup_tables` hold
/// taken from there. This is the one place that decides the message's version: 0.
///
/// # Errors
/// [`TooLarge`](TransactionError::TooLarge) when it would not fit with all its
/// signatures, [`TooManyAccounts`](TransactionError::TooManyAccounts) when it has more
/// than can be locked, [`Compile`](TransactionError::Compile) when they make no message.
pub fn compile(
    instructions: &[Instruction],
    payer: &Pubkey,
    lookup_tables: &[AddressLookupTableAccount],
    blockhash: Hash,
) -> Result<VersionedMessage, TransactionError> {
    let message = VersionedMessage::V0(v0::Message::try_compile(
        payer,
        instructions,
        lookup_tables,
        blockhash,
    )?);
    let loaded = message.address_table_lookups().unwrap_or_default().iter();
    let loaded = loaded.map(|table| table.writable_indexes.len() + table.readonly_indexes.len());
    let accounts = message.static_account_keys().len() + loaded.sum::<usize>();
    if accounts > MAX_ACCOUNTS {
        return Err(TransactionError::TooManyAccounts {
            accounts,
            limit: MAX_ACCOUNTS,
        });
    }
    let bytes = wire(&unsigned(message.clone())).len();
    if bytes > MAX_TRANSACTION_BYTES {
        return Err(TransactionError::TooLarge {
            bytes,
            limit: MAX_TRANSACTION_BYTES,
        });
    }
    Ok(message)
}

/// Who has to sign `message`, the payer first.
pub fn required_signers(message: &VersionedMessage) -> &[Pubkey] {
    let count = usize::from(message.header().num_required_signatures);
    let keys = message.static_account_keys();
    &keys[..count.min(keys.len())]
}

/// Who has to sign `message` and is not among `present`, the payer first.
pub fn missing_signers(message: &VersionedMessage, present: &[Pubkey]) -> Vec<Pubkey> {
    let required = required_signers(message).iter();
    required
        .filter(|key| !present.contains(key))
        .copied()
        .collect()
}

/// The bytes to be signed, in base64.
pub fn message_base64(message: &VersionedMessage) -> String {
    BASE64_STANDARD.encode(message.serialize())
}

/// The message behind [`message_base64`]; `None` for other text.
pub fn message_of_base64(text: &str) -> Option<VersionedMessage> {
    let message = BASE64_STANDARD.decode(text.trim()).ok()?;
    // A transaction is its signatures, counted by the first byte, and its message.
    let bytes = [&[0][..], &message].concat();
    let transaction: VersionedTransaction = wincode::deserialize(&bytes).ok()?;
    let whole = transaction.message.serialize() == message;
    whole.then_some(transaction.message)
}

/// The same in base58, as some multisigs take it.
pub fn message_base58(message: &VersionedMessage) -> String {
    bs58::encode(message.serialize()).into_string()
}

/// The transaction as `sendTransaction` takes it, in base64.
pub fn transaction_base64(transaction: &VersionedTransaction) -> String {
    BASE64_STANDARD.encode(wire(transaction))
}

/// Signs `message` with every one of `signers` who has to sign it, and puts the
/// `given` signatures beside. Signatures that are still missing are all zeros;
/// signers who are not needed are passed over.
///
/// # Errors
/// [`Sign`](TransactionError::Sign) when a key does not sign, or when a given
/// signature is not its key's for this very message, or not asked for.
pub fn sign_partially<S: Signer + ?Sized>(
    message: VersionedMessage,
    signers: &[&S],
    given: &[(Pubkey, Signature)],
) -> Result<VersionedTransaction, TransactionError> {
    let bytes = message.serialize();
    let mut transaction = unsigned(message);
    let required = required_signers(&transaction.message).to_vec();
    for (key, signature) in given {
        if !signature.verify(key.as_ref(), &bytes) {
            let reason = SignerError::PresignerError(PresignerError::VerificationFailure);
            return Err(TransactionError::Sign(*key, reason));
        }
        let Some(place) = required.iter().position(|required| required == key) else {
            let reason = SignerError::InvalidInput("this message does not ask for it".into());
            return Err(TransactionError::Sign(*key, reason));
        };
        transaction.signatures[place] = *signature;
    }
    for signer in signers {
        let key = signer
            .try_pubkey()
            .map_err(|e| TransactionError::Sign(signer.pubkey(), e))?;
        let Some(place) = required.iter().position(|required| *required == key) else {
            continue;
        };
        if transaction.signatures[place] == Signature::default() {
            transaction.signatures[place] = signer
                .try_sign_message(&bytes)
                .map_err(|e| TransactionError::Sign(key, e))?;
        }
    }
    Ok(transaction)
}

/// A transaction whose signatures are all zeros.
pub(super) fn unsigned(message: VersionedMessage) -> VersionedTransaction {
    let count = usize::from(message.header().num_required_signatures);
    VersionedTransaction {
        signatures: vec![Signature::default(); count],
        message,
    }
}

fn wire(transaction: &VersionedTransaction) -> Vec<u8> {
    wincode::serialize(transaction).expect("writing to memory does not fail")
}
