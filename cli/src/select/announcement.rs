//! Which announcement of an index is meant.

use {
    super::{index::SelectedIndex, only::only},
    crate::{
        error::{CliError, Result},
        values::IndexQuery,
    },
    upside_sdk::{
        IndexError,
        error::SdkError,
        index::{AnnouncementKind, AnnouncementPlace},
    },
};

/// Something that is announced.
#[derive(Debug, clap::Args)]
pub struct AnnouncementSelector {
    /// The index
    pub index: IndexQuery,
    /// Number of the announcement [default: the only open one]
    pub number: Option<u64>,
}

impl AnnouncementSelector {
    /// The number that is meant. Errors: `NotFound` if none is named and there are none or
    /// several of these.
    pub fn nonce(&self, found: &SelectedIndex, kind: Option<AnnouncementKind>) -> Result<u64> {
        if let Some(number) = self.number {
            return Ok(number);
        }
        let fits = |place: &&AnnouncementPlace| match kind {
            Some(kind) => place.kind == kind,
            None => place.is_open(),
        };
        let places = &found.pool.index.data.announcements;
        let open = places.iter().filter(fits);
        only(
            open.map(|place| (place.nonce, place.nonce)).collect(),
            || SdkError::from(IndexError::NotAnnounced).into(),
            |numbers| {
                CliError::usage(
                    format!("{} has several announcements", found.symbol),
                    format!("name one of them: {numbers}"),
                )
            },
        )
    }
}
