//! What others can do to a holder of an index: who, when, what.

use {
    super::takes::MostTaken,
    crate::report::{Base58, Percent},
    crate::{
        error::CoreError,
        index::{IndexStatus, MAX_PAUSE, PooledIndex, SlotKind},
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
};

/// Who can do something to an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum IndexWho {
    /// The curator.
    Curator,
    /// The launcher, or the curator.
    Launcher,
    /// Who admits members, or the curator.
    Admissions,
    /// The guardian, or the curator.
    Guardian,
    /// Holders who locked enough shares; wallets of the curator may be among them.
    Holders,
    /// The people whose tokens the index holds, each with the own token.
    Persons,
    /// Who issues a mint that the index holds.
    Issuer,
    /// Anybody.
    Anybody,
}

/// When they can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum IndexWhen {
    /// At once.
    AtOnce,
    /// After it was announced, unless a fifth of all shares is locked against it.
    AfterNotice {
        /// Seconds of notice.
        notice_seconds: u32,
    },
    /// After a wait that nobody cancels.
    AfterWait {
        /// Seconds of it.
        wait_seconds: u32,
    },
    /// After the notice of the person's own token.
    AfterTheirNotice,
    /// As soon as shares that were locked for a whole notice are more than half of all.
    ByMajority {
        /// Seconds of notice.
        notice_seconds: u32,
    },
}

/// What they can do.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum IndexAct {
    /// Take the fees of now.
    TakeFees {
        /// Percent of all shares a year.
        management: Percent,
        /// Percent of a contribution.
        entry: Percent,
        /// Percent of a redemption.
        exit: Percent,
    },
    /// Raise fees.
    RaiseFees {
        /// Percent of all shares a year, at most.
        management: Percent,
        /// Percent of a contribution, at most.
        entry: Percent,
        /// Percent of a redemption, at most.
        exit: Percent,
    },
    /// Name who receives fees, and who has a role; propose a curator.
    NameKeys,
    /// Change in which mints dividends are collected. What people pay in others waits, and
    /// belongs to whoever holds shares when such a mint is listed.
    ChangeCoins,
    /// Sell and buy of what the index holds, at prices that they announce.
    Trade {
        /// Percent of each slot in 30 days, per share.
        in_30_days: Percent,
        /// Percent of each slot in a year, per share.
        in_a_year: Percent,
    },
    /// Mint shares for people who give shares of themselves.
    AdmitMembers {
        /// Percent of all shares in a year.
        most: Percent,
        /// Percent of dividends that members share.
        equal_share: Percent,
    },
    /// End memberships.
    EndMembers,
    /// Add mints and people of whom nothing is held yet.
    AddSlots,
    /// Change the file that wallets show: image, description, links.
    ChangeFile,
    /// Make prices of a rebalance better for the index, or stop it.
    Tighten,
    /// Stop new money.
    Pause {
        /// Seconds at a time.
        pause_seconds: u64,
    },
    /// End the index: from then on it only pays out, without fees.
    WindDown,
    /// Replace the curator.
    ReplaceCurator,
    /// Let a rebalance sell more than the limits of turnover.
    LiftTurnover,
    /// Cancel what is announced: a fifth of all shares, a third and a half when it comes
    /// again.
    Veto,
    /// Create shares of themselves within cap and room: the index's part of their claims
    /// falls, not its part of their reserves.
    CreatePersonalShares {
        /// How many of the people can now.
        persons: usize,
    },
    /// Stop their shares from moving: they wait, and become tickets.
    StopPersonalShares,
    /// Put tickets in the place of a slot that did not move for a whole notice.
    Wrap,
    /// Seize or freeze what the index holds of a mint.
    TouchMint {
        /// The mint.
        #[serde_as(as = "Base58")]
        mint: Pubkey,
    },
}

/// Something that others can do to a holder of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndexPower {
    /// Who.
    pub who: IndexWho,
    /// When.
    #[serde(flatten)]
    pub when: IndexWhen,
    /// What.
    #[serde(flatten)]
    pub act: IndexAct,
}

