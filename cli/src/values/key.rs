use {
    super::{
        alias,
        amount::{Decimal, Percent, UnitPrice},
    },
    crate::{
        device::is_device,
        error::{CliError, Result},
        secrets::{ADVICE, looks_secret},
    },
    solana_keypair::Keypair,
    solana_message::VersionedMessage,
    solana_signature::Signature,
    solana_signer::Signer,
    std::{
        convert::Infallible,
        fmt,
        path::{Path, PathBuf},
        str::FromStr,
    },
    upside_sdk::{Pubkey, amount::AmountError, transaction::message_of_base64},
};

/// Reads a keypair file in the Solana tools' format; `-` reads standard input.
pub fn read_keypair(path: &str) -> Result<Keypair> {
    let bad = |why: String| CliError::Keypair {
        path: path.to_string(),
        why,
    };
    if path == "-" {
        return solana_keypair::read_keypair(&mut std::io::stdin())
            .map_err(|error| bad(error.to_string()));
    }
    if is_device(path) {
        return Err(bad(
            "keys on devices sign by -k, --fee-payer, --nonce-authority and --signer".to_string(),
        ));
    }
    let expanded = expand(path);
    if looks_secret(path) && !expanded.is_file() {
        let place = "what stands where a keypair file is expected".to_string();
        return Err(CliError::SecretKey { place });
    }
    if !expanded.exists() {
        return Err(CliError::NoKeypair { path: expanded });
    }
    solana_keypair::read_keypair_file(&expanded).map_err(|error| bad(error.to_string()))
}

/// `~/` at the start of a path is the home folder.
fn expand(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

/// A public key, given as such or as the path of a keypair file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The key.
    pub key: Pubkey,
    /// The file that it came from, which can sign for it.
    pub file: Option<String>,
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(key) = Pubkey::from_str(text) {
            return Ok(Address { key, file: None });
        }
        if !is_device(text) && !expand(text).exists() {
            if let Some(key) = alias::find(text) {
                return Ok(Address { key, file: None });
            }
            return Err(match looks_secret(text) {
                true => format!("this looks like a secret key, which is not repeated: {ADVICE}"),
                false => format!("{text:?} is neither an address nor a keypair file"),
            });
        }
        let keypair = read_keypair(text).map_err(|error| error.to_string())?;
        Ok(Address {
            key: keypair.pubkey(),
            file: Some(text.to_string()),
        })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.fmt(f)
    }
}

/// A key, or `none` for nobody.
#[derive(Clone, Debug)]
pub struct Role(pub Pubkey);

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "none" {
            return Ok(Role(Pubkey::default()));
        }
        text.parse::<Address>().map(|address| Role(address.key))
    }
}

/// Another signer: `PUBKEY=SIGNATURE` made elsewhere, or a keypair file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignerArg {
    /// A signature that was made elsewhere.
    Given(Pubkey, Signature),
    /// A keypair file, or a key on a device.
    File(String),
}

impl FromStr for SignerArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((key, signature)) = text.split_once('=')
            && let Ok(key) = Pubkey::from_str(key)
        {
            let signature = Signature::from_str(signature)
                .map_err(|_| format!("what follows {key}= is no signature in base58"))?;
            return Ok(SignerArg::Given(key, signature));
        }
        if is_device(text) || Path::new(&expand(text)).exists() {
            return Ok(SignerArg::File(text.to_string()));
        }
        if looks_secret(text) {
            return Err(format!(
                "this looks like a secret key, which is not repeated: {ADVICE}"
            ));
        }
        Err(format!(
            "{text:?} is neither PUBKEY=SIGNATURE, nor a keypair file, nor usb://ledger"
        ))
    }
}

/// A message that others sign, too.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageArg(pub VersionedMessage);

impl FromStr for MessageArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let message = message_of_base64(text).map(MessageArg);
        message.ok_or_else(|| "it is no message in base64, as --sign-only prints it".to_string())
    }
}

/// How a person names a token: an address, its mint, its creator or owner (also as a
/// keypair file), or its symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenQuery(pub String);

impl FromStr for TokenQuery {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(TokenQuery(query(text)))
    }
}

/// How a person names an index: an address, its share mint, its creator or curator (also
/// as a keypair file), or its symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexQuery(pub String);

impl FromStr for IndexQuery {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(IndexQuery(query(text)))
    }
}

/// A name that is no address may be the keypair file of the creator.
fn query(text: &str) -> String {
    let file = text.contains(['/', '.']);
    let address = file.then(|| text.parse::<Address>().ok()).flatten();
    let key = address
        .map(|address| address.key)
        .or_else(|| alias::find(text));
    key.map_or_else(|| text.to_string(), |key| key.to_string())
}

/// So much of something: `ADA=250`, or a mint with an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceArg {
    /// A token as a query, or a mint.
    pub what: TokenQuery,
    /// How much, in whole units.
    pub amount: Decimal,
}

impl FromStr for PieceArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (what, amount) = text.rsplit_once('=').ok_or_else(|| {
            format!("{text:?} is no piece: write TOKEN_OR_MINT=AMOUNT, such as ADA=250")
        })?;
        let Ok(what) = what.parse();
        let amount = amount
            .parse()
            .map_err(|error: AmountError| error.to_string())?;
        Ok(PieceArg { what, amount })
    }
}

