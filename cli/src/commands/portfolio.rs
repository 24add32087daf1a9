use {
    crate::{
        commands::holder::show::{Holding, of_wallet},
        context::Context,
        error::Result,
        values::Address,
        views::{self, symbol},
    },
    serde::Serialize,
    solana_rpc_client_api::request::TokenAccountsFilter,
    std::{collections::BTreeSet, fmt},
    upside_sdk::{
        Pubkey,
        address::TOKEN_2022_PROGRAM,
        fetch,
        index::{self, INDEX_SHARE_DECIMALS, PooledIndex},
        inspect::Amount,
        state::decode,
    },
    upside_view::{
        style::{self, facts, grouped, listed, paint},
        text::Names,
    },
};

/// Show everything that a wallet has: shares of tokens and of indexes, what they redeem for,
/// what can be collected, open polls
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside portfolio
  upside portfolio ben.json --output json
  upside dividend collect --all                what can be collected, of every token")]
pub struct Args {
    /// Whose [default: the keypair]
    wallet: Option<Address>,
}

/// Shares of one token.
#[derive(Debug, Serialize)]
struct Held {
    token: String,
    symbol: String,
    open_polls: usize,
    #[serde(flatten)]
    holding: Holding,
}

/// Shares of one index.
#[derive(Debug, Serialize)]
struct Pooled {
    index: String,
    symbol: String,
    shares: Amount,
}

/// Everything that a wallet has.
#[derive(Debug, Serialize)]
pub struct Portfolio {
    wallet: String,
    tokens: Vec<Held>,
    indexes: Vec<Pooled>,
    #[serde(skip)]
    names: Names,
}

impl fmt::Display for Portfolio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |mint: &Pubkey| self.names.of(mint);
        if self.tokens.is_empty() && self.indexes.is_empty() {
            return writeln!(f, "{} has no shares", self.wallet);
        }
        for Held {
            symbol,
            open_polls,
            holding,
            ..
        } in &self.tokens
        {
            writeln!(f, "{}", paint(style::BOLD, symbol))?;
            let shares = format!("{}, {} % of all", grouped(&holding.shares), holding.part);
            let mut rows = vec![
                ("shares", shares),
                (
                    "in the wallet",
                    format!("{} bearer tokens", grouped(&holding.bearer)),
                ),
                ("redeem for", listed(&holding.redeemable, name)),
                ("collectable", listed(&holding.collectable, name)),
                ("cost", grouped(&holding.cost)),
            ];
            if *open_polls > 0 {
                let polls = format!("{open_polls} open: `upside poll list {symbol}`");
                rows.push(("polls", polls));
            }
            f.write_str(&facts(&rows))?;
        }
        for pooled in &self.indexes {
            writeln!(f, "{}", paint(style::BOLD, &pooled.symbol))?;
            f.write_str(&facts(&[("index shares", grouped(&pooled.shares))]))?;
        }
        Ok(())
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Portfolio> {
    let wallet = ctx.wallet(args.wallet.as_ref())?;
    let client = &ctx.client;
    // Registered shares have an account of the program's, others the wallet's own.
    let holders = fetch::holders_of(client, &wallet).await?;
    let mut keys: BTreeSet<Pubkey> = holders.iter().map(|holder| holder.data.token).collect();
    let filter = TokenAccountsFilter::ProgramId(TOKEN_2022_PROGRAM);
    let mut held = fetch::token_accounts(client, &wallet, filter).await?;
    held.retain(|account| account.atoms > 0);
    let mints: Vec<Pubkey> = held.iter().map(|account| account.mint).collect();
    // Whoever mints is the token or the index.
    let mints = fetch::raw(client, &mints).await?.into_iter();
    let by = mints.map(|mint| fetch::mint_info(&mint?).ok()?.authority);
    let by: Vec<Pubkey> = by.map(Option::unwrap_or_default).collect();
    let issuers = fetch::raw(client, &by).await?;
    let mut indexes = Vec::new();
    for (account, raw) in held.iter().zip(issuers) {
        let Some(raw) = raw else {
            continue;
        };
        if raw.owner == upside_sdk::state::PROGRAM_ID {
            keys.insert(raw.key);
        } else if let Ok(found) = decode::<PooledIndex>(&raw.key, &raw.owner, &raw.data) {
            indexes.push(Pooled {
                index: raw.key.to_string(),
                symbol: index::symbol(&found.data).to_string(),
                shares: Amount::new(account.atoms, INDEX_SHARE_DECIMALS),
            });
        }
    }
    let mut tokens = Vec::new();
    let mut mints = BTreeSet::new();
    for key in keys {
        let Ok(token) = fetch::token(client, &key).await else {
            continue;
        };
        let holding = of_wallet(&token, &wallet, client).await?;
        let amounts = holding.redeemable.iter().chain(&holding.collectable);
        mints.extend(amounts.map(|amount| amount.mint));
        tokens.push(Held {
            token: key.to_string(),
            symbol: symbol(&token, client).await?,
            open_polls: fetch::open_polls(client, &token).await?.len(),
            holding,
        });
    }
    tokens.sort_by(|a, b| (&a.symbol, &a.token).cmp(&(&b.symbol, &b.token)));
    Ok(Portfolio {
        wallet: wallet.to_string(),
        names: views::names(client, mints).await?,
        tokens,
        indexes,
    })
}
