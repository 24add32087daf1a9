//! What others can do to a holder, and when: the same facts in every place where somebody
//! can pay.

use {
    super::{
        build::Sources,
        claims::AttesterReport,
        concentration::Concentration,
        governance::AnnouncedPolicy,
        polls::{PollReport, Voice},
        powers::Power,
        report::{AnnouncedName, FormerNameReport},
        shares::Room,
    },
    crate::raw::Immovable,
    crate::report::{Amount, Base58, Hash, Percent, named, names},
    crate::state::{Admission, TransferPolicy},
    crate::{
        confusable::Named,
        error::CoreError,
        identity::{Identity, name_hash},
        mint::Name,
        state::text,
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
};

/// How many shares exist, and how many may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dilution {
    /// Shares that exist.
    pub supply: Amount,
    /// The cap: claims are shared out among so many shares at most, unless a poll raises it.
    pub cap: Amount,
    /// Percent of the cap that exists.
    pub existing: Percent,
    /// On offer in rounds and grants: they may come.
    pub offered: Amount,
    /// The first shares ever created, which take no yearly room.
    pub launch_shares: Amount,
    /// What is left of them, beside what is on offer.
    pub launch_left: Amount,
    /// Percent of the supply that may be created in a year beyond them.
    pub room: Percent,
    /// What is left of this year's room.
    pub room_left: Amount,
    /// What may be created or put on offer now.
    pub creatable: Amount,
}

/// What terms take and give, in percent, in the quote mint, in seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TermFacts {
    /// Percent that redeeming a part leaves to the others.
    pub cash_out_tax: Percent,
    /// Percent of a seller's profit that goes to the owner.
    pub royalty: Percent,
    /// Cumulative result of exits that stays with the owner.
    pub floor: Amount,
    /// How far losses lower that result below zero at most.
    pub loss_limit: Amount,
    /// Percent of payouts that goes to the reserve.
    pub reserve: Percent,
    /// Seconds over which payouts stream.
    pub drip_seconds: u32,
    /// Seconds that changes are announced ahead.
    pub notice_seconds: u32,
    /// Who may hold.
    #[serde(serialize_with = "names::AdmissionName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::AdmissionName"))]
    pub admission: Admission,
    /// How registered shares move.
    #[serde(serialize_with = "names::TransferPolicyName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::TransferPolicyName"))]
    pub transfer_policy: TransferPolicy,
}

/// Who has which role.
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Roles {
    /// The key that owns the token now.
    #[serde_as(as = "Base58")]
    pub owner: Pubkey,
    /// When it last signed, unix seconds.
    pub owner_seen: i64,
    /// Who was proposed as owner.
    #[serde_as(as = "Option<Base58>")]
    pub pending_owner: Option<Pubkey>,
    /// Who may pause besides the owner.
    #[serde_as(as = "Option<Base58>")]
    pub guardian: Option<Pubkey>,
    /// Who may admit besides the owner.
    #[serde_as(as = "Option<Base58>")]
    pub registrar: Option<Pubkey>,
    /// Who may wind the token up.
    #[serde_as(as = "Option<Base58>")]
    pub executor: Option<Pubkey>,
    /// First second in which the executor may, unix time, unless the owner signs before.
    pub executor_from: i64,
}

/// Whose word on claims counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AttesterFacts {
    /// How many fresh attestations make a claim attested; 0 without attesters.
    pub attestation_threshold: u8,
    /// Who they are, and by whose choice.
    pub accepted: Vec<AttesterReport>,
}

/// A change that was announced, with its date.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Announced {
    /// Who may hold, and how shares move.
    Policy(AnnouncedPolicy),
    /// The name.
    Name(AnnouncedName),
    /// An attester hands its seat over.
    Seat {
        /// Who sits there.
        #[serde_as(as = "Base58")]
        attester: Pubkey,
        /// Who takes the seat.
        #[serde_as(as = "Base58")]
        successor: Pubkey,
        /// From when on, unix seconds.
        handover_at: i64,
    },
    /// Custody is sold by auction.
    Auction {
        /// The claim's number.
        claim: u64,
        /// Its issuer.
        name: String,
        /// Units on offer.
        left: Amount,
        /// Price of all units at the end, the lowest.
        end: Amount,
        /// First second in which it sells, unix time.
        starts_at: i64,
        /// First second after it, unix time.
        ends_at: i64,
    },
}

/// Who it is, and what is known of it.
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnerIdentity {
    /// Name on the mint: anybody can type anybody's.
    pub name: String,
    /// Symbol on the mint.
    pub symbol: String,
    /// SHA-256 of the name: what whoever vouches signs.
    pub name_hash: Hash,
    /// The key that owns the token now.
    #[serde_as(as = "Base58")]
    pub owner: Pubkey,
    /// Who created it.
    #[serde_as(as = "Base58")]
    pub creator: Pubkey,
    /// When the owner took over, unix seconds; none for the creator.
    pub handed_over_at: Option<i64>,
    /// Who vouches, of those whom the reader trusts.
    pub identity: Identity,
    /// What it was called before, the latest first.
    pub former_names: Vec<FormerNameReport>,
    /// Other tokens that people take for it.
    pub looks_like: Vec<Named>,
}

/// What an issuer can do with an asset of the reserve.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AssetRisk {
    /// The mint.
    #[serde_as(as = "Base58")]
    pub mint: Pubkey,
    /// Whether its issuer can seize it, or change how it moves or is counted.
    pub seizable: bool,
    /// Whether its issuer can freeze the vault.
    pub freezable: bool,
    /// Whether its issuer can pause all transfers.
    pub pausable: bool,
    /// Why it cannot move now; `None` if it moves.
    pub immovable: Option<Immovable>,
}

