//! `upside attester`: whose word on a token's claims counts.

use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{Address, TokenQuery, stamp},
    },
    serde::Serialize,
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        action::Plan,
        fetch, instruction,
        state::{Account, MAX_ATTESTERS, PersonalToken},
    },
};

/// Whose word on a token's claims counts
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Name attesters, as owner, before anybody else holds or buys shares
    Add(AddArgs),
    /// Remove an attester, as owner, before anybody else holds or buys shares
    Remove(KeyArgs),
    /// Set how many attestations it takes: more at any time
    Threshold(ThresholdArgs),
    /// Name who takes your seat after the notice period, as attester
    Successor(SuccessorArgs),
    /// Take the seat of an attester who named you
    Take(KeyArgs),
}

/// Name attesters, as owner, before anybody else holds or buys shares
///
/// Whoever buys shares accepts them. Later a poll of holders does.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside attester add ADA notary.json 7kbn…")]
pub struct AddArgs {
    /// The token
    token: TokenQuery,
    /// The attesters, up to 8
    #[arg(required = true, num_args = 1..=8)]
    attesters: Vec<Address>,
}

/// An attester of a token
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside attester remove ADA 7kbn…
  upside -k successor.json attester take ADA 7kbn…")]
pub struct KeyArgs {
    /// The token
    token: TokenQuery,
    /// The attester
    attester: Address,
}

/// Set how many attestations it takes: more at any time
///
/// Fewer only while nobody else holds or buys shares; later it takes a poll.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside attester threshold ADA 2")]
pub struct ThresholdArgs {
    /// The token
    token: TokenQuery,
    /// 1 to 8
    threshold: u8,
}

/// Name who takes your seat after the notice period, as attester
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside -k notary.json attester successor ADA 9xQe…
  upside -k notary.json attester successor ADA --none")]
pub struct SuccessorArgs {
    /// The token
    token: TokenQuery,
    /// Who takes it
    #[arg(required_unless_present = "none")]
    successor: Option<Address>,
    /// Nobody after all
    #[arg(long, conflicts_with = "successor")]
    none: bool,
}

/// A list of attesters changed.
#[derive(Debug, Serialize)]
pub struct Changed {
    #[serde(skip)]
    title: String,
    token: String,
    symbol: String,
    effective_at: i64,
    #[serde(skip)]
    at_once: bool,
}

impl Outcome for Changed {
    fn title(&self) -> String {
        format!("{} of {}", self.title, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let when = if self.at_once {
            "at once".to_string()
        } else {
            stamp(self.effective_at)
        };
        vec![("takes effect", when)]
    }
}

async fn changed(
    ctx: &Context,
    token: &Account<PersonalToken>,
    title: String,
    at_once: bool,
    instruction: Instruction,
) -> Result<Done<Changed>> {
    let now = ctx.now().await?;
    let symbol = ctx.symbol(token).await?;
    let steps = Plan::single("change the attesters", vec![instruction]).steps;
    let notice = i64::from(token.data.terms.notice_seconds);
    let effective_at = if at_once {
        now
    } else {
        now.saturating_add(notice)
    };
    let changed = Changed {
        title,
        token: token.key.to_string(),
        symbol,
        effective_at,
        at_once,
    };
    let report = ctx.send_shown(&changed, &steps).await?;
    Ok(Done::new(changed, report))
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let done = match command {
        Command::Add(args) => {
            let token = ctx.token(&args.token).await?;
            let keys: Vec<_> = args.attesters.iter().map(|named| named.key).collect();
            debug_assert!(keys.len() <= MAX_ATTESTERS);
            let owner = token.data.owner;
            let add = instruction::add_attesters(&token.key, &owner, &ctx.keys.payer()?, &keys);
            let title = match keys.as_slice() {
                [one] => format!("Add {one} to the attesters"),
                many => format!("Add {} keys to the attesters", many.len()),
            };
            changed(ctx, &token, title, true, add).await?
        }
        Command::Remove(args) => {
            let token = ctx.token(&args.token).await?;
            let key = args.attester.key;
            let remove = instruction::remove_attester(&token.key, &token.data.owner, &key);
            let title = format!("Remove {key} from the attesters");
            changed(ctx, &token, title, true, remove).await?
        }
        Command::Threshold(args) => {
            let token = ctx.token(&args.token).await?;
            let (key, owner) = (token.key, token.data.owner);
            let set = instruction::set_attester_threshold(&key, &owner, args.threshold);
            let seats = fetch::attesters(&ctx.client, &key).await?;
            let seats = seats.map_or(0, |list| list.data.count());
            if usize::from(args.threshold) > seats {
                ctx.output.warn(format!(
                    "there are {seats} attesters: no claim can be attested until there are {}, and \
                     you cannot lower it once others hold shares",
                    args.threshold
                ));
            }
            let title = format!("Have {} signatures make a claim attested", args.threshold);
            changed(ctx, &token, title, true, set).await?
        }
        Command::Successor(args) => {
            let (me, token) = (ctx.keys.me()?, ctx.token(&args.token).await?);
            let to = args.successor.as_ref();
            let successor = to.map_or(Pubkey::default(), |named| named.key);
            let name = instruction::name_successor(&token.key, &me, &successor);
            let title = match to {
                Some(_) => format!("Name {successor} as your successor among the attesters"),
                None => "Name no successor among the attesters".to_string(),
            };
            changed(ctx, &token, title, to.is_none(), name).await?
        }
        Command::Take(args) => {
            let (me, token) = (ctx.keys.me()?, ctx.token(&args.token).await?);
            let from = args.attester.key;
            let take = instruction::take_seat(&token.key, &from, &me);
            let title = format!("Take the seat of {from} among the attesters");
            changed(ctx, &token, title, true, take).await?
        }
    };
    ctx.output.show(&done)
}
