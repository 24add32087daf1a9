//! Offers, memberships, and the humans that they are about.

use {
    crate::model::compare::{Found, same},
    crate::model::{
        Model,
        index::{self, VERSION, members},
    },
    upside_sdk::{
        Pubkey,
        index::{Membership, Offer, Subject, find_membership, find_offer, find_subject},
    },
};

pub(crate) fn membership(
    found: &mut Found,
    (index, token): (&Pubkey, &Pubkey),
    data: &Membership,
    mine: &members::Membership,
) {
    let bump = find_membership(index, token).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("token", data.token, *token);
    found.field("status", data.status.raw(), mine.status as u8);
    found.field("ending", data.ending.raw(), mine.ending as u8);
    let (successor, from) = mine.successor.unwrap_or_default();
    found.field("successor", data.successor, successor);
    found.field("successor_at", data.successor_at, from);
    let subject = mine.subject.map(|subject| find_subject(index, &subject).0);
    found.field("subject", data.subject, subject.unwrap_or_default());
    same!(
        found, data, mine;
        member, rent_payer, token_shares, index_shares, locked, joined_at, ends_at,
    );
    let checkpoints = data.checkpoints.map(|index| index.unsigned());
    found.field("checkpoints", checkpoints, mine.checkpoints);
    let owed = data.owed.map(|atoms| atoms.unsigned());
    found.field("owed", owed, mine.owed);
}

pub(crate) fn offer(
    found: &mut Found,
    (index, nonce): (&Pubkey, u64),
    data: &Offer,
    mine: &members::Offer,
) {
    let bump = find_offer(index, nonce).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("nonce", data.nonce, nonce);
    same!(
        found, data, mine;
        token, rent_payer, token_shares, index_shares, cap, offered_at, acceptable_from,
    );
}

/// What keeps a human from a second membership, and whose it is.
pub(crate) fn subject(
    found: &mut Found,
    model: &Model,
    (index, subject): (&Pubkey, &[u8; 32]),
    data: &Subject,
    mine: &index::PooledIndex,
) {
    let bump = find_subject(index, subject).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("rent_payer", data.rent_payer, model.payer);
    let mut people = mine.people.iter();
    let whose = people.find(|(_, mine)| mine.subject == Some(*subject));
    let whose = whose.map(|(token, _)| find_membership(index, token).0);
    found.field("membership", Some(data.membership), whose);
}
