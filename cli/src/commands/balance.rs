use {
    crate::{context::Context, error::Result, values::Address, views},
    serde::Serialize,
    serde_with::{DisplayFromStr, serde_as},
    std::fmt,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, find_associated},
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
                false => format!(" in {} (moved when a payment needs it)", held.account),
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
    let accounts = fetch::all_token_accounts(&ctx.client, &wallet).await?;
    let mints: Vec<Pubkey> = accounts.iter().map(|account| account.mint).collect();
    let raws = fetch::raw(&ctx.client, &mints).await?;
    let newer = accounts
        .iter()
        .filter(|one| one.program == TOKEN_2022_PROGRAM);
    let newer: Vec<Pubkey> = newer.map(|one| one.mint).collect();
    ctx.look_at(&newer).await?;
    let mut tokens = Vec::new();
    for (account, mint) in accounts.into_iter().zip(raws) {
        let info = mint.and_then(|mint| fetch::mint_info(&mint).ok());
        let decimals = info.map_or(0, |mint| mint.decimals);
        let associated = find_associated(&wallet, &account.mint, &account.program).0;
        tokens.push(Held {
            mint: account.mint,
            account: account.key.to_string(),
            amount: Amount::new(account.atoms, ctx.unit(&account.mint, decimals)),
            associated: associated == account.key,
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
