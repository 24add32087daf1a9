use {
    super::governance::GovernanceReport,
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
    /// Other tokens of the chain whose name or symbol people take for this one's; none
    /// until [`lookalike::mark`](crate::lookalike::mark) has looked.
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
    /// How many fresh attestations of one document make a claim attested; 0 without
    /// attesters.
    pub attestation_threshold: u8,
    /// Who may attest.
    pub attesters: Vec<String>,
    /// Every claim.
    pub claims: Vec<ClaimReport>,
    /// Cumulative result of exits.
    pub result: Amount,
    /// Every round.
    pub rounds: Vec<RoundReport>,
    /// Every holder, largest first.
    pub holders: Vec<HolderReport>,
    /// Slot of the reading.
    pub slot: u64,
    /// Time of the reading, unix seconds.
    pub time: i64,
}

/// Terms, in parts of a hundred and seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermsReport {
    /// Most shares; none for no cap.
    pub supply_cap: Option<Amount>,
    /// Most shares outside; none for no cap.
    pub bearer_cap: Option<Amount>,
    /// Cumulative result that stays with the owner.
    pub floor: Amount,
    /// Percent.
    pub cash_out_tax: String,
    /// Percent.
    pub royalty: String,
    /// Percent of payouts that goes to the reserve.
    pub reserve: String,
    /// Percent of the eligible shares that passes a poll against holders.
    pub poll_threshold: String,
    /// Seconds over which payouts stream.
    pub drip_seconds: u32,
    /// Seconds that policy changes are announced ahead.
    pub notice_seconds: u32,
    /// Seconds of silence before an executor may act.
    pub inactivity_seconds: u32,
}

/// Where the shares are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Supply {
    /// In existence: the mint's supply.
    pub total: Amount,
    /// In holder accounts, without those that warm.
    pub held: Amount,
    /// Deposited lately: in holder accounts, they redeem, but do not earn or vote yet.
    pub warming: Amount,
    /// Sold in successful rounds and not yet claimed.
    pub unclaimed: Amount,
    /// Outside, as tokens in wallets.
    pub bearer: Amount,
    /// On offer in open rounds: they would be new.
    pub offered: Amount,
    /// Holder accounts.
    pub holders: u64,
}

/// What stands behind the shares. The four classes are different kinds of things
/// and are never added up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Backing {
    /// In vaults of this token: what a redemption can pay, by mint.
    pub liquid: Vec<MintAmount>,
    /// In custody of claims: real tokens, which only a sale or a release frees, by mint.
    pub custody: Vec<MintAmount>,
    /// Claims whose evidence enough third parties signed lately: cost of the units held.
    pub attested: Vec<MintAmount>,
    /// Claims whose signatures expired: cost of the units held.
    pub stale: Vec<MintAmount>,
    /// Claims that only the owner declared: cost of the units held, or what a
    /// revenue claim may still bring at most. By mint; a word, not a value.
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
    /// Whether the issuer can seize, freeze or rescale it.
    pub seizable: bool,
    /// Whether it has a stream.
    pub payout: bool,
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
    /// Released to holders and not yet claimed.
    pub claimable: Amount,
    /// When the last atom is released, unix seconds; none where nothing streams.
    pub ends_at: Option<i64>,
    /// Released in the next day at the present pace.
    pub per_day: Amount,
}

/// A claim with its evidence and age.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimReport {
    /// Its number.
    pub number: u64,
    /// Its address.
    pub address: String,
    /// `tokenized_equity`, `equity` or `revenue_share`.
    pub kind: &'static str,
    /// `liquid`, `attested`, `stale` or `declared`.
    pub class: &'static str,
    /// `declared`, `exited_in_part`, `closed` or `written_off`.
    pub status: &'static str,
    /// Issuer or source.
    pub name: String,
    /// What a unit is called.
    pub unit: String,
    /// Units held.
    pub held: String,
    /// Units ever held.
    pub units: String,
    /// Cost of the units held; none for revenue.
    pub cost: Option<Amount>,
    /// What it brought so far.
    pub received: Amount,
    /// Revenue: most that will be paid.
    pub total: Option<Amount>,
    /// Revenue: percent of gross.
    pub share: Option<String>,
    /// Revenue: who pays.
    pub payer: Option<String>,
    /// Revenue: end, unix seconds.
    pub ends_at: Option<i64>,
    /// Mint of tokenized equity or of revenue.
    pub mint: Option<String>,
    /// SHA-256 of the evidence, hexadecimal.
    pub document: String,
    /// Address of the evidence.
    pub uri: String,
    /// What third parties signed.
    pub attestations: Vec<AttestationReport>,
    /// Which attester disputes it.
    pub disputed_by: Option<String>,
    /// How often it changed its form.
    pub transforms: u8,
    /// Units that were written off.
    pub written_off: String,
    /// Revenue: due by reports and not paid.
    pub overdue: Option<Amount>,
    /// Revenue: last month reported, as 202601.
    pub reported_period: Option<u64>,
    /// When it was declared, unix seconds.
    pub declared_at: i64,
    /// Seconds since its books last changed.
    pub age_seconds: i64,
}

/// What a third party signed on a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttestationReport {
    /// Who signed.
    pub attester: String,
    /// Whether the token lists this attester now.
    pub listed: bool,
    /// What the claim is held to be worth: shown, never used.
    pub value: Amount,
    /// Whether it speaks for the claim's present document, and has not expired.
    pub fresh: bool,
    /// When it was signed, unix seconds.
    pub signed_at: i64,
    /// Last second in which it is fresh, unix time.
    pub expires_at: i64,
}

/// A stage of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageReport {
    /// Shares for sale.
    pub shares: Amount,
    /// Shares sold.
    pub sold: Amount,
    /// Price of a whole share.
    pub price: Amount,
}

/// A round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundReport {
    /// Its number.
    pub number: u64,
    /// Its address.
    pub address: String,
    /// `upcoming`, `open`, `over`, `succeeded`, `failed` or `settled`.
    pub status: &'static str,
    /// Its stages.
    pub stages: Vec<StageReport>,
    /// Raised so far.
    pub raised: Amount,
    /// Below which it fails; none for a round that sells at once.
    pub min_raise: Option<Amount>,
    /// Most that one backer may put in; none for no cap.
    pub backer_cap: Option<Amount>,
    /// Smallest contribution.
    pub min_contribution: Amount,
    /// Percent of the proceeds that goes to the reserve.
    pub reserve: String,
    /// Whether contributions need approval.
    pub by_approval: bool,
    /// First second, unix time.
    pub opens_at: i64,
    /// First second after it, unix time.
    pub closes_at: i64,
    /// Contributions made.
    pub contributions: u64,
    /// Shares sold and not yet claimed.
    pub unclaimed: Amount,
}

/// A holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HolderReport {
    /// The wallet.
    pub wallet: String,
    /// Shares in the holder account.
    pub shares: Amount,
    /// Those of them that were deposited lately: they do not earn or vote yet.
    pub warming: Amount,
    /// Percent of the supply.
    pub part: String,
    /// Whether it is an index or a pool.
    pub venue: bool,
    /// What the shares cost.
    pub cost: Amount,
    /// Claimable now, by payout mint.
    pub claimable: Vec<MintAmount>,
}
