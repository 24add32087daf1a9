use {
    super::{
        Entry, History, gaps,
        page::{Found, signatures, transaction},
    },
    crate::error::SdkError,
    anchor_lang::prelude::Pubkey,
    futures_util::{StreamExt, TryStreamExt, stream},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_rpc_client_api::response::RpcConfirmedTransactionStatusWithSignature as Status,
    solana_signature::Signature,
    std::str::FromStr,
};

/// Signatures of one `getSignaturesForAddress`: the most that nodes give.
const PAGE: usize = 1_000;
/// Transactions that are asked for at a time: public nodes refuse more.
const AT_ONCE: usize = 8;
/// Transactions that are read before the next look at whether it is enough.
const BATCH: usize = 64;

/// What to read of a ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Only what is older than this transaction.
    pub before: Option<Signature>,
    /// Only what is newer than this transaction.
    pub until: Option<Signature>,
    /// Only what happened at this time or after it, unix seconds.
    pub since: Option<i64>,
    /// At least so many of the newest entries that count, where there are so many.
    pub most: Option<usize>,
    /// Only entries with these names count for `most`; empty for all.
    pub kinds: Vec<String>,
    /// Only entries that name this key count for `most`.
    pub wallet: Option<Pubkey>,
    /// Only entries at this time or before it count for `most`, unix seconds.
    pub up_to: Option<i64>,
    /// Number of the last event, from the account: a gap before it is noticed, too.
    /// Nothing for what ends at `before`.
    pub last: Option<u64>,
}

impl Query {
    /// Everything, up to the event with the number `last`, or later.
    pub fn whole(last: u64) -> Self {
        Query {
            last: Some(last),
            ..Query::default()
        }
    }

    /// Whether an entry is of what was asked for.
    pub fn wants(&self, entry: &Entry) -> bool {
        let time = entry.time.unwrap_or_default();
        let known = entry.time.is_some();
        let early = known && self.since.is_some_and(|since| time < since);
        let late = known && self.up_to.is_some_and(|up_to| time > up_to);
        let named =
            self.kinds.is_empty() || self.kinds.iter().any(|kind| kind == entry.event.name());
        let of_wallet = self.wallet.is_none_or(|key| entry.event.names_key(&key));
        named && of_wallet && !early && !late
    }
}

/// How far a reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Transactions that were listed so far.
    pub listed: usize,
    /// Transactions that were read so far.
    pub read: usize,
}

/// Reads the ledger of a token or an index from the newest transaction back. All entries
/// that were read are returned, also those that do not count; [`Query::wants`] tells them
/// apart. Failed transactions are passed over: nothing happened in them.
///
/// # Errors
/// `Rpc`.
pub async fn read(
    client: &RpcClient,
    subject: &Pubkey,
    query: &Query,
    mut progress: impl FnMut(Progress),
) -> Result<History, SdkError> {
    let mut history = History::default();
    let mut done = Progress::default();
    let mut counted = 0usize;
    let mut before = query.before;
    'pages: loop {
        let page = signatures(client, subject, before, query.until, PAGE).await?;
        before = page
            .last()
            .and_then(|oldest| Signature::from_str(&oldest.signature).ok());
        let ends = page.len() < PAGE || before.is_none();
        done.listed = done.listed.saturating_add(page.len());
        let (page, too_old) = since(page, query.since);
        for batch in page.chunks(BATCH) {
            let entries = events(client, subject, batch, &mut history).await?;
            counted = counted.saturating_add(entries.iter().filter(|e| query.wants(e)).count());
            history.entries.extend(entries);
            done.read = done.read.saturating_add(batch.len());
            progress(done);
            if query.most.is_some_and(|most| counted >= most) {
                break 'pages;
            }
        }
        if too_old || ends {
            history.reaches_start = ends && !too_old && query.until.is_none();
            break;
        }
    }
    history.entries.sort_by_key(Entry::sequence);
    let sequences: Vec<u64> = history.entries.iter().map(Entry::sequence).collect();
    let first = history.reaches_start.then_some(1);
    let last = query.last.filter(|_| query.before.is_none());
    // Where nothing was read, the end alone tells nothing of the beginning.
    let last = last.filter(|_| first.is_some() || !sequences.is_empty());
    history.gaps = gaps(&sequences, first, last);
    Ok(history)
}

/// The transactions at `since` or after it, and whether there were older ones.
fn since(mut page: Vec<Status>, since: Option<i64>) -> (Vec<Status>, bool) {
    let old = |status: &Status| match (since, status.block_time) {
        (Some(since), Some(time)) => time < since,
        _ => false,
    };
    let kept = page.iter().position(old);
    if let Some(kept) = kept {
        page.truncate(kept);
    }
    (page, kept.is_some())
}

/// The events of transactions, some at a time.
async fn events(
    client: &RpcClient,
    subject: &Pubkey,
    batch: &[Status],
    history: &mut History,
) -> Result<Vec<Entry>, SdkError> {
    let landed = batch.iter().filter(|status| status.err.is_none());
    let found: Result<Vec<(&Status, Found)>, SdkError> = stream::iter(landed)
        .map(|status| async move { Ok((status, transaction(client, subject, status).await?)) })
        .buffered(AT_ONCE)
        .try_collect()
        .await;
    let mut entries = Vec::new();
    for (status, found) in found? {
        match found {
            Found::Events(events) => entries.extend(events),
            Found::Truncated(events) => {
                history.truncated.push(status.signature.clone());
                entries.extend(events);
            }
            Found::Unreadable => history.unreadable.push(status.signature.clone()),
        }
    }
    Ok(entries)
}
