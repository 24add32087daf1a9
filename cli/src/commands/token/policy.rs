use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{Address, TokenQuery, stamp},
    },
    clap::ValueEnum,
    serde::Serialize,
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey, TokenError,
        action::Plan,
        error::SdkError,
        instruction,
        state::{Account, Admission, PersonalToken, Policy, TransferPolicy},
    },
    upside_view::words::Word,
};

/// Who may hold and how shares move: announce, apply, cancel
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Announce other policies, as owner; they wait for the notice period
    Propose(ProposeArgs),
    /// Apply announced policies whose notice is over; anyone may
    Apply(ApplyArgs),
    /// Cancel the announcement, as owner
    Cancel(CancelArgs),
}

/// Who may open a holder account.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum AdmissionPolicy {
    /// Everybody opens their own
    Open,
    /// The owner or the registrar signs
    Approved,
    /// Holders of a credential
    Credential,
}

/// How registered shares move.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Transfers {
    /// Freely
    Free,
    /// With a one-time approval by the owner
    Approved,
    /// Not at all, except to and from venues
    Closed,
}

/// Announce other policies, as owner; they wait for the notice period
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token policy propose ADA --admission approved
  upside token policy propose ADA --transfers closed
  upside token policy propose ADA --admission credential --credential 7kbn… --schema 4tRw…")]
pub struct ProposeArgs {
    /// The token
    token: TokenQuery,
    /// Who may open a holder account [default: as it is]
    #[arg(long, value_enum)]
    admission: Option<AdmissionPolicy>,
    /// How registered shares move between holders [default: as it is]
    #[arg(long, value_enum)]
    transfers: Option<Transfers>,
    /// The credential that admits
    #[arg(long, value_name = "KEY", requires = "schema")]
    credential: Option<Address>,
    /// Its schema
    #[arg(long, value_name = "KEY", requires = "credential")]
    schema: Option<Address>,
}

/// Apply announced policies whose notice is over; anyone may
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside token policy apply ADA")]
pub struct ApplyArgs {
    /// The token
    token: TokenQuery,
}

/// Cancel the announcement, as owner
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside token policy cancel ADA")]
pub struct CancelArgs {
    /// The token
    token: TokenQuery,
}

/// Policies announced, applied, or that stay.
#[derive(Debug, Serialize)]
pub struct Policies {
    #[serde(skip)]
    title: &'static str,
    token: String,
    symbol: String,
    admission: &'static str,
    transfer_policy: &'static str,
    credential: Option<String>,
    schema: Option<String>,
    effective_at: Option<i64>,
}

impl Outcome for Policies {
    fn title(&self) -> String {
        format!("{} of {}", self.title, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            ("admission", self.admission.to_string()),
            ("transfers", self.transfer_policy.to_string()),
        ];
        rows.extend(self.credential.clone().map(|key| ("credential", key)));
        rows.extend(self.schema.clone().map(|key| ("schema", key)));
        if let Some(at) = self.effective_at {
            rows.push(("takes effect", stamp(at)));
            rows.push((
                "then",
                format!("`upside token policy apply {}`", self.symbol),
            ));
        }
        rows
    }
}

async fn send(
    ctx: &Context,
    token: &Account<PersonalToken>,
    title: &'static str,
    policy: &Policy,
    effective_at: Option<i64>,
    call: Instruction,
) -> Result<Done<Policies>> {
    let admission = policy.admission;
    let transfers = policy.transfer_policy;
    let symbol = ctx.symbol(token).await?;
    let steps = Plan::single(title.to_lowercase(), vec![call]).steps;
    let named = |key: &Pubkey| (*key != Pubkey::default()).then(|| key.to_string());
    let policies = Policies {
        title,
        token: token.key.to_string(),
        symbol,
        admission: admission.word(),
        transfer_policy: transfers.word(),
        credential: named(&policy.credential),
        schema: named(&policy.schema),
        effective_at,
    };
    let report = ctx.send_shown(&policies, &steps).await?;
    Ok(Done::new(policies, report))
}

async fn propose(args: &ProposeArgs, ctx: &Context) -> Result<Done<Policies>> {
    let token = ctx.token(&args.token).await?;
    let now = ctx.now().await?;
    let mut policy = token.data.policy().map_err(SdkError::from)?;
    if let Some(admission) = args.admission {
        policy.admission = match admission {
            AdmissionPolicy::Open => Admission::Open,
            AdmissionPolicy::Approved => Admission::Approved,
            AdmissionPolicy::Credential => Admission::Credential,
        };
        if !matches!(admission, AdmissionPolicy::Credential) {
            (policy.credential, policy.schema) = Default::default();
        }
    }
    if let Some(transfers) = args.transfers {
        policy.transfer_policy = match transfers {
            Transfers::Free => TransferPolicy::Free,
            Transfers::Approved => TransferPolicy::Approved,
            Transfers::Closed => TransferPolicy::Closed,
        };
    }
    if let (Some(credential), Some(schema)) = (&args.credential, &args.schema) {
        (policy.credential, policy.schema) = (credential.key, schema.key);
    }
    let at = now.saturating_add(token.data.terms.notice_seconds.into());
    let call = instruction::propose_policy(&token, policy);
    send(ctx, &token, "Announce policies", &policy, Some(at), call).await
}

async fn apply(args: &ApplyArgs, ctx: &Context) -> Result<Done<Policies>> {
    let token = ctx.token(&args.token).await?;
    let pending = token.data.pending_policy().map_err(SdkError::from)?;
    let (policy, _) = pending.ok_or(SdkError::from(TokenError::NothingToApply))?;
    let call = instruction::apply_policy(&token.key, &ctx.keys.me()?);
    send(ctx, &token, "Apply policies", &policy, None, call).await
}

async fn cancel(args: &CancelArgs, ctx: &Context) -> Result<Done<Policies>> {
    let token = ctx.token(&args.token).await?;
    let policy = token.data.policy().map_err(SdkError::from)?;
    let call = instruction::cancel_policy(&token);
    send(ctx, &token, "Keep policies", &policy, None, call).await
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let done = match command {
        Command::Propose(args) => propose(&args, ctx).await?,
        Command::Apply(args) => apply(&args, ctx).await?,
        Command::Cancel(args) => cancel(&args, ctx).await?,
    };
    ctx.output.show(&done)
}
