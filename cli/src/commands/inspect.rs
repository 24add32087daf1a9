use {
    crate::{
        context::Context,
        error::{CliError, Result},
        page::{self, Written},
        report::{self, IndexLook, Look},
        values::{IndexQuery, TokenQuery},
    },
    serde::{Serialize, Serializer},
    std::{fmt, path::PathBuf, str::FromStr},
    upside_sdk::{
        Pubkey,
        error::SdkError,
        index::{PooledIndex, fetch},
        state::{Account, PersonalToken},
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
    look: Look,
    holders: usize,
}

impl Inspected {
    /// To be shown with so many holders.
    pub fn new(look: Look, holders: usize) -> Self {
        Inspected { look, holders }
    }
}

impl Serialize for Inspected {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.look.report.serialize(serializer)
    }
}

impl fmt::Display for Inspected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inspected { look, holders } = self;
        let parts = [
            report::named(look),
            report::supply(look),
            report::disclosure(look),
            report::backing(look),
            report::assets(look),
            report::streams(look),
            report::claims(look, &look.report.claims),
            report::exits(look),
            report::governance(look),
            report::rounds(look, &look.report.rounds),
            report::holders(look, *holders, false),
        ];
        parts.iter().try_for_each(|part| f.write_str(part))
    }
}

/// An index, looked through.
pub struct IndexInspected(IndexLook);

impl Serialize for IndexInspected {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.report.serialize(serializer)
    }
}

impl fmt::Display for IndexInspected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let look = &self.0;
        let parts = [
            report::index_identity(look),
            report::index_supply(look),
            report::index_disclosure(look),
            report::index_backing(look),
            report::index_exits(look),
            report::index_tree(look),
            report::index_members(look),
            report::index_rebalance(look),
            report::index_announcements(look),
        ];
        parts.iter().try_for_each(|part| f.write_str(part))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<()> {
    match meant(&args.query, ctx).await? {
        Meant::Token(token) => {
            let look = report::of_token(*token, &ctx.client, &ctx.trust).await?;
            if let Some(file) = &args.html {
                let page = page::token(&look)?;
                return ctx.output.show(&Written::new(
                    &look.report.token,
                    file,
                    &page,
                    &look.report,
                )?);
            }
            ctx.output.show(&Inspected::new(look, args.holders))
        }
        Meant::Index(index) => {
            let pool = fetch::pool(&ctx.client, &index.key).await?;
            let look = report::of_index(&pool, &ctx.client, &ctx.trust).await?;
            if let Some(file) = &args.html {
                let page = page::index(&look)?;
                return ctx.output.show(&Written::new(
                    &look.report.index,
                    file,
                    &page,
                    &look.report,
                )?);
            }
            ctx.output.show(&IndexInspected(look))
        }
    }
}

/// What a name stands for.
pub enum Meant {
    /// A token.
    Token(Box<Account<PersonalToken>>),
    /// An index.
    Index(Box<Account<PooledIndex>>),
}

/// The token or the index that a person means. Errors: `NotFound`; `Ambiguous` where both
/// fit, unless the address is one's own or its mint's.
pub async fn meant(query: &TokenQuery, ctx: &Context) -> Result<Meant> {
    let token = match ctx.token(query).await {
        Err(CliError::Sdk(SdkError::NotFound { .. })) => None,
        found => Some(found?),
    };
    if let (Some(token), Ok(key)) = (&token, Pubkey::from_str(&query.0))
        && [token.key, token.data.mint].contains(&key)
    {
        return Ok(Meant::Token(Box::new(token.clone())));
    }
    let index = match ctx.index(&IndexQuery(query.0.clone())).await {
        Err(CliError::Sdk(SdkError::NotFound { .. })) => None,
        found => Some(found?),
    };
    match (token, index) {
        (Some(token), None) => Ok(Meant::Token(Box::new(token))),
        (None, Some(index)) => Ok(Meant::Index(Box::new(index))),
        (Some(token), Some(index)) => Err(CliError::Ambiguous {
            query: query.0.clone(),
            fits: vec![
                format!("the token {}", token.key),
                format!("the index {}", index.key),
            ],
        }),
        (None, None) => Err(CliError::Sdk(SdkError::NotFound {
            what: "token or index",
            query: query.0.clone(),
        })),
    }
}
