//! Who acts, who pays, who else signs.

use {
    crate::{
        device,
        error::Result,
        flags::Sending,
        values::{Address, SignerArg, read_keypair},
    },
    solana_keypair::Keypair,
    solana_signature::Signature,
    solana_signer::Signer,
    std::{cell::OnceCell, str::FromStr},
    upside_sdk::Pubkey,
};

/// The keys that the command line names. Read when first needed: looking needs none.
pub struct Keys {
    authority: Source,
    payer: Option<Source>,
    others: Vec<Box<dyn Signer>>,
    given: Vec<(Pubkey, Signature)>,
    nonce: Option<Pubkey>,
    nonce_authority: Option<Source>,
}

/// Where a key comes from.
struct Source {
    name: String,
    key: OnceCell<Key>,
}

/// A key that signs here, or elsewhere.
enum Key {
    Here(Box<dyn Signer>),
    Elsewhere(Pubkey),
}

/// A keypair file, or a key on a device.
fn open(name: &str) -> Result<Box<dyn Signer>> {
    if device::is_device(name) {
        return device::open(name);
    }
    Ok(Box::new(read_keypair(name)?))
}

impl Source {
    fn new(name: String) -> Self {
        Source {
            name,
            key: OnceCell::new(),
        }
    }

    fn get(&self) -> Result<&Key> {
        if let Some(key) = self.key.get() {
            return Ok(key);
        }
        let key = match Pubkey::from_str(&self.name) {
            Ok(key) => Key::Elsewhere(key),
            Err(_) => Key::Here(open(&self.name)?),
        };
        Ok(self.key.get_or_init(|| key))
    }
}

impl Key {
    fn pubkey(&self) -> Pubkey {
        match self {
            Key::Here(keypair) => keypair.pubkey(),
            Key::Elsewhere(key) => *key,
        }
    }

    fn signer(&self) -> Option<&dyn Signer> {
        match self {
            Key::Here(keypair) => Some(keypair.as_ref()),
            Key::Elsewhere(_) => None,
        }
    }
}

impl Keys {
    /// `keypair` as settled, the others as given.
    pub fn new(keypair: String, sending: &Sending) -> Result<Self> {
        let (mut others, mut given) = (Vec::new(), Vec::new());
        for signer in &sending.signers {
            match signer {
                SignerArg::Given(key, signature) => given.push((*key, *signature)),
                SignerArg::File(path) => others.push(open(path)?),
            }
        }
        let payer = sending.fee_payer.clone().map(Source::new);
        Ok(Keys {
            authority: Source::new(keypair),
            payer,
            others,
            given,
            nonce: sending.nonce.as_ref().map(|address| address.key),
            nonce_authority: sending.nonce_authority.clone().map(Source::new),
        })
    }

    /// Of one key that is here, which acts, pays and signs.
    pub fn of(keypair: Keypair) -> Self {
        let authority = Source::new(keypair.pubkey().to_string());
        let key = OnceCell::from(Key::Here(Box::new(keypair)));
        let authority = Source { key, ..authority };
        Keys {
            authority,
            payer: None,
            others: Vec::new(),
            given: Vec::new(),
            nonce: None,
            nonce_authority: None,
        }
    }

    /// Who acts.
    pub fn me(&self) -> Result<Pubkey> {
        Ok(self.authority.get()?.pubkey())
    }

    /// Who pays fees and rent.
    pub fn payer(&self) -> Result<Pubkey> {
        Ok(self
            .payer
            .as_ref()
            .unwrap_or(&self.authority)
            .get()?
            .pubkey())
    }

    /// Everybody who can sign here, once each, with `extra` keys.
    pub fn signers<'a>(&'a self, extra: &'a [Keypair]) -> Result<Vec<&'a dyn Signer>> {
        let mut signers: Vec<&dyn Signer> = Vec::new();
        if let Some(payer) = &self.payer {
            signers.extend(payer.get()?.signer());
        }
        signers.extend(self.authority.get()?.signer());
        if let Some(authority) = &self.nonce_authority {
            signers.extend(authority.get()?.signer());
        }
        signers.extend(
            self.others
                .iter()
                .map(AsRef::as_ref)
                .chain(extra.iter().map(|keypair| keypair as &dyn Signer)),
        );
        let mut seen = Vec::new();
        signers.retain(|signer| {
            let new = !seen.contains(&signer.pubkey());
            seen.push(signer.pubkey());
            new
        });
        Ok(signers)
    }

    /// Who uses nonces up.
    pub fn nonce_authority(&self) -> Result<Pubkey> {
        let named = self.nonce_authority.as_ref().unwrap_or(&self.authority);
        Ok(named.get()?.pubkey())
    }

    /// The nonce account to build on, and who uses it up.
    pub fn nonce(&self) -> Result<Option<(Pubkey, Pubkey)>> {
        let Some(account) = self.nonce else {
            return Ok(None);
        };
        Ok(Some((account, self.nonce_authority()?)))
    }

    /// Signatures that were made elsewhere.
    pub fn given(&self) -> &[(Pubkey, Signature)] {
        &self.given
    }
}

/// The keypairs of those addresses that were given as files.
pub fn of_files<'a>(addresses: impl IntoIterator<Item = &'a Address>) -> Result<Vec<Keypair>> {
    let files = addresses
        .into_iter()
        .filter_map(|address| address.file.as_deref());
    files.map(read_keypair).collect()
}
