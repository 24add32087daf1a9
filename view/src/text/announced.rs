//! What is announced of an index as text.

use {
    super::index_view::IndexView,
    crate::{
        style::{self, facts, grouped, heading, paint, span},
        time::stamp,
        words::Word,
    },
    upside_core::Pubkey,
    upside_core::index::inspect::{
        ActionReport, AnnouncedKind, AnnouncementPhase, AnnouncementReport, OfferReport,
        OrderReport, ParametersReport, RecipientReport,
    },
};

/// Fees in words.
pub fn fees(fees: &ParametersReport) -> String {
    format!(
        "{} % a year, entry {} %, exit {} %",
        fees.management_fee, fees.entry_fee, fees.exit_fee
    )
}

/// What an action does, one text for each line that it takes.
pub fn action(action: &ActionReport, name: impl Fn(&Pubkey) -> String) -> Vec<String> {
    match action {
        ActionReport::SetFees { fees: new } => vec![format!("set fees: {}", fees(new))],
        ActionReport::SetRecipients { recipients } => {
            let line =
                |it: &RecipientReport| format!("set recipients: {} % {}", it.portion, it.key);
            recipients.iter().map(line).collect()
        }
        ActionReport::SetRole { role: name, key } => {
            vec![format!("set role: {} {key}", name.word())]
        }
        ActionReport::ListCoin { mint } => {
            vec![format!(
                "list coin: {}, in which dividends are collected",
                name(mint)
            )]
        }
        ActionReport::UnlistCoin { mint } => {
            vec![format!("unlist coin: {}", name(mint))]
        }
    }
}

/// From when until when something takes effect.
pub fn dates(from: i64, until: i64) -> String {
    format!("{} until {}", stamp(from), stamp(until))
}

/// Where an announcement stands.
pub fn standing(announced: &AnnouncementReport, now: i64) -> String {
    let left = |at: i64| span(at.saturating_sub(now));
    match announced.status {
        AnnouncementPhase::Waiting => format!(
            "waits for its notice: {} left",
            left(announced.effective_at)
        ),
        AnnouncementPhase::Effective => {
            format!("takes effect: {} left", left(announced.expires_at))
        }
        AnnouncementPhase::Expired => "expired: anybody may cancel it".to_string(),
        AnnouncementPhase::Vetoed => "vetoed: anybody may cancel it".to_string(),
    }
}

/// What an announcement counts against it, and what cancels it.
fn against(announced: &AnnouncementReport) -> String {
    let again = match announced.vetoes {
        0 => "",
        1 => "; the same was vetoed before",
        _ => "; the same was vetoed several times",
    };
    format!(
        "{} of {} shares that cancel it{again}",
        grouped(&announced.against),
        grouped(&announced.veto_needs)
    )
}

impl IndexView {
    /// What an announcement would do, in lines.
    pub fn announced(&self, announced: &AnnouncementReport) -> Vec<String> {
        let name = |mint: &Pubkey| self.key_name(mint);
        match announced.kind {
            AnnouncedKind::Rebalance => {
                let orders = self.report.rebalance.iter().flat_map(|it| &it.orders);
                let line = |order: &OrderReport| {
                    format!(
                        "{} {} from {} to {} a share",
                        order.side.word(),
                        self.slot_name(order.slot),
                        grouped(&order.held),
                        grouped(&order.target)
                    )
                };
                orders.map(line).collect()
            }
            AnnouncedKind::Offer => {
                let mut offers = self.report.offers.iter();
                let offer = offers.find(|offer| offer.nonce == announced.nonce);
                let line = |offer: &OfferReport| {
                    format!(
                        "membership: {} {} for {} shares",
                        grouped(&offer.token_shares),
                        self.key_name(&offer.token),
                        grouped(&offer.index_shares)
                    )
                };
                offer.map(line).into_iter().collect()
            }
            AnnouncedKind::Actions => {
                let actions = announced.actions.iter();
                actions.flat_map(|it| action(it, name)).collect()
            }
        }
    }
}

/// What is announced; empty if nothing is.
pub fn index_announcements(view: &IndexView) -> String {
    let now = view.report.time;
    let block = |announced: &AnnouncementReport| {
        let number = format!("Announcement {}", announced.nonce);
        let title = format!("{number}  {}", paint(style::DIM, announced.kind.word()));
        let mut rows = vec![("status", standing(announced, now))];
        let labels = std::iter::once("does").chain(std::iter::repeat(""));
        rows.extend(labels.zip(view.announced(announced)));
        let dates = dates(announced.effective_at, announced.expires_at);
        rows.push(("from", dates));
        rows.push(("against", against(announced)));
        rows.push(("for", format!("{} shares", grouped(&announced.support))));
        heading(&title) + &facts(&rows)
    };
    view.report.announcements.iter().map(block).collect()
}
