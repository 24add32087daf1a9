//! `upside grant`: shares for help, which vest over time.

mod accept;
mod cancel;
mod collect;
mod list;
mod offer;
mod revoke;
mod rows;

use {
    crate::{context::Context, error::Result, values::TokenQuery},
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Atoms, Pubkey,
        error::SdkError,
        fetch,
        inspect::{Amount, MintAmount},
        quote,
        state::{Account, Grant, GrantStatus, MAX_STREAMS, PersonalToken},
    },
};

/// Shares for help that vest over time: offer, accept, collect, revoke
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Offer new shares that vest over time, as owner; many at once from a CSV file
    Offer(offer::Args),
    /// Accept an offer, as its beneficiary: the shares are created
    Accept(accept::Args),
    /// End an offer: as owner, as its beneficiary, or as anybody after its end
    Cancel(cancel::CancelArgs),
    /// List all open offers and grants
    List(list::ListArgs),
    /// Show one grant: what has vested, what can be collected
    Show(list::ShowArgs),
    /// Collect what has vested and what it earned, as beneficiary
    Collect(collect::Args),
    /// Take back what has not vested, as owner: it is burned
    Revoke(revoke::Args),
    /// Close a grant of which nothing is left: the rent goes back to who paid it
    Close(cancel::CloseArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Offer(args) => out.show(&offer::run(&args, ctx).await?),
        Command::Accept(args) => out.show(&accept::run(&args, ctx).await?),
        Command::Cancel(args) => out.show(&cancel::cancel(&args, ctx).await?),
        Command::List(args) => out.show(&list::list(&args, ctx).await?),
        Command::Show(args) => out.show(&list::show(&args, ctx).await?),
        Command::Collect(args) => out.show(&collect::run(&args, ctx).await?),
        Command::Revoke(args) => out.show(&revoke::run(&args, ctx).await?),
        Command::Close(args) => out.show(&cancel::close(&args, ctx).await?),
    }
}

/// A grant of a token.
#[derive(Debug, clap::Args)]
pub struct Which {
    /// The token
    token: TokenQuery,
    /// Number of the grant
    grant: u64,
}

/// What the commands of a grant work on.
struct Selected {
    token: Account<PersonalToken>,
    grant: Account<Grant>,
    symbol: String,
    now: i64,
}

impl Which {
    async fn find(&self, ctx: &Context) -> Result<Selected> {
        let token = ctx.token(&self.token).await?;
        let grant = fetch::grant(&ctx.client, &token.key, self.grant).await?;
        Ok(Selected {
            symbol: ctx.symbol(&token).await?,
            now: ctx.now().await?,
            token,
            grant,
        })
    }
}

/// One offer or grant, for people and scripts.
#[derive(Debug, Serialize)]
pub struct Granted {
    grant: u64,
    address: String,
    /// `offered`, `lapsed`, `vesting`, `vested` or `revoked`.
    status: &'static str,
    beneficiary: String,
    /// Shares granted; after a revocation those that had vested.
    shares: Amount,
    vested: Amount,
    collected: Amount,
    /// Shares that the beneficiary can collect now.
    collectable: Amount,
    /// What those have earned, by payout mint.
    earned: Vec<MintAmount>,
    /// What the unvested shares have earned, by payout mint: it vests with them.
    unvested_earned: Vec<MintAmount>,
    start: i64,
    cliff_at: i64,
    ends_at: i64,
    revocable: bool,
    /// Last second in which the offer can be accepted.
    expires_at: i64,
    /// When it was accepted; `None` while it is on offer.
    accepted_at: Option<i64>,
    /// The owner's own number for it; 0 for none.
    reference: u64,
}

impl Granted {
    fn new(token: &PersonalToken, grant: &Account<Grant>, now: i64) -> Result<Self> {
        let data = &grant.data;
        let shares = |atoms| Amount::new(atoms, SHARE_DECIMALS);
        let quoted = quote::grant(token, data, now)?;
        let after = |seconds| data.start.saturating_add(i64::from(seconds));
        let status = match data.status().map_err(SdkError::from)? {
            GrantStatus::Offered if data.is_lapsed(now) => "lapsed",
            GrantStatus::Offered => "offered",
            GrantStatus::Revoked => "revoked",
            GrantStatus::Accepted if quoted.unvested.is_zero() => "vested",
            GrantStatus::Accepted => "vesting",
        };
        Ok(Granted {
            grant: data.number,
            address: grant.key.to_string(),
            status,
            beneficiary: data.beneficiary.to_string(),
            shares: shares(data.shares),
            vested: shares(quoted.vested.0),
            collected: shares(data.collected),
            collectable: shares(quoted.collectable.0),
            earned: by_mint(token, quoted.earned)?,
            unvested_earned: by_mint(token, quoted.unvested_earned)?,
            start: data.start,
            cliff_at: after(data.cliff_seconds),
            ends_at: after(data.duration_seconds),
            revocable: data.revocable == 1,
            expires_at: data.expires_at,
            accepted_at: (data.accepted_at != 0).then_some(data.accepted_at),
            reference: data.reference,
        })
    }
}

/// Payout atoms by stream as amounts of their mints.
fn by_mint(token: &PersonalToken, amounts: [Atoms; MAX_STREAMS]) -> Result<Vec<MintAmount>> {
    let mut all = Vec::new();
    let streams = token.active_streams().map_err(SdkError::from)?;
    for (stream, atoms) in streams.iter().zip(amounts) {
        let asset = token.asset(usize::from(stream.asset));
        let asset = asset.map_err(SdkError::from)?;
        if !atoms.is_zero() {
            all.push(MintAmount {
                mint: asset.mint.to_string(),
                amount: Amount::new(atoms.0, asset.decimals),
            });
        }
    }
    Ok(all)
}

/// Payout atoms by mint as amounts.
fn amounts_of(token: &PersonalToken, amounts: &[(Pubkey, Atoms)]) -> Result<Vec<MintAmount>> {
    let one = |(mint, atoms): &(Pubkey, Atoms)| {
        let place = token.asset_of(mint).map_err(SdkError::from)?;
        let asset = token.asset(place).map_err(SdkError::from)?;
        Ok(MintAmount {
            mint: mint.to_string(),
            amount: Amount::new(atoms.0, asset.decimals),
        })
    };
    amounts.iter().map(one).collect()
}

/// Atoms by the place of the asset as amounts of their mints.
fn by_asset(token: &PersonalToken, amounts: impl Fn(usize) -> u64) -> Result<Vec<MintAmount>> {
    let listed = token.listed().map_err(SdkError::from)?.iter().enumerate();
    let one = |(place, asset): (usize, &upside_sdk::state::Asset)| {
        let atoms = amounts(place);
        (atoms > 0).then(|| MintAmount {
            mint: asset.mint.to_string(),
            amount: Amount::new(atoms, asset.decimals),
        })
    };
    Ok(listed.filter_map(one).collect())
}
