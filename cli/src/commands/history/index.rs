use {
    super::words::Words,
    upside_sdk::{Pubkey, event::IndexEvent as E, history::Event},
};

/// An index's event in one sentence.
pub fn told(event: &E, w: &Words) -> String {
    shares(event, w)
        .or_else(|| people(event, w))
        .or_else(|| rules(event, w))
        .unwrap_or_else(|| w.plain(&Event::Index(event.clone())))
}

/// What it holds, and its shares.
fn shares(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::IndexCreated(e) => format!("{} created {}", w.who(&e.creator), w.symbol),
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
            "{} came out of the basket {}",
            w.in_slot(e.place, e.amount),
            w.who(&e.basket)
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

/// Members, harvests and auctions.
fn people(event: &E, w: &Words) -> Option<String> {
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
        E::MembershipOffered(e) => format!(
            "membership was offered to {}: {} for {}, until {}",
            w.called(&e.token),
            w.of(&e.token, e.token_shares),
            w.shares(e.index_shares),
            w.at(e.expires_at)
        ),
        E::OfferWithdrawn(e) => format!("the offer to {} ended", w.called(&e.token)),
        E::MembershipAccepted(e) => format!(
            "{} came in: {} for {}",
            w.called(&e.token),
            w.of(&e.token, e.token_shares),
            w.shares(e.index_shares)
        ),
        E::EqualShareClaimed(e) => format!(
            "{} got {} of the equal share",
            w.who(&e.member),
            w.in_slot(e.place, e.amount)
        ),
        E::MembershipLeft(e) => {
            format!("{} left with {}", w.who(&e.member), w.called(&e.token))
        }
        E::MembershipClosed(e) => format!("the membership of {} was closed", w.called(&e.token)),
        E::AuctionOpened(e) => format!(
            "auction {} opened: {} for {}, until {}",
            e.number,
            w.in_slot(e.sell, e.sell_atoms),
            w.slot(e.buy),
            w.at(e.ends_at)
        ),
        E::AuctionTraded(e) => format!(
            "{} bought {} for {} in auction {}",
            w.who(&e.wallet),
            w.in_auction(e.number, true, e.sold),
            w.in_auction(e.number, false, e.bought),
            e.number
        ),
        E::AuctionClosed(e) => format!(
            "auction {} closed with {} unsold",
            e.number,
            w.in_auction(e.number, true, e.unsold)
        ),
        _ => return None,
    })
}

/// Roles and parameters.
fn rules(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::ParametersProposed(e) => format!(
            "fees were announced for {}: {} a year, {} in, {} out; harvests at most {} old",
            w.at(e.effective_at),
            w.percent(e.management_fee_bps),
            w.percent(e.entry_fee_bps),
            w.percent(e.exit_fee_bps),
            w.span(e.max_harvest_age)
        ),
        E::ParametersApplied(e) => format!(
            "fees are {} a year, {} in, {} out; harvests at most {} old",
            w.percent(e.management_fee_bps),
            w.percent(e.entry_fee_bps),
            w.percent(e.exit_fee_bps),
            w.span(e.max_harvest_age)
        ),
        E::WeightsProposed(e) => format!(
            "other weights of {} slots were announced for {}",
            e.changed,
            w.at(e.effective_at)
        ),
        E::WeightsApplied(_) => "the announced weights were applied".to_string(),
        E::CuratorProposed(e) if e.pending_curator == Pubkey::default() => {
            "the curator withdrew the proposal of a new curator".to_string()
        }
        E::CuratorProposed(e) => format!(
            "the curator proposed {} as the new curator",
            w.who(&e.pending_curator)
        ),
        E::CuratorAccepted(e) => format!(
            "{} took over from {} as curator",
            w.who(&e.curator),
            w.who(&e.previous)
        ),
        E::CuratorResigned(e) => format!("the curator {} left for good", w.who(&e.previous)),
        E::PauseChanged(e) if e.paused == 0 => format!("{} admitted new money again", w.who(&e.by)),
        E::PauseChanged(e) => format!("{} paused new money", w.who(&e.by)),
        E::WindDownStarted(e) => {
            format!(
                "the index is wound down, with {} in existence",
                w.shares(e.supply)
            )
        }
        _ => return None,
    })
}
