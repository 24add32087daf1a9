//! Announced actions, locks and candidacies.

use {
    crate::model::compare::{Found, same},
    crate::model::{
        Model,
        index::{VERSION, locks::Lock},
    },
    upside_sdk::{
        Pubkey,
        index::{Candidacy, Lock as LockData, find_candidacy, find_lock},
    },
};

/// An action by what its place in an account says: kind, role, key, fees, recipients.
pub(crate) type Said = (u8, u8, Pubkey, [u16; 3], [(Pubkey, u16); 4]);

pub(crate) fn lock(
    found: &mut Found,
    model: &Model,
    (index, wallet): (&Pubkey, &Pubkey),
    data: &LockData,
    mine: &Lock,
) {
    let bump = find_lock(index, wallet).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("wallet", data.wallet, *wallet);
    found.field("rent_payer", data.rent_payer, model.payer);
    same!(found, data, mine; shares, since, backing);
    let backs = mine.backs;
    let backs = backs.map(|(candidate, number)| (find_candidacy(index, &candidate).0, number));
    let chain = (data.candidacy, data.candidacy_number);
    found.field("candidacy", chain, backs.unwrap_or_default());
    for (place, mark) in data.marks.iter().enumerate() {
        let model = mine.marks[place].as_ref();
        let model = model.map(|it| (it.nonce, it.weight, it.side as u8));
        let chain = (mark.nonce, mark.weight, mark.side.raw());
        found.field(&format!("marks[{place}]"), chain, model.unwrap_or_default());
    }
}

pub(crate) fn candidacy(
    found: &mut Found,
    model: &Model,
    (index, candidate): (&Pubkey, &Pubkey),
    data: &Candidacy,
    number: u64,
) {
    let bump = find_candidacy(index, candidate).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("candidate", data.candidate, *candidate);
    found.field("rent_payer", data.rent_payer, model.payer);
    found.field("number", data.number, number);
    let support = model.indexes[index].backers(number);
    found.field("support", data.support, support);
}
