use {
    super::{disclosure::IndexDisclosure, exits::SlotState},
    crate::index::{IndexStatus, OrderSide, Role},
    crate::inspect::{Backing, TokenReport},
    crate::report::{Amount, Base58, Hash, MintAmount, Percent, Price, Scale, names},
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
};

/// An index, looked through: share of the index, person, claim, atom.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndexReport {
    /// Address of the index.
    #[serde_as(as = "Base58")]
    pub index: Pubkey,
    /// Its name.
    pub name: String,
    /// Its symbol.
    pub symbol: String,
    /// Its share mint.
    #[serde_as(as = "Base58")]
    pub mint: Pubkey,
    /// How far it is.
    #[serde(serialize_with = "names::IndexStatusName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::IndexStatusName"))]
    pub status: IndexStatus,
    /// Whether new money is paused.
    pub paused: bool,
    /// Until when it is, unix seconds.
    pub paused_until: Option<i64>,
    /// Who created it.
    #[serde_as(as = "Base58")]
    pub creator: Pubkey,
    /// Who runs it; none where the curator left.
    #[serde_as(as = "Option<Base58>")]
    pub curator: Option<Pubkey>,
    /// Who was proposed as curator.
    #[serde_as(as = "Option<Base58>")]
    pub pending_curator: Option<Pubkey>,
    /// Who may tighten or stop what was announced, besides the curator.
    #[serde_as(as = "Option<Base58>")]
    pub launcher: Option<Pubkey>,
    /// Who may offer and end memberships, besides the curator.
    #[serde_as(as = "Option<Base58>")]
    pub admissions: Option<Pubkey>,
    /// Who may pause, besides the curator.
    #[serde_as(as = "Option<Base58>")]
    pub guardian: Option<Pubkey>,
    /// Who receives fee shares.
    pub fee_recipients: Vec<RecipientReport>,
    /// What was promised for good.
    pub terms: TermsReport,
    /// Fees, which the curator may raise with notice and lower at any time.
    pub parameters: ParametersReport,
    /// Index shares that holders locked, so that they count.
    pub locked: Amount,
    /// Where the shares are.
    pub supply: SupplyReport,
    /// What stands behind all shares through both levels, by class. Never added up.
    pub backing: Backing,
    /// The same of one whole share, rounded down.
    pub backing_per_share: Backing,
    /// What it holds, by slot.
    pub constituents: Vec<ConstituentReport>,
    /// People who came in with shares of themselves.
    pub memberships: Vec<MembershipReport>,
    /// Deals that are offered to people.
    pub offers: Vec<OfferReport>,
    /// The rebalance that is drafted, announced or traded.
    pub rebalance: Option<RebalanceReport>,
    /// What is announced: actions, the rebalance, offers.
    pub announcements: Vec<AnnouncementReport>,
    /// What others can do to a holder, and when.
    pub disclosure: IndexDisclosure,
    /// Slot of the reading.
    pub slot: u64,
    /// Time of the reading, unix seconds.
    pub time: i64,
}

/// Terms for good, in percent and seconds.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TermsReport {
    /// Percent of everything harvested that is split equally among members.
    pub equal_share: Percent,
    /// Percent of the supply that is minted for members in a year at most.
    pub dilution: Percent,
    /// Credential whose attestation members show; `None` without an equal share.
    #[serde_as(as = "Option<Base58>")]
    pub credential: Option<Pubkey>,
    /// Schema of that attestation.
    #[serde_as(as = "Option<Base58>")]
    pub schema: Option<Pubkey>,
    /// Seconds that changes, offers and rebalances are announced ahead.
    pub notice_seconds: u32,
}

/// Parameters, in percent and seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ParametersReport {
    /// Percent a year.
    pub management_fee: Percent,
    /// Percent of a contribution's shares.
    pub entry_fee: Percent,
    /// Percent of a redemption's shares.
    pub exit_fee: Percent,
}

/// Who receives a portion of the fee shares.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecipientReport {
    /// Whose share account receives them.
    #[serde_as(as = "Base58")]
    pub key: Pubkey,
    /// The portion in percent.
    pub portion: Percent,
}

