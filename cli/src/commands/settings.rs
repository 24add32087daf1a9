use {
    crate::{
        config::{Resolved, Settings},
        error::Result,
        flags::Global,
        keys::Keys,
        secrets::host,
    },
    serde::Serialize,
    std::fmt,
    upside_view::style::facts,
};

/// Show what flags, environment and configuration file come to
///
/// Of a cluster's URL only the host is shown: a provider's key may be in the rest.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside config
  upside config -u mainnet-beta -k ben.json --output json")]
pub struct Args {}

/// What holds for every command.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// `embedded` or `cluster`.
    chain: &'static str,
    /// The folder, or the host.
    at: String,
    keypair: String,
    /// The key's address; `None` if there is no such key yet.
    address: Option<String>,
    commitment: String,
    version: &'static str,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = self.address.clone();
        f.write_str(&facts(&[
            ("chain", format!("{}, {}", self.chain, self.at)),
            ("keypair", self.keypair.clone()),
            (
                "address",
                address.unwrap_or_else(|| "none: see `upside keygen`".to_string()),
            ),
            ("commitment", self.commitment.clone()),
            ("version", self.version.to_string()),
        ]))
    }
}

pub fn run(_: &Args, global: &Global) -> Result<Shown> {
    let settings = Settings::resolve(global)?;
    let (chain, at) = match &settings.target {
        Resolved::Embedded(dir) => ("embedded", dir.display().to_string()),
        Resolved::Cluster(url) => ("cluster", host(url)),
    };
    let asks = settings.keypair == "-" || crate::device::is_device(&settings.keypair);
    let keys = Keys::new(settings.keypair.clone(), &global.sending)?;
    let address = match asks {
        true => None,
        false => keys.me().ok().map(|key| key.to_string()),
    };
    Ok(Shown {
        chain,
        at,
        keypair: settings.keypair,
        address,
        commitment: settings.commitment.commitment.to_string(),
        version: env!("CARGO_PKG_VERSION"),
    })
}
