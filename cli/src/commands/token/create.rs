use {
    super::creation::{Costs, Created},
    crate::{
        commands::mint_quote::test_currency,
        context::Context,
        error::{CliError, Result},
        send::{
            completed::{Done, Outcome},
            mode::Mode,
        },
        values::{Address, Decimal, Percent, Quantity, seconds, text},
    },
    clap::ValueEnum,
    std::str::FromStr,
    upside_sdk::{
        Pubkey, Shares,
        action::{self, Step},
        address::NATIVE_MINT,
        error::SdkError,
        fetch::{self, MintInfo},
        instruction,
        state::{Admission, CreateTokenArgs, MAX_ATTESTERS, TermsInput, TransferPolicy},
    },
};

const USDC: [(&str, &str); 2] = [
    (
        "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d",
        "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
    ),
    (
        "EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG",
        "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU",
    ),
];

/// Create your token
///
/// The key that signs is its creator for good, part of its address, and its first owner.
/// Every key creates one token.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token create \"Ada Lovelace\" ADA --cap 1000000
  upside token create \"Ada Lovelace\" ADA --quote usdc --cap 1000000 --launch 200000 \\
      --floor 50000 --reserve 20% --cash-out-tax 5%
  upside token create \"Ada Lovelace\" ADA --cap 1000000 --attester 7kbn… --attester 9xQe… \\
      --attestations 2
  upside token create \"Ada Lovelace\" ADA --cap 1000000 --admission approved \\
      --transfers approved
  upside token create \"Ada Lovelace\" ADA --cap 1000000 --admission credential \\
      --credential 7kbn… --schema 9xQe…")]
pub struct Args {
    /// Name, up to 64 bytes
    #[arg(value_parser = text(64))]
    name: String,
    /// Symbol, up to 12 bytes
    #[arg(value_parser = text(12))]
    symbol: String,
    /// Currency of rounds, costs and exits: a mint, usdc or sol [default: your test
    /// currency from `upside mint-quote 100000`]
    #[arg(long, value_name = "MINT")]
    quote: Option<Quote>,
    /// Address of further metadata, up to 200 bytes
    #[arg(long, default_value = "", value_parser = text(200))]
    uri: String,
    /// Most shares that may exist or be on offer at once; only a poll raises it [default: at a
    /// terminal you are asked]
    #[arg(long, value_name = "SHARES")]
    cap: Option<Decimal>,
    /// The first shares ever created, which take no yearly room, for good [default: a tenth
    /// of the cap]
    #[arg(long, value_name = "SHARES")]
    launch: Option<Decimal>,
    /// Part of the supply that may be created in a year beyond the first shares, in percent
    #[arg(long, value_name = "PERCENT", default_value = "25")]
    room: Percent,
    /// Most shares that may be outside as bearer tokens; max for all
    #[arg(long, value_name = "SHARES", default_value = "0")]
    bearer_cap: Quantity,
    /// Cumulative result of exits that stays yours, in the quote currency
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    floor: Decimal,
    /// How far losses lower that result below zero at most, in the quote currency
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    loss_limit: Decimal,
    /// Whose word on your claims counts, up to 8: whoever buys shares accepts them, and later
    /// only a poll of holders changes that [default: at a terminal you are asked]
    #[arg(long = "attester", value_name = "KEY")]
    attesters: Vec<Address>,
    /// How many attestations it takes
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 1,
        requires = "attesters"
    )]
    attestations: u8,
    /// What redeeming a part leaves to the others, in percent
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    cash_out_tax: Percent,
    /// Your part of a seller's profit, in percent
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    royalty: Percent,
    /// Part of payouts that goes to the reserve, in percent
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    reserve: Percent,
    /// Part of the eligible shares that passes a poll against holders, in percent
    #[arg(long, value_name = "PERCENT", default_value = "66.67")]
    poll_threshold: Percent,
    /// Time over which payouts stream, up to 30d
    #[arg(long, value_name = "SPAN", default_value = "7d", value_parser = seconds)]
    drip: u32,
    /// Time that changes of policy are announced ahead, 1d to 90d
    #[arg(long, value_name = "SPAN", default_value = "7d", value_parser = seconds)]
    notice: u32,
    /// Your silence after which an executor may act, at least 90d
    #[arg(long, value_name = "SPAN", default_value = "365d", value_parser = seconds)]
    inactivity: u32,
    /// Who may open a holder account
    #[arg(long, value_enum, default_value_t = AdmissionArg::Open)]
    admission: AdmissionArg,
    /// With --admission credential, which one: the issuer's credential account
    #[arg(long, value_name = "KEY", requires = "schema")]
    credential: Option<Address>,
    /// And the schema account of what it attests
    #[arg(long, value_name = "KEY", requires = "credential")]
    schema: Option<Address>,
    /// How registered shares move between holders
    #[arg(long, value_enum, default_value_t = TransfersArg::Free)]
    transfers: TransfersArg,
    /// Who may pause besides you
    #[arg(long, value_name = "KEY")]
    guardian: Option<Address>,
    /// Who may admit besides you
    #[arg(long, value_name = "KEY")]
    registrar: Option<Address>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum AdmissionArg {
    /// Everybody opens their own
    Open,
    /// The owner or the registrar signs
    Approved,
    /// Holders of a credential of the Solana Attestation Service open their own
    Credential,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TransfersArg {
    /// Freely
    Free,
    /// With a one-time approval by the owner
    Approved,
    /// Not at all, except to and from venues
    Closed,
}

/// A quote currency as people name it.
#[derive(Clone, Debug)]
enum Quote {
    Usdc,
    Sol,
    Mint(Address),
}

impl FromStr for Quote {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("usdc") {
            return Ok(Quote::Usdc);
        }
        if text.eq_ignore_ascii_case("sol") {
            return Ok(Quote::Sol);
        }
        text.parse().map(Quote::Mint)
    }
}

