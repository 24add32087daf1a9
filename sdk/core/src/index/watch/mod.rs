//! What stands in an index and changes with time alone: notices that run out, vetoes that
//! nobody counted, prices of a rebalance, slots that are stuck, dividends that are due.
//!
//! Whatever somebody does is an event, see [`history`](crate::history). What nobody does is
//! seen by looking: [`look`] reads the index, [`Look::facts`] says what stands, and a
//! [`Watcher`] tells what is new since its last look.

mod facts;
mod look;

pub use {facts::Fact, look::Look};

use {crate::error::CoreError, std::collections::BTreeMap};

/// Remembers what it told, and tells what is new.
#[derive(Clone, Debug, Default)]
pub struct Watcher {
    told: BTreeMap<facts::Subject, Fact>,
}

impl Watcher {
    /// What is new since the last time; everything that stands, the first time. Prices are
    /// news when they moved by a hundredth, dues when they have doubled.
    ///
    /// # Errors
    /// `IndexRefused(InvariantBroken)` where books do not add up.
    pub fn news(&mut self, look: &Look) -> Result<Vec<Fact>, CoreError> {
        let facts = look.facts()?;
        let subjects: Vec<_> = facts.iter().map(Fact::subject).collect();
        let (mut told, mut news) = (BTreeMap::new(), Vec::new());
        for (subject, last) in &self.told {
            if !subjects.contains(subject) {
                news.extend(last.ended());
            }
        }
        for (subject, fact) in subjects.into_iter().zip(facts) {
            let last = self.told.get(&subject).copied();
            let known = last.filter(|last| !fact.is_news(last));
            if known.is_none() {
                news.push(fact);
            }
            // What is no news yet is measured by what was told.
            told.insert(subject, known.unwrap_or(fact));
        }
        self.told = told;
        Ok(news)
    }
}
