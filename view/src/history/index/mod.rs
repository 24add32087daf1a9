//! The events of an index in words.

mod locks;
mod members;
mod rules;

use {
    super::words::Words,
    upside_core::{Pubkey, event::IndexEvent as E, history::Event, index::OrderSide, state::text},
};

/// An index's event in one sentence.
pub fn sentence(event: &E, w: &Words) -> String {
    shares(event, w)
        .or_else(|| trades(event, w))
        .or_else(|| members::sentence(event, w))
        .or_else(|| tickets(event, w))
        .or_else(|| rules::sentence(event, w))
        .or_else(|| locks::sentence(event, w))
        .unwrap_or_else(|| w.plain(&Event::Index(event.clone())))
}

/// What it holds, and its shares.
fn shares(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::IndexCreated(e) => format!("{} created {}", w.who(&e.creator), w.symbol),
        E::UriChanged(e) => match text::read(&e.uri) {
            "" => "the share mint names no file any more".to_string(),
            uri => format!("the share mint names the file {uri}"),
        },
        E::ConstituentAdded(e) => {
            format!("{} was put into slot {}", w.called(&e.key), e.place)
        }
        E::ConstituentRemoved(e) => {
            format!("{} was taken out of slot {}", w.called(&e.key), e.place)
        }
        E::Seeded(e) => format!("the curator put in {}", w.in_slot(e.place, e.amount)),
        E::Unseeded(e) => format!("the curator took back {}", w.in_slot(e.place, e.amount)),
        E::IndexLaunched(e) => format!(
            "the index was launched with {}, of which {} are locked for good",
            w.shares(e.supply),
            w.shares(e.locked)
        ),
        E::SharesBought(e) => format!(
            "{} gave of everything for {}",
            w.who(&e.wallet),
            w.shares(e.minted)
        ),
        E::SharesRedeemed(e) => format!(
            "{} redeemed {} for their part of everything{}",
            w.who(&e.wallet),
            w.shares(e.burned),
            if e.basket == Pubkey::default() {
                ""
            } else {
                ", through a basket"
            }
        ),
        E::BasketOpened(e) => format!(
            "{} opened a basket for {}, until {}",
            w.who(&e.wallet),
            w.shares(e.shares),
            w.at(e.deadline)
        ),
        E::BasketDeposited(e) => format!(
            "{} went into the basket {}",
            w.in_slot(e.place, e.amount),
            w.who(&e.basket)
        ),
        E::BasketFinished(e) => format!(
            "{} got {} for the basket {}",
            w.who(&e.wallet),
            w.shares(e.minted),
            w.who(&e.basket)
        ),
        E::BasketCancelled(e) => {
            format!("{} gave the basket {} up", w.who(&e.by), w.who(&e.basket))
        }
        E::BasketWithdrawn(e) => format!(
            "{} came out of the basket {} to {}",
            w.in_slot(e.place, e.amount),
            w.who(&e.basket),
            w.who(&e.to)
        ),
        E::BasketClosed(e) => format!("the basket {} was closed", w.who(&e.basket)),
        E::FeesCollected(e) => {
            format!("{} got {} of fees", w.who(&e.recipient), w.shares(e.shares))
        }
        E::CustodySynced(e) => format!(
            "{} was synced: {} found, {} lost",
            w.slot(e.place),
            w.in_slot(e.place, e.found),
            w.in_slot(e.place, e.lost)
        ),
        _ => return None,
    })
}

