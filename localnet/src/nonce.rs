//! Durable nonces of the embedded chain. The machine checks no blockhashes, so the chain
//! says itself which transactions are built on a nonce that is still good.

use super::chain::Chain;
use sha2::{Digest, Sha256};
use solana_account::{AccountSharedData, ReadableAccount, WritableAccount};
use solana_hash::Hash;
use solana_message::VersionedMessage;
use solana_pubkey::Pubkey;

const SYSTEM_PROGRAM: Pubkey = Pubkey::new_from_array([0; 32]);
/// Bytes of a nonce account.
const NONCE_BYTES: usize = 80;
/// Number of the instruction that uses a nonce up, as the system program reads it.
const ADVANCE: [u8; 4] = [4, 0, 0, 0];
/// Where the value stands in a nonce account.
const VALUE: std::ops::Range<usize> = 40..72;

/// What a nonce account says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Nonce {
    authority: Pubkey,
    value: Hash,
}

impl Chain {
    /// Whether a message is built on a blockhash or a nonce that is still good.
    pub fn is_fresh(&self, message: &VersionedMessage) -> bool {
        self.is_recent(message.recent_blockhash()) || self.nonce_of(message).is_some()
    }

    /// The nonce account that a message is built on, where it is still good and its
    /// authority signs.
    fn nonce_of(&self, message: &VersionedMessage) -> Option<Pubkey> {
        let (key, signers) = of_message(message)?;
        let account = self.account(&key)?;
        let nonce = (account.owner() == &Pubkey::default())
            .then(|| parse(account.data()))
            .flatten()?;
        let good = nonce.value == *message.recent_blockhash();
        (good && signers.contains(&nonce.authority)).then_some(key)
    }

    /// The nonce account that a failed transaction uses up all the same: what was refused
    /// once cannot be sent again.
    pub fn used_nonce(&self, message: &VersionedMessage) -> Option<(Pubkey, AccountSharedData)> {
        let hash = message.recent_blockhash();
        if self.is_recent(hash) {
            return None;
        }
        let key = self.nonce_of(message)?;
        let mut account = self.account(&key)?.clone();
        let data = advanced(account.data().to_vec(), hash);
        account.data_as_mut_slice().copy_from_slice(&data);
        Some((key, account))
    }
}

/// Reads a nonce account; `None` if it is no initialized one of the present version.
fn parse(data: &[u8]) -> Option<Nonce> {
    let data: &[u8; NONCE_BYTES] = data.try_into().ok()?;
    // Version 1 separates nonces from blockhashes; older ones are good for nothing.
    if data[..8] != [1, 0, 0, 0, 1, 0, 0, 0] {
        return None;
    }
    let key: [u8; 32] = data[8..40].try_into().ok()?;
    let value: [u8; 32] = data[VALUE].try_into().ok()?;
    Some(Nonce {
        authority: Pubkey::from(key),
        value: Hash::new_from_array(value),
    })
}

/// The nonce account that a message is built on, and who signs for it: those whose first
/// instruction uses one up.
fn of_message(message: &VersionedMessage) -> Option<(Pubkey, Vec<Pubkey>)> {
    let keys = message.static_account_keys();
    let first = message.instructions().first()?;
    let program = keys.get(usize::from(first.program_id_index))?;
    if *program != SYSTEM_PROGRAM || first.data.get(..4) != Some(&ADVANCE) {
        return None;
    }
    let place = usize::from(*first.accounts.first()?);
    let account = keys.get(place).filter(|_| is_writable(message, place))?;
    let signers = first.accounts.iter().map(|place| usize::from(*place));
    let signers = signers.filter(|place| message.is_signer(*place));
    let signers = signers.filter_map(|place| keys.get(place).copied());
    Some((*account, signers.collect()))
}

/// Whether a message asks to write the static account at `place`.
fn is_writable(message: &VersionedMessage, place: usize) -> bool {
    let (header, count) = (message.header(), message.static_account_keys().len());
    let signed = usize::from(header.num_required_signatures);
    let (writable, end) = if place < signed {
        (signed, header.num_readonly_signed_accounts)
    } else {
        (count, header.num_readonly_unsigned_accounts)
    };
    place < writable.saturating_sub(usize::from(end))
}

/// The value after a transaction that was built on `hash`.
fn next(hash: &Hash) -> Hash {
    let mut sha = Sha256::new();
    sha.update(b"DURABLE_NONCE");
    sha.update(hash.as_ref());
    Hash::new_from_array(sha.finalize().into())
}

/// The account's data with its next value.
fn advanced(mut data: Vec<u8>, hash: &Hash) -> Vec<u8> {
    if let Some(value) = data.get_mut(VALUE) {
        value.copy_from_slice(next(hash).as_ref());
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;
    use solana_message::compiled_instruction::CompiledInstruction;
    use solana_message::{Message, MessageHeader};

    #[test]
    fn a_nonce_moves_to_its_next_value() {
        let mut data = vec![0; NONCE_BYTES];
        data[0] = 1;
        data[4] = 1;
        data[8..40].fill(7);
        data[VALUE].fill(8);
        let nonce = parse(&data).unwrap();
        assert_eq!(nonce.authority, Pubkey::from([7; 32]));
        let moved = parse(&advanced(data.clone(), &nonce.value)).unwrap();
        assert_eq!(moved.value, next(&nonce.value));
        assert_eq!(parse(&data[1..]), None);
    }

    #[test]
    fn a_message_is_built_on_the_nonce_that_it_uses_up_first() {
        let [payer, account, authority] = [1, 2, 3].map(|n| Pubkey::from([n; 32]));
        let call = |accounts: &[u8], data: [u8; 4]| CompiledInstruction {
            program_id_index: 3,
            accounts: accounts.to_vec(),
            data: data.to_vec(),
        };
        let of = |instructions: Vec<CompiledInstruction>| {
            of_message(&VersionedMessage::Legacy(Message {
                header: MessageHeader {
                    num_required_signatures: 2,
                    num_readonly_signed_accounts: 1,
                    num_readonly_unsigned_accounts: 1,
                },
                account_keys: vec![payer, authority, account, SYSTEM_PROGRAM],
                recent_blockhash: Hash::default(),
                instructions,
            }))
        };
        let (advance, other) = (call(&[2, 1], ADVANCE), call(&[0, 1], [2, 0, 0, 0]));
        let found = of(vec![advance.clone(), other.clone()]);
        assert_eq!(found, Some((account, vec![authority])));
        assert_eq!(of(vec![other.clone(), advance]), None);
        assert_eq!(of(vec![other]), None);
        assert_eq!(of(vec![call(&[1, 1], ADVANCE)]), None, "not writable");
    }
}
