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
    /// What it was called before, the latest first, and how often it was renamed.
    pub former_names: Vec<FormerNameReport>,
    /// The announced name, symbol or URI.
    pub announced_name: Option<AnnouncedName>,
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
    /// How far losses lower that result below zero at most.
    pub loss_limit: Amount,
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
    pub until: i64,
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
    /// The owner's number: what the units held are said to be worth, or what revenue may
    /// still bring. None for custody, which is what it is.
    pub value: Option<Amount>,
    /// The same in the claim's class: of an attested claim the smaller of the owner's number
    /// and the lowest accepted value. None for custody.
    pub counted_value: Option<Amount>,
    /// What the units held cost, as the owner says; none for revenue.
    pub cost: Option<Amount>,
    /// Of it, what the terms of the first round published, or accepted attesters have said
    /// for a notice period: only this counts against holders at an exit now.
    pub cost_that_counts: Option<Amount>,
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
    /// SHA-256 of the terms that attesters sign, hexadecimal.
    pub terms: String,
    /// What third parties signed, accepted ones first.
    pub attestations: Vec<AttestationReport>,
    /// Which accepted attesters dispute it.
    pub disputed_by: Vec<String>,
    /// Whether a poll of holders disputes it.
    pub disputed_by_holders: bool,
    /// How often it changed its form.
    pub transforms: u8,
    /// Units that were written off.
    pub written_off: String,
    /// Units that arrived unasked in custody.
    pub found: String,
    /// Revenue: what was reported of it, and what was not.
    pub reports: Option<RevenueReportLine>,
    /// Custody: its auction, while it is announced or runs.
    pub auction: Option<AuctionReport>,
    /// When it was declared, unix seconds.
    pub declared_at: i64,
    /// Seconds since its books last changed.
    pub age_seconds: i64,
}

/// Whose word on claims counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttesterReport {
    /// The key that signs.
    pub attester: String,
    /// `owner` where the owner chose it before anybody else bought shares, `poll` where
    /// holders did, `successor` where an attester handed its seat over.
    pub accepted_by: &'static str,
    /// Whether this is the token's owner by now: then its word counts nothing.
    pub is_owner: bool,
    /// Since when, unix seconds: what it signed before counts nothing.
    pub since: i64,
    /// Who takes the seat.
    pub successor: Option<String>,
    /// From when on, unix seconds.
    pub handover_at: Option<i64>,
}

/// What a third party signed on a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttestationReport {
    /// Who signed.
    pub attester: String,
    /// Whether holders accepted who signed; the word of others counts nothing.
    pub accepted: bool,
    /// Units that were signed.
    pub units: String,
    /// What they are held to be worth.
    pub value: Amount,
    /// What they cost.
    pub cost: Amount,
    /// From when on that cost counts, if the signature is still fresh then, unix seconds.
    pub cost_counts_from: i64,
    /// Whether it speaks for the claim's present terms, and has not expired.
    pub fresh: bool,
    /// When it was signed, unix seconds.
    pub signed_at: i64,
    /// Last second in which it is fresh, unix time.
    pub expires_at: i64,
}

/// What was reported of a revenue claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RevenueReportLine {
    /// Last month reported, as 202601.
    pub last_period: Option<u64>,
    /// Its gross revenue as it was reported first.
    pub gross: Option<Amount>,
    /// The same as it was corrected last; none where it never was.
    pub corrected_to: Option<Amount>,
    /// How often it was corrected.
    pub corrections: u8,
    /// When what it says is due, unix seconds.
    pub due_at: Option<i64>,
    /// Due by reports and not paid.
    pub unpaid: Amount,
    /// Of it, what should have been paid by now.
    pub overdue: Amount,
    /// The month that is reported next, as 202601.
    pub next_period: u64,
    /// Months that are over and were never reported.
    pub missing_months: u64,
}

/// An auction of custody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuctionReport {
    /// Its number.
    pub number: u64,
    /// Units on offer at first.
    pub units: String,
    /// Units that are left.
    pub left: String,
    /// Price of all units at the start.
    pub start: Amount,
    /// Price of all units at the end.
    pub end: Amount,
    /// Whether a poll of holders decided on it.
    pub by_poll: bool,
    /// The highest fresh accepted value of the units when it was announced.
    pub noted: Amount,
    /// What all that is left costs now; none before the start.
    pub price_of_rest: Option<Amount>,
    /// First second in which it sells, unix time.
    pub starts_at: i64,
    /// First second after it, unix time.
    pub ends_at: i64,
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