/// The cap: as given, or as somebody at a terminal answers.
fn cap(args: &Args, ctx: &Context) -> Result<Shares> {
    let asked = "The cap: the most shares that may ever exist. Claims are shared out among so many \
                 at most; you lower it alone, and only a poll of holders raises it.";
    let cap = match &args.cap {
        Some(cap) => Some(cap.clone()),
        None => ctx.output.question(asked, "How many shares?")?,
    };
    let cap = cap.ok_or_else(|| {
        CliError::usage(
            "a token needs a cap: the most shares that may exist or be on offer",
            "name it: `upside token create NAME SYMBOL --cap 1000000`",
        )
    })?;
    cap.shares()
}

/// The attesters and how many must sign: as given, or as somebody at a terminal answers.
fn attesters(args: &Args, ctx: &Context) -> Result<(Vec<Pubkey>, u8)> {
    let mut keys: Vec<_> = args.attesters.iter().map(|named| named.key).collect();
    if !keys.is_empty() {
        return Ok((keys, args.attestations));
    }
    let mut asked = "Attesters: whose word on your claims counts. Whoever buys shares accepts them; \
                     later only a poll of holders does. Without any, claims on paper stay declared.";
    while keys.len() < MAX_ATTESTERS {
        let answer: Option<Address> = ctx.output.question(asked, "Address, or nothing?")?;
        let Some(one) = answer else { break };
        keys.push(one.key);
        asked = "";
    }
    let threshold = match keys.len() {
        0 | 1 => None,
        _ => ctx.output.question("", "How many of them must sign?")?,
    };
    Ok((keys, threshold.unwrap_or(args.attestations)))
}

