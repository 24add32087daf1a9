use {
    super::{
        claims::{AttesterReport, ClaimReport},
        disclosure::Disclosure,
        governance::GovernanceReport,
        rounds::RoundReport,
        shares::{HolderReport, Supply, TermsReport},
    },
    crate::raw::Immovable,
    crate::report::{Amount, Base58, MintAmount, Scale, names},
    crate::state::{Admission, TransferPolicy},
    crate::{confusable::Named, identity::Identity},
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
};

/// A token, looked through.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TokenReport {
    /// Address of the token.
    #[serde_as(as = "Base58")]
    pub token: Pubkey,
    /// Name on the mint.
    pub name: String,
    /// Symbol on the mint.
    pub symbol: String,
    /// Address of further metadata; `None` if there is none.
    pub uri: Option<String>,
    /// Whether somebody vouches that the creator's key is that person's. Anyone can
    /// type anyone's name into a token.
    pub verified: bool,
    /// Who says so, of those whom the reader trusts.
    pub identity: Identity,
    /// What it was called before, the latest first, and how often it was renamed.
    pub former_names: Vec<FormerNameReport>,
    /// The announced name, symbol or URI.
    pub announced_name: Option<AnnouncedName>,
    /// Other tokens of the chain whose name or symbol people take for this one's; none
    /// until `upside_sdk::confusable::annotate` has looked.
    pub looks_like: Vec<Named>,
    /// Who created it.
    #[serde_as(as = "Base58")]
    pub creator: Pubkey,
    /// Who owns it now.
    #[serde_as(as = "Base58")]
    pub owner: Pubkey,
    /// Who was proposed as owner.
    #[serde_as(as = "Option<Base58>")]
    pub pending_owner: Option<Pubkey>,
    /// Who may pause besides the owner.
    #[serde_as(as = "Option<Base58>")]
    pub guardian: Option<Pubkey>,
    /// Who may admit besides the owner.
    #[serde_as(as = "Option<Base58>")]
    pub registrar: Option<Pubkey>,
    /// When the owner last signed, unix seconds.
    pub owner_seen: i64,
    /// The share mint.
    #[serde_as(as = "Base58")]
    pub mint: Pubkey,
    /// The quote mint.
    #[serde_as(as = "Base58")]
    pub quote_mint: Pubkey,
    /// Whether new money is paused.
    pub paused: bool,
    /// Who may hold.
    #[serde(serialize_with = "names::AdmissionName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::AdmissionName"))]
    pub admission: Admission,
    /// How registered shares move.
    #[serde(serialize_with = "names::TransferPolicyName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::TransferPolicyName"))]
    pub transfer_policy: TransferPolicy,
    /// Status, announcements, open polls, the executor.
    pub governance: GovernanceReport,
    /// What the owner promised.
    pub terms: TermsReport,
    /// Where the shares are.
    pub supply: Supply,
    /// What stands behind the shares, by class. Never added up.
    pub backing: Backing,
    /// What redemptions share out, by asset.
    pub assets: Vec<AssetReport>,
    /// Payouts on their way to holders.
    pub streams: Vec<StreamReport>,
    /// How many fresh attestations make a claim attested; 0 without attesters.
    pub attestation_threshold: u8,
    /// Whose word on claims counts, and by whose choice.
    pub attesters: Vec<AttesterReport>,
    /// Every claim.
    pub claims: Vec<ClaimReport>,
    /// Cumulative result of exits.
    pub result: Amount,
    /// Every round.
    pub rounds: Vec<RoundReport>,
    /// Every holder, largest first.
    pub holders: Vec<HolderReport>,
    /// What others can do to a holder, and when.
    pub disclosure: Disclosure,
    /// Slot of the reading.
    pub slot: u64,
    /// Time of the reading, unix seconds.
    pub time: i64,
}