/// An order of a rebalance: `ADA=0.6@20..24`, what a whole share of the index shall hold,
/// and the lowest and highest price of one whole unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderArg {
    /// A token as a query, or a mint.
    pub what: TokenQuery,
    /// How much, in whole units.
    pub target: Decimal,
    /// Lowest price, in billionths.
    pub low: u64,
    /// Highest price, in billionths.
    pub high: u64,
}

impl FromStr for OrderArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let malformed =
            || format!("{text:?} is no order: write WHAT=AMOUNT@LOW..HIGH, such as ADA=0.6@20..24");
        let (piece, band) = text.rsplit_once('@').ok_or_else(malformed)?;
        let (low, high) = band.split_once("..").ok_or_else(malformed)?;
        let PieceArg { what, amount } = piece.parse()?;
        let (UnitPrice(low), UnitPrice(high)) = (low.parse()?, high.parse()?);
        if low > high {
            return Err(format!("{text:?} has its lowest price first: LOW..HIGH"));
        }
        if high - low > low {
            return Err(format!(
                "{text:?}: the highest price is at most twice the lowest"
            ));
        }
        Ok(OrderArg {
            what,
            target: amount,
            low,
            high,
        })
    }
}

/// Who receives a portion of fee shares: `KEY=60%`, or a keypair file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientArg {
    /// The key.
    pub key: Pubkey,
    /// The portion.
    pub portion: Percent,
}

impl FromStr for RecipientArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (key, portion) = text.rsplit_once('=').unwrap_or((text, "100%"));
        let address: Address = key.parse()?;
        Ok(RecipientArg {
            key: address.key,
            portion: portion.parse()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_a_piece_and_a_band() {
        let order: OrderArg = "ADA=0.6@20..24.5".parse().unwrap();
        assert_eq!((order.what.0.as_str(), order.low), ("ADA", 20_000_000_000));
        assert_eq!(order.target.atoms(6).unwrap(), 600_000);
        assert_eq!(order.high, 24_500_000_000);
        for text in [
            "ADA",
            "ADA=1",
            "ADA@1..2",
            "ADA=1@2",
            "ADA=1@2..1",
            "ADA=1@1..2.1",
            "ADA=1@0..0",
            "ADA=x@1..2",
            "=@..",
        ] {
            assert!(text.parse::<OrderArg>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_address_is_a_key_or_a_keypair_file() {
        let keypair = Keypair::new();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("id.json");
        solana_keypair::write_keypair_file(&keypair, &path).unwrap();
        let path = path.to_str().unwrap();
        let key = keypair.pubkey();

        let plain: Address = key.to_string().parse().unwrap();
        assert_eq!(plain, Address { key, file: None });
        let filed: Address = path.parse().unwrap();
        assert_eq!(
            filed,
            Address {
                key,
                file: Some(path.to_string())
            }
        );
        assert_eq!(path.parse::<TokenQuery>().unwrap().0, key.to_string());
        assert_eq!("ADA".parse::<TokenQuery>().unwrap().0, "ADA");
        assert!("no such thing".parse::<Address>().is_err());
        assert!(matches!(
            read_keypair("/no/such.json"),
            Err(CliError::NoKeypair { .. })
        ));
        assert!(matches!(
            read_keypair("usb://ledger"),
            Err(CliError::Keypair { .. })
        ));
    }

    #[test]
    fn a_recipient_is_a_key_and_a_portion() {
        let key = Keypair::new().pubkey();
        let recipient: RecipientArg = format!("{key}=2.5%").parse().unwrap();
        assert_eq!((recipient.key, recipient.portion.bps()), (key, 250));
        let whole: RecipientArg = key.to_string().parse().unwrap();
        assert_eq!(whole.portion.bps(), 10_000);
        for text in [
            "=5%",
            "nobody=5%",
            &format!("{key}="),
            &format!("{key}=101%"),
        ] {
            assert!(text.parse::<RecipientArg>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_piece_is_something_and_how_much_of_it() {
        let piece: PieceArg = "ADA=2.5".parse().unwrap();
        assert_eq!(piece.what, TokenQuery("ADA".to_string()));
        assert_eq!(piece.amount.atoms(1).unwrap(), 25);
        for text in ["ADA", "ADA=", "ADA=x", "ADA=-1"] {
            assert!(text.parse::<PieceArg>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_signer_is_a_signature_or_a_file() {
        let (key, signature) = (Keypair::new().pubkey(), Signature::default());
        let text = format!("{key}={signature}");
        assert_eq!(text.parse(), Ok(SignerArg::Given(key, signature)));
        assert!(format!("{key}=abc").parse::<SignerArg>().is_err());
        assert!("nothing".parse::<SignerArg>().is_err());
        let device = "usb://ledger?key=1";
        assert_eq!(device.parse(), Ok(SignerArg::File(device.to_string())));
        assert!(device.parse::<Address>().unwrap_err().contains("--signer"));
    }
}
