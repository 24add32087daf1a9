use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        style::grouped,
        values::{Address, Decimal},
    },
    serde::Serialize,
    solana_program::instruction::Instruction,
    solana_system_interface::instruction::create_account_with_seed,
    spl_token::instruction::{initialize_mint2, mint_to_checked},
    upside_sdk::{
        Pubkey,
        action::Step,
        address::{TOKEN_PROGRAM, find_associated},
        fetch,
        inspect::Amount,
        instruction::create_associated,
    },
};

const MINT_BYTES: usize = 82;
/// Nobody should take a test currency for money.
const MAINNET: &str = "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d";

/// Make or mint a test currency, to raise money in
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside mint-quote 100000                  yours; made when first minted
  upside mint-quote 500 --to backer.json

Each key has one test currency of its own per number of decimals, a classic SPL mint at an
address that follows from the key. `token create` takes it where no --quote is given.")]
pub struct Args {
    /// How much
    #[arg(value_name = "AMOUNT")]
    amount: Decimal,
    /// Who gets it [default: the keypair]
    #[arg(long, value_name = "WALLET")]
    to: Option<Address>,
    /// Another mint than your test currency; your key must be its authority
    #[arg(long, value_name = "MINT")]
    mint: Option<Address>,
    /// Decimals of the test currency
    #[arg(long, default_value_t = 6, value_parser = clap::value_parser!(u8).range(0..=18))]
    #[arg(conflicts_with = "mint")]
    decimals: u8,
}

/// A currency minted.
#[derive(Debug, Serialize)]
pub struct Minted {
    mint: String,
    made: bool,
    wallet: String,
    account: String,
    amount: Amount,
    decimals: u8,
}

impl Outcome for Minted {
    fn title(&self) -> String {
        format!("Mint {} of a test currency", grouped(&self.amount))
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let made = if self.made { " (new)" } else { "" };
        vec![
            ("mint", format!("{}{made}", self.mint)),
            ("wallet", self.wallet.clone()),
            ("account", self.account.clone()),
        ]
    }
}

/// Address of the test currency of a key, and the seed that it follows from.
pub fn test_currency(authority: &Pubkey, decimals: u8) -> Result<(Pubkey, String)> {
    let seed = format!("upside test currency {decimals}");
    let mint = Pubkey::create_with_seed(authority, &seed, &TOKEN_PROGRAM)
        .map_err(|error| CliError::Other(format!("no test currency: {error}")))?;
    Ok((mint, seed))
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Minted>> {
    let (me, wallet) = (ctx.keys.me()?, ctx.wallet(args.to.as_ref())?);
    let rpc = |error| CliError::Sdk(upside_sdk::error::SdkError::from(error));
    if ctx
        .client
        .get_genesis_hash()
        .await
        .map_err(rpc)?
        .to_string()
        == MAINNET
    {
        return Err(CliError::usage(
            "a test currency has no place on mainnet",
            "raise real money there: `token create --quote usdc`",
        ));
    }
    let payer = ctx.keys.payer()?;
    let (own, seed) = test_currency(&me, args.decimals)?;
    let mint = args.mint.as_ref().map_or(own, |mint| mint.key);
    let known = match fetch::mint(&ctx.client, &mint).await {
        Ok(known) => Some(known),
        Err(upside_sdk::error::SdkError::NotFound { .. }) if mint == own => None,
        Err(error) => return Err(error.into()),
    };
    let (program, decimals) = known.map_or((TOKEN_PROGRAM, args.decimals), |mint| {
        (mint.token_program, mint.decimals)
    });
    let atoms = args.amount.atoms(decimals)?;
    let account = find_associated(&wallet, &mint, &program).0;
    let bad =
        |error: solana_program::program_error::ProgramError| CliError::Other(error.to_string());

    let mut instructions: Vec<Instruction> = Vec::new();
    if known.is_none() {
        let rent = ctx
            .client
            .get_minimum_balance_for_rent_exemption(MINT_BYTES)
            .await
            .map_err(rpc)?;
        let space = u64::try_from(MINT_BYTES).unwrap_or(u64::MAX);
        instructions.push(create_account_with_seed(
            &payer,
            &mint,
            &me,
            &seed,
            rent,
            space,
            &TOKEN_PROGRAM,
        ));
        let make = initialize_mint2(&TOKEN_PROGRAM, &mint, &me, None, decimals).map_err(bad)?;
        instructions.push(make);
    }
    instructions.push(create_associated(&payer, &wallet, &mint, &program));
    instructions
        .push(mint_to_checked(&program, &mint, &account, &me, &[], atoms, decimals).map_err(bad)?);
    let report = ctx
        .send(&[Step::new("mint test currency", instructions)])
        .await?;
    let minted = Minted {
        mint: mint.to_string(),
        made: known.is_none(),
        wallet: wallet.to_string(),
        account: account.to_string(),
        amount: Amount::new(atoms, decimals),
        decimals,
    };
    Ok(Done::new(minted, report))
}
