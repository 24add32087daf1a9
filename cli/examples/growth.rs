//! What `upside inspect` and `upside holder list` take as a token's holders grow, written
//! to `benches/growth_times.md` and `benches/growth_times.svg`.
//!
//! ```text
//! cargo build --release -p upside-cli --bins
//! cargo run --release -p upside-cli --example growth
//! ```
//!
//! The commands run as a person runs them: each a process of its own that opens a chain
//! in a folder, which a cluster's user does not wait for. So times are upper bounds.

use {
    core::mem::offset_of,
    plotters::prelude::*,
    solana_rpc_client::{
        nonblocking::rpc_client::RpcClient,
        rpc_client::RpcClientConfig,
        rpc_sender::{RpcSender, RpcTransportStats},
    },
    solana_rpc_client_api::{client_error, request::RpcRequest},
    std::{
        error::Error,
        fmt::Write as _,
        fs,
        path::{Path, PathBuf},
        process::{Command, Stdio},
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
        thread,
        time::{Duration, Instant},
    },
    upside_localnet::{EmbeddedChain, Options},
    upside_sdk::{
        Pubkey,
        address::find_holder,
        fetch, inspect,
        state::{Holder, PersonalToken},
    },
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const HOLDERS: [u64; 5] = [10, 100, 1_000, 10_000, 100_000];
/// Runs of `upside --help`.
const HELPS: usize = 50;
/// Bytes of a discriminator, before an account's fields.
const HEAD: usize = 8;
/// Where a mint has its supply, and a token account its amount.
const MINT_SUPPLY: usize = 36;
const AMOUNT: usize = 64;

/// A home with a chain of its own.
struct Home {
    folder: tempfile::TempDir,
}

/// What a command took.
struct Took {
    seconds: f64,
    /// Of the processor, which other programs on the machine do not lengthen.
    processor: f64,
    megabytes: f64,
}

impl Home {
    fn chain(&self) -> PathBuf {
        self.folder.path().join("chain")
    }

    /// Runs a command and watches its memory.
    fn run(&self, words: &[&str]) -> Result<Took> {
        let binary = std::env::current_exe()?;
        let binary = binary.ancestors().nth(2).ok_or("no folder")?.join("upside");
        let (start, spent) = (Instant::now(), children());
        let mut child = Command::new(&binary)
            .args(words)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("UPSIDE_URL", format!("embedded:{}", self.chain().display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}: build the CLI first", binary.display()))?;
        let status = format!("/proc/{}/status", child.id());
        let mut kilobytes = 0;
        let ended = loop {
            if let Some(ended) = child.try_wait()? {
                break ended;
            }
            kilobytes = kilobytes.max(peak(&status));
            thread::sleep(Duration::from_millis(2));
        };
        if !ended.success() {
            return Err(format!("upside {}: {ended}", words.join(" ")).into());
        }
        Ok(Took {
            seconds: start.elapsed().as_secs_f64(),
            processor: children() - spent,
            megabytes: f64::from(kilobytes) / 1_000.0,
        })
    }
}

/// Seconds of the processor that ended commands took so far; 0 where it is not told.
fn children() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name in brackets: the 16th and 17th field, in hundredths.
    let fields = text.rsplit(')').next().unwrap_or_default();
    let fields = fields.split_whitespace().skip(13).take(2);
    fields
        .filter_map(|field| field.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

/// The most memory that a process had so far, in kilobytes; 0 where it is not told.
fn peak(status: &str) -> u32 {
    let text = fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Counts what a client asks.
struct Counting {
    chain: EmbeddedChain,
    asked: Arc<AtomicUsize>,
}

#[async_trait::async_trait]
impl RpcSender for Counting {
    async fn send(
        &self,
        request: RpcRequest,
        params: serde_json::Value,
    ) -> client_error::Result<serde_json::Value> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        RpcSender::send(&self.chain, request, params).await
    }

    fn get_transport_stats(&self) -> RpcTransportStats {
        self.chain.get_transport_stats()
    }

    fn url(&self) -> String {
        RpcSender::url(&self.chain)
    }
}

fn add(data: &mut [u8], place: usize, more: u64) {
    let field = &mut data[place..place + 8];
    let was = u64::from_le_bytes(field.try_into().expect("eight bytes"));
    field.copy_from_slice(&(was + more).to_le_bytes());
}

/// Holders beside those that there are, of one share atom each, with books that add up.
async fn grow(home: &Home, more: u64) -> Result<()> {
    let chain = EmbeddedChain::open(&home.chain(), &upside_sdk::programs(), Options::default())?;
    let token = fetch::find(&chain.client(), "ADA").await?;
    let read = |key: &Pubkey| chain.account(key).ok_or("an account is missing");
    let owner = read(&find_holder(&token.key, &token.data.owner).0)?;
    let mut written = Vec::new();
    for _ in 0..more {
        let wallet = Pubkey::new_unique();
        let mut holder = owner.clone();
        let place = HEAD + offset_of!(Holder, wallet);
        holder.data[place..place + 32].copy_from_slice(wallet.as_ref());
        let shares = HEAD + offset_of!(Holder, shares);
        holder.data[shares..shares + 8].copy_from_slice(&1u64.to_le_bytes());
        // Addresses of programs take a try or two each; any address will do to be read.
        written.push((wallet, holder));
    }
    let mut account = read(&token.key)?;
    for field in [
        offset_of!(PersonalToken, supply),
        offset_of!(PersonalToken, registered),
        offset_of!(PersonalToken, holders),
    ] {
        add(&mut account.data, HEAD + field, more);
    }
    let (mut mint, mut share_custody) = (read(&token.data.mint)?, read(&token.data.share_custody)?);
    add(&mut mint.data, MINT_SUPPLY, more);
    add(&mut share_custody.data, AMOUNT, more);
    written.push((token.key, account));
    written.push((token.data.mint, mint));
    written.push((token.data.share_custody, share_custody));
    chain.set_accounts(written)?;
    Ok(())
}

/// What the SDK alone takes: seconds, and requests.
async fn sdk(home: &Home) -> Result<(f64, usize)> {
    let chain = EmbeddedChain::open(&home.chain(), &upside_sdk::programs(), Options::default())?;
    let asked = Arc::new(AtomicUsize::new(0));
    let sender = Counting {
        chain,
        asked: asked.clone(),
    };
    let client = RpcClient::new_sender(sender, RpcClientConfig::default());
    let token = fetch::find(&client, "ADA").await?;
    asked.store(0, Ordering::Relaxed);
    let start = Instant::now();
    let report = inspect::token(&client, &token).await?;
    let seconds = start.elapsed().as_secs_f64();
    println!("  {} holders in the report", report.holders.len());
    Ok((seconds, asked.load(Ordering::Relaxed)))
}

/// What was measured with so many holders.
struct Row {
    holders: u64,
    inspect: Took,
    /// The same command, once more.
    again: Took,
    list: Took,
    /// Seconds of the SDK alone.
    sdk: f64,
    requests: usize,
}

/// Where this was measured: the processor and how many of it.
fn machine() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let named = text
        .lines()
        .find_map(|line| line.strip_prefix("model name"));
    let name = named.and_then(|line| line.split_once(": "));
    let name = name.map_or("an unknown processor", |(_, name)| name.trim());
    let count = thread::available_parallelism().map_or(1, usize::from);
    format!("{name}, {count} of it")
}

/// Milliseconds of `upside --help`: the median of many runs.
fn help(home: &Home) -> Result<f64> {
    let mut took = (0..HELPS)
        .map(|_| Ok(home.run(&["--help"])?.seconds * 1_000.0))
        .collect::<Result<Vec<f64>>>()?;
    took.sort_by(f64::total_cmp);
    Ok(took[HELPS / 2])
}

fn table(rows: &[Row], help: f64) -> Result<String> {
    let mut text = String::from(
        "# Growth of times\n\n\
         Generated by `cargo run --release -p upside-cli --example growth`. Each command is a\n\
         process of its own that first opens a chain in a folder, which a cluster's user does\n\
         not wait for; *again* is the same `inspect` once more, as there is no cache beside\n\
         the operating system's. *CPU* is the processor's time, which other programs on the\n\
         machine do not lengthen. *SDK* is `inspect::token` alone, on a chain that is open.\n",
    );
    writeln!(
        text,
        "Times differ from machine to machine, and no check looks at them. These are of\n\
         {}; `upside --help` took {help:.0} ms (the median of {HELPS} runs).\n\n\
         | holders | `inspect` s | CPU s | MB | again s | `holder list` s | CPU s | MB | SDK s | requests |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        machine(),
    )?;
    for row in rows {
        writeln!(
            text,
            "| {} | {:.2} | {:.2} | {:.0} | {:.2} | {:.2} | {:.2} | {:.0} | {:.3} | {} |",
            row.holders,
            row.inspect.seconds,
            row.inspect.processor,
            row.inspect.megabytes,
            row.again.seconds,
            row.list.seconds,
            row.list.processor,
            row.list.megabytes,
            row.sdk,
            row.requests,
        )?;
    }
    text.push_str("\n![Seconds and megabytes by holders](growth_times.svg)\n");
    Ok(text)
}

fn draw(rows: &[Row], path: &Path) -> Result<()> {
    let paper = SVGBackend::new(path, (760, 420)).into_drawing_area();
    paper.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&paper)
        .caption("inspect, as a token's holders grow", ("sans-serif", 18))
        .margin(16)
        .x_label_area_size(40)
        .y_label_area_size(56)
        .build_cartesian_2d(
            (10f64..100_000f64).log_scale(),
            (0.001f64..1_000f64).log_scale(),
        )?;
    chart
        .configure_mesh()
        .x_desc("holders")
        .y_desc("seconds, megabytes")
        .draw()?;
    type Value = fn(&Row) -> f64;
    let lines: [(&str, RGBColor, Value); 3] = [
        ("megabytes", RGBColor(150, 90, 10), |row| {
            row.inspect.megabytes
        }),
        ("seconds, the command", RGBColor(10, 110, 100), |row| {
            row.inspect.seconds
        }),
        ("seconds, the SDK alone", RGBColor(90, 70, 180), |row| {
            row.sdk
        }),
    ];
    for (name, color, value) in lines {
        let points: Vec<(f64, f64)> = rows
            .iter()
            .map(|row| (row.holders as f64, value(row)))
            .collect();
        chart
            .draw_series(LineSeries::new(points, color.stroke_width(2)))?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], color.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .border_style(BLACK.mix(0.3))
        .background_style(WHITE)
        .draw()?;
    paper.present()?;
    Ok(())
}

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let folder = tempfile::tempdir()?;
    let home = Home { folder };
    let own = home.folder.path().join(".config/solana/id.json");
    let own = own.to_str().ok_or("a path of letters")?.to_string();
    for words in [
        &["keygen"][..],
        &["airdrop", "10"],
        &["mint-quote", "100000"],
        &[
            "token",
            "create",
            "Ada Lovelace",
            "ADA",
            "--cap",
            "10000000",
            "--reserve",
            "20%",
        ],
        &["holder", "issue", "ADA", &own, "1000"],
    ] {
        let _ = home.run(words)?;
    }
    let mut rows = Vec::new();
    let mut there = 0;
    for holders in HOLDERS {
        runtime.block_on(grow(&home, holders - there))?;
        there = holders;
        println!("{holders} holders");
        let inspect = home.run(&["inspect", "ADA"])?;
        let again = home.run(&["inspect", "ADA"])?;
        let list = home.run(&["holder", "list", "ADA"])?;
        let (sdk, requests) = runtime.block_on(sdk(&home))?;
        rows.push(Row {
            holders,
            inspect,
            again,
            list,
            sdk,
            requests,
        });
    }
    let text = table(&rows, help(&home)?)?;
    let benches = Path::new(env!("CARGO_MANIFEST_DIR")).join("../benches");
    fs::write(benches.join("growth_times.md"), &text)?;
    draw(&rows, &benches.join("growth_times.svg"))?;
    print!("{text}");
    Ok(())
}
