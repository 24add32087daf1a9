use {
    crate::{
        context::Context,
        error::Result,
        keys,
        select::round::RoundSelector,
        send::completed::{Done, Outcome},
        values::{Address, Decimal, Percent, Quantity, When},
        views,
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Atoms,
        action::{self, Contribution},
        event::TokenEvent,
        inspect::{Amount, Intent},
    },
    upside_view::{style::grouped, text::Before},
};

/// Put money into a round
///
/// Shares round down, and the charge is what they cost: never more than the amount. Your
/// holder account is opened where admission is open.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside round contribute ADA 500
  upside round contribute ADA 500 --round 1 --slippage 0 --deadline 30s
  upside -k backer.json round contribute ADA ALL --approver registrar.json")]
pub struct Args {
    #[command(flatten)]
    which: RoundSelector,
    /// How much of the quote currency, or ALL
    amount: Quantity,
    /// Part of the quoted shares that may be missing, in percent
    #[arg(long, value_name = "PERCENT", default_value = "1")]
    slippage: Percent,
    /// Fewest shares to accept, whatever is quoted: with --max-supply, signatures made
    /// elsewhere stay good while others buy
    #[arg(long, value_name = "SHARES")]
    at_least: Option<Decimal>,
    /// Until when it may land: a span from now, or a point in time [default: 2m, or 14d for
    /// what is signed elsewhere]
    #[arg(long, value_name = "TIME")]
    deadline: Option<When>,
    /// Refuse if more shares than this exist before it [default: those that exist now and
    /// what open rounds and grant offers may still create]
    #[arg(long, value_name = "SHARES")]
    max_supply: Option<Decimal>,
    /// In a round by approval the owner or the registrar, who signs too
    #[arg(long, value_name = "KEYPAIR")]
    approver: Option<Address>,
}

/// A contribution made.
#[derive(Debug, Serialize)]
pub struct Contributed {
    token: String,
    symbol: String,
    round: u64,
    wallet: String,
    paid: Amount,
    shares: Amount,
    escrowed: bool,
    /// What it brings, and what others can do to it.
    preview: Before,
}

impl Outcome for Contributed {
    fn title(&self) -> String {
        format!(
            "Contribute {} to round {} of {}",
            grouped(&self.paid),
            self.round,
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let state = if self.escrowed {
            "the money waits in escrow until the round closes"
        } else {
            "the shares are registered"
        };
        let mut rows = vec![
            ("token", self.token.clone()),
            ("shares", grouped(&self.shares)),
        ];
        rows.extend(self.preview.rows());
        rows.push(("backer", self.wallet.clone()));
        rows.push(("state", state.to_string()));
        rows
    }

    fn before(&self) -> String {
        self.preview.text()
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Contributed>> {
    let me = ctx.keys.me()?;
    let found = args.which.find_open(ctx).await?;
    let quote = found.token.data.quote();
    let all = ctx.cash(quote, &me).await?;
    let request = Contribution {
        backer: me,
        payment: Atoms(args.amount.atoms(found.quote_decimals, all)?),
        slippage_bps: args.slippage.bps(),
        deadline: ctx.deadline(args.deadline, 2).await?,
        max_supply: match &args.max_supply {
            Some(shares) => Some(shares.shares()?.0),
            None => None,
        },
        approver: args.approver.as_ref().map(|approver| approver.key),
    };
    let (client, token, round) = (&ctx.client, &found.token, &found.account);
    let plan = match &args.at_least {
        Some(least) => {
            action::contribute_at_least(client, token, round, &request, least.shares()?).await?
        }
        None => action::contribute(client, token, round, &request).await?,
    };
    let bought = plan.quote.purchase;
    ctx.require_cash(quote, &me, bought.charge.0).await?;
    let approver = keys::of_files(&args.approver)?;
    let intent = Intent::Contribute {
        round: &found.account,
        quote: &plan.quote,
    };
    let mut contributed = Contributed {
        token: found.token.key.to_string(),
        symbol: found.symbol.clone(),
        round: found.account.data.number,
        wallet: me.to_string(),
        paid: Amount::new(bought.charge.0, found.quote_decimals),
        shares: Amount::new(bought.shares.0, SHARE_DECIMALS),
        escrowed: found.account.data.escrows(),
        preview: views::preview(&found.token, &me, intent, &ctx.client, &ctx.trust).await?,
    };
    if ctx.binds() {
        if let Some(alike) = contributed.preview.looks_like() {
            ctx.output.note(format!("{} {alike}", found.symbol));
        }
        ctx.ask(&contributed.question(), "Pay?")?;
    }
    let report = ctx.send_with(&plan.steps, &approver).await?;
    let landed = report.events().find_map(|event| match event {
        TokenEvent::Contributed(event) => Some((event.paid, event.shares)),
        _ => None,
    });
    if let Some((paid, shares)) = landed {
        contributed.paid = Amount::new(paid, found.quote_decimals);
        contributed.shares = Amount::new(shares, SHARE_DECIMALS);
    }
    Ok(Done::new(contributed, report))
}
