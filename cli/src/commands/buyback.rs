use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::{CliError, Result},
        send::Mode,
        style::{facts, grouped},
        values::{Address, Decimal, Quantity, TokenQuery, When},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        action::Plan,
        error::SdkError,
        event::TokenEvent,
        fetch,
        inspect::Amount,
        instruction::{self, asset_account},
        quote,
        state::BuyBackArgs,
    },
};

/// Buy a holder's shares back, as owner
///
/// For the highest of their part of the reserve, the last round's price and what they
/// cost the holder, grown at the token's yearly rate. The holder need not sign and is paid
/// in the same instruction. Shows price and reason, and asks before it sends.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside buyback ADA 7kbn… 100 --dry-run           what it would cost, and why
  upside buyback ADA 7kbn… ALL --max-payment 250")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Whose shares
    wallet: Address,
    /// How many shares, or ALL that are free
    shares: Quantity,
    /// Pay at most so much of the quote currency [default: the price as quoted]
    #[arg(long, value_name = "AMOUNT")]
    max_payment: Option<Decimal>,
    /// Until when it may land: a span from now, or a point in time
    #[arg(long, value_name = "TIME", default_value = "2m")]
    deadline: When,
}

/// Shares bought back.
#[derive(Debug, Serialize)]
pub struct BoughtBack {
    token: String,
    symbol: String,
    wallet: String,
    shares: Amount,
    paid: Amount,
    /// Their part of the reserve.
    by_reserve: Amount,
    /// What they are at the last round's price.
    by_last_price: Amount,
    /// What they cost the holder, grown.
    by_cost: Amount,
}

impl Outcome for BoughtBack {
    fn title(&self) -> String {
        format!(
            "Buy back {} shares of {} for {}",
            grouped(&self.shares),
            self.symbol,
            grouped(&self.paid)
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("from", self.wallet.clone()),
            ("by reserve", grouped(&self.by_reserve)),
            ("by price", grouped(&self.by_last_price)),
            ("by cost", grouped(&self.by_cost)),
        ]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<BoughtBack>> {
    let token = ctx.token(&args.token).await?;
    let (asset, wallet, owner) = (token.data.quote(), args.wallet.key, token.data.owner);
    let decimals = asset.decimals;
    let holder = fetch::holder(&ctx.client, &token.key, &wallet).await?;
    let holder = holder.ok_or_else(|| SdkError::NotFound {
        what: "holder account",
        query: wallet.to_string(),
    })?;
    let free = holder.data.free().map_err(SdkError::from)?;
    let shares = args.shares.shares(free)?;
    holder.data.require_free(shares.0).map_err(SdkError::from)?;
    let (supply, now) = (
        fetch::share_supply(&ctx.client, &token.key).await?,
        ctx.now().await?,
    );
    let price = quote::buyback(&token.data, supply, &holder.data, shares, now)?;
    let paid = price.payment().0;
    let most = match &args.max_payment {
        Some(most) => most.atoms(decimals)?,
        // Growth until it lands: a hundredth of a percent is years' worth of seconds.
        None => paid.saturating_add(paid / 10_000 + 1),
    };
    let money = |atoms| Amount::new(atoms, decimals);
    if paid > most {
        return Err(CliError::usage(
            format!(
                "these shares cost {} at least: more than --max-payment",
                grouped(&money(paid))
            ),
            "buy fewer, or pass a higher --max-payment",
        ));
    }
    ctx.require_cash(asset, &owner, paid).await?;
    let mut bought = BoughtBack {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        wallet: wallet.to_string(),
        shares: Amount::new(shares.0, SHARE_DECIMALS),
        paid: money(paid),
        by_reserve: money(price.reserve.0),
        by_last_price: money(price.last.0),
        by_cost: money(price.grown.0),
    };
    if ctx.mode == Mode::Send {
        ctx.output.ask(
            &format!("{}\n{}", bought.title(), facts(&bought.rows())),
            "Buy these shares back?",
        )?;
    }
    let mut instructions = Vec::new();
    let theirs = asset_account(asset, &wallet);
    let found = fetch::raw(&ctx.client, &[theirs]).await?;
    if found.into_iter().flatten().next().is_none() {
        let (payer, program) = (ctx.keys.payer()?, asset.token_program());
        instructions.push(instruction::create_associated(
            &payer,
            &wallet,
            &asset.mint,
            &program,
        ));
    }
    let args = BuyBackArgs {
        shares: shares.0,
        max_payment: most,
        deadline: args.deadline.at(now),
    };
    instructions.push(instruction::buy_back(&token, &wallet, args));
    let report = ctx
        .send(&Plan::single("buy back", instructions).steps)
        .await?;
    let landed = report.events().find_map(|event| match event {
        TokenEvent::SharesBoughtBack(event) => Some(event.paid),
        _ => None,
    });
    if let Some(paid) = landed {
        bought.paid = money(paid);
    }
    Ok(Done::new(bought, report))
}
