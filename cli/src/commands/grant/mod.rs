//! `upside grant`: shares for help, which vest over time.

mod claim;
mod list;
mod make;
mod revoke;

use {
    crate::{context::Context, error::Result, values::TokenQuery},
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey,
        error::SdkError,
        fetch,
        inspect::{Amount, MintAmount},
        quote,
        state::{Account, Grant, Holder, PersonalToken},
    },
};

/// Shares for help that vest over time: make, list, show, claim, revoke, close
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Grant new shares that vest over time: owner and beneficiary sign
    Make(make::Args),
    /// List all open grants
    List(list::ListArgs),
    /// Show one grant: what has vested, what can be claimed
    Show(list::ShowArgs),
    /// Claim what has vested and was earned, for the beneficiary; anybody may
    Claim(claim::ClaimArgs),
    /// Take back what has not vested, as owner: it is burned
    Revoke(revoke::Args),
    /// Close an empty grant: the rent goes back to who paid it; anybody may
    Close(claim::CloseArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Make(args) => out.show(&make::run(&args, ctx).await?),
        Command::List(args) => out.show(&list::list(&args, ctx).await?),
        Command::Show(args) => out.show(&list::show(&args, ctx).await?),
        Command::Claim(args) => out.show(&claim::claim(&args, ctx).await?),
        Command::Revoke(args) => out.show(&revoke::run(&args, ctx).await?),
        Command::Close(args) => out.show(&claim::close(&args, ctx).await?),
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
struct Found {
    token: Account<PersonalToken>,
    grant: Account<Grant>,
    holder: Account<Holder>,
    symbol: String,
    now: i64,
}

impl Which {
    async fn find(&self, ctx: &Context) -> Result<Found> {
        let token = ctx.token(&self.token).await?;
        let grant = fetch::grant(&ctx.client, &token.key, self.grant).await?;
        let holder = fetch::holder(&ctx.client, &token.key, &grant.key).await?;
        Ok(Found {
            holder: holder.ok_or_else(|| SdkError::NotFound {
                what: "holder account of the grant",
                query: grant.key.to_string(),
            })?,
            symbol: ctx.symbol(&token).await?,
            now: ctx.now().await?,
            token,
            grant,
        })
    }
}

/// One grant, for people and scripts.
#[derive(Debug, Serialize)]
pub struct Granted {
    grant: u64,
    address: String,
    beneficiary: String,
    /// Shares granted; after a revocation those that had vested.
    shares: Amount,
    vested: Amount,
    claimed: Amount,
    /// Shares that a claim moves now.
    claimable: Amount,
    /// Dividends that a claim pays now, by payout mint.
    dividends: Vec<MintAmount>,
    start: i64,
    cliff_at: i64,
    ends_at: i64,
    revocable: bool,
    revoked: bool,
}

impl Granted {
    fn new(
        token: &PersonalToken,
        grant: &Account<Grant>,
        holder: &Holder,
        now: i64,
    ) -> Result<Self> {
        let data = &grant.data;
        let shares = |atoms| Amount::new(atoms, SHARE_DECIMALS);
        let mut dividends = Vec::new();
        let streams = token.active_streams().map_err(SdkError::from)?;
        for (place, stream) in streams.iter().enumerate() {
            let asset = token
                .asset(usize::from(stream.asset))
                .map_err(SdkError::from)?;
            let earned = quote::dividend(token, holder, place, now)?.claimable;
            if !earned.is_zero() {
                dividends.push(MintAmount {
                    mint: asset.mint.to_string(),
                    amount: Amount::new(earned.0, asset.decimals),
                });
            }
        }
        let after = |seconds| data.start.saturating_add(i64::from(seconds));
        Ok(Granted {
            grant: data.number,
            address: grant.key.to_string(),
            beneficiary: data.beneficiary.to_string(),
            shares: shares(data.shares),
            vested: shares(data.vested(now).map_err(SdkError::from)?),
            claimed: shares(data.claimed),
            claimable: shares(data.claimable(holder, now).unwrap_or_default()),
            dividends,
            start: data.start,
            cliff_at: after(data.cliff_seconds),
            ends_at: after(data.duration_seconds),
            revocable: data.revocable == 1,
            revoked: data.revoked == 1,
        })
    }
}

/// Dividends as they were claimed.
fn paid_of(token: &PersonalToken, paid: &[(Pubkey, upside_sdk::Atoms)]) -> Result<Vec<MintAmount>> {
    let one = |(mint, atoms): &(Pubkey, upside_sdk::Atoms)| {
        let place = token.asset_of(mint).map_err(SdkError::from)?;
        let asset = token.asset(place).map_err(SdkError::from)?;
        Ok(MintAmount {
            mint: mint.to_string(),
            amount: Amount::new(atoms.0, asset.decimals),
        })
    };
    paid.iter().map(one).collect()
}
