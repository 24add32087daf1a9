//! Events of evidence, policies, polls, owners and endings.

use {
    super::{markets::Moves, same},
    upside_sdk::event::TokenEvent,
    upside_tests::model::poll::{about, numbers},
};

/// Every field of an event.
pub(super) fn check(event: &TokenEvent, moves: &Moves) {
    let token = &moves.token;
    let it = &moves.after.tokens[token];
    let now = moves.after.now;
    let notice = now + i64::from(it.terms.notice_seconds);
    let list = |model: &super::Model| model.attesters.get(token).copied();
    let listed = |model, key| list(model).is_some_and(|list| list.contains(key));
    match event {
        TokenEvent::AttesterAdded(said) => {
            assert!(listed(moves.after, &said.attester), "AttesterAdded");
        }
        TokenEvent::AttesterRemovalAnnounced(said) => {
            assert!(
                listed(moves.after, &said.attester),
                "AttesterRemovalAnnounced"
            );
            same!(said, "AttesterRemovalAnnounced"; effective_at = notice);
        }
        TokenEvent::AttesterRemoved(said) => {
            let was = listed(moves.before, &said.attester);
            let is = listed(moves.after, &said.attester);
            assert_eq!((was, is), (true, false), "AttesterRemoved");
        }
        TokenEvent::ThresholdSet(said) => {
            let list = list(moves.after).expect("there is a list");
            let (threshold, at) = list.announced.unwrap_or((list.threshold, now));
            same!(
                said, "ThresholdSet";
                threshold = u64::from(threshold), effective_at = at,
            );
        }
        TokenEvent::ClaimAttested(said) => {
            let place = (*token, said.claim, said.attester);
            let statement = moves.after.attestations[&place].0;
            same!(
                said, "ClaimAttested";
                value = statement.value, expires_at = statement.expires_at,
                document = statement.document,
            );
        }
        TokenEvent::AttestationRevoked(said) => {
            let place = (*token, said.claim, said.attester);
            assert!(moves.before.attestations.contains_key(&place));
        }
        TokenEvent::ClaimDisputed(said) => {
            let claim = &moves.after.claims[&(*token, said.claim)];
            same!(said, "ClaimDisputed"; attester = claim.disputed_by, reasons = [4; 32]);
        }
        TokenEvent::IdentityVouched(said) => {
            let voucher = moves.after.identities[&(*token, said.attester)].0;
            same!(
                said, "IdentityVouched";
                owner = voucher.owner, subject = voucher.subject, document = voucher.document,
                expires_at = voucher.expires_at,
            );
        }
        TokenEvent::IdentityRevoked(said) => {
            let place = (*token, said.attester);
            let voucher = moves.before.identities[&place].0;
            same!(said, "IdentityRevoked"; owner = voucher.owner);
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
        TokenEvent::PolicyWithdrawn(said) => same!(
            said, "PolicyWithdrawn";
            admission = u64::from(admission), transfer_policy = u64::from(transfer_policy),
        ),
        TokenEvent::TermsEased(said) => same!(
            said, "TermsEased";
            supply_cap = it.terms.supply_cap, floor = it.terms.floor,
            terms_version = it.terms_version,
            cash_out_tax_bps = u64::from(it.terms.cash_out_tax_bps),
            royalty_bps = u64::from(it.terms.royalty_bps),
        ),
        TokenEvent::PollPut(said) => {
            let mine = &moves.after.polls[&(*token, said.poll)];
            let (kind, (value, ends_at, share_bps)) = numbers(&mine.change);
            same!(
                said, "PollPut";
                poll = it.polls_put - 1, place = mine.place as u64, kind = u64::from(kind),
                against_holders = u64::from(mine.against_holders),
                claim = about(&mine.change),
                subject = mine.change.attester().unwrap_or_default(),
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
                subject = mine.change.attester().unwrap_or_default(),
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
