use {
    crate::inspect::{Amount, Backing, TokenReport},
    serde::Serialize,
};

/// An index, looked through: share of the index, person, claim, atom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IndexReport {
    /// Address of the index.
    pub index: String,
    /// Its name.
    pub name: String,
    /// Its symbol.
    pub symbol: String,
    /// Its share mint.
    pub mint: String,
    /// `seeding`, `active` or `wind_down`.
    pub status: &'static str,
    /// Whether new money is paused.
    pub paused: bool,
    /// Who created it.
    pub creator: String,
    /// Who runs it; none where the curator left.
    pub curator: Option<String>,
    /// Who was proposed as curator.
    pub pending_curator: Option<String>,
    /// Who may pause besides the curator.
    pub guardian: Option<String>,
    /// Who receives fee shares.
    pub fee_recipient: String,
    /// What was promised for good.
    pub terms: TermsReport,
    /// What the curator may change with notice.
    pub parameters: ParametersReport,
    /// Parameters that were announced.
    pub pending_parameters: Option<PendingParameters>,
    /// When announced weights may be applied, unix seconds.
    pub pending_weights_at: Option<i64>,
    /// Where the shares are.
    pub supply: SupplyReport,
    /// What stands behind all shares through both levels, by class. Never added up.
    pub backing: Backing,
    /// The same of one whole share, rounded down.
    pub backing_per_share: Backing,
    /// What it holds, by slot.
    pub constituents: Vec<ConstituentReport>,
    /// People who came in with shares of themselves, and who is offered to.
    pub memberships: Vec<MembershipReport>,
    /// Auctions that are open or announced.
    pub auctions: Vec<AuctionReport>,
    /// Slot of the reading.
    pub slot: u64,
    /// Time of the reading, unix seconds.
    pub time: i64,
}

/// Terms for good, in percent and seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermsReport {
    /// Percent of everything harvested that is split equally among members.
    pub equal_share: String,
    /// Percent of the supply that one membership may get at most.
    pub offer_cap: String,
    /// Percent of the supply that all may get within 30 days.
    pub window_cap: String,
    /// Seconds that changes, offers and auctions are announced ahead.
    pub notice_seconds: u32,
}

/// Parameters, in percent and seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParametersReport {
    /// Percent a year.
    pub management_fee: String,
    /// Percent of a contribution's shares.
    pub entry_fee: String,
    /// Percent of a redemption's shares.
    pub exit_fee: String,
    /// Seconds since a harvest after which a person counts as stale.
    pub max_harvest_age: u32,
}

/// Announced parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PendingParameters {
    /// When they may be applied, unix seconds.
    pub at: i64,
    /// What they will be.
    #[serde(flatten)]
    pub parameters: ParametersReport,
}

/// Where the shares of an index are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SupplyReport {
    /// In existence: the mint's supply.
    pub total: Amount,
    /// Fee shares to be minted; they count like those in existence.
    pub pending_fees: Amount,
    /// Locked for good, of those in existence.
    pub locked: Amount,
}

/// One slot, looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConstituentReport {
    /// The slot's number.
    pub slot: u8,
    /// `personal` or `cash`.
    pub kind: &'static str,
    /// The personal token, or the mint of cash.
    pub key: String,
    /// Where the index keeps it.
    pub custody: String,
    /// What backs the index's shares.
    pub amount: Amount,
    /// What is in baskets of those who come and go.
    pub in_baskets: Amount,
    /// What one whole index share has of it, rounded down.
    pub per_share: Amount,
    /// What the index should hold per whole index share.
    pub weight: Amount,
    /// The weight that was announced, where it differs.
    pub pending_weight: Option<Amount>,
    /// Cash: what members are owed of it.
    pub owed_to_members: Option<Amount>,
    /// Cash: whether its issuer can seize or freeze it.
    pub seizable: bool,
    /// Percent of the person's shares that the index holds.
    pub part: Option<String>,
    /// Dividends that a harvest would claim now.
    pub harvestable: Vec<crate::inspect::MintAmount>,
    /// Seconds since the last harvest.
    pub harvested_seconds_ago: Option<i64>,
    /// What stands behind the index's part, by class.
    pub backing: Backing,
    /// The part of it that one whole index share has, rounded down.
    pub backing_per_share: Backing,
    /// The person's token with every claim and asset; its holders are left out.
    pub token: Option<TokenReport>,
}

/// A membership or an offer of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MembershipReport {
    /// The personal token.
    pub token: String,
    /// `offered`, `accepted` or `left`.
    pub status: &'static str,
    /// Who accepted and is paid.
    pub member: Option<String>,
    /// Shares of the person for the index.
    pub token_shares: Amount,
    /// Shares of the index for the person.
    pub index_shares: Amount,
    /// From when it can be accepted, unix seconds.
    pub acceptable_from: i64,
    /// Until when, unix seconds.
    pub expires_at: i64,
    /// The equal share that can be claimed now.
    pub claimable: Vec<crate::inspect::MintAmount>,
}

/// An auction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuctionReport {
    /// Its number.
    pub number: u64,
    /// Its address.
    pub address: String,
    /// Slot that is sold.
    pub sell_slot: u8,
    /// Slot that is bought.
    pub buy_slot: u8,
    /// What is left to sell.
    pub left: Amount,
    /// What one whole unit of it costs now; none before and after.
    pub price: Option<Amount>,
    /// First second, unix time.
    pub starts_at: i64,
    /// Last second, unix time.
    pub ends_at: i64,
}
