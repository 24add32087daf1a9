//! The result of a command that sends: what it was to bring, and what became of it.

use {
    crate::send::sent::{Report, Sent, Status},
    serde::Serialize,
    std::fmt,
    upside_sdk::amount,
    upside_view::style::{self, facts, paint},
};

/// What a command is to bring, as JSON and as a title with facts.
pub trait Outcome: Serialize {
    /// What it does: `Open round 0 of ADA`.
    fn title(&self) -> String;

    /// What it brings, one fact a line.
    fn rows(&self) -> Vec<(&str, String)>;

    /// What a reader should know before it happens; nothing for most.
    fn before(&self) -> String {
        String::new()
    }

    /// What a person is shown before they agree.
    fn question(&self) -> String {
        format!(
            "{}\n{}{}\n",
            self.title(),
            facts(&self.rows()),
            self.before()
        )
    }
}

/// An outcome with the transactions that it took.
#[derive(Debug, Serialize)]
pub struct Done<T> {
    #[serde(flatten)]
    result: T,
    #[serde(flatten)]
    report: Report,
}

impl<T: Outcome> Done<T> {
    /// Puts both together.
    pub fn new(result: T, report: Report) -> Self {
        Done { result, report }
    }
}

impl<T: Outcome> fmt::Display for Done<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, after) = match self.report.status {
            Status::Sent => (paint(style::GOOD, "✔"), ""),
            Status::Simulated => (paint(style::WARN, "○"), " (simulated: nothing was sent)"),
            Status::Signed => (paint(style::WARN, "○"), " (signed: nothing was sent)"),
            Status::Dumped => (paint(style::WARN, "○"), " (nothing was signed or sent)"),
        };
        let title = paint(style::BOLD, self.result.title());
        writeln!(f, "{sign} {title}{}", paint(style::WARN, after))?;
        let mut rows = self.result.rows();
        let several = self.report.transactions.len() > 1;
        self.report
            .transactions
            .iter()
            .for_each(|sent| add(&mut rows, sent, several));
        f.write_str(&facts(&rows))?;
        if self.report.status != Status::Sent {
            f.write_str(&self.result.before())?;
        }
        for sent in &self.report.transactions {
            sent.logs
                .iter()
                .try_for_each(|line| writeln!(f, "  {}", paint(style::DIM, line)))?;
        }
        Ok(())
    }
}

/// What a person needs of a transaction.
fn add(rows: &mut Vec<(&str, String)>, sent: &Sent, several: bool) {
    if several && sent.signature.is_none() {
        rows.push(("transaction", sent.label.clone()));
    }
    if let Some(signature) = &sent.signature {
        rows.push(("signature", signature.clone()));
    }
    if let (Some(units), Some(fee), None) = (sent.units, sent.fee, &sent.signature) {
        let sol = |lamports: u64| amount::print(lamports, 9);
        let rent = sent.rent.filter(|rent| *rent > 0);
        let of_rent = rent.map_or_else(String::new, |rent| {
            format!(" and {} in rent for new accounts", sol(rent))
        });
        let all = fee.saturating_add(rent.unwrap_or(0));
        rows.push((
            "cost",
            format!(
                "{} SOL: {} in fees{of_rent}; {units} compute units",
                sol(all),
                sol(fee)
            ),
        ));
    }
    if let Some(why) = &sent.pending {
        rows.push(("pending", why.clone()));
    }
    if let Some(offline) = &sent.offline {
        rows.push(("blockhash", offline.blockhash.clone()));
        rows.extend(
            offline
                .nonce
                .iter()
                .map(|account| ("nonce", account.clone())),
        );
        rows.extend(
            offline
                .signers
                .iter()
                .map(|signer| ("signer", signer.clone())),
        );
        rows.extend(offline.absent.iter().map(|key| ("absent", key.clone())));
        rows.extend(
            offline
                .bad_sig
                .iter()
                .map(|key| ("bad signature", key.clone())),
        );
        rows.push(("message", offline.message.clone()));
        rows.extend(
            offline
                .message_base58
                .iter()
                .map(|text| ("in base58", text.clone())),
        );
    }
}
