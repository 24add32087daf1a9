use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{IndexQuery, TokenQuery},
        views,
    },
    serde::Serialize,
    std::str::FromStr,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey,
        action::Plan,
        error::SdkError,
        fetch,
        index::{action, instruction},
        inspect::Unit,
    },
};

/// Add a person's token or a mint of cash, as curator
///
/// The index opens its holder account where the token admits everybody. Where it does
/// not, or its shares do not move freely, the token's owner first opens that account and
/// marks it as a venue.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index add MAKERS ADA
  upside index add MAKERS EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v")]
pub struct AddArgs {
    /// The index
    index: IndexQuery,
    /// A token, or a mint of cash
    key: TokenQuery,
}

/// Free a slot that holds nothing, as curator
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index remove MAKERS ADA")]
pub struct RemoveArgs {
    /// The index
    index: IndexQuery,
    /// A token, a mint, or the number of a slot
    key: TokenQuery,
}

/// A constituent added or removed.
#[derive(Debug, Serialize)]
pub struct Changed {
    index: String,
    symbol: String,
    slot: u8,
    key: String,
    name: String,
    kind: &'static str,
    added: bool,
}

impl Outcome for Changed {
    fn title(&self) -> String {
        let (verb, way) = if self.added {
            ("Add", "to")
        } else {
            ("Remove", "from")
        };
        format!("{verb} {} {way} {}", self.name, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("slot", self.slot.to_string()),
            (self.kind, self.key.clone()),
        ]
    }
}

/// Something that an index can hold.
pub struct Thing {
    /// The personal token, or the mint.
    pub key: Pubkey,
    /// What it is called.
    pub name: String,
    /// How its amounts are written.
    pub unit: Unit,
    /// `token` or `cash`.
    pub kind: &'static str,
}

/// The personal token or the mint that a person means.
pub async fn thing(query: &TokenQuery, ctx: &Context) -> Result<Thing> {
    let mint = Pubkey::from_str(&query.0).ok();
    match (ctx.token(query).await, mint) {
        (Ok(token), _) => Ok(Thing {
            key: token.key,
            name: ctx.symbol(&token).await?,
            unit: SHARE_DECIMALS.into(),
            kind: "token",
        }),
        (Err(CliError::Sdk(SdkError::NotFound { .. })), Some(key)) => {
            let mint = fetch::mint(&ctx.client, &key).await?;
            ctx.look_at(&[key]).await?;
            let names = crate::views::names(&ctx.client, [key]);
            Ok(Thing {
                key,
                name: names.await?.of(&key),
                unit: ctx.unit(&key, mint.decimals),
                kind: "cash",
            })
        }
        (Err(error), _) => Err(error),
    }
}

pub async fn add(args: &AddArgs, ctx: &Context) -> Result<Done<Changed>> {
    let index = ctx.index(&args.index).await?;
    let thing = thing(&args.key, ctx).await?;
    let plan = action::add(&ctx.client, &index, &ctx.keys.payer()?, &thing.key).await?;
    let changed = Changed {
        index: index.key.to_string(),
        symbol: upside_sdk::index::symbol(&index.data).to_string(),
        slot: plan.quote,
        key: thing.key.to_string(),
        name: thing.name,
        kind: thing.kind,
        added: true,
    };
    let report = ctx.send_shown(&changed, &plan.steps).await?;
    Ok(Done::new(changed, report))
}

pub async fn remove(args: &RemoveArgs, ctx: &Context) -> Result<Done<Changed>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let slot = views::find(&found.slots, &args.key)?;
    let remove = instruction::remove_constituent(&found.pool.index, slot.number);
    let steps = Plan::single("remove a constituent", vec![remove]).steps;
    let changed = Changed {
        index: found.key(),
        symbol: found.symbol.clone(),
        slot: slot.number,
        key: slot.key.to_string(),
        name: slot.name.clone(),
        kind: if slot.personal { "token" } else { "cash" },
        added: false,
    };
    let report = ctx.send_shown(&changed, &steps).await?;
    Ok(Done::new(changed, report))
}
