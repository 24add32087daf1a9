use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Address, Decimal},
    },
    serde::Serialize,
    sha2::{Digest, Sha256},
    solana_program::{
        instruction::{AccountMeta, Instruction},
        program_error::ProgramError,
    },
    solana_system_interface::instruction::create_account_with_seed,
    spl_token::instruction::{initialize_mint2, mint_to_checked},
    std::str::FromStr,
    upside_sdk::{
        Pubkey,
        action::Step,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_associated},
        fetch,
        inspect::{Amount, Scale, Unit},
        instruction::create_associated,
    },
    upside_view::style::grouped,
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
  upside mint-quote 5 --mint 9xQe…                  a mint whose authority is your key
  upside mint-quote 5 --token-2022                  of the newer token program
  upside mint-quote 50 --extension seizable --extension scaled=10 --extension pausable --freezable
                                                    as tokenized stocks are

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
    /// A mint of the Token-2022 program
    #[arg(long = "token-2022", conflicts_with = "mint")]
    token_2022: bool,
    /// With this extension, of Token-2022: seizable (a permanent delegate), pausable,
    /// scaled=MULTIPLIER (of amounts as wallets show them), default-state (accounts begin
    /// open), hook (without a program), confidential (for transfers that nobody reads);
    /// repeat for several
    #[arg(long = "extension", value_name = "NAME", conflicts_with = "mint")]
    extensions: Vec<Extension>,
    /// Whose accounts you can freeze
    #[arg(long, conflicts_with = "mint")]
    freezable: bool,
}

/// An extension of a Token-2022 mint, as tokenized stocks have them.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Extension {
    Seizable,
    Pausable,
    Scaled(f64),
    State,
    Hook,
    Confidential,
}

impl FromStr for Extension {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let scale = |text: &str| {
            let scale = text
                .parse()
                .ok()
                .filter(|it: &f64| it.is_normal() && *it > 0.0);
            scale.ok_or_else(|| format!("{text:?} is no multiplier above zero"))
        };
        Ok(match text.split_once('=').unwrap_or((text, "")) {
            ("seizable", "") => Extension::Seizable,
            ("pausable", "") => Extension::Pausable,
            ("scaled", "") => Extension::Scaled(1.0),
            ("scaled", multiplier) => Extension::Scaled(scale(multiplier)?),
            ("default-state", "") => Extension::State,
            ("hook", "") => Extension::Hook,
            ("confidential", "") => Extension::Confidential,
            _ => {
                return Err(format!(
                    "{text:?} is none of seizable, pausable, scaled=MULTIPLIER, default-state, \
                     hook, confidential"
                ));
            }
        })
    }
}

impl Extension {
    /// Bytes of it in a mint's account, behind its type and length.
    fn bytes(self) -> usize {
        match self {
            Extension::Seizable => 32,
            Extension::Pausable => 33,
            Extension::Scaled(_) => 56,
            Extension::State => 1,
            Extension::Hook => 64,
            Extension::Confidential => 65,
        }
    }

    /// The data of the instruction that initializes it. Source: the interface of the
    /// Token-2022 program.
    fn data(self, authority: &Pubkey) -> Vec<u8> {
        let key = authority.as_ref();
        match self {
            Extension::Seizable => [&[35], key].concat(),
            Extension::Pausable => [&[44, 0], key].concat(),
            Extension::Scaled(by) => [&[43, 0], key, &by.to_le_bytes()].concat(),
            Extension::State => vec![28, 0, 1],
            Extension::Hook => [&[36, 0], key, &[0; 32]].concat(),
            Extension::Confidential => [&[27, 0], key, &[0], &[0; 32]].concat(),
        }
    }
}

/// A mint to make.
struct Making {
    program: Pubkey,
    extensions: Vec<Extension>,
    freezable: bool,
    seed: String,
}

impl Making {
    fn of(args: &Args) -> Self {
        let newer = args.token_2022 || !args.extensions.is_empty();
        let mut seed = format!("upside test currency {}", args.decimals);
        if newer || args.freezable {
            // A seed has 32 bytes at most, and each kind of mint its own.
            let kind = format!("{:?} {}", args.extensions, args.freezable);
            let hash = Sha256::digest(kind);
            let hash: String = hash
                .iter()
                .take(6)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            seed = format!("upside test {} {hash}", args.decimals);
        }
        Making {
            program: if newer {
                TOKEN_2022_PROGRAM
            } else {
                TOKEN_PROGRAM
            },
            extensions: args.extensions.clone(),
            freezable: args.freezable,
            seed,
        }
    }

