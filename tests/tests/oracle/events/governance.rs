//! Events of evidence, policies, amendments, owners and endings.

use {
    super::{markets::Moves, same},
    upside_sdk::event::TokenEvent,
    upside_tests::model::amendment::numbers,
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
                creator = it.creator, subject = voucher.subject, document = voucher.document,
                expires_at = voucher.expires_at,
            );
        }
        TokenEvent::IdentityRevoked(said) => {
            same!(said, "IdentityRevoked"; creator = it.creator);
            let place = (*token, said.attester);
            assert!(moves.before.identities.contains_key(&place));
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
            let previous = moves.before.tokens[token].owner;
            same!(said, "OwnershipAccepted"; previous = previous, owner = it.owner);
        }
        _ => terms(event, moves),
    }
}

fn terms(event: &TokenEvent, moves: &Moves) {
    let token = &moves.token;
    let it = &moves.after.tokens[token];
    let (admission, transfer_policy, credential, schema) = it.policy;
    let tally = moves.after.tally(token);
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
            cash_out_tax_bps = u64::from(it.terms.cash_out_tax_bps),
            royalty_bps = u64::from(it.terms.royalty_bps),
        ),
        TokenEvent::AmendmentProposed(said) => {
            let mine = &moves.after.amendments[&(*token, said.amendment)];
            let (kind, (value, ends_at, share_bps)) = numbers(&mine.change);
            same!(
                said, "AmendmentProposed";
                amendment = it.amendments - 1, kind = u64::from(kind),
                claim = mine.change.claim().unwrap_or(0), value = value, ends_at = ends_at,
                share_bps = u64::from(share_bps), document = mine.document,
                effective_at = mine.effective_at, expires_at = mine.expires_at,
            );
        }
        TokenEvent::ApprovalChanged(said) => {
            let holder = &moves.after.holders[&(*token, said.wallet)];
            let approves = holder.ballot == said.amendment + 1;
            same!(
                said, "ApprovalChanged";
                shares = holder.shares, approves = u64::from(approves),
                approving = tally.approving, eligible = moves.after.eligible(token),
            );
        }
        TokenEvent::AmendmentApplied(said) => {
            let mine = &moves.after.amendments[&(*token, said.amendment)];
            let (kind, (value, ..)) = numbers(&mine.change);
            same!(
                said, "AmendmentApplied";
                kind = u64::from(kind), claim = mine.change.claim().unwrap_or(0),
                before = mine.before.0, after = value,
                approving = moves.before.tally(token).approving,
                eligible = moves.before.eligible(token),
            );
        }
        TokenEvent::AmendmentClosed(said) => {
            let place = (*token, said.amendment);
            let expired = moves.after.now > moves.before.amendments[&place].expires_at;
            // The owner may withdraw what has expired too.
            assert!(expired || said.expired == 0, "AmendmentClosed");
            assert!(!moves.after.amendments.contains_key(&place));
        }
        _ => {}
    }
}
