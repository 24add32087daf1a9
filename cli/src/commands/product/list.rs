use {
    super::product_report::ProductReport,
    crate::{
        context::Context,
        error::{CliError, Result},
        select::product::ProductQuery,
        values::{TokenQuery, stamp},
        views,
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::pass,
    upside_view::{
        style::{Column, cell, facts, heading, span, table},
        text::Names,
    },
};

/// List all products of a token
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside product list ADA")]
pub struct ListArgs {
    /// The token
    token: TokenQuery,
}

/// Show one product with its passes
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside product show ADA/0")]
pub struct ShowArgs {
    /// The product: its address, or TOKEN/NUMBER
    product: ProductQuery,
}

/// All products of a token.
#[derive(Serialize)]
pub struct Products {
    token: String,
    symbol: String,
    products: Vec<ProductReport>,
    #[serde(skip)]
    names: Names,
}

fn lifetime(seconds: u64) -> String {
    match i64::try_from(seconds) {
        Ok(0) => "no end".to_string(),
        Ok(seconds) => span(seconds),
        Err(_) => "no end".to_string(),
    }
}

fn given(product: &ProductReport) -> String {
    match product.max_passes {
        Some(most) => format!("{} of {most}", product.sold),
        None => product.sold.to_string(),
    }
}

impl fmt::Display for Products {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.products.is_empty() {
            return write!(f, "{} offers nothing yet", self.symbol);
        }
        let columns = [
            Column::Words("product"),
            Column::Words("name"),
            Column::Numbers("tier"),
            Column::Words("asks"),
            Column::Numbers("units"),
            Column::Words("lifetime"),
            Column::Numbers("given"),
            Column::Words("status"),
        ];
        let rows = self.products.iter().map(|product| {
            vec![
                cell(format!("{}/{}", self.symbol, product.number)),
                cell(&product.name),
                cell(product.tier),
                cell(product.asks(&self.names)),
                cell(product.units),
                cell(lifetime(product.lifetime_seconds)),
                cell(given(product)),
                cell(if product.open { "open" } else { "closed" }),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

/// One product.
#[derive(Serialize)]
pub struct Shown {
    token: String,
    symbol: String,
    #[serde(flatten)]
    product: ProductReport,
    wallets: Vec<PassLine>,
    #[serde(skip)]
    names: Names,
}

/// One wallet's pass.
#[derive(Serialize)]
struct PassLine {
    wallet: String,
    units: u64,
    used: u64,
    expires_at: Option<i64>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let product = &self.product;
        let mut rows = vec![
            ("product", product.product.clone()),
            ("asks", product.asks(&self.names)),
            ("tier", product.tier.to_string()),
            ("units of a pass", product.units.to_string()),
            ("lifetime", lifetime(product.lifetime_seconds)),
            ("passes given", given(product)),
            (
                "status",
                if product.open { "open" } else { "closed" }.to_string(),
            ),
        ];
        let claim = |number| format!("claim {number} takes its part of payments");
        rows.extend(product.claim.map(|number| ("revenue", claim(number))));
        rows.extend(
            product
                .point_of_sale
                .clone()
                .map(|point_of_sale| ("point of sale", point_of_sale)),
        );
        rows.extend(product.uri.clone().map(|uri| ("more", uri)));
        writeln!(f, "{}/{}: {}", self.symbol, product.number, product.name)?;
        f.write_str(&facts(&rows))?;
        if self.wallets.is_empty() {
            return Ok(());
        }
        let columns = [
            Column::Words("wallet"),
            Column::Numbers("units left"),
            Column::Numbers("used"),
            Column::Words("good until"),
        ];
        let rows = self.wallets.iter().map(|pass| {
            let end = pass.expires_at.map_or_else(|| "no end".to_string(), stamp);
            vec![
                cell(&pass.wallet),
                cell(pass.units),
                cell(pass.used),
                cell(end),
            ]
        });
        f.write_str(&heading("Passes"))?;
        f.write_str(&table(&columns, rows.collect()))
    }
}

async fn names(ctx: &Context, products: &[ProductReport]) -> Result<Names> {
    let mints = products.iter().filter_map(|one| one.mint);
    views::names(&ctx.client, mints).await
}

pub async fn list(args: &ListArgs, ctx: &Context) -> Result<Products> {
    let token = ctx.token(&args.token).await?;
    let found = pass::products(&ctx.client, &token.key).await?;
    let products = found
        .iter()
        .map(|product| ProductReport::new(ctx, &token.data, product))
        .collect::<Result<Vec<_>, CliError>>()?;
    Ok(Products {
        token: token.key.to_string(),
        symbol: ctx.symbol(&token).await?,
        names: names(ctx, &products).await?,
        products,
    })
}

pub async fn show(args: &ShowArgs, ctx: &Context) -> Result<Shown> {
    let found = args.product.find(ctx).await?;
    let product = ProductReport::new(ctx, &found.token.data, &found.account)?;
    let passes = pass::passes(&ctx.client, &found.account.key).await?;
    let wallets = passes.iter().map(|pass| PassLine {
        wallet: pass.data.wallet.to_string(),
        units: pass.data.units,
        used: pass.data.used,
        expires_at: (pass.data.expires_at != 0).then_some(pass.data.expires_at),
    });
    Ok(Shown {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        names: names(ctx, std::slice::from_ref(&product)).await?,
        product,
        wallets: wallets.collect(),
    })
}
