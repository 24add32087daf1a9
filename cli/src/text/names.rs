use {
    crate::{error::Result, style::short},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::{
        collections::{BTreeMap, BTreeSet},
        str::FromStr,
    },
    upside_sdk::{Pubkey, fetch},
};

/// Mints that everybody knows.
const KNOWN: [(&str, &str); 4] = [
    ("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", "USDC"),
    (
        "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU",
        "USDC (devnet)",
    ),
    ("Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB", "USDT"),
    ("So11111111111111111111111111111111111111112", "wSOL"),
];

/// What mints are called: by everybody, by themselves, or by the ends of their address.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// Asks the mints that are not known for the metadata that they carry.
    pub async fn fetch<'a>(
        client: &RpcClient,
        mints: impl Iterator<Item = &'a str>,
    ) -> Result<Self> {
        let mut names = BTreeMap::new();
        let mut unknown = BTreeSet::new();
        for mint in mints {
            match KNOWN.iter().find(|(known, _)| *known == mint) {
                Some((_, name)) => drop(names.insert(mint.to_string(), (*name).to_string())),
                None => unknown.extend(Pubkey::from_str(mint).ok()),
            }
        }
        let unknown: Vec<Pubkey> = unknown.into_iter().collect();
        for raw in fetch::raw(client, &unknown).await?.into_iter().flatten() {
            if let Some(name) = fetch::metadata(&raw.data).filter(|name| is_plain(&name.symbol)) {
                // Anybody can call a mint anything: the address stays beside it.
                let key = raw.key.to_string();
                let shown = format!("{} ({})", name.symbol, short(&key));
                names.insert(key, shown);
            }
        }
        Ok(Names(names))
    }

    /// Calls a mint by a name of our own.
    pub fn set(&mut self, mint: &str, name: &str) {
        self.0.insert(mint.to_string(), name.to_string());
    }

    /// What a mint is called.
    pub fn of(&self, mint: &str) -> String {
        self.0.get(mint).cloned().unwrap_or_else(|| short(mint))
    }
}

/// Whether a foreign text can be shown in a line.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.len() <= 16 && text.chars().all(|c| c.is_ascii_graphic())
}
