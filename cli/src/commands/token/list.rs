use {
    crate::{
        context::Context,
        error::Result,
        pages::{Page, Pages},
        values::Address,
        views,
    },
    clap::ValueEnum,
    comfy_table::Color,
    serde::Serialize,
    serde_with::{DisplayFromStr, serde_as},
    std::{cmp::Ordering, fmt},
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey,
        confusable::{self, Named},
        fetch,
        identity::{self, Identity},
        inspect::{Amount, MintAmount},
        state::{Account, PersonalToken},
    },
    upside_view::{
        style::{self, Column, cell, colored, grouped, paint, table},
        text::Names,
    },
};

/// List tokens: searched, sorted, in pages
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token list                                   the oldest first
  upside token list lovelace                          name or symbol has this in it
  upside token list --sort holders --desc --page 1
  upside --trust 7kbn… token list --verified
  upside -u devnet token list --owner creator.json --output json

Reserves of several currencies are sorted by currency first: they are never compared. Look at
one closely with `upside inspect TOKEN`.")]
pub struct Args {
    /// Only those with this in their name or symbol; capitals and small letters are alike
    #[arg(value_name = "TEXT")]
    search: Option<String>,
    /// Only those of this owner
    #[arg(long, value_name = "WALLET")]
    owner: Option<Address>,
    /// Only those that somebody vouches for whom --trust names
    #[arg(long)]
    verified: bool,
    /// By what, the smallest first [default: age, the oldest first]
    #[arg(long, value_enum, value_name = "COLUMN")]
    sort: Option<Sort>,
    /// The largest first
    #[arg(long, requires = "sort")]
    desc: bool,
    #[command(flatten)]
    pages: Pages,
}

/// What tokens are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// When it was created
    Age,
    /// The symbol
    Symbol,
    /// The name
    Name,
    /// Shares in existence
    Supply,
    /// Wallets with a holder account
    Holders,
    /// The reserve in its own currency
    Reserve,
}

/// A page of tokens.
#[derive(Debug, Serialize)]
pub struct Tokens {
    tokens: Vec<Line>,
    page: usize,
    pages: usize,
    /// On all pages.
    count: usize,
    #[serde(skip)]
    note: Option<String>,
    /// Whether all tokens of the chain were wanted.
    #[serde(skip)]
    all: bool,
    #[serde(skip)]
    names: Names,
}

/// One token.
#[serde_as]
#[derive(Debug, Serialize)]
struct Line {
    #[serde_as(as = "DisplayFromStr")]
    token: Pubkey,
    name: String,
    symbol: String,
    verified: bool,
    identity: Identity,
    /// Other tokens of the chain whose name or symbol looks like its own.
    looks_like: Vec<Named>,
    owner: String,
    mint: String,
    paused: bool,
    supply: Amount,
    /// What redeeming pays out of in the token's own currency.
    reserve: MintAmount,
    holders: u64,
    rounds: u64,
    claims: u64,
    /// The slot in which it was created.
    created_slot: u64,
}

impl fmt::Display for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tokens.is_empty() {
            return f.write_str(if self.all {
                "No tokens here yet: `upside token create \"Ada Lovelace\" ADA --cap 1000000`"
            } else {
                "No token is like that: `upside token list` has all"
            });
        }
        let columns = [
            Column::Words("symbol"),
            Column::Words("token"),
            Column::Numbers("supply"),
            Column::Numbers("holders"),
            Column::Numbers("reserve"),
            Column::Words("name"),
            Column::Words("identity"),
        ];
        let rows = self.tokens.iter().map(|token| {
            let identity = match (token.verified, token.looks_like.len()) {
                (true, _) => colored(Color::Green, "verified"),
                (false, 0) => colored(Color::Yellow, "unverified"),
                (false, some) => {
                    colored(Color::Red, format!("unverified, looks like {some} other"))
                }
            };
            let reserve = &token.reserve;
            vec![
                cell(&token.symbol),
                cell(token.token),
                cell(grouped(&token.supply)),
                cell(token.holders),
                cell(format!(
                    "{} {}",
                    grouped(&reserve.amount),
                    self.names.of(&reserve.mint)
                )),
                cell(&token.name),
                identity,
            ]
        });
        f.write_str(&table(&columns, rows.collect()))?;
        if let Some(note) = &self.note {
            write!(f, "\n  {}", paint(style::DIM, note))?;
        }
        Ok(())
    }
}

