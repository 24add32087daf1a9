//! Accounts as a node answers them: of any owner, with any bytes.

use {
    crate::bytes::Bytes,
    crate::reports,
    upside_sdk::{
        Pubkey, address,
        anchor::{Owner, ZeroCopy},
        fetch::{self, Raw},
        index::{
            Announcement, Basket, Candidacy, Lock, Membership, Offer, PooledIndex, Rebalance,
            Subject, Wrapper,
        },
        nonce,
        state::{
            ATTESTATION_SERVICE, Approval, Attestation, Attesters, Bid, Claim, Contribution,
            Credential, Grant, Holder, Identity, Pass, PersonalToken, Poll, Product, Round, Sale,
            decode,
        },
    },
    upside_support::mint_policy,
};

/// The first byte chooses what the others are.
pub fn run(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else {
        return;
    };
    match kind % 8 {
        0 => any_type(rest),
        1 => credential(rest),
        2 => mint(rest),
        3 => drop(nonce::parse(rest)),
        4 => reports::token(&mut Bytes(rest)),
        5 => reports::index(&mut Bytes(rest)),
        6 => reports::quotes(&mut Bytes(rest)),
        _ => reports::passes(&mut Bytes(rest)),
    }
}

/// Bytes as they came, and the same behind each type's discriminator.
fn any_type(data: &[u8]) {
    of::<PersonalToken>(data);
    of::<Holder>(data);
    of::<Round>(data);
    of::<Contribution>(data);
    of::<Claim>(data);
    of::<Attestation>(data);
    of::<Attesters>(data);
    of::<Poll>(data);
    of::<Approval>(data);
    of::<Grant>(data);
    of::<Sale>(data);
    of::<Bid>(data);
    of::<Product>(data);
    of::<Pass>(data);
    of::<Identity>(data);
    of::<PooledIndex>(data);
    of::<Membership>(data);
    of::<Basket>(data);
    of::<Rebalance>(data);
    of::<Announcement>(data);
    of::<Offer>(data);
    of::<Subject>(data);
    of::<Lock>(data);
    of::<Candidacy>(data);
    of::<Wrapper>(data);
}

fn of<T: ZeroCopy + Owner>(data: &[u8]) {
    let key = Pubkey::default();
    let own = [T::DISCRIMINATOR, data].concat();
    for bytes in [data, &own] {
        let stranger = decode::<T>(&key, &key, bytes);
        assert!(stranger.is_err(), "accounts of strangers are refused");
        if let Ok(account) = decode::<T>(&key, &T::owner(), bytes) {
            assert_eq!(bytes.len(), 8 + size_of::<T>());
            assert_eq!(account.key, key);
        }
    }
}

fn credential(data: &[u8]) {
    let Some(found) = Credential::read(data) else {
        return;
    };
    assert!(found.expiry != 0 || !found.is_expired(i64::MAX));
    let wanted = (&found.credential, &found.schema);
    // At any address but its own it is nobody's.
    let elsewhere = (&Pubkey::default(), &ATTESTATION_SERVICE, data);
    assert!(Credential::of(elsewhere, wanted, &found.nonce).is_err());
    let own = address::find_credential(&found.credential, &found.schema, &found.nonce).0;
    let read = Credential::of((&own, &ATTESTATION_SERVICE, data), wanted, &found.nonce);
    assert_eq!(read.ok(), Some(found));
}

fn mint(data: &[u8]) {
    for owner in [address::TOKEN_PROGRAM, address::TOKEN_2022_PROGRAM] {
        let admitted = mint_policy::check_data(&owner, data);
        let raw = Raw {
            key: Pubkey::default(),
            owner,
            data: data.to_vec(),
            lamports: 1,
        };
        let read = fetch::mint_info(&raw);
        if let Ok(facts) = admitted {
            let read = read.expect("what programs admit, clients can read");
            assert_eq!(read.decimals, facts.decimals);
        }
    }
    let _ = (fetch::metadata(data), fetch::token_amount(data));
}
