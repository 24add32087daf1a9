use {
    crate::{
        context::Context,
        error::{CliError, Result},
        values::{Address, Decimal},
    },
    serde::Serialize,
    serde_json::json,
    solana_rpc_client_api::request::RpcRequest,
    solana_signature::Signature,
    std::{
        fmt,
        time::{Duration, Instant},
    },
    upside_sdk::{Pubkey, inspect::Amount},
    upside_view::style::{self, facts, paint},
};

const SOL_DECIMALS: u8 = 9;
/// How long a cluster may take to make an airdrop final enough.
const PATIENCE: Duration = Duration::from_secs(60);

/// Get SOL on a test chain
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside airdrop 10
  upside airdrop 2 --to backer.json
  upside -u devnet airdrop 1")]
pub struct Args {
    /// How much SOL
    #[arg(value_name = "SOL")]
    amount: Decimal,
    /// Who gets it [default: the keypair]
    #[arg(long, value_name = "WALLET")]
    to: Option<Address>,
}

/// An airdrop that arrived.
#[derive(Debug, Serialize)]
pub struct Dropped {
    wallet: String,
    amount: Amount,
    balance: Amount,
    signature: String,
}

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("Airdrop {} SOL", style::grouped(&self.amount));
        writeln!(
            f,
            "{} {}",
            paint(style::GOOD, "✔"),
            paint(style::BOLD, title)
        )?;
        f.write_str(&facts(&[
            ("wallet", self.wallet.clone()),
            ("balance", format!("{} SOL", style::grouped(&self.balance))),
            ("signature", self.signature.clone()),
        ]))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Dropped> {
    let wallet = ctx.wallet(args.to.as_ref())?;
    let lamports = args.amount.atoms(SOL_DECIMALS)?;
    if lamports == 0 {
        return Err(CliError::usage(
            "an airdrop of nothing",
            "give an amount above zero",
        ));
    }
    let signature = request(ctx, &wallet, lamports).await?;
    let progress = ctx.output.progress(1);
    progress.doing("wait for the airdrop");
    let start = Instant::now();
    while !ctx
        .client
        .confirm_transaction(&signature)
        .await
        .map_err(rpc)?
    {
        if start.elapsed() > PATIENCE {
            return Err(CliError::Other(format!(
                "the airdrop {signature} has not arrived yet"
            )));
        }
        tokio::time::sleep(ctx.options.poll).await;
    }
    let balance = ctx.client.get_balance(&wallet).await.map_err(rpc)?;
    Ok(Dropped {
        wallet: wallet.to_string(),
        amount: Amount::new(lamports, SOL_DECIMALS),
        balance: Amount::new(balance, SOL_DECIMALS),
        signature: signature.to_string(),
    })
}

/// The client's own call reports every failure, a wrong URL too, as a rate limit.
async fn request(ctx: &Context, wallet: &Pubkey, lamports: u64) -> Result<Signature> {
    let request = json!([wallet.to_string(), lamports]);
    let text: String = ctx
        .client
        .send(RpcRequest::RequestAirdrop, request)
        .await
        .map_err(rpc)?;
    let bad = |_| CliError::Other(format!("the cluster answers with no signature: {text:?}"));
    text.parse().map_err(bad)
}

fn rpc(error: solana_rpc_client_api::client_error::Error) -> CliError {
    CliError::Sdk(error.into())
}
