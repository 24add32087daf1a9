//! `upside nonce`: hashes that wait for signatures as long as it takes.

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        keys::of_files,
        send::completed::{Done, Outcome},
        values::{Address, Quantity},
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        action::Step,
        error::SdkError,
        inspect::Amount,
        nonce::{self, NONCE_BYTES},
    },
    upside_view::style::{facts, grouped},
};

const SOL_DECIMALS: u8 = 9;

/// Durable nonces: for signatures that take longer to collect than a blockhash lives
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Make a nonce account
    Create(CreateArgs),
    /// Show a nonce's value and who uses it up
    Show(ShowArgs),
    /// Use a nonce up, so that no signature made with it is good any more
    Advance(AdvanceArgs),
    /// Take SOL out of a nonce account; all of it closes the account
    Withdraw(WithdrawArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Create(args) => out.show(&create(&args, ctx).await?),
        Command::Show(args) => out.show(&show(&args, ctx).await?),
        Command::Advance(args) => out.show(&advance(&args, ctx).await?),
        Command::Withdraw(args) => out.show(&withdraw(&args, ctx).await?),
    }
}

/// Make a nonce account
///
/// Whoever pays fees pays its rent, which a withdrawal brings back.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside keygen -o nonce.json
  upside nonce create nonce.json
  upside nonce create nonce.json --authority 7xKX…

Then everybody gives the same flags, and the last one sends:
  upside token pause ADA --nonce NONCE --sign-only
  upside token pause ADA --nonce NONCE --signer PUBKEY=SIGNATURE")]
pub struct CreateArgs {
    /// Keypair file of the new account
    account: Address,
    /// Who uses it up [default: the keypair]
    #[arg(long, value_name = "KEY")]
    authority: Option<Address>,
}

/// A nonce account that was made.
#[derive(Debug, Serialize)]
pub struct Created {
    account: String,
    authority: String,
    rent: Amount,
}

impl Outcome for Created {
    fn title(&self) -> String {
        "Make a nonce account".to_string()
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("account", self.account.clone()),
            ("authority", self.authority.clone()),
            ("rent", format!("{} SOL", grouped(&self.rent))),
        ]
    }
}

async fn create(args: &CreateArgs, ctx: &Context) -> Result<Done<Created>> {
    let payer = ctx.keys.payer()?;
    let authority = ctx.wallet(args.authority.as_ref())?;
    let rent = ctx
        .client
        .get_minimum_balance_for_rent_exemption(NONCE_BYTES);
    let rent = rent.await.map_err(SdkError::from)?;
    let make = nonce::create(&payer, &args.account.key, &authority, rent);
    let steps = [Step::new("make the nonce account", make)];
    let report = ctx.send_with(&steps, &of_files([&args.account])?).await?;
    let created = Created {
        account: args.account.key.to_string(),
        authority: authority.to_string(),
        rent: Amount::new(rent, SOL_DECIMALS),
    };
    Ok(Done::new(created, report))
}

/// Show a nonce's value and who uses it up
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside nonce show nonce.json
  upside nonce show 9aB3… --output json")]
pub struct ShowArgs {
    /// The nonce account
    account: Address,
}

/// A nonce account.
#[derive(Debug, Serialize)]
pub struct Shown {
    account: String,
    authority: String,
    /// What stands in for a blockhash.
    blockhash: String,
    balance: Amount,
    lamports_per_signature: u64,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&facts(&[
            ("account", self.account.clone()),
            ("authority", self.authority.clone()),
            ("blockhash", self.blockhash.clone()),
            ("balance", format!("{} SOL", grouped(&self.balance))),
            (
                "fee",
                format!("{} lamports a signature", self.lamports_per_signature),
            ),
        ]))
    }
}

async fn show(args: &ShowArgs, ctx: &Context) -> Result<Shown> {
    let key = &args.account.key;
    let nonce = nonce::fetch(&ctx.client, key).await?;
    let balance = ctx.client.get_balance(key).await.map_err(SdkError::from)?;
    Ok(Shown {
        account: key.to_string(),
        authority: nonce.authority.to_string(),
        blockhash: nonce.value.to_string(),
        balance: Amount::new(balance, SOL_DECIMALS),
        lamports_per_signature: nonce.lamports_per_signature,
    })
}

/// Use a nonce up, so that no signature made with it is good any more
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside nonce advance nonce.json
  upside nonce advance 9aB3… --nonce-authority treasurer.json
  upside nonce advance 9aB3… --sign-only --blockhash 5eY…      without a network")]
pub struct AdvanceArgs {
    /// The nonce account
    account: Address,
}

/// A nonce that was used up.
#[derive(Debug, Serialize)]
pub struct Advanced {
    account: String,
    authority: String,
}

impl Outcome for Advanced {
    fn title(&self) -> String {
        "Use a nonce up".to_string()
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("account", self.account.clone()),
            ("authority", self.authority.clone()),
        ]
    }
}

async fn advance(args: &AdvanceArgs, ctx: &Context) -> Result<Done<Advanced>> {
    let authority = ctx.keys.nonce_authority()?;
    let advance = nonce::advance(&args.account.key, &authority);
    let advanced = Advanced {
        account: args.account.key.to_string(),
        authority: authority.to_string(),
    };
    let report = ctx
        .send_shown(&advanced, &[Step::new("use the nonce up", vec![advance])])
        .await?;
    Ok(Done::new(advanced, report))
}

/// Take SOL out of a nonce account; all of it closes the account
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside nonce withdraw nonce.json ALL
  upside nonce withdraw 9aB3… 0.5 --to treasury.json")]
pub struct WithdrawArgs {
    /// The nonce account
    account: Address,
    /// How much SOL, or ALL
    #[arg(value_name = "SOL")]
    amount: Quantity,
    /// Who gets it [default: the keypair]
    #[arg(long, value_name = "WALLET")]
    to: Option<Address>,
}

/// SOL that was taken out.
#[derive(Debug, Serialize)]
pub struct Withdrawn {
    account: String,
    to: String,
    amount: Amount,
}

impl Outcome for Withdrawn {
    fn title(&self) -> String {
        format!(
            "Withdraw {} SOL from a nonce account",
            grouped(&self.amount)
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("account", self.account.clone()), ("to", self.to.clone())]
    }
}

async fn withdraw(args: &WithdrawArgs, ctx: &Context) -> Result<Done<Withdrawn>> {
    let account = &args.account.key;
    let all = match args.amount {
        Quantity::All => ctx
            .client
            .get_balance(account)
            .await
            .map_err(SdkError::from)?,
        Quantity::Exactly(_) => 0,
    };
    let lamports = args.amount.atoms(SOL_DECIMALS, all)?;
    if lamports == 0 {
        return Err(CliError::usage(
            "a withdrawal of nothing",
            "give an amount above zero; `upside nonce show ACCOUNT` tells what is there",
        ));
    }
    let to = ctx.wallet(args.to.as_ref())?;
    let authority = ctx.keys.nonce_authority()?;
    let withdraw = nonce::withdraw(account, &authority, &to, lamports);
    let steps = [Step::new("withdraw from the nonce account", vec![withdraw])];
    let withdrawn = Withdrawn {
        account: account.to_string(),
        to: to.to_string(),
        amount: Amount::new(lamports, SOL_DECIMALS),
    };
    let report = ctx.send_shown(&withdrawn, &steps).await?;
    Ok(Done::new(withdrawn, report))
}
