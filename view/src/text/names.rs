use {
    crate::style::short,
    std::collections::BTreeMap,
    upside_core::{Pubkey, mint::Name},
};

/// Mints that everybody knows.
const KNOWN: [(Pubkey, &str); 4] = [
    (
        Pubkey::from_str_const("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"),
        "USDC",
    ),
    (
        Pubkey::from_str_const("4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU"),
        "USDC (devnet)",
    ),
    (
        Pubkey::from_str_const("Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB"),
        "USDT",
    ),
    (
        Pubkey::from_str_const("So11111111111111111111111111111111111111112"),
        "wSOL",
    ),
];

/// What mints are called: by everybody, by themselves, or by the ends of their address.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<Pubkey, String>);

impl Names {
    /// Of mints that everybody knows.
    pub fn known(mint: &Pubkey) -> Option<&'static str> {
        let found = KNOWN.iter().find(|(known, _)| known == mint);
        found.map(|(_, name)| *name)
    }

    /// Calls a mint as its own metadata does, if that fits a line. Anybody can call a mint
    /// anything: the address stays beside it.
    pub fn set_own(&mut self, mint: &Pubkey, name: &Name) {
        if is_plain(&name.symbol) {
            let shown = format!("{} ({})", name.symbol, short(mint));
            self.0.insert(*mint, shown);
        }
    }

    /// Calls a mint by a name of our own.
    pub fn set(&mut self, mint: &Pubkey, name: &str) {
        self.0.insert(*mint, name.to_string());
    }

    /// What a mint is called.
    pub fn of(&self, mint: &Pubkey) -> String {
        self.0.get(mint).cloned().unwrap_or_else(|| short(mint))
    }
}

/// Whether a foreign text can be shown in a line.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.len() <= 16 && text.chars().all(|c| c.is_ascii_graphic())
}
