use {
    crate::{context::Context, error::Result, send::confirm::Confirmation},
    solana_signature::Signature,
};

/// Look up what became of a transaction
///
/// For one whose outcome was unknown: whether it landed, and if not, whether it still can.
/// Only then is it safe to repeat the command that sent it. Exit code 0: it landed; 3: it
/// landed and failed; 1: it did not land and no longer can; 6: not known yet.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside confirm SIGNATURE
  upside confirm SIGNATURE --until 312000150     the height that the error named")]
pub struct Args {
    /// The transaction's signature
    signature: Signature,
    /// The last block height that it can land at
    #[arg(long, value_name = "HEIGHT")]
    until: Option<u64>,
}

pub async fn run(args: &Args, ctx: &Context) -> Result<()> {
    let confirmation = Confirmation::of(args.signature, args.until, ctx).await?;
    ctx.output.show(&confirmation)?;
    confirmation.exit()
}
