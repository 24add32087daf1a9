use {
    crate::{context::Context, error::Result, values::Address, views},
    serde::Serialize,
    serde_with::{DisplayFromStr, serde_as},
    solana_rpc_client_api::request::TokenAccountsFilter,
    std::{fmt, str::FromStr},
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_associated},
        error::SdkError,
        fetch,
        inspect::Amount,
    },
    upside_view::style::{facts, grouped},
};

/// Show what a wallet holds: SOL, and every token in accounts of its own
///
/// Registered shares are in `upside holder show TOKEN`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside balance
  upside balance ben.json")]
pub struct Args {
    /// Whose [default: the keypair's]
    wallet: Option<Address>,
}

/// One token account.
#[serde_as]
#[derive(Debug, Serialize)]
struct Held {
    #[serde_as(as = "DisplayFromStr")]
    mint: Pubkey,
    account: String,
    amount: Amount,
    /// Whether it is the account from which commands pay.
    associated: bool,
    #[serde(skip)]
    name: String,
}

/// What a wallet holds.
#[derive(Debug, Serialize)]
pub struct Balance {
    wallet: String,
    sol: Amount,
    tokens: Vec<Held>,
}

impl fmt::Display for Balance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![("wallet", self.wallet.clone()), ("SOL", grouped(&self.sol))];
        rows.extend(self.tokens.iter().map(|held| {
            let elsewhere = match held.associated {
                true => String::new(),
                false => format!(" in {}, from which no command pays", held.account),
            };
            (
                "token",
                format!("{} {}{elsewhere}", grouped(&held.amount), held.name),
            )
        }));
        f.write_str(&facts(&rows))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Balance> {
    let wallet = ctx.wallet(args.wallet.as_ref())?;
    let lamports = ctx
        .client
        .get_balance(&wallet)
        .await
        .map_err(SdkError::from)?;
    let mut keys: Vec<(Pubkey, Pubkey)> = Vec::new();
    for program in [TOKEN_PROGRAM, TOKEN_2022_PROGRAM] {
        let filter = TokenAccountsFilter::ProgramId(program);
        let found = ctx
            .client
            .get_token_accounts_by_owner(&wallet, filter)
            .await;
        let found = found.map_err(SdkError::from)?.into_iter();
        keys.extend(found.filter_map(|one| Some((Pubkey::from_str(&one.pubkey).ok()?, program))));
    }
    let places: Vec<Pubkey> = keys.iter().map(|(key, _)| *key).collect();
    let mut tokens = Vec::new();
    for (raw, (key, program)) in fetch::raw(&ctx.client, &places)
        .await?
        .into_iter()
        .zip(keys)
    {
        let Some(raw) = raw else { continue };
        let mint = raw
            .data
            .first_chunk::<32>()
            .map(|mint| Pubkey::new_from_array(*mint));
        let (Some(mint), Some(atoms)) = (mint, fetch::token_amount(&raw.data)) else {
            continue;
        };
        let decimals = fetch::mint(&ctx.client, &mint)
            .await
            .map_or(0, |mint| mint.decimals);
        tokens.push(Held {
            mint,
            account: key.to_string(),
            amount: Amount::new(atoms, decimals),
            associated: find_associated(&wallet, &mint, &program).0 == key,
            name: String::new(),
        });
    }
    let names = views::names(&ctx.client, tokens.iter().map(|held| held.mint)).await?;
    for held in &mut tokens {
        held.name = names.of(&held.mint);
    }
    tokens.sort_by(|a, b| (&a.name, &a.account).cmp(&(&b.name, &b.account)));
    Ok(Balance {
        wallet: wallet.to_string(),
        sol: Amount::new(lamports, 9),
        tokens,
    })
}
