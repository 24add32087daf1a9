//! `upside poll`: questions to the holders.

mod act;
mod put;
mod show;

use {
    crate::{context::Context, error::Result, values::TokenQuery},
    upside_sdk::{
        Pubkey,
        address::find_poll,
        error::SdkError,
        fetch,
        inspect::PollDecimals,
        state::{Account, ClaimKind, PersonalToken, Poll},
    },
};

/// Questions to the holders: put, vote, apply
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Put a question to the holders, as owner or with 1 % of the eligible shares
    #[command(subcommand)]
    Put(put::Command),
    /// Vote with all that your shares weigh, as holder
    Vote(act::VoteArgs),
    /// Apply a poll that passed; anyone may
    Apply(act::ApplyArgs),
    /// Take a poll back, as who put it
    Cancel(act::CancelArgs),
    /// Close a poll that is over; anyone may
    Close(act::CloseArgs),
    /// List polls: open, lapsed, void and applied ones
    List(show::ListArgs),
    /// Show a poll: what would change, and where it stands
    Show(show::ShowArgs),
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Put(command) => out.show(&put::run(&command, ctx).await?),
        Command::Vote(args) => out.show(&act::vote(&args, ctx).await?),
        Command::Apply(args) => out.show(&act::apply(&args, ctx).await?),
        Command::Cancel(args) => out.show(&act::cancel(&args, ctx).await?),
        Command::Close(args) => out.show(&act::close(&args, ctx).await?),
        Command::List(args) => out.show(&show::list(&args, ctx).await?),
        Command::Show(args) => out.show(&show::show(&args, ctx).await?),
    }
}

/// A poll of a token.
#[derive(Debug, clap::Args)]
pub struct PollSelector {
    /// The token
    pub token: TokenQuery,
    /// Number of the poll [default: the only open one]
    pub poll: Option<u64>,
}

/// What the commands of a poll work on.
pub struct SelectedPoll {
    /// The token.
    pub token: Account<PersonalToken>,
    /// The poll.
    pub poll: Account<Poll>,
    /// The token's symbol.
    pub symbol: String,
}

impl PollSelector {
    /// Fetches it. Errors: `NotFound`, also if several are open and none is named.
    pub async fn find(&self, ctx: &Context) -> Result<SelectedPoll> {
        let token = ctx.token(&self.token).await?;
        let symbol = ctx.symbol(&token).await?;
        let key = match self.poll {
            Some(number) => Some(find_poll(&token.key, number).0),
            None => match fetch::open_poll_keys(&token)[..] {
                [only] => Some(only),
                _ => None,
            },
        };
        let missing = || SdkError::NotFound {
            what: "poll",
            query: match self.poll {
                Some(number) => number.to_string(),
                None => format!("the only open one of {}", self.token.0),
            },
        };
        let poll = match key {
            Some(key) => fetch::optional::<Poll>(&ctx.client, &key).await?,
            None => None,
        };
        Ok(SelectedPoll {
            poll: poll.ok_or_else(missing)?,
            token,
            symbol,
        })
    }
}

/// Decimals of the numbers in a poll about this claim: amounts are in the quote mint, of
/// revenue in the claim's; units of custody in the equity's.
pub async fn decimals(
    ctx: &Context,
    token: &Account<PersonalToken>,
    claim: Option<u64>,
) -> Result<PollDecimals> {
    let quote = token.data.quote().decimals;
    let Some(number) = claim else {
        return Ok(PollDecimals {
            amounts: quote,
            units: 0,
        });
    };
    let claim = fetch::claim(&ctx.client, &token.key, number).await?.data;
    Ok(match claim.kind().map_err(SdkError::from)? {
        ClaimKind::RevenueShare => {
            let place = token.data.asset_of(&claim.mint).map_err(SdkError::from)?;
            let asset = token.data.asset(place).map_err(SdkError::from)?;
            PollDecimals {
                amounts: asset.decimals,
                units: 0,
            }
        }
        // Nothing was ever brought into custody: the program refuses its auction.
        ClaimKind::TokenizedEquity if claim.mint == Pubkey::default() => PollDecimals {
            amounts: quote,
            units: 0,
        },
        ClaimKind::TokenizedEquity => PollDecimals {
            amounts: quote,
            units: fetch::mint(&ctx.client, &claim.mint).await?.decimals,
        },
        ClaimKind::Equity => PollDecimals {
            amounts: quote,
            units: claim.decimals,
        },
    })
}
