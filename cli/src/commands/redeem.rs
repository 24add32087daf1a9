use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Address, Percent, PieceArg, Quantity, TokenQuery, When},
        views,
    },
    serde::Serialize,
    serde_with::{DisplayFromStr, serde_as},
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey, Shares,
        action::{self, Limits},
        address::bearer_account,
        error::SdkError,
        event::TokenEvent,
        fetch,
        inspect::{Amount, MintAmount},
        state::{Account, ClaimKind, MAX_ASSETS, PersonalToken},
    },
    upside_view::{
        style::{facts, grouped, listed},
        text::Names,
    },
};

/// Burn shares against the reserve
///
/// Pays every listed asset in kind, in one instruction, whatever the owner says. Shows
/// what it will pay and asks before it sends.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside redeem ADA 500
  upside redeem ADA 500 --dry-run                  what it would pay
  upside redeem ADA ALL --bearer --yes             tokens in the wallet, without asking
  upside redeem ADA 500 --at-least quote=49.5      not a unit less, whatever is quoted
  upside redeem ADA 500 --forgo 9xQe…              without an asset that its issuer froze")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// How many shares, or ALL
    shares: Quantity,
    /// Redeem bearer tokens in the wallet instead of registered shares
    #[arg(long)]
    bearer: bool,
    /// Part of each quoted amount that may be missing, in percent
    #[arg(long, value_name = "PERCENT", default_value = "1")]
    slippage: Percent,
    /// Least to accept of an asset, whatever is quoted: MINT=AMOUNT; repeat for several. With
    /// every asset named, signatures made elsewhere stay good while the reserve changes
    #[arg(long, value_name = "MINT=AMOUNT")]
    at_least: Vec<PieceArg>,
    /// Until when it may land: a span from now, or a point in time [default: 2m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
    /// Go without this asset: its part stays with the others
    #[arg(long, value_name = "MINT")]
    forgo: Vec<Address>,
}

/// Shares redeemed.
#[serde_as]
#[derive(Debug, Serialize)]
pub struct Redeemed {
    token: String,
    symbol: String,
    wallet: String,
    shares: Amount,
    bearer: bool,
    /// Percent of the supply before it.
    part: String,
    paid: Vec<MintAmount>,
    at_least: Vec<MintAmount>,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    forgone: Vec<Pubkey>,
    #[serde(skip)]
    names: Names,
}

