//! One thing that happened, as it is shown and as it is recorded.

use {
    crate::send::sent::{Report, Sent},
    serde::Serialize,
    std::fmt,
    upside_view::style::{self, paint, span},
};

/// One thing that happened.
#[derive(Clone, Debug, Serialize)]
pub struct Act {
    /// Whose doing; `None` if only time passed, or something is seen.
    pub who: Option<String>,
    /// What happened.
    pub what: String,
    /// By the chain's clock, unix seconds.
    pub time: i64,
    /// The transactions that it took.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transactions: Vec<Sent>,
}

impl Act {
    /// Somebody did something.
    pub fn new(who: &str, what: String, report: Report, time: i64) -> Self {
        let transactions = report.transactions;
        Act {
            who: Some(who.to_string()),
            what,
            time,
            transactions,
        }
    }

    /// What anybody can see now.
    pub fn seen(what: String, time: i64) -> Self {
        Act {
            who: None,
            what,
            time,
            transactions: Vec::new(),
        }
    }

    /// Time passed.
    pub fn waited(seconds: i64, what: &str, time: i64) -> Self {
        let what = format!("{} pass: {what}", span(seconds));
        Act {
            who: None,
            what,
            time,
            transactions: Vec::new(),
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(who) = &self.who else {
            return write!(
                f,
                "  {} {:<6} {}",
                paint(style::DIM, "…"),
                "",
                paint(style::DIM, &self.what)
            );
        };
        let units: u64 = self.transactions.iter().filter_map(|sent| sent.units).sum();
        let cost = paint(style::DIM, format!("({units} CU)"));
        let name = paint(style::NAME, format!("{who:<6}"));
        write!(
            f,
            "  {} {name} {} {cost}",
            paint(style::GOOD, "✔"),
            self.what
        )
    }
}
