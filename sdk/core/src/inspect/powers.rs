//! What others can do to a holder: who, when, what.

use {
    super::{build::Sources, shares::Room},
    crate::report::{Amount, Base58, Percent},
    crate::{
        error::CoreError,
        state::{Admission, Asset, ClaimKind, MAX_ROYALTY, MAX_TAX, Origin, TransferPolicy},
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
};

/// Who can do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The owner alone.
    Owner,
    /// The guardian whom the owner named.
    Guardian,
    /// The registrar whom the owner named.
    Registrar,
    /// The executor whom the owner named.
    Executor,
    /// Enough holders in a poll: wallets of the owner that nobody knows may be among them.
    Holders,
    /// Accepted attesters.
    Attesters,
    /// Who issues a listed asset.
    Issuer,
}

/// When they can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum When {
    /// At once.
    AtOnce,
    /// After it was announced.
    AfterNotice {
        /// Seconds of notice.
        notice_seconds: u32,
    },
    /// After a poll passed and a notice was over.
    AfterPoll {
        /// Seconds of notice.
        notice_seconds: u32,
    },
    /// As soon as a poll passed.
    ByPoll,
    /// After the owner's silence.
    AfterSilence {
        /// First second in which they can, unix time, unless the owner signs before.
        executor_from: i64,
    },
}

/// What they can do.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Create shares, to themselves too. Each brings its part of reserve and streams; the
    /// part of claims that a share stands for falls.
    CreateShares {
        /// Most that can be created now, beside what is on offer.
        creatable: Amount,
        /// On offer in rounds and grants already.
        offered: Amount,
        /// Percent of the supply a year beyond the first shares.
        room: Percent,
    },
    /// Keep what exits bring until their cumulative result is above the floor.
    KeepFloor {
        /// The floor, in the quote mint.
        floor: Amount,
    },
    /// Carry losses forward that later profits make up before holders get anything.
    CarryLosses {
        /// Most, in the quote mint.
        loss_limit: Amount,
    },
    /// Exit claims on paper at prices that they agree on, and write claims off.
    ExitClaims,
    /// Sell tokenized equity out of custody by an announced auction for all.
    AuctionCustody,
    /// Spend what rounds pay them.
    SpendRaises,
    /// Stop rounds and other new money; exits stay open.
    Pause,
    /// Change who may hold, and how registered shares move.
    ChangePolicy,
    /// Refuse to approve a transfer of registered shares.
    ApproveTransfers,
    /// Refuse to admit holders.
    AdmitHolders,
    /// Change the name; former names stay in sight.
    Rename,
    /// Stop further withdrawals of shares to wallets.
    StopWithdrawals,
    /// Hand the token over to somebody else.
    HandOver,
    /// Raise the cap or the yearly room.
    RaiseSupply,
    /// Raise the cash-out tax.
    RaiseTax {
        /// Percent at most.
        most: Percent,
    },
    /// Raise the royalty on a seller's profit; shares that are held keep their rate.
    RaiseRoyalty {
        /// Percent at most.
        most: Percent,
    },
    /// Change what goes to the reserve instead of the stream, and how long a stream pays.
    ChangePayouts,
    /// Change the terms of a revenue claim, or end it.
    ChangeRevenue,
    /// Raise what losses may carry forward.
    RaiseLossLimit,
    /// Change notice, threshold and silence for later.
    ChangeRules,
    /// Accept attesters, whose word on costs counts.
    AcceptAttesters,
    /// End a dispute of a claim.
    EndDisputes,
    /// Exempt an asset that cannot move from what new shares bring.
    ExemptAssets,
    /// Wind the token up: it only pays out from then on.
    WindUp,
    /// Sign what claims cost and are worth: a cost counts against holders.
    AttestCosts {
        /// How many must sign.
        threshold: u8,
        /// How many attesters there are.
        attesters: usize,
        /// How many of them the owner chose before anybody else held shares.
        chosen_by_owner: usize,
    },
    /// Take, stop or rescale an asset of the reserve.
    TouchAsset {
        /// The asset's mint.
        #[serde_as(as = "Base58")]
        mint: Pubkey,
        /// Whether they can seize or rescale it.
        seizable: bool,
        /// Whether they can freeze the vault.
        freezable: bool,
        /// Whether they can pause all transfers.
        pausable: bool,
    },
}

/// Something that others can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Power {
    /// Who.
    pub who: Who,
    /// When.
    #[serde(flatten)]
    pub when: When,
    /// What.
    #[serde(flatten)]
    pub act: Act,
}

fn touch(asset: &Asset) -> Act {
    Act::TouchAsset {
        mint: asset.mint,
        seizable: asset.is_seizable(),
        freezable: asset.is_freezable(),
        pausable: asset.is_pausable(),
    }
}

