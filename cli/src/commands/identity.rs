//! `upside identity`: who vouches that a token's owner is the person of its name.

use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{Document, TokenQuery, When, stamp},
    },
    comfy_table::Color,
    serde::Serialize,
    sha2::{Digest, Sha256},
    std::fmt,
    upside_sdk::{
        Pubkey,
        action::Plan,
        error::SdkError,
        fetch, identity, instruction,
        state::{Account, IdentityAttestation, PersonalToken},
    },
    upside_view::{
        style::{self, Column, cell, colored, paint, table},
        text,
    },
};

/// Who a token's owner is: attest, revoke, show
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Sign that a token's owner is the person of its name
    Attest(AttestArgs),
    /// Take that back
    Revoke(RevokeArgs),
    /// Who vouches for a token's owner, and whether you trust them
    Show(ShowArgs),
}

/// Sign that a token's owner is the person of its name
///
/// For the name that the token has and the key that owns it: a new name or owner is not
/// vouched for. Anybody may: readers choose whom they believe, with --trust. Only the
/// SHA-256 of the name is written.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside -k notary.json identity attest ADA
  upside -k notary.json identity attest ADA --name \"Ada King\" --document passport.pdf --expires 730d")]
pub struct AttestArgs {
    /// The token
    token: TokenQuery,
    /// The person's name [default: the token's]
    #[arg(long)]
    name: Option<String>,
    /// What you examined: a file to hash, or its SHA-256
    #[arg(long, value_name = "FILE_OR_SHA256")]
    document: Option<Document>,
    /// Until when it is good, at most two years ahead
    #[arg(long, value_name = "TIME", default_value = "365d")]
    expires: When,
}

/// Take back that a token's owner is the person of its name
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside -k notary.json identity revoke ADA")]
pub struct RevokeArgs {
    /// The token
    token: TokenQuery,
}

/// Who vouches for a token's owner, and whether you trust them
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside identity show ADA
  upside identity show ADA --trust 7kbn…")]
pub struct ShowArgs {
    /// The token
    token: TokenQuery,
}

/// An identity attestation given or taken back.
#[derive(Debug, Serialize)]
struct Attested {
    #[serde(skip)]
    title: &'static str,
    token: String,
    symbol: String,
    owner: String,
    by: String,
    name: Option<String>,
    expires_at: Option<i64>,
}

impl Outcome for Attested {
    fn title(&self) -> String {
        format!("{} the owner of {}", self.title, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![("owner", self.owner.clone()), ("by", self.by.clone())];
        rows.extend(self.name.clone().map(|name| ("is", name)));
        rows.extend(self.expires_at.map(|time| ("until", stamp(time))));
        rows
    }
}

/// Who vouches for an owner.
#[derive(Debug, Serialize)]
struct IdentityAttestations {
    token: String,
    symbol: String,
    owner: String,
    identity: identity::Identity,
    identity_attestations: Vec<Row>,
}

/// One identity attestation.
#[derive(Debug, Serialize)]
struct Row {
    by: String,
    trusted: bool,
    /// Whether the owner named this key as attester of claims: chosen by the owner.
    owners_attester: bool,
    /// Whether the name that was vouched for is the token's now.
    same_name: bool,
    /// Whether the key that was vouched for owns the token now.
    same_owner: bool,
    expires_at: i64,
    expired: bool,
}

impl fmt::Display for IdentityAttestations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(by) = text::verified_by(&self.identity) {
            writeln!(f, "{} is {}.", self.symbol, paint(style::GOOD, by))?;
        } else if let Some(missing) = self.identity.missing() {
            let text = format!("not verified: {missing}");
            writeln!(f, "{} is {}.", self.symbol, paint(style::WARN, text))?;
        } else if self.identity_attestations.is_empty() {
            return writeln!(
                f,
                "{} is unverified: nobody vouches that {} is that person's key.",
                self.symbol, self.owner
            );
        }
        if self.identity_attestations.is_empty() {
            return Ok(());
        }
        let columns = [
            Column::Words("by"),
            Column::Words("trusted"),
            Column::Words("of this name"),
            Column::Words("of this owner"),
            Column::Words("chosen by the owner"),
            Column::Words("until"),
        ];
        let word = |yes: bool| cell(if yes { "yes" } else { "no" });
        let rows = self.identity_attestations.iter().map(|row| {
            let trusted = match (row.trusted, row.expired) {
                (true, false) => colored(Color::Green, "yes"),
                (true, true) => colored(Color::Yellow, "yes, but expired"),
                (false, _) => colored(Color::Yellow, "no"),
            };
            vec![
                cell(&row.by),
                trusted,
                word(row.same_name),
                word(row.same_owner),
                word(row.owners_attester),
                cell(stamp(row.expires_at)),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))?;
        if self.identity.is_verified() {
            return Ok(());
        }
        f.write_str("Unverified to you: `--trust KEY` says whom you believe.\n")
    }
}

