use {super::super::words::Words, upside_core::event::IndexEvent as E};

/// Offers and memberships.
pub fn sentence(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::MembershipOffered(e) => format!(
            "membership was offered to {}: {} for {}, from {}; it is announcement {}",
            w.called(&e.token),
            w.of(&e.token, e.token_shares),
            w.shares(e.index_shares),
            w.at(e.acceptable_from),
            e.nonce
        ),
        E::OfferCancelled(e) => match e.cause {
            1 => format!("holders vetoed the offer to {}", w.called(&e.token)),
            2 => format!("the offer to {} lapsed", w.called(&e.token)),
            3 => format!("the offer to {} fell", w.called(&e.token)),
            _ => format!(
                "{} took back the offer to {}",
                w.who(&e.by),
                w.called(&e.token)
            ),
        },
        E::MembershipAccepted(e) => format!(
            "{} came in: {} for {}; {} stay locked while {} is a member",
            w.called(&e.token),
            w.of(&e.token, e.token_shares),
            w.shares(e.index_shares),
            w.shares(e.locked),
            w.who(&e.member)
        ),
        E::EqualShareCollected(e) => format!(
            "{} got {} of the equal share",
            w.who(&e.member),
            w.in_slot(e.place, e.amount)
        ),
        E::MembershipEnds(e) if e.empty == 1 => format!(
            "the membership of {} ends {}: the index holds nothing of it",
            w.called(&e.token),
            w.at(e.ends_at)
        ),
        E::MembershipEnds(e) => format!(
            "{} announced the end of the membership of {} for {}",
            w.who(&e.by),
            w.called(&e.token),
            w.at(e.ends_at)
        ),
        E::MembershipKept(e) => format!(
            "the membership of {} goes on: the index holds shares again",
            w.called(&e.token)
        ),
        E::MembershipEnded(e) => format!("the membership of {} ended", w.called(&e.token)),
        E::TakeOverAnnounced(e) => format!(
            "{} announced to take over the membership of {} from {}, from {}",
            w.who(&e.successor),
            w.called(&e.token),
            w.who(&e.member),
            w.at(e.effective_at)
        ),
        E::MembershipTakenOver(e) => format!(
            "{} took over the membership of {} from {}",
            w.who(&e.member),
            w.called(&e.token),
            w.who(&e.previous)
        ),
        E::LockedCollected(e) => format!(
            "{} got {} that were locked while {} was a member",
            w.who(&e.member),
            w.shares(e.shares),
            w.called(&e.token)
        ),
        E::MembershipClosed(e) => format!("the membership of {} was closed", w.called(&e.token)),
        E::PollOpposed(e) => format!(
            "the index answered against poll {} of {}",
            e.poll,
            w.called(&e.token)
        ),
        _ => return None,
    })
}