/// What stands behind the shares. The four classes are different kinds of things
/// and are never added up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Backing {
    /// In vaults of this token: what a redemption can pay, by mint.
    pub liquid: Vec<MintAmount>,
    /// In vaults of this token, but it cannot move now: the vault is frozen or the mint is
    /// paused.
    pub immovable: Vec<MintAmount>,
    /// In custody of claims: real tokens, which only an auction or a release frees, by mint.
    pub custody: Vec<MintAmount>,
    /// Claims that enough accepted attesters signed as they are: the smaller of the owner's
    /// number and the lowest of their values, for what is still held.
    pub attested: Vec<MintAmount>,
    /// The same of claims whose terms changed since, or whose signatures expired.
    pub stale: Vec<MintAmount>,
    /// Claims that only the owner declared: the owner's number, or what a revenue claim may
    /// still bring at most. By mint; a word, not a value.
    pub declared: Vec<MintAmount>,
}

/// A kind of thing that stands behind shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BackingClass {
    /// In vaults, and it moves.
    Liquid,
    /// In vaults, and it does not move now.
    Immovable,
    /// In custody of claims.
    Custody,
    /// Claims that enough accepted attesters signed as they are.
    Attested,
    /// The same of claims that changed since, or whose signatures expired.
    Stale,
    /// Claims that only the owner declared.
    Declared,
}

impl BackingClass {
    /// All of them, in the order in which people read them.
    pub const ALL: [BackingClass; 6] = [
        BackingClass::Liquid,
        BackingClass::Immovable,
        BackingClass::Custody,
        BackingClass::Attested,
        BackingClass::Stale,
        BackingClass::Declared,
    ];
}

impl Backing {
    /// What there is of a class, by mint.
    pub fn of(&self, class: BackingClass) -> &[MintAmount] {
        match class {
            BackingClass::Liquid => &self.liquid,
            BackingClass::Immovable => &self.immovable,
            BackingClass::Custody => &self.custody,
            BackingClass::Attested => &self.attested,
            BackingClass::Stale => &self.stale,
            BackingClass::Declared => &self.declared,
        }
    }
}

/// A listed asset.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssetReport {
    /// Its mint.
    #[serde_as(as = "Base58")]
    pub mint: Pubkey,
    /// The vault.
    #[serde_as(as = "Base58")]
    pub vault: Pubkey,
    /// What redemptions share out.
    pub reserve: Amount,
    /// What the owner keeps ready for what new shares must bring.
    pub endowment: Amount,
    /// What of it open rounds and grant offers need.
    pub endowment_locked: Amount,
    /// What rounds hold in escrow.
    pub escrow: Amount,
    /// What streams owe to holders.
    pub payouts: Amount,
    /// What the vault holds.
    pub balance: Amount,
    /// What one whole share redeems for now.
    pub per_share: Amount,
    /// Whether the issuer can seize it, or change how it moves or is counted.
    pub seizable: bool,
    /// Whether the issuer can freeze the vault.
    pub freezable: bool,
    /// Whether the issuer can pause all transfers.
    pub pausable: bool,
    /// Why it cannot move now; `None` if it moves.
    pub immovable: Option<Immovable>,
    /// Whether it has a stream.
    pub payout: bool,
    /// What wallets multiply its amounts by; `None` if they do not.
    pub multiplier: Option<Scale>,
}

/// What a token was called before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FormerNameReport {
    /// The name.
    pub name: String,
    /// The symbol.
    pub symbol: String,
    /// Until when, unix seconds.
    pub until_at: i64,
}

/// A name that was announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AnnouncedName {
    /// The name; none if it stays.
    pub name: Option<String>,
    /// The symbol; none if it stays.
    pub symbol: Option<String>,
    /// The address of further metadata; none if it stays.
    pub uri: Option<String>,
    /// From when on anybody may apply it, unix seconds.
    pub effective_at: i64,
}

/// A payout stream.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StreamReport {
    /// The payout mint.
    #[serde_as(as = "Base58")]
    pub mint: Pubkey,
    /// Ever paid in.
    pub paid: Amount,
    /// Not yet released.
    pub remaining: Amount,
    /// Released to holders and not yet collected.
    pub collectable: Amount,
    /// When the last atom is released, unix seconds; none where nothing streams.
    pub ends_at: Option<i64>,
    /// Released in the next day at the present pace.
    pub per_day: Amount,
    /// From when on it takes payments, unix seconds; `None` if it does already.
    pub opens_at: Option<i64>,
}