/// What an announcement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AnnouncedKind {
    /// What the curator does: fees, recipients, roles, coins.
    Actions,
    /// A rebalance.
    Rebalance,
    /// A membership that is offered.
    Offer,
}

/// How far an announcement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AnnouncementPhase {
    /// Its notice runs.
    Waiting,
    /// It can be applied, accepted or traded.
    Effective,
    /// It no longer can; anybody may cancel it.
    Expired,
    /// Locks against it hold enough; anybody may cancel it.
    Vetoed,
}

/// Something announced, which holders may veto.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnnouncementReport {
    /// Its number.
    pub nonce: u64,
    /// What it announces.
    pub kind: AnnouncedKind,
    /// How far it is.
    pub status: AnnouncementPhase,
    /// When its notice is over, unix seconds.
    pub effective_at: i64,
    /// Last second in which it can be applied, accepted or traded, unix time.
    pub expires_at: i64,
    /// Its notice in seconds.
    pub notice_seconds: u32,
    /// Shares in locks against it.
    pub against: Amount,
    /// Those that cancel it.
    pub veto_needs: Amount,
    /// Seconds that a lock must be old to count against it.
    pub veto_age_seconds: u32,
    /// How often the same was vetoed within 180 days: at most 2 are counted.
    pub vetoes: u8,
    /// Shares in locks for it.
    pub support: Amount,
    /// Whether they are a majority.
    pub supported: bool,
    /// What it does, in this order; empty for a rebalance and an offer, which stand in
    /// lists of their own.
    pub actions: Vec<ActionReport>,
}

/// What an announcement does.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ActionReport {
    /// It sets the fees.
    SetFees {
        /// The fees from then on.
        fees: ParametersReport,
    },
    /// It names who receives fee shares.
    SetRecipients {
        /// All of them.
        recipients: Vec<RecipientReport>,
    },
    /// It gives somebody a role.
    SetRole {
        /// The role.
        #[serde(serialize_with = "names::RoleName::serialize")]
        #[cfg_attr(feature = "schema", schemars(with = "names::RoleName"))]
        role: Role,
        /// Who has it from then on.
        #[serde_as(as = "Base58")]
        key: Pubkey,
    },
    /// It lists a mint as a coin, in which dividends are collected.
    ListCoin {
        /// The mint.
        #[serde_as(as = "Base58")]
        mint: Pubkey,
    },
    /// It takes a mint off the list of coins.
    UnlistCoin {
        /// The mint.
        #[serde_as(as = "Base58")]
        mint: Pubkey,
    },
}

/// Where the shares of an index are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SupplyReport {
    /// In existence: the mint's supply.
    pub total: Amount,
    /// Fee shares to be minted; they count like those in existence.
    pub pending_fees: Amount,
    /// Locked for good, of those in existence.
    pub locked: Amount,
    /// Locked for members until their memberships have ended, of those in existence.
    pub for_members: Amount,
}

/// What stands in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConstituentKind {
    /// Shares of a person.
    Personal,
    /// A mint.
    Cash,
}

/// One slot, looked through.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConstituentReport {
    /// The slot's number.
    pub slot: u8,
    /// What stands there.
    pub kind: ConstituentKind,
    /// The personal token, or the mint of cash.
    #[serde_as(as = "Base58")]
    pub key: Pubkey,
    /// Where the index keeps it.
    #[serde_as(as = "Base58")]
    pub custody: Pubkey,
    /// What backs the index's shares.
    pub amount: Amount,
    /// What is in baskets of those who come and go.
    pub in_baskets: Amount,
    /// What one whole index share has of it, rounded down.
    pub per_share: Amount,
    /// Cash: what members are owed of it.
    pub owed_to_members: Option<Amount>,
    /// Cash: whether its issuer can seize or freeze it.
    pub seizable: bool,
    /// What wallets multiply its amounts by; `None` if they do not.
    pub multiplier: Option<Scale>,
    /// Whether it moves.
    pub state: SlotState,
    /// Percent of the person's shares that the index holds.
    pub part: Option<Percent>,
    /// Dividends that a harvest would claim now.
    pub harvestable: Vec<MintAmount>,
    /// Seconds since the last harvest.
    pub harvested_seconds_ago: Option<i64>,
    /// What stands behind the index's part, by class.
    pub backing: Backing,
    /// The part of it that one whole index share has, rounded down.
    pub backing_per_share: Backing,
    /// The person's token with every claim and asset; its holders are left out.
    pub token: Option<TokenReport>,
}

