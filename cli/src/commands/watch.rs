use {
    crate::{
        context::Context,
        error::{CliError, Kind, Result},
        hints,
        values::{Address, TokenQuery, seconds},
        views,
    },
    serde::Serialize,
    std::{
        collections::BTreeSet,
        fmt,
        io::Write as _,
        process::{Command, Stdio},
        time::Duration,
    },
    upside_sdk::Pubkey,
    upside_view::{
        style::{self, paint},
        text::{Notice, notices},
    },
};

/// Print what needs your eye in the tokens that a wallet has, until stopped
///
/// Open polls, what is announced, rounds that are open or over, revenue that is overdue or was
/// not reported, disputes, assets that cannot move, dividends to collect, wind-downs: first
/// all that stands, then what begins and what is over. With `--output json` each line is a
/// JSON object. Of an index: `upside index watch`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside watch
  upside watch ben.json --every 5m --output json
  upside watch --once                                   what stands now
  upside watch --token ADA --exec \"mail -s Upside me@example.org\"
  upside watch --exec \"curl -fsS --json @- https://example.org/hook\"

The command of --exec is run by the shell for each line, with its JSON on standard input.")]
pub struct Args {
    /// Whose [default: the keypair]
    wallet: Option<Address>,
    /// Only this token, held or not; repeat for several
    #[arg(long = "token", value_name = "TOKEN")]
    tokens: Vec<TokenQuery>,
    /// How long to wait between two looks
    #[arg(long, value_name = "SPAN", default_value = "1m", value_parser = seconds)]
    every: u32,
    /// Look once, and end
    #[arg(long, conflicts_with = "every")]
    once: bool,
    /// Run this for each line
    #[arg(long, value_name = "COMMAND")]
    exec: Option<String>,
}

/// A line: something that begins, or is over.
#[derive(Debug, Serialize)]
struct News {
    /// `stands` or `over`.
    state: &'static str,
    #[serde(flatten)]
    notice: Notice,
}

impl fmt::Display for News {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Notice {
            symbol,
            text,
            about,
            ..
        } = &self.notice;
        let over = if self.state == "over" {
            "no longer: "
        } else {
            ""
        };
        write!(
            f,
            "{} {}{over}{text}",
            paint(style::BOLD, symbol),
            paint(style::DIM, format!("{about}  "))
        )
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<()> {
    if !args.once && ctx.chain.is_some() {
        return Err(CliError::usage(
            "nobody else uses an embedded chain while it is watched",
            "add --once, and run it again when something has happened",
        ));
    }
    let wallet = ctx.wallet(args.wallet.as_ref())?;
    let wait = Duration::from_secs(u64::from(args.every.max(1)));
    let mut stood = BTreeSet::new();
    loop {
        match look(args, &wallet, ctx).await {
            Ok(stands) => {
                let over = stood.difference(&stands).map(|notice| ("over", notice));
                let new = stands.difference(&stood).map(|notice| ("stands", notice));
                for (state, notice) in over.chain(new) {
                    let notice = notice.clone();
                    if !tell(args, &News { state, notice }, ctx)? {
                        return Ok(());
                    }
                }
                stood = stands;
            }
            // A node that does not answer now may do so later.
            Err(error) if !args.once && hints::describe(&error).kind == Kind::Network => {
                ctx.output.note(format!("{error}; trying again"));
            }
            Err(error) => return Err(error),
        }
        if args.once {
            return Ok(());
        }
        tokio::time::sleep(wait).await;
    }
}

/// Everything that stands now.
async fn look(args: &Args, wallet: &Pubkey, ctx: &Context) -> Result<BTreeSet<Notice>> {
    let mut stands = BTreeSet::new();
    for token in ctx.tokens(&args.tokens, wallet).await? {
        let view = views::token(token, &ctx.client, &ctx.trust).await?;
        stands.extend(notices(&view, wallet));
    }
    Ok(stands)
}

/// Prints a line and runs what was asked for. Returns whether somebody still reads.
fn tell(args: &Args, news: &News, ctx: &Context) -> Result<bool> {
    let reads = ctx.output.line(news)?;
    let Some(command) = &args.exec else {
        return Ok(reads);
    };
    let failed = |error: std::io::Error| CliError::Other(format!("--exec did not run: {error}"));
    let json = serde_json::to_string(news).map_err(|error| CliError::Other(error.to_string()))?;
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).stdin(Stdio::piped());
    let mut child = shell.spawn().map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command that reads nothing has no fault in that.
        let _ = writeln!(stdin, "{json}");
    }
    let status = child.wait().map_err(failed)?;
    if !status.success() {
        ctx.output.warn(format!("--exec ended with {status}"));
    }
    Ok(reads)
}
