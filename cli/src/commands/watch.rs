use {
    crate::{
        context::Context,
        error::{CliError, Result},
        follow::Follow,
        values::{Address, TokenQuery},
        views,
    },
    serde::Serialize,
    std::{
        collections::BTreeSet,
        fmt,
        io::Write as _,
        process::{Command, Stdio},
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
    #[command(flatten)]
    follow: Follow,
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
    args.follow.check(ctx)?;
    let wallet = ctx.wallet(args.wallet.as_ref())?;
    let mut stood = BTreeSet::new();
    let look = async || {
        let stands = stands(args, &wallet, ctx).await?;
        let over = stood.difference(&stands).map(|notice| ("over", notice));
        let new = stands.difference(&stood).map(|notice| ("stands", notice));
        for (state, notice) in over.chain(new) {
            let notice = notice.clone();
            if !tell(args, &News { state, notice }, ctx)? {
                return Ok(false);
            }
        }
        stood = stands;
        Ok(true)
    };
    args.follow.looks(ctx, 60, look).await
}

/// Everything that stands now.
async fn stands(args: &Args, wallet: &Pubkey, ctx: &Context) -> Result<BTreeSet<Notice>> {
    let mut all = BTreeSet::new();
    for token in ctx.tokens(&args.tokens, wallet).await? {
        let view = views::unnamed(token, &ctx.client).await?;
        all.extend(notices(&view, wallet));
    }
    Ok(all)
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
