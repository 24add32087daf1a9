//! What others can do to a holder of an index, and when: the same facts in every place
//! where somebody can pay.

use {
    super::{
        announcement,
        below::Below,
        powers::{IndexPower, powers},
        report::{AnnouncementReport, RecipientReport},
        rescale::rescaled,
        slots::{Performance, SlotFacts, performance, slots},
        takes::{MostTaken, takes},
        voice::{IndexVoice, voice},
    },
    crate::report::{Base58, named},
    crate::{
        error::CoreError,
        index::{Pool, quote},
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
};

/// Who has which role.
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndexRoles {
    /// Who runs it; `None` if the curator left.
    #[serde_as(as = "Option<Base58>")]
    pub curator: Option<Pubkey>,
    /// Who was proposed as curator.
    #[serde_as(as = "Option<Base58>")]
    pub pending_curator: Option<Pubkey>,
    /// Who may tighten or stop a rebalance, besides the curator.
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
}

/// What others can do to a holder of an index, and when, with everything that one has to
/// know before paying.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndexDisclosure {
    /// The most that the curator can take in a year.
    pub takes: MostTaken,
    /// Everything that others can do.
    pub powers: Vec<IndexPower>,
    /// What is announced, with its dates and the votes against it.
    pub announcements: Vec<AnnouncementReport>,
    /// Who can stop it.
    pub voice: IndexVoice,
    /// Who has which role.
    pub roles: IndexRoles,
    /// Every slot: whether it moves, what it would pay, how many shares there may be.
    pub slots: Vec<SlotFacts>,
    /// What became of what was put in.
    pub performance: Performance,
}

/// What others can do to a holder of an index.
///
/// # Errors
/// `NotFound`, `IndexRefused`, `Refused`, `Math` where accounts do not add up;
/// `WrongAccount` where one does not decode.
pub fn disclosure(pool: &Pool, below: &Below) -> Result<IndexDisclosure, CoreError> {
    let index = quote::accrued(pool)?;
    let takes = takes(&index, pool.clock.unix_timestamp)?;
    let slots = slots(pool, below)?;
    let persons = slots.iter().filter_map(|slot| slot.person.as_ref());
    let creating = persons.filter(|person| person.head_room.atoms != 0);
    let disclosure = IndexDisclosure {
        powers: powers(&index, &takes, creating.count())?,
        takes,
        announcements: announcement::reports(pool, below)?,
        voice: voice(pool, below)?,
        roles: IndexRoles {
            curator: named(&index.curator),
            pending_curator: named(&index.pending_curator),
            launcher: named(&index.launcher),
            admissions: named(&index.admissions),
            guardian: named(&index.guardian),
            fee_recipients: announcement::recipients(index.fee_recipients()),
        },
        slots,
        performance: performance(pool, below)?,
    };
    Ok(rescaled(disclosure, pool, below))
}
