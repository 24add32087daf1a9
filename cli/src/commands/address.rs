use {
    crate::{context::Context, error::Result},
    serde::Serialize,
    std::fmt,
};

/// Print the address of the key that acts
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside address
  upside address -k ben.json")]
pub struct Args {}

/// An address.
#[derive(Debug, Serialize)]
pub struct Shown {
    address: String,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.address)
    }
}

pub fn run(_: &Args, ctx: &Context) -> Result<Shown> {
    Ok(Shown {
        address: ctx.keys.me()?.to_string(),
    })
}
