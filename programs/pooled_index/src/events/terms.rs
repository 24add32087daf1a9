//! Fees, and what is announced.

use {super::Header, crate::state::IndexParameters, anchor_lang::prelude::*};

impl FeesSet {
    pub(crate) fn of(header: Header, fees: &IndexParameters) -> Self {
        FeesSet {
            header,
            management_fee_bps: u64::from(fees.management_fee_bps),
            entry_fee_bps: u64::from(fees.entry_fee_bps),
            exit_fee_bps: u64::from(fees.exit_fee_bps),
        }
    }
}

upside_support::event_types! {
    /// Fees were set.
    FeesSet {
        /// Yearly fee in basis points.
        management_fee_bps: u64,
        /// Entry fee in basis points.
        entry_fee_bps: u64,
        /// Exit fee in basis points.
        exit_fee_bps: u64,
    }
    /// Somebody receives a portion of the fee shares from now on. Whoever had this place
    /// does no longer; a list of new recipients begins with place 0.
    RecipientSet {
        /// Place on the list.
        place: u64,
        /// Who receives it.
        recipient: Pubkey,
        /// The portion in basis points.
        portion_bps: u64,
    }
    /// Somebody has a role from now on.
    RoleSet {
        /// 0 may accept to be curator, 1 launcher, 2 admissions, 3 guardian.
        role: u64,
        /// Who had it; zero for nobody.
        previous: Pubkey,
        /// Who has it; zero for nobody.
        key: Pubkey,
    }
    /// A mint was put on the list of coins.
    CoinListed {
        /// The mint.
        mint: Pubkey,
    }
    /// A mint was taken off the list of coins.
    CoinUnlisted {
        /// The mint.
        mint: Pubkey,
    }
    /// Actions were announced; an event for each follows.
    ActionsAnnounced {
        /// The announcement's number.
        nonce: u64,
        /// When its notice is over, unix seconds.
        effective_at: i64,
        /// How many actions it has.
        actions: u64,
        /// How often the same was vetoed lately.
        vetoes: u64,
    }
    /// One announced action. Of `SetRecipients` there is one event for each recipient.
    ActionAnnounced {
        /// The announcement's number.
        nonce: u64,
        /// Place of the action, from 0.
        place: u64,
        /// 1 fees, 2 recipients, 3 role, 4 list a coin, 5 unlist a coin.
        kind: u64,
        /// Recipient, who gets the role, or mint.
        key: Pubkey,
        /// Yearly fee, portion, or role.
        first: u64,
        /// Entry fee.
        second: u64,
        /// Exit fee.
        third: u64,
    }
    /// Announced actions were applied; what each of them changed was told before.
    AnnouncementApplied {
        /// The announcement's number.
        nonce: u64,
    }
    /// Announced actions fell.
    AnnouncementCancelled {
        /// The announcement's number.
        nonce: u64,
        /// Who signed.
        by: Pubkey,
        /// 0 the curator or the launcher, 1 vetoed, 2 expired, 3 fell before.
        cause: u64,
    }
    /// Holders cancelled an announcement of any kind, for good.
    AnnouncementVetoed {
        /// The announcement's number.
        nonce: u64,
        /// Index share atoms of locks against it.
        against: u64,
        /// Index share atoms that were needed.
        needed: u64,
        /// 1 actions, 2 a rebalance, 3 an offer.
        kind: u64,
    }
}
