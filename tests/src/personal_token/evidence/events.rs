//! Events of evidence, policies, polls, owners and endings.

use {
    crate::model::poll::{about, auction, numbers},
    crate::oracle::events::{markets::Moves, same},
    upside_sdk::event::TokenEvent,
};

/// Every field of an event.
pub(crate) fn check(event: &TokenEvent, moves: &Moves) {
    let token = &moves.token;
    let it = &moves.after.tokens[token];
    let now = moves.after.now;
    let notice = now + i64::from(it.terms.notice_seconds);
    let list = |model: &crate::oracle::events::Model| model.attesters.get(token).copied();
    let listed = |model: &crate::oracle::events::Model, key: &upside_sdk::Pubkey| {
        list(model).is_some_and(|list| list.contains(key))
    };
    match event {
        TokenEvent::AttesterAccepted(said) => {
            assert!(listed(moves.after, &said.attester), "AttesterAccepted");
            same!(said, "AttesterAccepted"; origin = 0);
        }
        TokenEvent::SuccessorNamed(said) => {
            let none = said.successor == upside_sdk::Pubkey::default();
            let list = list(moves.after).expect("there is a list");
            let seat = list.seat(&said.attester).expect("it sits");
            let named = list.seats[seat].expect("it sits").successor;
            let expected = (!none).then_some((said.successor, notice));
            assert_eq!(named, expected, "SuccessorNamed");
            same!(said, "SuccessorNamed"; effective_at = notice);
        }
        TokenEvent::AttesterSucceeded(said) => {
            let [was, is] = [moves.before, moves.after]
                .map(|model| [said.attester, said.successor].map(|key| listed(model, &key)));
            assert_eq!(
                (was, is),
                ([true, false], [false, true]),
                "AttesterSucceeded"
            );
        }
        TokenEvent::AttesterRemoved(said) => {
            let was = listed(moves.before, &said.attester);
            let is = listed(moves.after, &said.attester);
            assert_eq!((was, is), (true, false), "AttesterRemoved");
        }
        TokenEvent::ThresholdSet(said) => {
            let list = list(moves.after).expect("there is a list");
            same!(said, "ThresholdSet"; threshold = u64::from(list.threshold));
        }
        TokenEvent::ClaimAttested(said) => {
            let place = (*token, said.claim, said.attester);
            let signed = moves.after.attestations[&place];
            let statement = signed.said;
            same!(
                said, "ClaimAttested";
                units = statement.units, value = statement.value, cost = statement.cost,
                cost_at = signed.cost_at, expires_at = statement.expires_at,
                document = statement.document,
            );
        }
        TokenEvent::AttestationRevoked(said) => {
            let place = (*token, said.claim, said.attester);
            assert!(moves.before.attestations.contains_key(&place));
        }
        TokenEvent::ClaimDisputed(said) => {
            let claim = &moves.after.claims[&(*token, said.claim)];
            let seat = list(moves.after).and_then(|list| list.seat(&said.attester));
            assert!(
                claim.disputes.contains(&seat.expect("it sits")),
                "ClaimDisputed"
            );
            same!(said, "ClaimDisputed"; reasons = [4; 32]);
        }
        TokenEvent::AuctionAnnounced(said) => {
            let auction = moves.after.claims[&(*token, said.claim)].auction;
            same!(
                said, "AuctionAnnounced";
                auction = auction.number, units = auction.units, start = auction.start,
                end = auction.end, noted = auction.noted, starts_at = auction.starts_at,
                ends_at = auction.ends_at, poll = auction.poll,
            );
        }
        TokenEvent::AuctionAsked(said) => {
            let mine = &moves.after.polls[&(*token, said.poll)];
            let asked = auction(&mine.change).expect("it asks for one");
            same!(
                said, "AuctionAsked";
                poll = it.polls_put - 1, claim = about(&mine.change), units = asked.units,
                start = asked.start, end = asked.end, seconds = u64::from(asked.seconds),
                noted = mine.before.0,
            );
        }
        TokenEvent::AuctionBought(said) => {
            let [was, is] = [moves.before, moves.after].map(|model| {
                let claim = &model.claims[&(*token, said.claim)];
                (claim.auction, claim.received)
            });
            same!(
                said, "AuctionBought";
                auction = is.0.number, units = is.0.sold - was.0.sold, paid = is.1 - was.1,
                left = is.0.left(now),
            );
        }
        TokenEvent::AuctionCancelled(said) => {
            let [was, is] = [moves.before, moves.after]
                .map(|model| model.claims[&(*token, said.claim)].auction);
            same!(
                said, "AuctionCancelled";
                auction = is.number, unsold = was.units - is.units,
            );
        }
        TokenEvent::ClaimSynced(said) => {
            let [was, is] =
                [moves.before, moves.after].map(|model| model.claims[&(*token, said.claim)].held());
            same!(
                said, "ClaimSynced";
                found = is.saturating_sub(was), lost = was.saturating_sub(is),
            );
        }
        TokenEvent::RevenueReported(said) => {
            let claim = &moves.after.claims[&(*token, said.claim)];
            let (year, month) = (said.period / 100, said.period % 100);
            let (year, month) = (year + (month + 1) / 12, (month + 1) % 12 + 1);
            same!(
                said, "RevenueReported";
                period = claim.reported_period, gross = claim.gross[1], first = claim.gross[0],
                corrections = u64::from(claim.corrections), due = claim.due_last,
                unpaid = claim.due.saturating_sub(claim.received),
                due_at = crate::model::claim::start_of((year, month)),
            );
        }
        TokenEvent::IdentityAttested(said) => {
            let identity_attestation = moves.after.identities[&(*token, said.attester)].0;
            same!(
                said, "IdentityAttested";
                owner = identity_attestation.owner, subject = identity_attestation.subject, document = identity_attestation.document,
                expires_at = identity_attestation.expires_at,
            );
        }
        TokenEvent::IdentityRevoked(said) => {
            let place = (*token, said.attester);
            let identity_attestation = moves.before.identities[&place].0;
            same!(said, "IdentityRevoked"; owner = identity_attestation.owner);
        }
        TokenEvent::OwnerSeen(said) => same!(said, "OwnerSeen"; at = it.owner_seen),
        TokenEvent::ExecutorSet(said) => same!(said, "ExecutorSet"; executor = it.executor),
        TokenEvent::TokenWoundUp(said) => {
            same!(
                said, "TokenWoundUp";
                executor = it.executor, owner_seen = it.owner_seen,
            );
        }
        TokenEvent::OwnershipAccepted(said) => {
            let was = &moves.before.tokens[token];
            same!(
                said, "OwnershipAccepted";
                previous = was.owner, owner = it.owner, guardian = was.guardian,
                registrar = was.registrar, executor = was.executor,
            );
        }
        _ => terms(event, moves),
    }
}