/// Collects powers.
struct Powers(Vec<IndexPower>);

impl Powers {
    fn can(&mut self, who: IndexWho, when: IndexWhen, act: IndexAct) {
        self.0.push(IndexPower { who, when, act });
    }

    /// What the curator, and whom it named, can do in an index that is not wound down.
    fn curators(&mut self, index: &PooledIndex, takes: &MostTaken) {
        use {IndexAct as Act, IndexWho as Who};
        let now = IndexWhen::AtOnce;
        let notice_seconds = index.terms.notice_seconds;
        let notice = IndexWhen::AfterNotice { notice_seconds };
        let none = Pubkey::default();
        let fees = &takes.fees;
        self.can(
            Who::Curator,
            now,
            Act::TakeFees {
                management: fees.management_fee,
                entry: fees.entry_fee,
                exit: fees.exit_fee,
            },
        );
        if index.curator != none {
            self.can(Who::Curator, now, Act::AddSlots);
            self.can(Who::Curator, now, Act::ChangeFile);
            self.can(Who::Curator, now, Act::WindDown);
            let most = &takes.most_fees;
            let raise = Act::RaiseFees {
                management: most.management_fee,
                entry: most.entry_fee,
                exit: most.exit_fee,
            };
            self.can(Who::Curator, notice, raise);
            let trade = Act::Trade {
                in_30_days: takes.trades_in_30_days,
                in_a_year: takes.trades,
            };
            self.can(Who::Curator, notice, trade);
            self.can(Who::Curator, notice, Act::NameKeys);
            self.can(Who::Curator, notice, Act::ChangeCoins);
        }
        let may = |role: &Pubkey| *role != none || index.curator != none;
        if may(&index.admissions) {
            if index.terms.dilution_bps > 0 {
                let admit = Act::AdmitMembers {
                    most: takes.members,
                    equal_share: takes.equal_share,
                };
                self.can(Who::Admissions, notice, admit);
            }
            let wait = IndexWhen::AfterWait {
                wait_seconds: notice_seconds,
            };
            self.can(Who::Admissions, wait, Act::EndMembers);
        }
        if may(&index.launcher) {
            self.can(Who::Launcher, now, Act::Tighten);
        }
        if may(&index.guardian) {
            let pause_seconds = MAX_PAUSE.unsigned_abs();
            self.can(Who::Guardian, now, Act::Pause { pause_seconds });
        }
    }
}

/// Everything that others can do, the curator's acts first. `creating` people can create
/// shares of themselves now.
///
/// # Errors
/// `IndexRefused` where the books do not add up.
pub(super) fn powers(
    index: &PooledIndex,
    takes: &MostTaken,
    creating: usize,
) -> Result<Vec<IndexPower>, CoreError> {
    use {IndexAct as Act, IndexWho as Who};
    let mut all = Powers(Vec::new());
    let notice_seconds = index.terms.notice_seconds;
    let wait = IndexWhen::AfterWait {
        wait_seconds: notice_seconds,
    };
    let majority = IndexWhen::ByMajority { notice_seconds };
    if index.status()? != IndexStatus::WindDown {
        all.curators(index, takes);
        all.can(Who::Holders, IndexWhen::AtOnce, Act::Veto);
        all.can(Who::Holders, majority, Act::ReplaceCurator);
        all.can(Who::Holders, majority, Act::LiftTurnover);
    }
    let slots = || index.constituents.iter();
    if slots().any(|slot| slot.kind == SlotKind::Personal) {
        let create = Act::CreatePersonalShares { persons: creating };
        all.can(Who::Persons, IndexWhen::AtOnce, create);
        let theirs = IndexWhen::AfterTheirNotice;
        all.can(Who::Persons, theirs, Act::StopPersonalShares);
    }
    all.can(Who::Anybody, wait, Act::Wrap);
    for slot in slots().filter(|slot| slot.kind == SlotKind::Mint && slot.is_seizable()) {
        let mint = slot.key;
        all.can(Who::Issuer, IndexWhen::AtOnce, Act::TouchMint { mint });
    }
    Ok(all.0)
}
