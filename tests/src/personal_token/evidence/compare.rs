//! Attesters, attestations, identity attestations for creators, polls.

use crate::personal_token::{
    ending::compare::receipt, identity::compare::identity, naming::compare::naming,
};
use {
    crate::model::compare::{Found, of, same},
    crate::model::{
        Attesters, Model, Place, Poll,
        evidence::Signed,
        poll::{Numbers, about, numbers},
    },
    solana_account::Account,
    upside_sdk::{
        Pubkey,
        address::find_claim,
        state::{self, Figures},
    },
};

pub(crate) fn check(found: &mut Found, model: &Model, place: Place, account: Option<&Account>) {
    match place {
        Place::Attesters(token) => {
            let mine = model.attesters.get(&token);
            of(found, account, mine, |found, data, mine| {
                attesters(found, model, token, data, mine);
            });
        }
        Place::Attestation(token, claim, attester) => {
            let key = (token, claim, attester);
            let mine = model.attestations.get(&key);
            of(found, account, mine, |found, data, mine| {
                attestation(found, model, key, data, mine);
            });
        }
        Place::Identity(token, attester) => {
            let key = (token, attester);
            let mine = model.identities.get(&key);
            of(found, account, mine, |found, data, mine| {
                identity(found, model, key, data, mine);
            });
        }
        Place::Naming(token) => {
            let mine = model.naming.get(&token);
            of(found, account, mine, |found, data, mine| {
                naming(found, model, &token, data, mine);
            });
        }
        Place::Receipt(token, wallet, number) => {
            let mine = model.receipts.get(&(token, wallet, number));
            of(found, account, mine, |found, data, mine| {
                receipt(found, (token, wallet, number), data, mine);
            });
        }
        Place::Poll(token, number) => {
            let key = (token, number);
            let mine = model.polls.get(&key);
            of(found, account, mine, |found, data, mine| {
                poll(found, model, key, data, mine);
            });
        }
        _ => found.field("subject", true, false),
    }
}

pub(crate) fn attesters(
    found: &mut Found,
    model: &Model,
    token: Pubkey,
    data: &state::Attesters,
    mine: &Attesters,
) {
    found.field("token", data.token, token);
    found.field("rent_payer", data.rent_payer, model.payer);
    found.field("threshold", data.threshold, mine.threshold);
    for (number, seat) in mine.seats.iter().enumerate() {
        let key = seat.map_or(Pubkey::default(), |seat| seat.key);
        let (successor, at) = seat.and_then(|seat| seat.successor).unwrap_or_default();
        let (since, origin) = seat.map_or((0, 0), |seat| (seat.since, seat.origin));
        found.field(&format!("keys[{number}]"), data.keys[number], key);
        found.field(&format!("since[{number}]"), data.since[number], since);
        found.field(
            &format!("origins[{number}]"),
            data.origins[number].raw(),
            origin,
        );
        let there = data.successors[number];
        found.field(&format!("successors[{number}]"), there, successor);
        found.field(
            &format!("handover_at[{number}]"),
            data.handover_at[number],
            at,
        );
    }
}

pub(crate) fn attestation(
    found: &mut Found,
    model: &Model,
    (token, claim, attester): (Pubkey, u64, Pubkey),
    data: &state::Attestation,
    signed: &Signed,
) {
    found.field("token", data.token, token);
    found.field("claim", data.claim, find_claim(&token, claim).0);
    found.field("attester", data.attester, attester);
    found.field("rent_payer", data.rent_payer, model.payer);
    found.field("number", data.number, claim);
    same!(found, data, signed; signed_at, cost_at);
    let mine = &signed.said;
    same!(found, data, mine; terms, document, units, value, cost, expires_at);
}

pub(crate) fn poll(
    found: &mut Found,
    model: &Model,
    (token, number): (Pubkey, u64),
    data: &state::Poll,
    mine: &Poll,
) {
    let (kind, after) = numbers(&mine.change);
    let applied = mine.applied_at.is_some();
    found.field("token", data.token, token);
    found.field("number", data.number, number);
    found.field("kind", data.kind, kind);
    found.field("status", data.status.raw(), u8::from(applied));
    found.field("place", usize::from(data.place), mine.place);
    found.field("claim", data.claim, about(&mine.change));
    let subject = model.subject(&token, &mine.change);
    found.field("subject", data.subject, subject);
    found.field("before", plain(&data.before), mine.before);
    found.field("after", plain(&data.after), after);
    found.field("notice_seconds", data.notice_seconds, mine.notice);
    found.field("applied_at", data.applied_at, mine.applied_at.unwrap_or(0));
    same!(
        found, data, mine;
        put_by, owner, rent_payer, document, supply, put_at, lapses_at,
    );
}

pub(crate) fn plain(figures: &Figures) -> Numbers {
    let Figures {
        value,
        ends_at,
        units,
        seconds,
        share_bps,
        ..
    } = *figures;
    (value, ends_at, share_bps, units, seconds)
}
