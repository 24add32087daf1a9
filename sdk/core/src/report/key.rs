use {
    anchor_lang::prelude::Pubkey,
    serde::{Serialize, Serializer},
    serde_with::DisplayFromStr,
    std::fmt,
};

/// How reports write a key: as base58.
pub(crate) type Base58 = DisplayFromStr;

/// A key that an account has, or `None` for the zero key, which stands for nobody.
pub(crate) fn named(key: &Pubkey) -> Option<Pubkey> {
    (*key != Pubkey::default()).then_some(*key)
}

/// A SHA-256. Prints as hexadecimal, and is that string in JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// A hash that an account has, or `None` for zeros, which stand for none.
    pub(crate) fn named(bytes: &[u8; 32]) -> Option<Self> {
        (*bytes != [0; 32]).then_some(Hash(*bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&crate::hex::hex(&self.0))
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Hash {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Hash".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A SHA-256, hexadecimal.",
            "type": "string",
            "pattern": "^[0-9a-f]{64}$"
        })
    }
}

/// A text of an account; `None` if it is empty.
pub(crate) fn some_text(bytes: &[u8]) -> Option<String> {
    let text = crate::state::text::read(bytes);
    (!text.is_empty()).then(|| text.to_string())
}