impl Outcome for Redeemed {
    fn title(&self) -> String {
        let what = if self.bearer {
            "bearer tokens"
        } else {
            "shares"
        };
        format!("Redeem {} {what} of {}", grouped(&self.shares), self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let name = |mint: &Pubkey| self.names.of(mint);
        let mut rows = vec![
            ("pays", listed(&self.paid, name)),
            ("at least", listed(&self.at_least, name)),
            ("part", format!("{} % of all shares", self.part)),
            ("wallet", self.wallet.clone()),
        ];
        let forgone: Vec<_> = self.forgone.iter().map(name).collect();
        if !forgone.is_empty() {
            rows.push((
                "forgone",
                format!("{}: stays with the others", forgone.join(", ")),
            ));
        }
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Redeemed>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let shares = args
        .shares
        .shares(all(&token, &me, args.bearer, ctx).await?)?;
    let forgone = forgone(&token, &args.forgo)?;
    let deadline = ctx.deadline(args.deadline, 2).await?;
    let client = &ctx.client;
    let limits = Limits {
        slippage_bps: args.slippage.bps(),
        deadline,
    };
    let (burn, bearer) = (shares, args.bearer);
    let mut plan = action::redeem(client, &token, &me, burn, bearer, forgone, &limits).await?;
    if !args.at_least.is_empty() {
        let least = pinned(ctx, &token, &args.at_least, plan.quote.min_out)?;
        let pinned =
            action::redeem_at_least(client, &token, &me, burn, bearer, forgone, &least, deadline);
        plan = pinned.await?;
    }
    let mints = token
        .data
        .listed()
        .map_err(SdkError::from)?
        .iter()
        .map(|asset| asset.mint);
    let mut redeemed = Redeemed {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        wallet: me.to_string(),
        shares: Amount::new(shares.0, SHARE_DECIMALS),
        bearer: args.bearer,
        part: part(shares, plan.quote.supply),
        paid: ctx.shown(amounts(&token, &plan.quote.paid)?),
        at_least: ctx.shown(amounts(&token, &plan.quote.min_out)?),
        forgone: args.forgo.iter().map(|mint| mint.key).collect(),
        names: views::names(&ctx.client, mints).await?,
    };
    if token.data.require_active().is_err() {
        tell_of_custody(&token, ctx).await?;
    }
    if ctx.binds() {
        ctx.ask(
            &format!("{}\n{}", redeemed.title(), facts(&redeemed.rows())),
            "Burn these shares?",
        )?;
    }
    let report = ctx.send(&plan.steps).await?;
    let landed = report.events().find_map(|event| match event {
        TokenEvent::SharesRedeemed(event) => Some(event.paid),
        _ => None,
    });
    if let Some(paid) = landed {
        redeemed.paid = ctx.shown(amounts(&token, &paid)?);
    }
    Ok(Done::new(redeemed, report))
}

/// In a wind-down: what claims hold is shared out for receipts, and only from then on.
async fn tell_of_custody(token: &Account<PersonalToken>, ctx: &Context) -> Result<()> {
    let key = &token.key;
    for claim in fetch::claims(&ctx.client, key).await? {
        let (data, number) = (&claim.data, claim.data.number);
        let custody = data.kind().map_err(SdkError::from)? == ClaimKind::TokenizedEquity;
        if !custody || data.held().map_err(SdkError::from)? == 0 {
            continue;
        }
        if data.estate == 0 {
            ctx.output.warn(format!(
                "nobody has shared out what claim {number} holds: who redeems now gets no part of \
                 it; first `upside token wind-down share-out {key}`"
            ));
        } else {
            ctx.output.note(format!(
                "you get a receipt for your part of claim {number}; then \
                 `upside token wind-down collect {key}`"
            ));
        }
    }
    Ok(())
}

/// What ALL means.
async fn all(
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    bearer: bool,
    ctx: &Context,
) -> Result<u64> {
    if bearer {
        return Ok(fetch::balance(&ctx.client, &bearer_account(&token.key, wallet)).await?);
    }
    let holder = fetch::holder(&ctx.client, &token.key, wallet).await?;
    let all = holder.map_or(Ok(0), |holder| holder.data.redeemable());
    Ok(all.map_err(SdkError::from)?)
}

/// The least of each asset: as pinned, else as quoted.
fn pinned(
    ctx: &Context,
    token: &Account<PersonalToken>,
    pins: &[PieceArg],
    mut least: [u64; MAX_ASSETS],
) -> Result<[u64; MAX_ASSETS]> {
    for PieceArg { what, amount } in pins {
        let quote = token.data.quote().mint.to_string();
        let mint = if what.0 == "quote" { &quote } else { &what.0 };
        let listed = token.data.listed().map_err(SdkError::from)?;
        let found = listed
            .iter()
            .position(|asset| asset.mint.to_string() == *mint);
        let place = found.ok_or_else(|| {
            CliError::usage(
                format!("{mint} is no asset of this token: redeeming pays none of it"),
                "name a mint of `upside reserve list TOKEN`, or quote",
            )
        })?;
        if let Some((asset, bound)) = listed.get(place).zip(least.get_mut(place)) {
            *bound = amount.atoms(ctx.unit_of(asset))?;
        }
    }
    Ok(least)
}

/// The bits of assets to go without.
fn forgone(token: &Account<PersonalToken>, mints: &[Address]) -> Result<u8> {
    mints.iter().try_fold(0u8, |bits, mint| {
        let place = token.data.asset_of(&mint.key).map_err(|_| {
            CliError::usage(
                format!("{mint} is no asset of this token: there is nothing to forgo"),
                "see `upside reserve list TOKEN`",
            )
        })?;
        Ok(bits
            | 1u8
                .checked_shl(u32::try_from(place).unwrap_or(u32::MAX))
                .unwrap_or(0))
    })
}

fn amounts(token: &Account<PersonalToken>, atoms: &[u64; MAX_ASSETS]) -> Result<Vec<MintAmount>> {
    let listed = token
        .data
        .listed()
        .map_err(SdkError::from)?
        .iter()
        .zip(atoms);
    let some = listed.filter(|(_, atoms)| **atoms > 0);
    Ok(some
        .map(|(asset, atoms)| MintAmount {
            mint: asset.mint,
            amount: Amount::new(*atoms, asset.decimals),
        })
        .collect())
}

/// Percent with two decimals, rounded down: for reading, not for reckoning.
fn part(shares: Shares, supply: Shares) -> String {
    let bps = u128::from(shares.0) * 10_000 / u128::from(supply.0.max(1));
    upside_sdk::amount::print_wide(bps, 2)
}
