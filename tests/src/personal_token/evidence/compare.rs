//! Attesters, attestations, identity attestations for creators, polls.

use {
    crate::model::compare::{Found, of, same},
    crate::model::{
        Attesters, Model, Place, Poll, Receipt,
        evidence::Signed,
        naming::Naming,
        poll::{Numbers, about, numbers},
    },
    solana_account::Account,
    upside_sdk::{
        Pubkey,
        address::find_claim,
        state::{self, Figures, IdentityAttestation, NameTexts, text},
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

fn attesters(
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
        found.field(&format!("origins[{number}]"), data.origins[number], origin);
        let there = data.successors[number];
        found.field(&format!("successors[{number}]"), there, successor);
        found.field(
            &format!("handover_at[{number}]"),
            data.handover_at[number],
            at,
        );
    }
}

fn attestation(
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

fn identity(
    found: &mut Found,
    model: &Model,
    (token, attester): (Pubkey, Pubkey),
    data: &state::Identity,
    (mine, signed_at): &(IdentityAttestation, i64),
) {
    found.field("token", data.token, token);
    found.field("attester", data.attester, attester);
    found.field("rent_payer", data.rent_payer, model.payer);
    found.field("signed_at", data.signed_at, *signed_at);
    same!(found, data, mine; owner, subject, document, expires_at);
}

fn poll(
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
    found.field("status", data.status, u8::from(applied));
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

fn receipt(
    found: &mut Found,
    (token, wallet, number): (Pubkey, Pubkey, u64),
    data: &state::Receipt,
    mine: &Receipt,
) {
    found.field("token", data.token, token);
    found.field("wallet", data.wallet, wallet);
    found.field("number", data.number, number);
    let mut taken = [0; 4];
    for estate in &mine.taken {
        taken[(estate / 64) as usize] |= 1u64 << (estate % 64);
    }
    found.field("taken", data.taken, taken);
    same!(found, data, mine; rent_payer, shares, estates);
}

fn plain(figures: &Figures) -> Numbers {
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

fn naming(found: &mut Found, model: &Model, token: &Pubkey, data: &state::Naming, mine: &Naming) {
    let none = (NameTexts::default(), 0, 0);
    let (texts, announced_at, effective_at) = mine.announced.clone().unwrap_or(none);
    found.field("token", data.token, *token);
    found.field("rent_payer", data.rent_payer, model.payer);
    found.field("changes", data.changes, mine.changes());
    found.field("announced_at", data.announced_at, announced_at);
    found.field("effective_at", data.effective_at, effective_at);
    found.field("renamed", data.renamed, mine.renamed);
    let read = |text: &Option<String>| text.clone().unwrap_or_default();
    found.field(
        "name",
        text::read(&data.name).to_string(),
        read(&texts.name),
    );
    found.field(
        "symbol",
        text::read(&data.symbol).to_string(),
        read(&texts.symbol),
    );
    found.field("uri", text::read(&data.uri).to_string(), read(&texts.uri));
    let former = data.former_names().into_iter();
    let former: Vec<_> = former
        .map(|(name, symbol, until)| (name.to_string(), symbol.to_string(), until))
        .collect();
    found.field("former", former, mine.former.clone());
}
