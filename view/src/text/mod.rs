//! The look-through of a token as text, in parts that commands put together.

mod announced;
mod claims;
mod disclosure;
mod governance;
mod holders;
mod index;
mod index_disclosure;
mod index_powers;
mod index_preview;
mod index_view;
mod names;
mod notices;
mod people;
mod powers;
mod preview;
mod rounds;
mod slots;
mod token;
mod tree;
mod vault;
mod view;

pub use {
    announced::{action as action_words, dates as standing_dates, index_announcements},
    claims::claims,
    disclosure::{
        assets as asset_risks, attesters, changes, chosen, concentration, contributors, dilution,
        disclosure, identity as identity_facts, subject as poll_subject,
    },
    governance::{class, governance, poll},
    holders::holders,
    index::{
        index_backing, index_identity, index_members, index_rebalance, index_slots, index_supply,
        index_terms,
    },
    index_disclosure::{
        index_changes, index_disclosure, index_exits, index_performance, index_voice, slot_called,
        state as slot_state, taken,
    },
    index_powers::{INDEX_NEVER, index_powers},
    index_preview::IndexBefore,
    index_view::IndexView,
    names::Names,
    notices::{Notice, notices},
    people::{index_people, looks_like, verified_by},
    powers::{NEVER, powers},
    preview::Before,
    rounds::rounds,
    slots::{Slot, SlotAmount, Slots, slot_rows},
    token::{exits, identity as named, of_terms, supply, terms},
    tree::index_tree,
    vault::{assets, backing, streams},
    view::{Row, TokenView, parts},
};
