//! Attestations of the Solana Attestation Service, built by its public layout: the
//! service itself is not on the test chain.

use {
    crate::{people::person, world::World},
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::find_credential,
        state::{ATTESTATION_SERVICE, Admission, CreateTokenArgs},
    },
};

/// An attestation as its account has it.
#[derive(Clone, Debug)]
pub struct Attested {
    /// First byte: 2 for an attestation.
    pub kind: u8,
    /// Whom it is about.
    pub nonce: Pubkey,
    /// The issuer's namespace.
    pub credential: Pubkey,
    /// What kind of statement it is.
    pub schema: Pubkey,
    /// The statement.
    pub data: Vec<u8>,
    /// Last good second, unix time; 0 for no end.
    pub expiry: i64,
}

/// What a good attestation says: whom it is about, and more.
pub fn statement(human: &[u8]) -> Vec<u8> {
    let length = u32::try_from(human.len()).expect("a short name");
    let mut data = length.to_le_bytes().to_vec();
    data.extend_from_slice(human);
    data.extend_from_slice(b"adult, not from a sanctioned country");
    data
}

impl Attested {
    /// A good one on `wallet`, without end.
    pub fn on(wallet: &Pubkey) -> Attested {
        Attested {
            kind: 2,
            nonce: *wallet,
            credential: person("credential").pubkey(),
            schema: person("schema").pubkey(),
            data: statement(wallet.as_ref()),
            expiry: 0,
        }
    }

    /// Its account's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.kind];
        for key in [self.nonce, self.credential, self.schema] {
            bytes.extend_from_slice(key.as_ref());
        }
        let length = u32::try_from(self.data.len()).expect("short data");
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&self.data);
        bytes.extend_from_slice(person("issuer's signer").pubkey().as_ref());
        bytes.extend_from_slice(&self.expiry.to_le_bytes());
        bytes.extend_from_slice(&[0; 32]);
        bytes
    }

    /// Its account's address.
    pub fn address(&self) -> Pubkey {
        find_credential(&self.credential, &self.schema, &self.nonce).0
    }

    /// Puts it on the chain, where the service would.
    pub fn put(&self, world: &mut World) {
        world.put(self.address(), ATTESTATION_SERVICE, self.bytes());
    }
}

/// Terms of a token that admits by that credential.
pub fn by_credential(args: &mut CreateTokenArgs) {
    args.admission = Admission::Credential;
    args.credential = person("credential").pubkey();
    args.schema = person("schema").pubkey();
}
