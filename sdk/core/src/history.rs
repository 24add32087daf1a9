//! The ledger of a token or an index: the events of its transactions, in order.
//!
//! Events number themselves without gaps, by token and by index. A node that forgot old
//! transactions, one that cut a log short, a transaction that cannot be read: each leaves
//! a hole in the numbers, and [`History::gaps`] tells it. A ledger without gaps that
//! [`reaches_start`](History::reaches_start) is whole.

use {
    crate::event::{Field, IndexEvent, TokenEvent, of_logs},
    anchor_lang::prelude::Pubkey,
};

/// What a node puts at the end of a log that grew too long.
const TRUNCATED: &str = "Log truncated";

/// An event of either program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Of a personal token.
    Token(TokenEvent),
    /// Of an index.
    Index(IndexEvent),
}

impl Event {
    /// The event's name.
    pub fn name(&self) -> &'static str {
        match self {
            Event::Token(event) => event.name(),
            Event::Index(event) => event.name(),
        }
    }

    /// The token or the index whose event it is.
    pub fn subject(&self) -> Pubkey {
        match self {
            Event::Token(event) => event.header().token,
            Event::Index(event) => event.header().index,
        }
    }

    /// Number of this event of its token or index, from 1.
    pub fn sequence(&self) -> u64 {
        match self {
            Event::Token(event) => event.header().sequence,
            Event::Index(event) => event.header().sequence,
        }
    }

    /// What it says, field by field, in atoms.
    pub fn fields(&self) -> Vec<(&'static str, Field)> {
        match self {
            Event::Token(event) => event.fields(),
            Event::Index(event) => event.fields(),
        }
    }

    /// Whether a key is among its fields.
    pub fn names_key(&self, key: &Pubkey) -> bool {
        let is = |field: &Field| matches!(field, Field::Key(found) if found == key);
        self.fields().iter().any(|(_, field)| is(field))
    }
}

/// The events of both programs in a transaction's logs that `subject` emitted.
pub fn of_subject(logs: &[String], subject: &Pubkey) -> Vec<Event> {
    let tokens = of_logs::<TokenEvent>(logs).into_iter().map(Event::Token);
    let indexes = of_logs::<IndexEvent>(logs).into_iter().map(Event::Index);
    tokens
        .chain(indexes)
        .filter(|event| event.subject() == *subject)
        .collect()
}

/// Whether a node cut these logs short: events may be missing from them.
pub fn is_truncated(logs: &[String]) -> bool {
    logs.iter().any(|line| line == TRUNCATED)
}

/// An event with its transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Unix seconds of the block, where the node knows them.
    pub time: Option<i64>,
    /// Slot of the transaction.
    pub slot: u64,
    /// The transaction.
    pub signature: String,
    /// What happened.
    pub event: Event,
}

impl Entry {
    /// Number of the event, from 1.
    pub fn sequence(&self) -> u64 {
        self.event.sequence()
    }
}

/// Events that are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Number of the first.
    pub first: u64,
    /// Number of the last.
    pub last: u64,
}

impl Gap {
    /// How many are missing.
    pub fn count(&self) -> u64 {
        self.last.saturating_sub(self.first).saturating_add(1)
    }
}

/// The ledger of a token or an index, as far as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// What happened, oldest first.
    pub entries: Vec<Entry>,
    /// Which numbers are missing from what was to be read.
    pub gaps: Vec<Gap>,
    /// Transactions whose logs the node cut short.
    pub truncated: Vec<String>,
    /// Transactions that the node lists and does not have, or that cannot be decoded.
    pub unreadable: Vec<String>,
    /// Whether the reading went back to the oldest transaction that the node lists.
    pub reaches_start: bool,
}

/// The numbers missing from `sequences`, which ascend, and from the two ends that are
/// known.
pub fn gaps(sequences: &[u64], first: Option<u64>, last: Option<u64>) -> Vec<Gap> {
    let mut found = Vec::new();
    let mut next = first.or(sequences.first().copied());
    let end = last.map(|last| last.saturating_add(1));
    for sequence in sequences.iter().copied().chain(end) {
        let expected = next.unwrap_or(sequence);
        if sequence > expected {
            found.push(Gap {
                first: expected,
                last: sequence.saturating_sub(1),
            });
        }
        next = Some(expected.max(sequence.saturating_add(1)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_between_numbers_and_at_known_ends() {
        let gap = |first, last| Gap { first, last };
        assert_eq!(gaps(&[1, 2, 3], Some(1), Some(3)), []);
        assert_eq!(gaps(&[5, 6], None, None), []);
        assert_eq!(gaps(&[5, 8, 8, 9], None, None), [gap(6, 7)]);
        assert_eq!(gaps(&[3], Some(1), Some(5)), [gap(1, 2), gap(4, 5)]);
        assert_eq!(gaps(&[], Some(1), Some(2)), [gap(1, 2)]);
        assert_eq!(gaps(&[], Some(1), Some(0)), []);
        assert_eq!(gaps(&[], None, None), []);
        // The account was read before the newest transactions.
        assert_eq!(gaps(&[1, 2, 3], Some(1), Some(2)), []);
        assert_eq!(gap(6, 7).count(), 2);
    }
}