fn terms(event: &TokenEvent, moves: &Moves) {
    let token = &moves.token;
    let it = &moves.after.tokens[token];
    let (admission, transfer_policy, credential, schema) = it.policy;
    match event {
        TokenEvent::PolicyAnnounced(said) => {
            let (policy, at) = it.pending_policy.expect("it was announced");
            same!(
                said, "PolicyAnnounced";
                admission = u64::from(policy.0), transfer_policy = u64::from(policy.1),
                credential = policy.2, schema = policy.3, effective_at = at,
            );
        }
        TokenEvent::PolicyApplied(said) => same!(
            said, "PolicyApplied";
            admission = u64::from(admission), transfer_policy = u64::from(transfer_policy),
            credential = credential, schema = schema,
        ),
        TokenEvent::PolicyCancelled(said) => same!(
            said, "PolicyCancelled";
            admission = u64::from(admission), transfer_policy = u64::from(transfer_policy),
        ),
        TokenEvent::TermsRelaxed(said) => same!(
            said, "TermsRelaxed";
            supply_cap = it.terms.supply_cap, floor = it.terms.floor,
            terms_version = it.terms_version,
            cash_out_tax_bps = u64::from(it.terms.cash_out_tax_bps),
            royalty_bps = u64::from(it.terms.royalty_bps),
        ),
        TokenEvent::PollPut(said) => {
            let mine = &moves.after.polls[&(*token, said.poll)];
            let (kind, (value, ends_at, share_bps, ..)) = numbers(&mine.change);
            same!(
                said, "PollPut";
                poll = it.polls_put - 1, place = mine.place as u64, kind = u64::from(kind),
                against_holders = u64::from(mine.against_holders),
                claim = about(&mine.change),
                subject = moves.after.subject(token, &mine.change),
                before = mine.before.0, after = value, ends_at = ends_at,
                share_bps = u64::from(share_bps), document = mine.document, by = mine.put_by,
                eligible = mine.eligible, supply = mine.supply, lapses_at = mine.lapses_at,
            );
        }
        TokenEvent::PollAnswered(said) => {
            let mine = &moves.after.polls[&(*token, said.poll)];
            let mark = moves.after.diary(token, &said.wallet).marks[mine.place];
            let (in_favor, against) = moves.after.counted(token, said.poll);
            let answer = match mark.says {
                Some(true) => 0,
                Some(false) => 1,
                None => 2,
            };
            same!(
                said, "PollAnswered";
                weight = mark.weight, answer = answer, in_favor = in_favor,
                against = against, eligible = moves.after.eligible(token),
                passed_at = mine.passed_at,
            );
        }
        TokenEvent::PollApplied(said) => {
            let mine = &moves.after.polls[&(*token, said.poll)];
            let (kind, (value, ..)) = numbers(&mine.change);
            let (in_favor, against) = moves.before.counted(token, said.poll);
            same!(
                said, "PollApplied";
                kind = u64::from(kind), claim = about(&mine.change),
                subject = moves.after.subject(token, &mine.change),
                before = mine.before.0, after = value, in_favor = in_favor,
                against = against, eligible = moves.before.eligible(token),
                terms_version = it.terms_version,
            );
        }
        TokenEvent::PollEnded(said) => {
            let place = (*token, said.poll);
            let mine = &moves.before.polls[&place];
            let open = moves.before.tokens[token]
                .open_polls
                .contains(&Some(said.poll));
            let lapsed = moves.after.now > mine.lapses_at;
            // Who put it may cancel what has lapsed, too.
            match said.why {
                0 => assert!(open, "PollEnded"),
                1 => assert!(open && lapsed, "PollEnded"),
                2 => assert!(!open, "PollEnded"),
                _ => assert!(open && !lapsed && mine.place >= 2, "PollEnded"),
            }
            assert!(!moves.after.polls.contains_key(&place));
        }
        TokenEvent::PollsVoided(said) => {
            let was = moves.before.tokens[token].open_polls;
            for ((said, was), is) in said.polls.iter().zip(was).zip(it.open_polls) {
                let voided = if is.is_none() { was } else { None };
                assert_eq!(*said, voided.map_or(0, |number| number + 1), "PollsVoided");
            }
        }
        _ => {}
    }
}
