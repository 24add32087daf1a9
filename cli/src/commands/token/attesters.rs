use {
    crate::{
        context::Context,
        done::{Done, Outcome},
        error::Result,
        values::{Address, TokenQuery, stamp},
    },
    serde::Serialize,
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        action::Plan,
        error::SdkError,
        fetch, instruction,
        state::{Account, PersonalToken},
    },
};

/// Who may attest a token's claims
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Add an attester, at once, as owner
    Add(KeyArgs),
    /// Announce the removal of an attester; after the notice, apply it
    Remove(KeyArgs),
    /// Set how many attestations it takes: more at once, fewer with notice
    Threshold(ThresholdArgs),
    /// Apply what was announced and whose notice is over; anyone may
    Apply(ApplyArgs),
}

/// An attester of a token
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token attesters add ADA notary.json
  upside token attesters remove ADA 7kbn…")]
pub struct KeyArgs {
    /// The token
    token: TokenQuery,
    /// The attester
    attester: Address,
}

/// How many attestations it takes
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside token attesters threshold ADA 2")]
pub struct ThresholdArgs {
    /// The token
    token: TokenQuery,
    /// 1 to 16
    threshold: u8,
}

/// Apply what was announced and whose notice is over
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside token attesters apply ADA")]
pub struct ApplyArgs {
    /// The token
    token: TokenQuery,
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
        if self.at_once {
            return vec![("takes effect", "at once".to_string())];
        }
        let apply = format!("`upside token attesters apply {}`", self.symbol);
        vec![("takes effect", stamp(self.effective_at)), ("then", apply)]
    }
}

async fn changed(
    ctx: &Context,
    token: &Account<PersonalToken>,
    title: String,
    at_once: bool,
    instructions: Vec<Instruction>,
) -> Result<Done<Changed>> {
    let now = ctx.now().await?;
    let symbol = ctx.symbol(token).await?;
    let steps = Plan::single("change the attesters", instructions).steps;
    let report = ctx.send(&steps).await?;
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
    Ok(Done::new(changed, report))
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let done = match command {
        Command::Add(args) => {
            let token = ctx.token(&args.token).await?;
            let add = instruction::add_attester(&token, &ctx.keys.payer()?, &args.attester.key);
            let title = format!("Add {} to the attesters", args.attester.key);
            changed(ctx, &token, title, true, vec![add]).await?
        }
        Command::Remove(args) => {
            let token = ctx.token(&args.token).await?;
            let key = args.attester.key;
            let announce = instruction::announce_attester_removal(&token, &key);
            let title = format!("Announce the removal of {key} from the attesters");
            changed(ctx, &token, title, false, vec![announce]).await?
        }
        Command::Threshold(args) => {
            let token = ctx.token(&args.token).await?;
            let list = fetch::attesters(&ctx.client, &token.key).await?;
            let own = list.map_or(1, |list| list.data.threshold);
            let set = instruction::set_attester_threshold(&token, args.threshold);
            let title = format!("Set {} attestations as threshold", args.threshold);
            changed(ctx, &token, title, args.threshold >= own, vec![set]).await?
        }
        Command::Apply(args) => apply(&args, ctx).await?,
    };
    ctx.output.show(&done)
}

async fn apply(args: &ApplyArgs, ctx: &Context) -> Result<Done<Changed>> {
    let token = ctx.token(&args.token).await?;
    let (me, now) = (ctx.keys.me()?, ctx.now().await?);
    let list = fetch::attesters(&ctx.client, &token.key).await?;
    let list = list.ok_or_else(|| SdkError::NotFound {
        what: "list of attesters",
        query: token.key.to_string(),
    })?;
    let due = |(_, at): &(&Pubkey, &i64)| **at != 0 && **at <= now;
    let removals = list.data.keys.iter().zip(&list.data.removals).filter(due);
    let mut instructions: Vec<Instruction> = removals
        .map(|(key, _)| instruction::remove_attester(&token.key, &me, key))
        .collect();
    if list.data.pending_threshold != 0 && list.data.threshold_at <= now {
        instructions.push(instruction::apply_attester_threshold(&token.key, &me));
    }
    if instructions.is_empty() {
        return Err(SdkError::from(upside_sdk::TokenError::NothingToApply).into());
    }
    let title = "Apply what was announced of the attesters".to_string();
    changed(ctx, &token, title, true, instructions).await
}
