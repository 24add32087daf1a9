use {
    crate::{
        context::Context,
        error::{CliError, Result},
        send::completed::{Done, Outcome},
        values::{Address, Decimal, TokenQuery, When, stamp},
    },
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        action::Plan, error::SdkError, fetch, inspect::Amount, instruction,
        state::ApproveTransferArgs,
    },
    upside_view::style::grouped,
};

/// Approve one transfer between two wallets, as owner
///
/// A new approval for the same two wallets replaces the earlier one.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder approve ADA 7kbn… 9xQe… 250
  upside holder approve ADA seller.json buyer.json 250 --expires 2d")]
pub struct ApproveArgs {
    /// The token
    token: TokenQuery,
    /// Who may send
    from: Address,
    /// Who may receive
    to: Address,
    /// Most shares that may move
    shares: Decimal,
    /// Until when: a span from now, or a point in time
    #[arg(long, value_name = "TIME", default_value = "7d")]
    expires: When,
}

/// Take an unused approval back, as owner
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside holder revoke ADA 7kbn… 9xQe…")]
pub struct RevokeArgs {
    /// The token
    token: TokenQuery,
    /// Who could have sent
    from: Address,
    /// Who could have received
    to: Address,
}

/// An approval given.
#[derive(Debug, Serialize)]
pub struct Approved {
    token: String,
    symbol: String,
    from: String,
    to: String,
    shares: Amount,
    expires_at: i64,
}

impl Outcome for Approved {
    fn title(&self) -> String {
        format!(
            "Approve a transfer of {} shares of {}",
            grouped(&self.shares),
            self.symbol
        )
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![
            ("from", self.from.clone()),
            ("to", self.to.clone()),
            ("until", stamp(self.expires_at)),
        ]
    }
}

/// An approval taken back.
#[derive(Debug, Serialize)]
pub struct Revoked {
    token: String,
    symbol: String,
    from: String,
    to: String,
}

impl Outcome for Revoked {
    fn title(&self) -> String {
        format!("Revoke the approval of a transfer of {}", self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("from", self.from.clone()), ("to", self.to.clone())]
    }
}

pub async fn approve(args: &ApproveArgs, ctx: &Context) -> Result<Done<Approved>> {
    let shares = args.shares.shares()?;
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let expires_at = args.expires.at(ctx.now().await?);
    let (from, to) = (args.from.key, args.to.key);
    let approval = ApproveTransferArgs {
        from,
        to,
        shares: shares.0,
        expires_at,
    };
    let approve = instruction::approve_transfer(&token, &ctx.keys.payer()?, approval);
    let approved = Approved {
        token: token.key.to_string(),
        symbol,
        from: from.to_string(),
        to: to.to_string(),
        shares: Amount::new(shares.0, SHARE_DECIMALS),
        expires_at,
    };
    let report = ctx
        .send_shown(
            &approved,
            &Plan::single("approve transfer", vec![approve]).steps,
        )
        .await?;
    Ok(Done::new(approved, report))
}

pub async fn revoke(args: &RevokeArgs, ctx: &Context) -> Result<Done<Revoked>> {
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let (from, to) = (args.from.key, args.to.key);
    let found = fetch::approval(&ctx.client, &token.key, &from, &to).await?;
    let approval = found.ok_or_else(|| {
        let query = format!("from {from} to {to}");
        CliError::Sdk(SdkError::NotFound {
            what: "approval",
            query,
        })
    })?;
    let revoke = instruction::revoke_approval(&token, &approval);
    let revoked = Revoked {
        token: token.key.to_string(),
        symbol,
        from: from.to_string(),
        to: to.to_string(),
    };
    let report = ctx
        .send_shown(
            &revoked,
            &Plan::single("revoke approval", vec![revoke]).steps,
        )
        .await?;
    Ok(Done::new(revoked, report))
}
