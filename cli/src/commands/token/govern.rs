use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Quantity, Role, TokenQuery},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{Pubkey, action::Plan, inspect::Amount, instruction},
    upside_view::style::grouped,
};

/// Bound how many shares may be outside as bearer tokens
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token bearer-cap ADA 10000
  upside token bearer-cap ADA max      a freely trading token
  upside token bearer-cap ADA 0        no further withdrawals; what is outside stays")]
pub struct BearerCapArgs {
    /// The token
    token: TokenQuery,
    /// Most shares outside; max for all
    shares: Quantity,
}

/// A bearer cap set.
#[derive(Debug, Serialize)]
pub struct BearerCap {
    token: String,
    symbol: String,
    bearer_cap: Option<Amount>,
    bearer: Amount,
}

impl Outcome for BearerCap {
    fn title(&self) -> String {
        format!("Set the bearer cap of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let cap = self
            .bearer_cap
            .as_ref()
            .map_or("no cap".to_string(), grouped);
        vec![("bearer cap", cap), ("outside now", grouped(&self.bearer))]
    }
}

pub async fn bearer_cap(args: &BearerCapArgs, ctx: &Context) -> Result<Done<BearerCap>> {
    let cap = args.shares.shares(u64::MAX)?;
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let set = instruction::set_bearer_cap(&token, cap);
    let bearer = token
        .data
        .bearer()
        .map_err(upside_sdk::error::SdkError::from)?;
    let result = BearerCap {
        token: token.key.to_string(),
        symbol,
        bearer_cap: (cap.0 != u64::MAX).then(|| Amount::new(cap.0, SHARE_DECIMALS)),
        bearer: Amount::new(bearer, SHARE_DECIMALS),
    };
    let report = ctx
        .send_shown(&result, &Plan::single("set bearer cap", vec![set]).steps)
        .await?;
    Ok(Done::new(result, report))
}

/// Name guardian and registrar
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside token roles ADA --guardian 7kbn…
  upside token roles ADA --registrar registrar.json --guardian none")]
pub struct RolesArgs {
    /// The token
    token: TokenQuery,
    /// Who may pause besides the owner; none for nobody
    #[arg(long, value_name = "KEY")]
    guardian: Option<Role>,
    /// Who may admit besides the owner; none for nobody
    #[arg(long, value_name = "KEY")]
    registrar: Option<Role>,
}

/// Roles named.
#[derive(Debug, Serialize)]
pub struct Roles {
    token: String,
    symbol: String,
    guardian: Option<String>,
    registrar: Option<String>,
}

impl Outcome for Roles {
    fn title(&self) -> String {
        format!("Name the roles of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let shown = |key: &Option<String>| key.clone().unwrap_or("nobody".to_string());
        vec![
            ("guardian", shown(&self.guardian)),
            ("registrar", shown(&self.registrar)),
        ]
    }
}

pub async fn roles(args: &RolesArgs, ctx: &Context) -> Result<Done<Roles>> {
    if args.guardian.is_none() && args.registrar.is_none() {
        return Err(CliError::usage(
            "no role to name",
            "give --guardian or --registrar",
        ));
    }
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    // The program takes both: who is not named stays.
    let guardian = args
        .guardian
        .as_ref()
        .map_or(token.data.guardian, |role| role.0);
    let registrar = args
        .registrar
        .as_ref()
        .map_or(token.data.registrar, |role| role.0);
    let set = instruction::set_roles(&token, &guardian, &registrar);
    let named = |key: Pubkey| (key != Pubkey::default()).then(|| key.to_string());
    let result = Roles {
        token: token.key.to_string(),
        symbol,
        guardian: named(guardian),
        registrar: named(registrar),
    };
    let report = ctx
        .send_shown(&result, &Plan::single("set roles", vec![set]).steps)
        .await?;
    Ok(Done::new(result, report))
}