impl Sources<'_> {
    /// Whether a claim holds tokenized equity.
    fn has_custody(&self) -> bool {
        self.claims.iter().any(|claim| {
            let kind = claim.data.kind();
            kind.is_ok_and(|kind| kind == ClaimKind::TokenizedEquity)
        })
    }

    /// What the owner can do alone, in a living token or in a wind-down.
    fn owners_acts(&self, active: bool, room: &Room) -> Result<Vec<(bool, Act)>, CoreError> {
        let token = &self.token.data;
        let (terms, decimals) = (&token.terms, token.quote().decimals);
        let create = Act::CreateShares {
            creatable: Amount::shares(room.creatable()),
            offered: Amount::shares(token.offered),
            room: Percent::of_bps(terms.room_bps),
        };
        let floor = Amount::new(terms.floor, decimals);
        let loss_limit = Amount::new(terms.loss_limit, decimals);
        let admits = token.admission()? == Admission::Approved;
        let approves = token.transfer_policy()? == TransferPolicy::Approved;
        Ok(vec![
            (active, create),
            (terms.floor > 0, Act::KeepFloor { floor }),
            (terms.loss_limit > 0, Act::CarryLosses { loss_limit }),
            (true, Act::ExitClaims),
            (self.has_custody(), Act::AuctionCustody),
            (active, Act::SpendRaises),
            (active, Act::Pause),
            (active && admits, Act::AdmitHolders),
            (active && approves, Act::ApproveTransfers),
            (active && terms.bearer_cap > 0, Act::StopWithdrawals),
            (active, Act::HandOver),
        ])
    }

    /// What holders can do together in a living token.
    fn polled_acts() -> [Act; 10] {
        [
            Act::RaiseSupply,
            Act::RaiseTax {
                most: Percent::of_bps(MAX_TAX),
            },
            Act::RaiseRoyalty {
                most: Percent::of_bps(MAX_ROYALTY),
            },
            Act::ChangePayouts,
            Act::ChangeRevenue,
            Act::RaiseLossLimit,
            Act::ChangeRules,
            Act::AcceptAttesters,
            Act::EndDisputes,
            Act::ExemptAssets,
        ]
    }

    /// Everything that others can do, the owner's acts first.
    ///
    /// # Errors
    /// `Refused`, `Math` where the accounts do not add up.
    pub(super) fn powers(&self, minted: u64) -> Result<Vec<Power>, CoreError> {
        let token = &self.token.data;
        let notice_seconds = token.terms.notice_seconds;
        let notice = When::AfterNotice { notice_seconds };
        let active = token.require_active().is_ok();
        let named = |key: &Pubkey| active && *key != Pubkey::default();
        let room = Room::of(token, minted, self.clock.unix_timestamp)?;
        let mut powers = Vec::new();
        let mut can = |who, when, act| powers.push(Power { who, when, act });
        for (_, act) in self
            .owners_acts(active, &room)?
            .into_iter()
            .filter(|(can, _)| *can)
        {
            can(Who::Owner, When::AtOnce, act);
        }
        if active {
            can(Who::Owner, notice, Act::ChangePolicy);
            can(Who::Owner, notice, Act::Rename);
        }
        if named(&token.guardian) {
            can(Who::Guardian, When::AtOnce, Act::Pause);
        }
        if named(&token.registrar) {
            can(Who::Registrar, When::AtOnce, Act::AdmitHolders);
        }
        if named(&token.executor) {
            let executor_from = token.executor_from()?;
            let silence = When::AfterSilence { executor_from };
            can(Who::Executor, silence, Act::WindUp);
        }
        if active {
            for act in Self::polled_acts() {
                can(Who::Holders, When::AfterPoll { notice_seconds }, act);
            }
            if self.has_custody() {
                can(
                    Who::Holders,
                    When::AfterPoll { notice_seconds },
                    Act::AuctionCustody,
                );
            }
            can(Who::Holders, When::ByPoll, Act::WindUp);
        }
        if let Some(list) = self.attesters.as_ref().filter(|list| list.count() > 0) {
            let mut chosen_by_owner = 0usize;
            for (seat, _) in list.seated() {
                chosen_by_owner += usize::from(list.origin(seat)? == Origin::Owner);
            }
            let attest = Act::AttestCosts {
                threshold: list.threshold,
                attesters: list.count(),
                chosen_by_owner,
            };
            can(Who::Attesters, notice, attest);
        }
        let touchable =
            |asset: &&Asset| asset.is_seizable() || asset.is_freezable() || asset.is_pausable();
        for asset in token.listed()?.iter().filter(touchable) {
            can(Who::Issuer, When::AtOnce, touch(asset));
        }
        Ok(powers)
    }
}
