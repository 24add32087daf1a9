use {
    crate::{
        context::Context,
        error::Result,
        select::token_or_index::{TokenOrIndex, token_or_index},
        values::TokenQuery,
        views,
        views::Written,
    },
    serde::{Serialize, Serializer},
    std::{fmt, path::PathBuf},
    upside_sdk::index::fetch,
    upside_view::{
        html,
        text::{self, IndexView, TokenView},
    },
};

/// Look through a token or an index, down to every claim with evidence and age
///
/// Of a token: supply, backing, reserve, streams, claims, rounds, holders. Of an index:
/// what stands behind all shares and behind one through both levels, and every person
/// below it as a tree.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside inspect ADA
  upside inspect ADA --holders 100
  upside inspect MAKERS                   an index, through its people to their claims
  upside inspect ADA --html ada.html      a page with charts, for a browser
  upside inspect ADA --output json        everything, all holders too")]
pub struct Args {
    /// The token or the index
    query: TokenQuery,
    /// Show at most so many holders of a token, the largest
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    holders: usize,
    /// Write it as a page for a browser instead: one file that loads nothing else
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

/// A token, looked through.
pub struct Inspected {
    view: TokenView,
    holders: usize,
}

impl Inspected {
    /// To be shown with so many holders.
    pub fn new(view: TokenView, holders: usize) -> Self {
        Inspected { view, holders }
    }
}

impl Serialize for Inspected {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.view.report.serialize(serializer)
    }
}

impl fmt::Display for Inspected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inspected { view, holders } = self;
        let parts = [
            text::named(view),
            text::supply(view),
            text::disclosure(view),
            text::backing(view),
            text::assets(view),
            text::streams(view),
            text::claims(view, &view.report.claims),
            text::exits(view),
            text::governance(view),
            text::rounds(view, &view.report.rounds),
            text::holders(view, *holders, false),
        ];
        parts.iter().try_for_each(|part| f.write_str(part))
    }
}

/// An index, looked through.
pub struct IndexInspected(IndexView);

impl Serialize for IndexInspected {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.report.serialize(serializer)
    }
}

impl fmt::Display for IndexInspected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let view = &self.0;
        let parts = [
            text::index_identity(view),
            text::index_supply(view),
            text::index_disclosure(view),
            text::index_backing(view),
            text::index_exits(view),
            text::index_tree(view),
            text::index_members(view),
            text::index_rebalance(view),
            text::index_announcements(view),
        ];
        parts.iter().try_for_each(|part| f.write_str(part))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<()> {
    match token_or_index(&args.query, ctx).await? {
        TokenOrIndex::Token(token) => {
            let view = views::token(*token, &ctx.client, &ctx.trust).await?;
            if let Some(file) = &args.html {
                let page = html::token(&view)?;
                return ctx.output.show(&Written::new(
                    &view.report.token.to_string(),
                    file,
                    &page,
                    &view.report,
                )?);
            }
            ctx.output.show(&Inspected::new(view, args.holders))
        }
        TokenOrIndex::Index(index) => {
            let pool = fetch::pool(&ctx.client, &index.key).await?;
            let view = views::index(&pool, &ctx.client, &ctx.trust).await?;
            if let Some(file) = &args.html {
                let page = html::index(&view)?;
                return ctx.output.show(&Written::new(
                    &view.report.index.to_string(),
                    file,
                    &page,
                    &view.report,
                )?);
            }
            ctx.output.show(&IndexInspected(view))
        }
    }
}