impl Args {
    fn wants(&self, line: &Line) -> bool {
        let text = self.search.as_ref().map(|text| text.to_lowercase());
        let fits = |text: &String| {
            let mut texts = [&line.name, &line.symbol].into_iter();
            texts.any(|one| one.to_lowercase().contains(text))
        };
        let owner = self.owner.as_ref().map(|owner| owner.key.to_string());
        text.as_ref().is_none_or(fits)
            && owner.is_none_or(|owner| owner == line.owner)
            && (line.verified || !self.verified)
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Tokens> {
    args.pages.check()?;
    let tokens = fetch::tokens(&ctx.client).await?;
    let mut lines = lines(&tokens, ctx).await?;
    lines.retain(|line| args.wants(line));
    let sort = args.sort.unwrap_or(Sort::Age);
    lines.sort_by(|one, other| {
        let order = sort.compare(one, other);
        let order = if args.desc { order.reverse() } else { order };
        order.then_with(|| one.token.cmp(&other.token))
    });
    let (tokens, page) = args.pages.cut(lines)?;
    let mints = tokens.iter().map(|line| line.reserve.mint);
    let names = views::names(&ctx.client, mints).await?;
    let Page {
        number, pages, all, ..
    } = page;
    Ok(Tokens {
        tokens,
        page: number,
        pages,
        count: all,
        note: page.note("tokens"),
        all: args.search.is_none() && args.owner.is_none() && !args.verified,
        names,
    })
}

impl Sort {
    fn compare(self, one: &Line, other: &Line) -> Ordering {
        let reserve = |line: &Line| (line.reserve.mint, line.reserve.amount.atoms);
        match self {
            Sort::Age => one.created_slot.cmp(&other.created_slot),
            Sort::Symbol => one.symbol.to_lowercase().cmp(&other.symbol.to_lowercase()),
            Sort::Name => one.name.to_lowercase().cmp(&other.name.to_lowercase()),
            Sort::Supply => one.supply.atoms.cmp(&other.supply.atoms),
            Sort::Holders => one.holders.cmp(&other.holders),
            Sort::Reserve => reserve(one).cmp(&reserve(other)),
        }
    }
}

/// All tokens as lines, in the same order.
async fn lines(tokens: &[Account<PersonalToken>], ctx: &Context) -> Result<Vec<Line>> {
    let names = fetch::names(&ctx.client, tokens).await?;
    let names: Vec<_> = names.into_iter().map(Option::unwrap_or_default).collect();
    let people = tokens
        .iter()
        .zip(&names)
        .map(|(one, name)| identity::Person {
            token: one.key,
            owner: one.data.owner,
            name: name.name.clone(),
        });
    let people: Vec<_> = people.collect();
    let identities = identity::of(&ctx.client, &people, &ctx.trust).await?;
    let named = tokens.iter().zip(&names).map(|(token, name)| Named {
        token: token.key,
        name: name.name.clone(),
        symbol: name.symbol.clone(),
    });
    let named: Vec<Named> = named.collect();
    let alike = confusable::alike(&named).into_iter().map(|others| {
        let others = others
            .into_iter()
            .filter_map(|place| named.get(place).cloned());
        others.collect::<Vec<_>>()
    });
    let all = tokens.iter().zip(names).zip(identities).zip(alike);
    let line = |(((token, name), identity), looks_like): (((&Account<PersonalToken>, _), _), _)| {
        let data = &token.data;
        let (name, identity): (fetch::Name, Identity) = (name, identity);
        let quote = data.quote();
        Line {
            token: token.key,
            name: name.name,
            symbol: name.symbol,
            verified: identity.is_verified(),
            identity,
            looks_like,
            owner: data.owner.to_string(),
            mint: data.mint.to_string(),
            paused: data.paused == 1,
            supply: Amount::new(data.supply, SHARE_DECIMALS),
            reserve: MintAmount {
                mint: quote.mint,
                amount: Amount::new(quote.reserve, quote.decimals),
            },
            holders: data.holders,
            rounds: data.rounds,
            claims: data.claims,
            created_slot: data.created_slot,
        }
    };
    Ok(all.map(line).collect())
}
