use {
    crate::{
        context::Context,
        error::Result,
        select::product::ProductQuery,
        send::completed::{Done, Outcome},
    },
    serde::Serialize,
    upside_sdk::{action::Plan, instruction},
};

/// End a product, as owner; its passes go on
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside product close ADA/0")]
pub struct Args {
    /// The product: its address, or TOKEN/NUMBER
    product: ProductQuery,
}

/// A product closed.
#[derive(Debug, Serialize)]
pub struct Closed {
    token: String,
    symbol: String,
    product: String,
    number: u64,
    passes: u64,
}

impl Outcome for Closed {
    fn title(&self) -> String {
        format!("Close product {} of {}", self.number, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let passes = format!("{} go on", self.passes);
        vec![("product", self.product.clone()), ("passes", passes)]
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Closed>> {
    let found = args.product.find(ctx).await?;
    let close = instruction::close_product(&found.token, &found.account.key);
    let steps = Plan::single("close the product", vec![close]).steps;
    let closed = Closed {
        token: found.token.key.to_string(),
        symbol: found.symbol,
        product: found.account.key.to_string(),
        number: found.account.data.number,
        passes: found.account.data.passes,
    };
    let report = ctx.send_shown(&closed, &steps).await?;
    Ok(Done::new(closed, report))
}
