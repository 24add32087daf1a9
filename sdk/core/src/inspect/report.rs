use {
    super::{
        claims::{AttesterReport, ClaimReport},
        disclosure::Disclosure,
        governance::GovernanceReport,
        rounds::RoundReport,
        shares::{HolderReport, Supply, TermsReport},
    },
    crate::{amount, identity::Identity, lookalike::Named},
    serde::Serialize,
};

/// An amount twice: exact atoms for programs, whole units for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// Smallest units, as a decimal string: 64 bits do not fit every JSON reader.
    pub atoms: String,
    /// Whole units, as a decimal string.
    pub amount: String,
}

impl Amount {
    /// Of `atoms` of something with `decimals`.
    pub fn new(atoms: u64, decimals: u8) -> Self {
        Amount {
            atoms: atoms.to_string(),
            amount: amount::print(atoms, decimals),
        }
    }

    /// Of a signed sum.
    pub fn signed(atoms: i128, decimals: u8) -> Self {
        Amount {
            atoms: atoms.to_string(),
            amount: amount::print_signed(atoms, decimals),
        }
    }
}

/// An amount of a mint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MintAmount {
    /// The mint's address.
    pub mint: String,
    /// How much.
    #[serde(flatten)]
    pub amount: Amount,
}

/// A token, looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenReport {
    /// Address of the token.
    pub token: String,
    /// Name on the mint.
    pub name: String,
    /// Symbol on the mint.
    pub symbol: String,
    /// Address of further metadata.
    pub uri: String,
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
    /// until `upside_sdk::lookalike::mark` has looked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub looks_like: Vec<Named>,
    /// Who created it.
    pub creator: String,
    /// Who owns it now.
    pub owner: String,
    /// Who was proposed as owner.
    pub pending_owner: Option<String>,
    /// Who may pause besides the owner.
    pub guardian: Option<String>,
    /// Who may admit besides the owner.
    pub registrar: Option<String>,
    /// When the owner last signed, unix seconds.
    pub owner_seen: i64,
    /// The share mint.
    pub mint: String,
    /// The quote mint.
    pub quote_mint: String,
    /// Whether new money is paused.
    pub paused: bool,
    /// `open`, `approved` or `credential`.
    pub admission: &'static str,
    /// `free`, `approved` or `closed`.
    pub transfer_policy: &'static str,
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

/// A listed asset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssetReport {
    /// Its mint.
    pub mint: String,
    /// The vault.
    pub vault: String,
    /// What redemptions share out.
    pub reserve: Amount,
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
    /// Why it cannot move now: `frozen` or `paused`; none if it moves.
    pub immovable: Option<&'static str>,
    /// Whether it has a stream.
    pub payout: bool,
}

impl AssetReport {
    /// What its issuer can do with it, and whether it is stuck now, for a reader.
    pub fn risks(&self) -> Vec<&'static str> {
        let can = [
            (self.seizable, "seizable"),
            (self.freezable, "freezable"),
            (self.pausable, "pausable"),
        ];
        let can = can.into_iter().filter(|(can, _)| *can);
        can.map(|(_, word)| word).chain(self.immovable).collect()
    }
}

/// What a token was called before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StreamReport {
    /// The payout mint.
    pub mint: String,
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