fn hash(name: &str) -> [u8; 32] {
    Sha256::digest(name.as_bytes()).into()
}

/// The token's name and symbol on its mint.
async fn texts(token: &Account<PersonalToken>, ctx: &Context) -> Result<(String, String)> {
    let names = fetch::names(&ctx.client, std::slice::from_ref(token)).await?;
    let name = names.into_iter().next().flatten().unwrap_or_default();
    Ok((name.name, name.symbol))
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    match command {
        Command::Attest(args) => ctx.output.show(&attest(&args, ctx).await?),
        Command::Revoke(args) => ctx.output.show(&revoke(&args, ctx).await?),
        Command::Show(args) => ctx.output.show(&show(&args, ctx).await?),
    }
}

async fn attest(args: &AttestArgs, ctx: &Context) -> Result<Done<Attested>> {
    let (me, token) = (ctx.keys.me()?, ctx.token(&args.token).await?);
    let (own, symbol) = texts(&token, ctx).await?;
    let name = args.name.clone().unwrap_or(own);
    let identity_attestation = IdentityAttestation {
        owner: token.data.owner,
        subject: hash(&name),
        document: args.document.map_or([0; 32], |document| document.0),
        expires_at: args.expires.at(ctx.now().await?),
    };
    let sign =
        instruction::attest_identity(&token.key, &ctx.keys.payer()?, &me, identity_attestation);
    let attested = Attested {
        title: "Vouch for",
        token: token.key.to_string(),
        symbol,
        owner: token.data.owner.to_string(),
        by: me.to_string(),
        name: Some(name),
        expires_at: Some(identity_attestation.expires_at),
    };
    let report = ctx
        .send_shown(&attested, &Plan::single("attest", vec![sign]).steps)
        .await?;
    Ok(Done::new(attested, report))
}

async fn revoke(args: &RevokeArgs, ctx: &Context) -> Result<Done<Attested>> {
    let (me, token) = (ctx.keys.me()?, ctx.token(&args.token).await?);
    let symbol = ctx.symbol(&token).await?;
    let signed = identity::identity_attestation(&ctx.client, &token.key, &me).await?;
    let signed = signed.ok_or_else(|| SdkError::NotFound {
        what: "identity attestation of yours",
        query: symbol.clone(),
    })?;
    let back = instruction::revoke_identity(&signed, &me);
    let attested = Attested {
        title: "No longer vouch for",
        token: token.key.to_string(),
        symbol,
        owner: token.data.owner.to_string(),
        by: me.to_string(),
        name: None,
        expires_at: None,
    };
    let report = ctx
        .send_shown(&attested, &Plan::single("revoke", vec![back]).steps)
        .await?;
    Ok(Done::new(attested, report))
}

async fn show(args: &ShowArgs, ctx: &Context) -> Result<IdentityAttestations> {
    let token = ctx.token(&args.token).await?;
    let (name, symbol) = texts(&token, ctx).await?;
    let now = ctx.now().await?;
    let found = identity::identity_attestations(&ctx.client, &token.key).await?;
    let chosen = fetch::attesters(&ctx.client, &token.key).await?;
    let chosen = |key: &Pubkey| chosen.as_ref().is_some_and(|list| list.data.contains(key));
    let person = [identity::Person {
        token: token.key,
        owner: token.data.owner,
        name: name.clone(),
    }];
    let identities = identity::of(&ctx.client, &person, &ctx.trust).await?;
    let identity_attestations = found.iter().map(|one| Row {
        by: one.data.attester.to_string(),
        trusted: ctx.trust.keys.contains(&one.data.attester),
        owners_attester: chosen(&one.data.attester),
        same_name: one.data.subject == hash(&name),
        same_owner: one.data.owner == token.data.owner,
        expires_at: one.data.expires_at,
        expired: one.data.is_expired(now),
    });
    Ok(IdentityAttestations {
        token: token.key.to_string(),
        symbol,
        owner: token.data.owner.to_string(),
        identity: identities.into_iter().next().unwrap_or_default(),
        identity_attestations: identity_attestations.collect(),
    })
}