/// Harvests and rebalances.
fn trades(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::Harvested(e) if e.amount == 0 => {
            format!("{} had no dividends to harvest", w.called(&e.token))
        }
        E::Harvested(e) => format!(
            "{} of dividends were harvested from {}, {} of them for members",
            w.of(&e.mint, e.amount),
            w.called(&e.token),
            w.of(&e.mint, e.to_members)
        ),
        E::RebalanceOpened(e) => format!("{} began a draft of a rebalance", w.who(&e.by)),
        E::OrderAdded(e) => format!(
            "an order was drafted: {} {} to {} a share",
            if e.side == u64::from(OrderSide::Sell) {
                "sell"
            } else {
                "buy"
            },
            w.called(&e.key),
            w.of(&e.key, e.target)
        ),
        E::RebalanceSealed(e) => format!(
            "rebalance {} of {} slots was announced, traded from {} to {}{}",
            e.nonce,
            e.orders,
            w.at(e.starts_at),
            w.at(e.ends_at),
            if e.by_majority == 1 {
                ", large orders with a majority's yes"
            } else {
                ""
            }
        ),
        E::OrderTightened(e) => format!(
            "{} made the price of {} better for the index in rebalance {}",
            w.who(&e.by),
            w.slot(e.place),
            e.nonce
        ),
        E::RebalanceTraded(e) => format!(
            "{} took {} for {} in rebalance {}{}",
            w.who(&e.wallet),
            w.in_slot(e.sell, e.sold),
            w.in_slot(e.buy, e.bought),
            e.nonce,
            if e.basket == Pubkey::default() {
                ""
            } else {
                ", kept in a basket"
            }
        ),
        E::RebalanceEnded(e) => format!("{} ended rebalance {}", w.who(&e.by), e.nonce),
        _ => return None,
    })
}

/// What cannot move, tickets for it, and persons that were wound up.
fn tickets(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::SlotNoted(e) if e.since == 0 => format!("{} moves again", w.called(&e.key)),
        E::SlotNoted(e) => format!(
            "the state shows since {} that {} cannot move",
            w.at(e.since),
            w.called(&e.key)
        ),
        E::SlotWrapped(e) => format!(
            "{} was wrapped in {}",
            w.called(&e.key),
            w.of(&e.mint, e.tickets)
        ),
        E::WrappedHarvested(e) => format!(
            "{} of dividends were collected from {}, which is wrapped: {} for its tickets",
            w.of(&e.mint, e.amount),
            w.called(&e.token),
            w.of(&e.mint, e.to_pot)
        ),
        E::TicketsUnwrapped(e) => format!(
            "{} unwrapped {}; {} are left",
            w.who(&e.wallet),
            w.of(&e.mint, e.tickets),
            w.of(&e.mint, e.left)
        ),
        E::SlotUnwrapped(e) => format!(
            "{} stands in slot {} again; {} are outside",
            w.called(&e.key),
            e.place,
            w.of(&e.mint, e.left)
        ),
        E::WrapperClosed(e) => format!("the wrapper of {} was closed", w.called(&e.mint)),
        E::WoundUpRedeemed(e) => format!(
            "the index redeemed {} of a person who was wound up",
            w.of(&e.token, e.shares)
        ),
        E::WoundUpCollected(e) => format!(
            "{} of the custody of {} were collected",
            w.in_slot(e.place, e.units),
            w.called(&e.token)
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use {super::*, serde_json::Value};

    /// The longest event, in bytes.
    const LONGEST: usize = 512;

    /// Every event of the program, all of whose fields are zero.
    fn all() -> Vec<E> {
        let idl = concat!(env!("CARGO_MANIFEST_DIR"), "/../idl/pooled_index.json");
        let idl: Value = serde_json::from_str(&std::fs::read_to_string(idl).unwrap()).unwrap();
        let events = idl["events"].as_array().unwrap().iter();
        let zeroed = |event: &Value| {
            let bytes = event["discriminator"].as_array().unwrap().iter();
            let bytes = bytes.map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap());
            let start: Vec<u8> = bytes.collect();
            let mut lengths = start.len()..LONGEST;
            let found = lengths.find_map(|length| {
                let mut bytes = start.clone();
                bytes.resize(length, 0);
                E::decode(&bytes)
            });
            found.unwrap_or_else(|| panic!("{event}"))
        };
        events.map(zeroed).collect()
    }

    #[test]
    fn every_event_has_a_sentence() {
        let words = Words::unknown();
        let events = all();
        assert_eq!(events.len(), E::NAMES.len());
        for event in events {
            let sentence = sentence(&event, &words);
            assert!(!sentence.is_empty());
            assert_ne!(sentence, words.plain(&Event::Index(event)));
        }
    }
}
