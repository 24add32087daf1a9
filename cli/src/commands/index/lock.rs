//! `upside index lock`, `unlock` and `locks`: shares that count.

use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::index::SelectedIndex,
        send::completed::{Done, Outcome},
        values::{Address, IndexQuery, Quantity, stamp},
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        IndexError, Pubkey,
        action::Plan,
        amount,
        error::SdkError,
        event::IndexEvent,
        index::{INDEX_SHARE_DECIMALS, Lock, PooledIndex, VoteSide, fetch, instruction},
        inspect::Amount,
        state::Account,
    },
    upside_view::style::{self, Column, cell, facts, grouped, paint, short, table},
};

/// Lock shares, so that they count against announcements and for candidates
///
/// They stay yours and come back at any time. They count once they are locked for a third
/// of the notice; locking more begins the age of all of them anew.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index lock MAKERS 20
  upside index lock MAKERS ALL")]
pub struct LockArgs {
    /// The index
    index: IndexQuery,
    /// How many shares, or ALL
    shares: Quantity,
}

/// Take locked shares back; they count nowhere from then on
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index unlock MAKERS ALL
  upside index unlock MAKERS 5

`upside index redeem MAKERS ALL` redeems locked shares, too.")]
pub struct UnlockArgs {
    /// The index
    index: IndexQuery,
    /// How many shares, or ALL
    shares: Quantity,
}

/// List what is locked, since when, and where it counts
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index locks MAKERS
  upside index locks MAKERS --wallet 7kbn…")]
pub struct ListArgs {
    /// The index
    index: IndexQuery,
    /// Of this wallet alone
    #[arg(long, value_name = "KEY")]
    wallet: Option<Address>,
}

/// A lock that changed.
#[derive(Debug, Serialize)]
pub struct Changed {
    index: String,
    symbol: String,
    wallet: String,
    /// `locked` or `unlocked`.
    change: &'static str,
    amount: Amount,
    /// What is locked after it.
    locked: Amount,
    /// From when on it counts against what is announced now, unix seconds.
    counts_from: Option<i64>,
    /// From when on it backs candidates, unix seconds.
    backs_from: Option<i64>,
}

impl Outcome for Changed {
    fn title(&self) -> String {
        let verb = match self.change {
            "locked" => "Lock",
            _ => "Unlock",
        };
        format!("{verb} {} shares of {}", grouped(&self.amount), self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            ("locked", format!("{} shares", grouped(&self.locked))),
            ("wallet", self.wallet.clone()),
        ];
        let times = [
            ("veto from", self.counts_from),
            ("back a candidate from", self.backs_from),
        ];
        let times = times.into_iter();
        rows.extend(times.filter_map(|(what, at)| Some((what, stamp(at?)))));
        rows
    }
}

/// The locks of an index.
#[derive(Debug, Serialize)]
pub struct Locks {
    index: String,
    symbol: String,
    /// In all locks of the index.
    total: Amount,
    locks: Vec<Line>,
}

/// One lock.
#[derive(Debug, Serialize)]
struct Line {
    wallet: String,
    shares: Amount,
    /// Since when all of them are locked, unix seconds.
    since: i64,
    /// What they count in open announcements.
    votes: Vec<VoteLine>,
    /// Address of the candidacy that they back.
    backs: Option<String>,
}

#[derive(Debug, Serialize)]
struct VoteLine {
    nonce: u64,
    /// `against` or `for`.
    side: &'static str,
    shares: Amount,
}

impl fmt::Display for Locks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("Locked shares of {}", self.symbol);
        writeln!(f, "{}", paint(style::BOLD, title))?;
        f.write_str(&facts(&[("in all", grouped(&self.total))]))?;
        if self.locks.is_empty() {
            return f.write_str("  none: `upside index lock INDEX SHARES`\n");
        }
        let columns = [
            Column::Words("wallet"),
            Column::Numbers("shares"),
            Column::Words("since"),
            Column::Words("counts"),
            Column::Words("backs"),
        ];
        let rows = self.locks.iter().map(|lock| {
            let votes = lock.votes.iter();
            let votes: Vec<String> = votes
                .map(|vote| format!("{} {}", vote.side, vote.nonce))
                .collect();
            vec![
                cell(&lock.wallet),
                cell(grouped(&lock.shares)),
                cell(stamp(lock.since)),
                cell(if votes.is_empty() {
                    "-".to_string()
                } else {
                    votes.join(", ")
                }),
                cell(lock.backs.as_deref().map_or("-".to_string(), short)),
            ]
        });
        f.write_str(&table(&columns, rows.collect()))
    }
}

fn shares(atoms: u64) -> Amount {
    Amount::new(atoms, INDEX_SHARE_DECIMALS)
}

