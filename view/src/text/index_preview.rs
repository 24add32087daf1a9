//! What somebody gets in an index, and what others can do to it, before they agree.

use {
    super::{
        index_disclosure::{
            index_changes, index_never, index_performance, index_voice, most_taken,
            most_taken_brief, people_brief, slot_called,
        },
        index_powers::brief,
        names::Names,
        view::Row,
    },
    crate::style::{grouped, heading, listed, wrapped},
    serde::{Serialize, Serializer},
    upside_core::Pubkey,
    upside_core::index::inspect::{IndexPreview, IndexStake},
};

/// A preview with names for its mints.
#[derive(Debug)]
pub struct IndexBefore {
    /// The facts.
    pub preview: IndexPreview,
    names: Names,
    now: i64,
}

impl Serialize for IndexBefore {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.preview.serialize(serializer)
    }
}

impl IndexBefore {
    /// A preview that was made at unix time `now`.
    pub fn new(preview: IndexPreview, names: Names, now: i64) -> Self {
        IndexBefore {
            preview,
            names,
            now,
        }
    }

    /// Slots of which nothing moves now.
    pub fn stuck(&self) -> Vec<u8> {
        let slots = self.preview.disclosure.slots.iter();
        let stuck = slots.filter(|slot| !slot.state.moves());
        stuck.map(|slot| slot.slot).collect()
    }

    fn redeems(&self, stake: &IndexStake) -> String {
        let name = |mint: &Pubkey| self.names.of(mint);
        let paid = listed(&stake.redeems, name);
        if stake.stuck.is_empty() {
            return paid;
        }
        format!("{paid}; {} do not move now", listed(&stake.stuck, name))
    }

    /// What the shares stand for, and what is held after it.
    pub fn rows(&self) -> Vec<Row> {
        let (shares, held) = (&self.preview.shares, &self.preview.holding);
        let slots = &self.preview.disclosure.slots;
        let called = |number: u8| {
            let slot = slots.iter().find(|slot| slot.slot == number);
            slot.map_or_else(
                || format!("slot {number}"),
                |slot| slot_called(slot, &self.names),
            )
        };
        let gives = shares.gives.iter();
        let gives: Vec<String> = gives
            .map(|part| format!("{} {}", grouped(&part.amount), called(part.slot)))
            .collect();
        let mut rows = vec![
            ("part", format!("{} % of all shares", shares.part)),
            ("redeem for", format!("{} right after it", gives.join(", "))),
            (
                "and these for",
                format!("{} after taxes", self.redeems(shares)),
            ),
        ];
        if held.shares != shares.shares {
            rows.push((
                "held then",
                format!(
                    "{} shares, {} % of all, in the end {}",
                    grouped(&held.shares),
                    held.part,
                    self.redeems(held)
                ),
            ));
        }
        rows.push(most_taken_brief(&self.preview.disclosure.takes));
        rows
    }

    /// What others can do, in short: before a confirmation.
    pub fn text(&self) -> String {
        let shown = &self.preview.disclosure;
        let mut rows = vec![most_taken(&shown.takes)];
        rows.extend(index_changes(shown, &self.names, self.now));
        rows.extend(index_voice(shown));
        rows.extend(people_brief(shown, &self.names));
        rows.extend(index_performance(shown, &self.names));
        let mut text = heading("What others can do to you");
        text.push_str(&wrapped(&brief(shown)));
        text.push_str(&index_never());
        text + &heading("What it hangs on") + &wrapped(&rows)
    }
}