pub async fn run(args: Args, ctx: &Context) -> Result<Done<Created>> {
    let me = ctx.keys.me()?;
    let quote = quote(args.quote.as_ref(), &me, ctx).await?;
    let supply_cap = cap(&args, ctx)?.0;
    let (keys, threshold) = attesters(&args, ctx)?;
    let key = |named: &Option<Address>| named.as_ref().map(|named| named.key).unwrap_or_default();
    let launch_shares = match &args.launch {
        Some(shares) => shares.shares()?.0,
        None => supply_cap / 10,
    };
    let terms = TermsInput {
        supply_cap,
        launch_shares,
        room_bps: args.room.bps(),
        bearer_cap: args.bearer_cap.shares(u64::MAX)?.0,
        floor: args.floor.atoms(quote.decimals)?,
        loss_limit: args.loss_limit.atoms(quote.decimals)?,
        cash_out_tax_bps: args.cash_out_tax.bps(),
        royalty_bps: args.royalty.bps(),
        reserve_bps: args.reserve.bps(),
        poll_threshold_bps: args.poll_threshold.bps(),
        drip_seconds: args.drip,
        notice_seconds: args.notice,
        inactivity_seconds: args.inactivity,
    };
    let create = CreateTokenArgs {
        name: args.name.clone(),
        symbol: args.symbol.clone(),
        uri: args.uri.clone(),
        terms,
        admission: match args.admission {
            AdmissionArg::Open => Admission::Open,
            AdmissionArg::Approved => Admission::Approved,
            AdmissionArg::Credential => Admission::Credential,
        },
        transfer_policy: match args.transfers {
            TransfersArg::Free => TransferPolicy::Free,
            TransfersArg::Approved => TransferPolicy::Approved,
            TransfersArg::Closed => TransferPolicy::Closed,
        },
        guardian: key(&args.guardian),
        registrar: key(&args.registrar),
        credential: key(&args.credential),
        schema: key(&args.schema),
    };
    let mut created = Created::new(&create, &quote, &me, keys.as_slice(), threshold)?;
    let payer = ctx.keys.payer()?;
    let mut plan = action::create_token(&ctx.client, &payer, &me, &quote.key, create).await?;
    let rents = async |plan: &action::Plan<_>| {
        let named = !keys.is_empty();
        action::creation_rents(&ctx.client, plan, &payer, &me, &quote, named).await
    };
    let costs = match ctx.mode {
        Mode::Send | Mode::DryRun => Some(Costs::new(rents(&plan).await?)),
        _ => None,
    };
    if !keys.is_empty() {
        let token = plan.quote.token;
        let mut calls = vec![instruction::add_attesters(&token, &me, &payer, &keys)];
        if threshold != 1 {
            let set = instruction::set_attester_threshold(&token, &me, threshold);
            calls.push(set);
        }
        plan.steps.push(Step::new("name attesters", calls));
    }
    created.costs = costs;
    if ctx.binds() {
        ctx.ask(&created.question(), "Create this token?")?;
    }
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(created, report))
}

async fn quote(named: Option<&Quote>, me: &Pubkey, ctx: &Context) -> Result<MintInfo> {
    let key = match named {
        Some(Quote::Mint(address)) => address.key,
        Some(Quote::Usdc) => usdc(ctx).await?,
        Some(Quote::Sol) => NATIVE_MINT,
        None => test_currency(me, 6)?.0,
    };
    match fetch::mint(&ctx.client, &key).await {
        Err(SdkError::NotFound { .. }) if named.is_none() => Err(CliError::usage(
            "a token needs a quote currency, and you have no test currency yet",
            "name a mint with --quote (sol, or usdc on mainnet and devnet), or make one: \
             `upside mint-quote 100000`",
        )),
        found => Ok(found?),
    }
}

async fn usdc(ctx: &Context) -> Result<Pubkey> {
    let genesis = ctx
        .client
        .get_genesis_hash()
        .await
        .map_err(SdkError::from)?
        .to_string();
    let known = USDC.iter().find(|(cluster, _)| *cluster == genesis);
    let mint = known.and_then(|(_, mint)| Pubkey::from_str(mint).ok());
    mint.ok_or_else(|| {
        CliError::usage(
            "this chain has no USDC",
            "name a mint with --quote, or `upside mint-quote 100000`",
        )
    })
}