impl SelectedIndex {
    /// The lock of a wallet. Errors: usage if it locked nothing.
    pub async fn lock(&self, wallet: &Pubkey, ctx: &Context) -> Result<Account<Lock>> {
        let lock = fetch::lock(&ctx.client, &self.pool.index.key, wallet).await?;
        lock.ok_or_else(|| {
            CliError::usage(
                format!("{wallet} has locked no shares of {}", self.symbol),
                format!(
                    "lock some first: `upside index lock {} SHARES`",
                    self.symbol
                ),
            )
        })
    }
}

pub async fn lock(args: &LockArgs, ctx: &Context) -> Result<Done<Changed>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let index = &found.pool.index;
    let all = found.shares(&me, ctx).await?;
    let atoms = args.shares.atoms(INDEX_SHARE_DECIMALS, all)?;
    if atoms > all {
        return Err(CliError::InsufficientFunds {
            wallet: me,
            mint: index.data.mint,
            has: amount::print(all, INDEX_SHARE_DECIMALS),
            needs: amount::print(atoms, INDEX_SHARE_DECIMALS),
        });
    }
    let before = fetch::lock(&ctx.client, &index.key, &me).await?;
    let before = before.map_or(0, |lock| lock.data.shares);
    let lock = instruction::lock_shares(index, &ctx.keys.payer()?, &me, atoms);
    let steps = Plan::single("lock shares", vec![lock]).steps;
    let report = ctx.send(&steps).await?;
    let landed = report.index_events().find_map(|event| match event {
        IndexEvent::SharesLocked(event) => Some(event.shares),
        _ => None,
    });
    let notice = i64::from(index.data.terms.notice_seconds);
    let now = found.pool.clock.unix_timestamp;
    let changed = Changed {
        index: found.key(),
        symbol: found.symbol.clone(),
        wallet: me.to_string(),
        change: "locked",
        amount: shares(atoms),
        locked: shares(landed.unwrap_or(before.saturating_add(atoms))),
        counts_from: Some(now.saturating_add(veto_age(&index.data))),
        backs_from: Some(now.saturating_add(notice)),
    };
    Ok(Done::new(changed, report))
}

/// Seconds that a lock must be old to count against what is announced with the terms'
/// notice.
fn veto_age(index: &PooledIndex) -> i64 {
    let mut place = upside_sdk::index::AnnouncementPlace::default();
    place.notice = index.terms.notice_seconds;
    place.required_age(VoteSide::Against).into()
}

pub async fn unlock(args: &UnlockArgs, ctx: &Context) -> Result<Done<Changed>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let lock = found.lock(&me, ctx).await?;
    let has = lock.data.shares;
    let atoms = args.shares.atoms(INDEX_SHARE_DECIMALS, has)?;
    let left = has.checked_sub(atoms);
    let left = left.ok_or(SdkError::from(IndexError::LockedLess))?;
    let mut instructions: Vec<_> = found.share_account(&me, ctx).await?.into_iter().collect();
    let index = &found.pool.index;
    instructions.push(instruction::unlock_shares(index, &lock, atoms));
    let steps = Plan::single("unlock shares", instructions).steps;
    let changed = Changed {
        index: found.key(),
        symbol: found.symbol.clone(),
        wallet: me.to_string(),
        change: "unlocked",
        amount: shares(atoms),
        locked: shares(left),
        counts_from: None,
        backs_from: None,
    };
    let report = ctx.send_shown(&changed, &steps).await?;
    Ok(Done::new(changed, report))
}

pub async fn list(args: &ListArgs, ctx: &Context) -> Result<Locks> {
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let index = &found.pool.index;
    let mut locks = fetch::locks(&ctx.client, &index.key).await?;
    if let Some(wallet) = &args.wallet {
        locks.retain(|lock| lock.data.wallet == wallet.key);
    }
    Ok(Locks {
        index: found.key(),
        symbol: found.symbol.clone(),
        total: shares(index.data.locked),
        locks: locks
            .iter()
            .map(|lock| line(&index.data, &lock.data))
            .collect(),
    })
}

fn line(index: &PooledIndex, lock: &Lock) -> Line {
    let marks = lock.marks.iter().zip(&index.announcements);
    // A mark of an announcement that is over counts nothing.
    let counted = marks.filter(|(mark, place)| place.is_open() && place.nonce == mark.nonce);
    let votes = counted.filter(|(mark, _)| mark.weight > 0);
    let votes = votes.map(|(mark, _)| VoteLine {
        nonce: mark.nonce,
        side: match mark.side.get() {
            Ok(VoteSide::Against) => "against",
            _ => "for",
        },
        shares: shares(mark.weight),
    });
    Line {
        wallet: lock.wallet.to_string(),
        shares: shares(lock.shares),
        since: lock.since,
        votes: votes.collect(),
        backs: (lock.candidacy != Pubkey::default()).then(|| lock.candidacy.to_string()),
    }
}
