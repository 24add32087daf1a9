use {
    super::{
        offered::Offered,
        price::{far_off, royalty_of},
    },
    crate::{
        context::Context,
        error::Result,
        select::sale::{find, of_seller},
        send::completed::{Done, Outcome},
        values::{Address, Decimal, Quantity, TokenQuery, When, stamp},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        action::Plan, address::find_sale, error::SdkError, fetch, inspect::Amount, instruction,
        state::SaleTerms,
    },
    upside_view::style::{grouped, span},
};

/// Offer your registered shares for a price
///
/// They stay yours, locked, and earn until somebody buys. Where the token asks for a
/// royalty, it is taken from what you receive beyond everything that you ever paid, at the
/// lowest rate that held while you held.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside sale open ADA 100 0.25                    to anybody, for 30 days
  upside sale open ADA ALL 0.25 --buyer 7kbn… --expires 2d")]
pub struct OpenArgs {
    /// The token
    token: TokenQuery,
    /// How many shares, or ALL that are free
    shares: Quantity,
    /// For how much of the quote currency a share
    price: Decimal,
    /// Who alone may buy [default: anybody]
    #[arg(long, value_name = "WALLET")]
    buyer: Option<Address>,
    /// Until when: a span from now, or a point in time, at most two years ahead
    #[arg(long, value_name = "TIME", default_value = "30d")]
    expires: When,
    /// Your number for it [default: your lowest that is free]
    #[arg(short, long, value_name = "NUMBER")]
    number: Option<u64>,
}

/// End a sale unsold: yours, or anybody's that has expired
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside sale cancel ADA
  upside sale cancel ADA --seller 7kbn… --number 2     once it has expired")]
pub struct CancelArgs {
    /// The token
    token: TokenQuery,
    /// Whose [default: yours]
    #[arg(long, value_name = "WALLET")]
    seller: Option<Address>,
    /// Which of their sales [default: the only one]
    #[arg(short, long, value_name = "NUMBER")]
    number: Option<u64>,
}

/// A sale opened.
#[derive(Debug, Serialize)]
pub struct Opened {
    token: String,
    symbol: String,
    sale: String,
    #[serde(flatten)]
    offered: Offered,
    /// Royalty on what you receive beyond `cost`.
    royalty_bps: u16,
    /// What you paid and no sale has brought back yet.
    cost: Amount,
    /// What is unusual about the price.
    warning: Option<String>,
    #[serde(skip)]
    for_seconds: i64,
}

impl Outcome for Opened {
    fn title(&self) -> String {
        format!(
            "Offer {} shares of {} at {} each",
            grouped(&self.offered.shares),
            self.symbol,
            grouped(&self.offered.price)
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let offered = &self.offered;
        let buyer = offered.buyer.clone();
        let mut rows = vec![
            ("number", offered.number.to_string()),
            ("to", buyer.unwrap_or_else(|| "anybody".to_string())),
            (
                "until",
                format!("{}, {}", stamp(offered.expires_at), span(self.for_seconds)),
            ),
            ("royalty", royalty_of(self.royalty_bps, &self.cost)),
        ];
        rows.extend(self.warning.clone().map(|warning| ("note", warning)));
        rows
    }
}

/// A sale ended.
#[derive(Debug, Serialize)]
pub struct Cancelled {
    token: String,
    symbol: String,
    seller: String,
    number: u64,
    unlocked: Amount,
}

impl Outcome for Cancelled {
    fn title(&self) -> String {
        format!("Cancel sale {} of {}", self.number, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("seller", self.seller.clone()),
            ("unlocked", format!("{} shares", grouped(&self.unlocked))),
        ]
    }
}

pub async fn open(args: &OpenArgs, ctx: &Context) -> Result<Done<Opened>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let decimals = token.data.quote().decimals;
    let holder = fetch::holder(&ctx.client, &token.key, &me).await?;
    let holder = holder.map(|holder| holder.data).unwrap_or_default();
    let free = holder.free().unwrap_or_default();
    let now = ctx.now().await?;
    let number = match args.number {
        Some(number) => number,
        None => {
            let own = of_seller(ctx, &token.key, &me).await?;
            let mut numbers = 0u64..;
            let taken = |number: &u64| own.iter().any(|sale| sale.data.number == *number);
            numbers.find(|number| !taken(number)).unwrap_or_default()
        }
    };
    let terms = SaleTerms {
        number,
        shares: args.shares.shares(free)?.0,
        price: args.price.atoms(decimals)?,
        buyer: args
            .buyer
            .as_ref()
            .map(|buyer| buyer.key)
            .unwrap_or_default(),
        expires_at: args.expires.at(now),
    };
    let open = instruction::open_sale(&token.key, &ctx.keys.payer()?, &me, terms);
    let symbol = ctx.symbol(&token).await?;
    let key = find_sale(&token.key, &me, number).0;
    let shares = |atoms| Amount::new(atoms, SHARE_DECIMALS);
    let rate = token.data.royalty_rate(&holder).map_err(SdkError::from)?;
    let offered = Offered {
        seller: me.to_string(),
        number,
        shares: shares(terms.shares),
        price: Amount::new(terms.price, decimals),
        buyer: args.buyer.as_ref().map(ToString::to_string),
        expires_at: terms.expires_at,
        expired: false,
        sold: shares(0),
    };
    let opened = Opened {
        token: token.key.to_string(),
        symbol,
        sale: key.to_string(),
        offered,
        royalty_bps: rate.get(),
        cost: Amount::new(holder.cost, decimals),
        warning: far_off(terms.price, token.data.last_price, decimals),
        for_seconds: terms.expires_at.saturating_sub(now),
    };
    let report = ctx
        .send_shown(&opened, &Plan::single("open sale", vec![open]).steps)
        .await?;
    Ok(Done::new(opened, report))
}

pub async fn cancel(args: &CancelArgs, ctx: &Context) -> Result<Done<Cancelled>> {
    let me = ctx.keys.me()?;
    let token = ctx.token(&args.token).await?;
    let seller = args.seller.as_ref().map_or(me, |seller| seller.key);
    let sale = find(ctx, &token.key, &seller, args.number).await?;
    let cancel = instruction::cancel_sale(&sale, &me);
    let symbol = ctx.symbol(&token).await?;
    let cancelled = Cancelled {
        token: token.key.to_string(),
        symbol,
        seller: seller.to_string(),
        number: sale.data.number,
        unlocked: Amount::new(sale.data.shares, SHARE_DECIMALS),
    };
    let report = ctx
        .send_shown(&cancelled, &Plan::single("cancel sale", vec![cancel]).steps)
        .await?;
    Ok(Done::new(cancelled, report))
}
