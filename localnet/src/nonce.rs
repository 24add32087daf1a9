//! Durable nonces of the embedded chain. The machine checks no blockhashes, so the chain
//! says itself which transactions are built on a nonce that is still good.

use super::chain::Chain;
use crate::nonce;
use solana_account::{AccountSharedData, ReadableAccount, WritableAccount};
use solana_message::VersionedMessage;
use solana_pubkey::Pubkey;

impl Chain {
    /// Whether a message is built on a blockhash or a nonce that is still good.
    pub fn is_fresh(&self, message: &VersionedMessage) -> bool {
        self.is_recent(message.recent_blockhash()) || self.nonce_of(message).is_some()
    }

    /// The nonce account that a message is built on, where it is still good and its
    /// authority signs.
    fn nonce_of(&self, message: &VersionedMessage) -> Option<Pubkey> {
        let (key, signers) = nonce::of_message(message)?;
        let account = self.account(&key)?;
        let nonce = (account.owner() == &Pubkey::default())
            .then(|| nonce::parse(account.data()))
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
        let data = nonce::advanced(account.data().to_vec(), hash);
        account.data_as_mut_slice().copy_from_slice(&data);
        Some((key, account))
    }
}
