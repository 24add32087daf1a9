use {
    sha2::{Digest, Sha256},
    std::{fmt, str::FromStr},
};

/// SHA-256 of the evidence: 64 hexadecimal digits, or the path of a file to hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document(pub [u8; 32]);

impl FromStr for Document {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(hash) = digits(text) {
            return Ok(Document(hash));
        }
        let bytes = std::fs::read(text).map_err(|error| {
            format!("{text:?} is neither 64 hexadecimal digits nor a readable file: {error}")
        })?;
        Ok(Document(Sha256::digest(bytes).into()))
    }
}

fn digits(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, place) in hash.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(text.get(place..place + 2)?, 16).ok()?;
    }
    Some(hash)
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_digits_or_hashes_a_file() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(empty.parse::<Document>().unwrap().to_string(), empty);
        let file = tempfile::NamedTempFile::new().unwrap();
        let hashed: Document = file.path().to_str().unwrap().parse().unwrap();
        assert_eq!(hashed.to_string(), empty);
        assert!("no/such/file".parse::<Document>().is_err());
    }
}