/// How far a membership is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MembershipPhase {
    /// It runs.
    Active,
    /// Its end is announced.
    Ending,
    /// It is over.
    Ended,
}

/// A membership.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MembershipReport {
    /// The personal token.
    #[serde_as(as = "Base58")]
    pub token: Pubkey,
    /// How far it is.
    pub status: MembershipPhase,
    /// Who is paid.
    #[serde_as(as = "Option<Base58>")]
    pub member: Option<Pubkey>,
    /// Shares of the person given for it, in all deals.
    pub token_shares: Amount,
    /// Shares of the index for them.
    pub index_shares: Amount,
    /// Those that are locked until the membership has ended.
    pub locked: Amount,
    /// Since when, unix seconds.
    pub joined_at: i64,
    /// When it ends, unix seconds; `None` if no end is announced.
    pub ends_at: Option<i64>,
    /// Who announced to take it over.
    #[serde_as(as = "Option<Base58>")]
    pub successor: Option<Pubkey>,
    /// From when on, unix seconds.
    pub successor_at: Option<i64>,
    /// The equal share that can be claimed now.
    pub collectable: Vec<MintAmount>,
}

/// A deal that is offered to a person.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfferReport {
    /// Number of its announcement.
    pub nonce: u64,
    /// The personal token.
    #[serde_as(as = "Base58")]
    pub token: Pubkey,
    /// Shares of the person that are given now: more than were offered if the cap rose.
    pub token_shares: Amount,
    /// Shares of the index for them.
    pub index_shares: Amount,
    /// From when on it can be accepted, unix seconds.
    pub acceptable_from: i64,
    /// Until when, unix seconds.
    pub expires_at: i64,
    /// Shares of the index locked against it.
    pub against: Amount,
    /// Those that would cancel it.
    pub veto_needs: Amount,
}

/// How far a rebalance is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RebalancePhase {
    /// The curator writes its orders.
    Draft,
    /// Its notice runs.
    Announced,
    /// It is traded.
    Open,
    /// Its time is over.
    Over,
}

/// A rebalance.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RebalanceReport {
    /// Its address.
    #[serde_as(as = "Base58")]
    pub address: Pubkey,
    /// How far it is.
    pub status: RebalancePhase,
    /// Number of its announcement; 0 of a draft.
    pub nonce: u64,
    /// Hash of its orders: what the curator seals.
    pub content: Hash,
    /// First second in which it is traded, unix time; 0 of a draft.
    pub starts_at: i64,
    /// Last second in which it is traded, unix time; 0 of a draft.
    pub ends_at: i64,
    /// Whether it waits 30 days.
    pub long_notice: bool,
    /// Whether large orders wait for a majority's yes.
    pub by_majority: bool,
    /// Shares in locks against it.
    pub against: Amount,
    /// Shares in locks for it.
    pub support: Amount,
    /// What is sold and bought.
    pub orders: Vec<OrderReport>,
}

/// What one slot is traded for. Prices are of one whole unit, in a unit that all orders
/// of the rebalance share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderReport {
    /// The slot.
    pub slot: u8,
    /// Which way it is traded.
    #[serde(serialize_with = "names::OrderSideName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::OrderSideName"))]
    pub side: OrderSide,
    /// What the index shall hold per whole index share.
    pub target: Amount,
    /// What it holds now.
    pub held: Amount,
    /// Least that may be held after a sale with the terms' notice; zero of what is bought.
    pub least_target: Amount,
    /// What is left to trade.
    pub left: Amount,
    /// Lowest price.
    pub low: Price,
    /// Highest price.
    pub high: Price,
    /// The price now; `None` before and after.
    pub price: Option<Price>,
    /// Shares of the person that the prices are for.
    pub supply: Option<Amount>,
}
