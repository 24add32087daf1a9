use {
    crate::{
        context::Context,
        error::Result,
        select::{claim::ClaimSelector, selected::Selected},
        send::completed::{Done, Outcome},
        values::{Decimal, Document, When, stamp},
    },
    serde::Serialize,
    solana_program::instruction::Instruction,
    upside_sdk::{
        Atoms, Pubkey,
        action::Plan,
        address::find_attestation,
        fetch,
        inspect::Amount,
        instruction,
        state::{Attestation, Claim, Statement},
    },
    upside_view::style::grouped,
};

/// Sign a statement on a claim, as attester
///
/// It is of the claim as it is: terms, units, value, cost and evidence. Examine them, and
/// name the evidence's hash. When enough attesters whom holders accepted signed it, the claim
/// counts as attested. Anybody may sign; the word of others is shown as not accepted.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside -k notary.json claim attest ADA 0 --value 5000 --cost 1000 --document deed.pdf
  upside -k notary.json claim attest ADA 0 --value 0 --document b2c64f… --expires 2027-12-31")]
pub struct AttestArgs {
    #[command(flatten)]
    which: ClaimSelector,
    /// What you hold all its units to be worth, in the quote currency; of revenue what is
    /// still to come, in its mint
    #[arg(long, value_name = "AMOUNT")]
    value: Decimal,
    /// What all its units cost the owner, in the quote currency: it counts against holders
    /// once you have said it for a notice period
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    cost: Decimal,
    /// The evidence you examined: a file to hash, or its SHA-256
    #[arg(long, value_name = "FILE_OR_SHA256")]
    document: Document,
    /// Until when it is fresh, at most two years ahead
    #[arg(long, value_name = "TIME", default_value = "365d")]
    expires: When,
}

/// Take a statement on a claim back, as attester
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k notary.json claim revoke ADA 0")]
pub struct RevokeArgs {
    #[command(flatten)]
    which: ClaimSelector,
}

/// Dispute a claim, as attester: it counts as declared until you resolve it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k notary.json claim dispute ADA 0 --reasons reasons.pdf")]
pub struct DisputeArgs {
    #[command(flatten)]
    which: ClaimSelector,
    /// What you have to say: a file to hash, or its SHA-256
    #[arg(long, value_name = "FILE_OR_SHA256")]
    reasons: Document,
}

/// End a dispute, as who began it; as owner, where nobody sits there any more
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k notary.json claim resolve ADA 0")]
pub struct ResolveArgs {
    #[command(flatten)]
    which: ClaimSelector,
}

/// What was said of a claim.
#[derive(Debug, Serialize)]
pub struct Said {
    #[serde(skip)]
    title: &'static str,
    token: String,
    symbol: String,
    claim: u64,
    by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<String>,
}

impl Outcome for Said {
    fn title(&self) -> String {
        format!("{} claim {} of {}", self.title, self.claim, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![("by", self.by.clone())];
        rows.extend(self.value.as_ref().map(|value| ("value", grouped(value))));
        rows.extend(self.cost.as_ref().map(|cost| ("cost", grouped(cost))));
        let not_accepted = self.accepted == Some(false);
        rows.extend(not_accepted.then(|| ("counts", "no: holders have not accepted you".into())));
        rows.extend(self.expires_at.map(|time| ("fresh until", stamp(time))));
        rows.extend(self.document.clone().map(|hash| ("sha256", hash)));
        rows
    }
}

impl Said {
    fn new(title: &'static str, found: &Selected<Claim>, by: &Pubkey) -> Self {
        Said {
            title,
            token: found.token.key.to_string(),
            symbol: found.symbol.clone(),
            claim: found.account.data.number,
            by: by.to_string(),
            value: None,
            cost: None,
            accepted: None,
            expires_at: None,
            document: None,
        }
    }
}

async fn send(ctx: &Context, said: Said, what: &str, one: Instruction) -> Result<Done<Said>> {
    let report = ctx.send(&Plan::single(what, vec![one]).steps).await?;
    Ok(Done::new(said, report))
}

pub async fn attest(args: &AttestArgs, ctx: &Context) -> Result<Done<Said>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let decimals = found.paid_decimals()?;
    let statement = Statement {
        document: args.document.0,
        ..instruction::statement(
            &found.account,
            Atoms(args.value.atoms(decimals)?),
            Atoms(args.cost.atoms(found.quote_decimals)?),
            args.expires.within_a_century(ctx.now().await?)?,
        )?
    };
    let attest = instruction::attest_claim(&found.account, &ctx.keys.payer()?, &me, statement);
    let list = fetch::attesters(&ctx.client, &found.token.key).await?;
    let said = Said {
        value: Some(Amount::new(statement.value, decimals)),
        cost: Some(Amount::new(statement.cost, found.quote_decimals)),
        accepted: Some(list.is_some_and(|list| list.data.contains(&me))),
        expires_at: Some(statement.expires_at),
        document: Some(args.document.to_string()),
        ..Said::new("Attest", &found, &me)
    };
    send(ctx, said, "attest", attest).await
}

pub async fn revoke(args: &RevokeArgs, ctx: &Context) -> Result<Done<Said>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let key = find_attestation(&found.account.key, &me).0;
    let signed = fetch::account::<Attestation>(&ctx.client, &key, "attestation").await?;
    let said = Said::new("Revoke your statement on", &found, &me);
    let revoke = instruction::revoke_attestation(&signed, &me);
    send(ctx, said, "revoke", revoke).await
}

pub async fn dispute(args: &DisputeArgs, ctx: &Context) -> Result<Done<Said>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let dispute = instruction::dispute_claim(&found.account, &me, args.reasons.0);
    let said = Said {
        document: Some(args.reasons.to_string()),
        ..Said::new("Dispute", &found, &me)
    };
    send(ctx, said, "dispute", dispute).await
}

pub async fn resolve(args: &ResolveArgs, ctx: &Context) -> Result<Done<Said>> {
    let me = ctx.keys.me()?;
    let found = args.which.find(ctx).await?;
    let said = Said::new("Resolve the dispute of", &found, &me);
    let resolve = instruction::resolve_dispute(&found.account, &me);
    send(ctx, said, "resolve", resolve).await
}
