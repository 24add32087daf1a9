//! Durable nonces: a hash that stands in for a recent blockhash and stays good until its
//! authority uses it, so that signatures may take days to come together.
//!
//! # Example
//! ```no_run
//! # async fn example(client: &upside_sdk::RpcClient, key: upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
//! let nonce = upside_sdk::nonce::fetch(client, &key).await?;
//! println!("build on {}, and let {} sign, too", nonce.value, nonce.authority);
//! # Ok(())
//! # }
//! ```

use {
    crate::{
        error::SdkError,
        fetch::{self, Raw},
    },
    solana_message::Hash,
    solana_nonce::{state::State, versions::Versions},
    solana_program::{instruction::Instruction, pubkey::Pubkey},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_system_interface::{instruction as system, program::ID as SYSTEM_PROGRAM},
};

/// Bytes of a nonce account.
pub const NONCE_BYTES: usize = State::size();

/// What a nonce account says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nonce {
    /// Who uses it up, hands it on, and takes its lamports back.
    pub authority: Pubkey,
    /// What stands in for a blockhash until it is used.
    pub value: Hash,
    /// Lamports that a signature cost when it was last used.
    pub lamports_per_signature: u64,
}

/// Reads a nonce account of the system program; `None` if it is no initialized one of the
/// present version. Version 1 separates nonces from blockhashes; older ones are good for
/// nothing.
pub fn parse(data: &[u8]) -> Option<Nonce> {
    let versions: Versions = bincode::deserialize(data).ok()?;
    match versions {
        Versions::Current(state) => match *state {
            State::Initialized(data) => Some(Nonce {
                authority: data.authority,
                value: data.blockhash(),
                lamports_per_signature: data.get_lamports_per_signature(),
            }),
            State::Uninitialized => None,
        },
        Versions::Legacy(_) => None,
    }
}

/// Fetches a nonce account.
///
/// # Errors
/// `NotFound` where nothing is there, `WrongAccount` where it is something else; `Rpc`.
pub async fn fetch(client: &RpcClient, key: &Pubkey) -> Result<Nonce, SdkError> {
    let found = fetch::raw(client, &[*key]).await?.into_iter().next();
    let Some(Raw { owner, data, .. }) = found.flatten() else {
        return Err(SdkError::NotFound {
            what: "nonce account",
            query: key.to_string(),
        });
    };
    let nonce = (owner == SYSTEM_PROGRAM).then(|| parse(&data)).flatten();
    nonce.ok_or(SdkError::WrongAccount {
        key: *key,
        expected: "nonce account",
        why: "the system program keeps no nonce in it",
    })
}

/// Makes a nonce account: `payer` and `account` sign. `lamports` MUST pay its rent.
pub fn create(
    payer: &Pubkey,
    account: &Pubkey,
    authority: &Pubkey,
    lamports: u64,
) -> Vec<Instruction> {
    system::create_nonce_account(payer, account, authority, lamports)
}

/// Uses a nonce up: first in a transaction that is built on it, or by itself, to make
/// every signature that is under way worthless.
pub fn advance(account: &Pubkey, authority: &Pubkey) -> Instruction {
    system::advance_nonce_account(account, authority)
}

/// Takes lamports out of a nonce account; all of them close it.
pub fn withdraw(account: &Pubkey, authority: &Pubkey, to: &Pubkey, lamports: u64) -> Instruction {
    system::withdraw_nonce_account(account, authority, to, lamports)
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        solana_nonce::state::{Data, DurableNonce},
    };

    fn bytes(versions: &Versions) -> Vec<u8> {
        let mut bytes = bincode::serialize(versions).unwrap();
        bytes.resize(NONCE_BYTES, 0);
        bytes
    }

    #[test]
    fn only_an_initialized_account_of_the_present_version_is_read() {
        let authority = Pubkey::from([7; 32]);
        let value = DurableNonce::from_blockhash(&Hash::new_from_array([8; 32]));
        let state = State::Initialized(Data::new(authority, value, 9));
        let nonce = parse(&bytes(&Versions::new(state.clone()))).unwrap();
        assert_eq!(nonce.authority, authority);
        assert_eq!(nonce.value, *value.as_hash());
        assert_eq!(nonce.lamports_per_signature, 9);
        assert_eq!(parse(&bytes(&Versions::new(State::Uninitialized))), None);
        let old = Versions::Legacy(Box::new(state));
        assert_eq!(parse(&bytes(&old)), None, "the old version");
        assert_eq!(parse(&[0; 3]), None);
    }
}
