use {
    crate::style::short,
    std::collections::BTreeMap,
    upside_core::{Pubkey, mint::Name},
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
    /// Of mints that everybody knows.
    pub fn known(mint: &str) -> Option<&'static str> {
        let found = KNOWN.iter().find(|(known, _)| *known == mint);
        found.map(|(_, name)| *name)
    }

    /// Calls a mint as its own metadata does, if that fits a line. Anybody can call a mint
    /// anything: the address stays beside it.
    pub fn set_own(&mut self, mint: &Pubkey, name: &Name) {
        if is_plain(&name.symbol) {
            let key = mint.to_string();
            let shown = format!("{} ({})", name.symbol, short(&key));
            self.0.insert(key, shown);
        }
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
