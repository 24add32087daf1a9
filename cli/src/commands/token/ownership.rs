use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::{Address, TokenQuery},
    },
    serde::Serialize,
    upside_sdk::{
        Pubkey,
        action::{self, Plan},
        instruction,
    },
};

/// Hand the token over: propose, accept, or withdraw the proposal
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["new_owner", "accept", "cancel"])))]
#[command(after_help = "\
Examples:
  upside token transfer-ownership ADA 7kbn…             propose, by the owner
  upside -k new.json token transfer-ownership ADA --accept
  upside token transfer-ownership ADA --cancel")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Who is to own it: they must accept
    new_owner: Option<Address>,
    /// Accept what was proposed to you
    #[arg(long)]
    accept: bool,
    /// Withdraw the proposal
    #[arg(long)]
    cancel: bool,
}

/// A step of the handover.
#[derive(Debug, Serialize)]
pub struct Handover {
    token: String,
    symbol: String,
    owner: String,
    pending_owner: Option<String>,
}

impl Outcome for Handover {
    fn title(&self) -> String {
        match &self.pending_owner {
            Some(_) => format!("Propose a new owner of {}", self.symbol),
            None => format!("Settle who owns {}", self.symbol),
        }
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![("token", self.token.clone()), ("owner", self.owner.clone())];
        if let Some(pending) = &self.pending_owner {
            rows.push(("proposed", format!("{pending}, who must accept")));
        }
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Handover>> {
    let token = ctx.token(&args.token).await?;
    let symbol = ctx.symbol(&token).await?;
    let (plan, owner, pending) = if args.accept {
        let me = ctx.keys.me()?;
        (action::accept_ownership(&token, &me)?, me, None)
    } else {
        let pending = args.new_owner.as_ref().map(|address| address.key);
        let propose = instruction::propose_owner(&token, &pending.unwrap_or_default());
        (
            Plan::single("propose owner", vec![propose]),
            token.data.owner,
            pending,
        )
    };
    let handover = Handover {
        token: token.key.to_string(),
        symbol,
        owner: owner.to_string(),
        pending_owner: pending.as_ref().map(Pubkey::to_string),
    };
    let report = ctx.send_shown(&handover, &plan.steps).await?;
    Ok(Done::new(handover, report))
}
