use {
    super::{create::portions, fees::Rates},
    crate::{
        context::Context,
        error::{CliError, Result},
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{Address, IndexQuery, RecipientArg, TokenQuery},
        views,
    },
    serde::Serialize,
    std::collections::BTreeMap,
    upside_sdk::{
        IndexError, Pubkey,
        action::Plan,
        error::SdkError,
        event::IndexEvent,
        index::{
            Action, EXPIRY, Role, StoredAction,
            inspect::{self, ActionReport},
            instruction,
        },
    },
    upside_view::text::{action_words, standing_dates},
};

/// Announce changes, as curator: fees, recipients, roles, coins
///
/// All of them are one announcement, up to 8 changes. It waits out the notice of the terms,
/// in which holders veto it or leave. Then anyone applies it, for 14 days. To lower fees
/// takes no announcement: `upside index fees lower`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index announce MAKERS --management-fee 1.5% --entry-fee 0.5%
  upside index announce MAKERS --recipient 7kbn…=60% --recipient treasury.json=40%
  upside index announce MAKERS --curator 7kbn…           who must accept afterwards
  upside index announce MAKERS --guardian 7kbn… --launcher 9xQe… --list-coin EPjF…")]
pub struct Args {
    /// The index
    index: IndexQuery,
    #[command(flatten)]
    rates: Rates,
    /// Who receives fee shares from then on: KEY, or up to 4 times KEY=PERCENT
    #[arg(long = "recipient", value_name = "KEY=PERCENT")]
    recipients: Vec<RecipientArg>,
    /// Who may become curator by accepting
    #[arg(long, value_name = "KEY")]
    curator: Option<Address>,
    /// Who may tighten or stop what is announced
    #[arg(long, value_name = "KEY")]
    launcher: Option<Address>,
    /// Who may offer and end memberships
    #[arg(long, value_name = "KEY")]
    admissions: Option<Address>,
    /// Who may pause
    #[arg(long, value_name = "KEY")]
    guardian: Option<Address>,
    /// A mint of the index in which dividends are collected from then on
    #[arg(long, value_name = "MINT")]
    list_coin: Vec<TokenQuery>,
    /// A mint in which dividends are collected no longer
    #[arg(long, value_name = "MINT")]
    unlist_coin: Vec<TokenQuery>,
}

/// Changes announced.
#[derive(Debug, Serialize)]
pub struct Announced {
    index: String,
    symbol: String,
    /// Number of the announcement.
    nonce: u64,
    actions: Vec<ActionReport>,
    /// When its notice is over, unix seconds.
    effective_at: i64,
    /// Last second in which it can be applied, unix time.
    expires_at: i64,
    /// How often the same was vetoed lately: then more votes are needed against it.
    vetoes: Option<u64>,
    /// What mints are called.
    #[serde(skip)]
    names: BTreeMap<Pubkey, String>,
}

impl Outcome for Announced {
    fn title(&self) -> String {
        format!("Make announcement {} of {}", self.nonce, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let name = |mint: &Pubkey| {
            let name = self.names.get(mint).cloned();
            name.unwrap_or_else(|| mint.to_string())
        };
        let does = self.actions.iter().flat_map(|it| action_words(it, name));
        let labels = std::iter::once("does").chain(std::iter::repeat(""));
        let mut rows: Vec<(&str, String)> = labels.zip(does).collect();
        rows.push(("from", standing_dates(self.effective_at, self.expires_at)));
        if self.vetoes.is_some_and(|times| times > 0) {
            let again = "the same was vetoed within 180 days, more votes are needed against it";
            rows.push(("vetoed before", again.to_string()));
        }
        let apply = format!("`upside index apply {} {}`", self.symbol, self.nonce);
        rows.push(("next", format!("{apply} after the notice, by anyone")));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Announced>> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let actions = args.actions(&found)?;
    if actions.is_empty() {
        return Err(CliError::usage(
            "nothing to announce",
            "name a change: --management-fee, --recipient, --curator, --guardian, --list-coin …",
        ));
    }
    let mut stored = vec![StoredAction::default(); actions.len()];
    for (action, place) in actions.iter().zip(&mut stored) {
        action.store(place).map_err(SdkError::from)?;
    }
    let index = &found.pool.index;
    index.data.require_active().map_err(SdkError::from)?;
    if index.data.announcements.iter().all(|place| place.is_open()) {
        return Err(SdkError::from(IndexError::AnnouncementListFull).into());
    }
    let mut nonce = index.data.announcements_made.saturating_add(1);
    let now = found.pool.clock.unix_timestamp;
    let mut effective_at = index.data.after_notice(now).map_err(SdkError::from)?;
    let announce = instruction::announce(index, &ctx.keys.payer()?, actions);
    let steps = Plan::single("announce", vec![announce]).steps;
    let report = ctx.send(&steps).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::ActionsAnnounced(event) => Some(event),
        _ => None,
    });
    if let Some(event) = &landed {
        (nonce, effective_at) = (event.nonce, event.effective_at);
    }
    let vetoes = landed.map(|event| event.vetoes);
    let names = found
        .pool
        .constituents()
        .map(|(slot, constituent)| (constituent.key, found.slots.name(slot)));
    let announced = Announced {
        index: found.key(),
        symbol: found.symbol.clone(),
        nonce,
        actions: stored
            .iter()
            .map(inspect::action)
            .collect::<Result<_, _>>()?,
        effective_at,
        expires_at: effective_at.saturating_add(EXPIRY),
        vetoes,
        names: names.collect(),
    };
    Ok(Done::new(announced, report))
}

impl Args {
    /// The named changes, in the order of the flags.
    fn actions(&self, found: &SelectedIndex) -> Result<Vec<Action>> {
        let mut actions = Vec::new();
        let fees = self.rates.named(&found.pool.index.data.parameters);
        actions.extend(fees.map(Action::SetFees));
        if !self.recipients.is_empty() {
            actions.push(Action::SetRecipients(portions(&self.recipients)));
        }
        let roles = [
            (Role::PendingCurator, &self.curator),
            (Role::Launcher, &self.launcher),
            (Role::Admissions, &self.admissions),
            (Role::Guardian, &self.guardian),
        ];
        let named = roles.into_iter();
        actions.extend(named.filter_map(|(role, key)| {
            let key = key.as_ref()?.key;
            Some(Action::SetRole { role, key })
        }));
        for query in &self.list_coin {
            let mint = mint(found, query)?;
            actions.push(Action::ListCoin { mint });
        }
        for query in &self.unlist_coin {
            let mint = mint(found, query)?;
            actions.push(Action::UnlistCoin { mint });
        }
        Ok(actions)
    }
}

/// A mint that has a slot.
fn mint(found: &SelectedIndex, query: &TokenQuery) -> Result<Pubkey> {
    let slot = views::find(&found.slots, query)?;
    match slot.personal {
        true => Err(SdkError::from(IndexError::WrongKind).into()),
        false => Ok(slot.key),
    }
}
