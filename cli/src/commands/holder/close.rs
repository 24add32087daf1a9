use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Address, TokenQuery},
    },
    serde::Serialize,
    solana_program::instruction::Instruction,
    spl_token::instruction::close_account,
    upside_sdk::{
        Pubkey,
        action::Step,
        address::TOKEN_PROGRAM,
        error::SdkError,
        fetch,
        inspect::Amount,
        instruction,
        state::{Account, Holder},
    },
};

/// Accounts that one transaction closes.
const BATCH: usize = 8;

/// Close an empty holder account; its rent returns to who paid it
///
/// Yours, or once the token is wound up anybody's. Less than an atom of each dividend
/// stays in its stream. With --all every empty account of yours is closed: holder accounts
/// of all tokens, and token accounts that hold nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder close ADA
  upside holder close --all                    everything empty, to get its rent back
  upside holder close ADA --wallet 7kbn…      of a token that is wound up")]
pub struct Args {
    /// The token
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    token: Option<TokenQuery>,
    /// Whose holder account [default: yours]
    #[arg(long, value_name = "KEY", conflicts_with = "all")]
    wallet: Option<Address>,
    /// Every empty account of yours
    #[arg(long)]
    all: bool,
}

/// Accounts closed.
#[derive(Debug, Serialize)]
pub struct Closed {
    token: Option<String>,
    symbol: Option<String>,
    wallet: String,
    /// To whom the rent of a holder account returns.
    rent_to: Option<String>,
    /// How many accounts are closed.
    accounts: usize,
    /// Their rent, in SOL.
    rent: Amount,
}

impl Outcome for Closed {
    fn title(&self) -> String {
        match (&self.symbol, self.accounts) {
            (Some(symbol), _) => format!("Close a holder account of {symbol}"),
            (None, 1) => "Close 1 empty account".to_string(),
            (None, many) => format!("Close {many} empty accounts"),
        }
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![("wallet", self.wallet.clone())];
        rows.extend(self.rent_to.clone().map(|key| ("rent to", key)));
        rows.push(("rent", format!("{} SOL", self.rent)));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Closed>> {
    let Some(token) = &args.token else {
        return all(ctx).await;
    };
    let (me, wallet) = (ctx.keys.me()?, ctx.wallet(args.wallet.as_ref())?);
    let token = ctx.token(token).await?;
    let symbol = ctx.symbol(&token).await?;
    let holder = fetch::holder(&ctx.client, &token.key, &wallet).await?;
    let holder = holder.ok_or_else(|| {
        CliError::from(SdkError::NotFound {
            what: "holder account",
            query: wallet.to_string(),
        })
    })?;
    let raw = fetch::raw(&ctx.client, &[holder.key])
        .await?
        .pop()
        .flatten();
    let close = instruction::close_holder(&holder, &me);
    let steps = [Step::new("close holder", vec![close])];
    let closed = Closed {
        token: Some(token.key.to_string()),
        symbol: Some(symbol),
        wallet: wallet.to_string(),
        rent_to: Some(holder.data.rent_payer.to_string()),
        accounts: 1,
        rent: Amount::new(raw.map_or(0, |raw| raw.lamports), 9),
    };
    let report = ctx.send_shown(&closed, &steps).await?;
    Ok(Done::new(closed, report))
}

/// Closes everything empty.
async fn all(ctx: &Context) -> Result<Done<Closed>> {
    let me = ctx.keys.me()?;
    let holders = fetch::holders_of(&ctx.client, &me).await?;
    let empty = |holder: &Account<Holder>| holder.data.require_empty().is_ok();
    let holders: Vec<_> = holders.into_iter().filter(empty).collect();
    let keys: Vec<Pubkey> = holders.iter().map(|holder| holder.key).collect();
    let raws = fetch::raw(&ctx.client, &keys).await?.into_iter().flatten();
    let mut rent = raws.fold(0u64, |sum, raw| sum.saturating_add(raw.lamports));
    let calls = holders
        .iter()
        .map(|holder| instruction::close_holder(holder, &me));
    let mut calls: Vec<Instruction> = calls.collect();
    for account in fetch::all_token_accounts(&ctx.client, &me).await? {
        // Whoever sent it may have kept the right to close it.
        if account.atoms > 0 || account.close_authority.is_some_and(|key| key != me) {
            continue;
        }
        let close = close_account(&TOKEN_PROGRAM, &account.key, &me, &me, &[]);
        let close = close.map_err(|error| CliError::Other(error.to_string()))?;
        rent = rent.saturating_add(account.lamports);
        calls.push(Instruction {
            program_id: account.program,
            ..close
        });
    }
    let steps: Vec<Step> = calls
        .chunks(BATCH)
        .map(|batch| Step::new("close empty accounts", batch.to_vec()))
        .collect();
    let closed = Closed {
        token: None,
        symbol: None,
        wallet: me.to_string(),
        rent_to: None,
        accounts: calls.len(),
        rent: Amount::new(rent, 9),
    };
    let report = ctx.send_shown(&closed, &steps).await?;
    Ok(Done::new(closed, report))
}