    fn address(&self, authority: &Pubkey) -> Result<Pubkey> {
        Pubkey::create_with_seed(authority, &self.seed, &self.program)
            .map_err(|error| CliError::Other(format!("no test currency: {error}")))
    }

    fn space(&self) -> usize {
        let extensions = self.extensions.iter();
        let bytes: usize = extensions.map(|one| one.bytes() + 4).sum();
        // The mint is filled up to an account's length, and its kind follows.
        if bytes == 0 { MINT_BYTES } else { 166 + bytes }
    }

    /// How its amounts are written.
    fn unit(&self, decimals: u8) -> Unit {
        let mut multipliers = self.extensions.iter().filter_map(|one| match one {
            Extension::Scaled(by) => Scale::of_multiplier(*by),
            _ => None,
        });
        Unit {
            decimals,
            scale: multipliers.next().unwrap_or_default(),
        }
    }

    /// What makes it.
    fn calls(&self, by: (&Pubkey, &Pubkey), decimals: u8, rent: u64) -> Result<Vec<Instruction>> {
        let (payer, me) = by;
        let mint = self.address(me)?;
        let space = u64::try_from(self.space()).unwrap_or(u64::MAX);
        let mut calls = vec![create_account_with_seed(
            payer,
            &mint,
            me,
            &self.seed,
            rent,
            space,
            &self.program,
        )];
        calls.extend(self.extensions.iter().map(|extension| Instruction {
            program_id: self.program,
            accounts: vec![AccountMeta::new(mint, false)],
            data: extension.data(me),
        }));
        let freezer = (self.freezable || self.extensions.contains(&Extension::State)).then_some(me);
        let make = initialize_mint2(&TOKEN_PROGRAM, &mint, me, freezer, decimals);
        calls.push(of_program(make, self.program)?);
        Ok(calls)
    }
}

/// An instruction that both token programs have, for one of them.
fn of_program(call: Result<Instruction, ProgramError>, program_id: Pubkey) -> Result<Instruction> {
    let call = call.map_err(|error| CliError::Other(error.to_string()))?;
    Ok(Instruction { program_id, ..call })
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
    let making = Making::of(args);
    let own = making.address(&me)?;
    let mint = args.mint.as_ref().map_or(own, |mint| mint.key);
    let known = match fetch::mint(&ctx.client, &mint).await {
        Ok(known) => Some(known),
        Err(upside_sdk::error::SdkError::NotFound { .. }) if mint == own => None,
        Err(error) => return Err(error.into()),
    };
    let (program, decimals) = known.map_or((making.program, args.decimals), |mint| {
        (mint.token_program, mint.decimals)
    });
    let unit = match known {
        Some(known) => {
            ctx.look_at(&[known.key]).await?;
            ctx.unit(&known.key, decimals)
        }
        None => making.unit(decimals),
    };
    let atoms = args.amount.atoms(unit)?;
    let account = find_associated(&wallet, &mint, &program).0;
    let mut instructions: Vec<Instruction> = Vec::new();
    if known.is_none() {
        let rent = ctx
            .client
            .get_minimum_balance_for_rent_exemption(making.space())
            .await
            .map_err(rpc)?;
        instructions.extend(making.calls((&payer, &me), decimals, rent)?);
    }
    instructions.push(create_associated(&payer, &wallet, &mint, &program));
    let mint_to = mint_to_checked(&TOKEN_PROGRAM, &mint, &account, &me, &[], atoms, decimals);
    instructions.push(of_program(mint_to, program)?);
    let minted = Minted {
        mint: mint.to_string(),
        made: known.is_none(),
        wallet: wallet.to_string(),
        account: account.to_string(),
        amount: Amount::new(atoms, unit),
        decimals,
    };
    let report = ctx
        .send_shown(&minted, &[Step::new("mint test currency", instructions)])
        .await?;
    Ok(Done::new(minted, report))
}