/// What others can do to a holder, and when, with everything that one has to know before
/// paying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Disclosure {
    /// Everything that others can do.
    pub powers: Vec<Power>,
    /// How many shares exist, and how many may.
    pub dilution: Dilution,
    /// What terms take and give.
    pub terms: TermFacts,
    /// Who has which role.
    pub roles: Roles,
    /// Whose word on claims counts.
    pub attesters: AttesterFacts,
    /// Open polls, by place.
    pub polls: Vec<PollReport>,
    /// Who can answer them; `None` if the holders were not read.
    pub voice: Option<Voice>,
    /// What was announced, with its date.
    pub announced: Vec<Announced>,
    /// Who holds how much; `None` if the holders were not read.
    pub concentration: Option<Concentration>,
    /// Who it is.
    pub identity: OwnerIdentity,
    /// What issuers can do with the reserve.
    pub assets: Vec<AssetRisk>,
}

impl Sources<'_> {
    fn announcements(&self, seats: &[AttesterReport]) -> Result<Vec<Announced>, CoreError> {
        let token = &self.token.data;
        let policy = self.governance()?.announced;
        let mut all: Vec<_> = policy.into_iter().map(Announced::Policy).collect();
        all.extend(self.announced_name().map(Announced::Name));
        all.extend(seats.iter().filter_map(|seat| {
            Some(Announced::Seat {
                attester: seat.attester,
                successor: seat.successor?,
                handover_at: seat.handover_at?,
            })
        }));
        for claim in self.claims.iter().map(|claim| &claim.data) {
            let auction = &claim.auction;
            let left = auction.left(self.clock.unix_timestamp).min(claim.held()?);
            if left > 0 {
                all.push(Announced::Auction {
                    claim: claim.number,
                    name: text::read(&claim.name).to_string(),
                    left: Amount::new(left, self.unit_decimals(claim)),
                    end: Amount::new(auction.end, token.quote().decimals),
                    starts_at: auction.starts_at,
                    ends_at: auction.ends_at,
                });
            }
        }
        Ok(all)
    }

    fn dilution(&self, minted: u64) -> Result<Dilution, CoreError> {
        let token = &self.token.data;
        let terms = &token.terms;
        let room = Room::of(token, minted, self.clock.unix_timestamp)?;
        Ok(Dilution {
            supply: Amount::shares(minted),
            cap: Amount::shares(terms.supply_cap),
            existing: Percent::of(minted, terms.supply_cap),
            offered: Amount::shares(token.offered),
            launch_shares: Amount::shares(terms.launch_shares),
            launch_left: Amount::shares(room.launch_left),
            room: Percent::of_bps(terms.room_bps),
            room_left: Amount::shares(room.room_left),
            creatable: Amount::shares(room.creatable()),
        })
    }

    fn term_facts(&self) -> Result<TermFacts, CoreError> {
        let token = &self.token.data;
        let (terms, decimals) = (&token.terms, token.quote().decimals);
        Ok(TermFacts {
            cash_out_tax: Percent::of_bps(terms.cash_out_tax_bps),
            royalty: Percent::of_bps(terms.royalty_bps),
            floor: Amount::new(terms.floor, decimals),
            loss_limit: Amount::new(terms.loss_limit, decimals),
            reserve: Percent::of_bps(terms.reserve_bps),
            drip_seconds: terms.drip_seconds,
            notice_seconds: terms.notice_seconds,
            admission: token.admission()?,
            transfer_policy: token.transfer_policy()?,
        })
    }

    fn owner_identity(&self, name: &Name) -> OwnerIdentity {
        let token = &self.token.data;
        OwnerIdentity {
            name: name.name.clone(),
            symbol: name.symbol.clone(),
            name_hash: Hash(name_hash(&name.name)),
            owner: token.owner,
            creator: token.creator,
            handed_over_at: (token.owner_since != 0).then_some(token.owner_since),
            identity: Identity::Unverified,
            former_names: self.former_names(),
            looks_like: Vec::new(),
        }
    }

    /// What others can do to a holder, and when. Who vouches for whom and whom it looks
    /// like is unknown until `upside_sdk::identity::annotate` and
    /// `upside_sdk::confusable::annotate` have looked.
    ///
    /// # Errors
    /// `Refused`, `Math` where the accounts do not add up; `WrongAccount` for a mint that is
    /// none.
    pub fn disclosure(&self) -> Result<Disclosure, CoreError> {
        let token = &self.token.data;
        let minted = self.minted()?;
        let accepted = self.attester_reports()?;
        let list = self.attesters.as_ref();
        let listed = token.listed()?.iter().enumerate();
        Ok(Disclosure {
            powers: self.powers(minted)?,
            dilution: self.dilution(minted)?,
            terms: self.term_facts()?,
            roles: Roles {
                owner: token.owner,
                owner_seen: token.owner_seen,
                pending_owner: named(&token.pending_owner),
                guardian: named(&token.guardian),
                registrar: named(&token.registrar),
                executor: named(&token.executor),
                executor_from: token.executor_from()?,
            },
            polls: self.polls()?,
            voice: self.voice()?,
            announced: self.announcements(&accepted)?,
            attesters: AttesterFacts {
                attestation_threshold: list.map_or(0, |list| list.threshold),
                accepted,
            },
            concentration: self.concentration(minted)?,
            identity: self.owner_identity(&self.name()),
            assets: listed
                .map(|(place, asset)| AssetRisk {
                    mint: asset.mint,
                    seizable: asset.is_seizable(),
                    freezable: asset.is_freezable(),
                    pausable: asset.is_pausable(),
                    immovable: self.immovable.get(place).copied().flatten(),
                })
                .collect(),
        })
    }
}
