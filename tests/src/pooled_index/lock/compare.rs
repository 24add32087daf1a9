//! Announced actions, locks and candidacies.

use {
    crate::model::compare::{Found, same},
    crate::model::{
        Model,
        index::{VERSION, actions::Announced, locks::Lock},
    },
    upside_sdk::{
        Pubkey,
        index::{
            Action, Announcement, Candidacy, FeeRecipient, IndexParameters, Lock as LockData,
            StoredAction, find_announcement, find_candidacy, find_lock,
        },
    },
};

/// An action by what its place in an account says: kind, role, key, fees, recipients.
type Said = (u8, u8, Pubkey, [u16; 3], [(Pubkey, u16); 4]);

fn stored(of: &StoredAction) -> Said {
    let IndexParameters {
        management_fee_bps,
        entry_fee_bps,
        exit_fee_bps,
        ..
    } = of.fees;
    let fees = [management_fee_bps, entry_fee_bps, exit_fee_bps];
    let named = |it: FeeRecipient| (it.key, it.portion_bps);
    (of.kind, of.role, of.key, fees, of.recipients.map(named))
}

fn said(action: Option<&Action>) -> Said {
    let (nobody, none) = (Pubkey::default(), [(Pubkey::default(), 0); 4]);
    match action {
        None => (0, 0, nobody, [0; 3], none),
        Some(Action::SetFees(of)) => {
            let fees = [of.management_fee_bps, of.entry_fee_bps, of.exit_fee_bps];
            (1, 0, nobody, fees, none)
        }
        Some(Action::SetRecipients(all)) => {
            let mut recipients = none;
            for (place, it) in recipients.iter_mut().zip(all) {
                *place = (it.key, it.portion_bps);
            }
            (2, 0, nobody, [0; 3], recipients)
        }
        Some(Action::SetRole { role, key }) => (3, *role as u8, *key, [0; 3], none),
        Some(Action::ListCoin { mint }) => (4, 0, *mint, [0; 3], none),
        Some(Action::UnlistCoin { mint }) => (5, 0, *mint, [0; 3], none),
    }
}

pub(crate) fn announcement(
    found: &mut Found,
    model: &Model,
    (index, nonce): (&Pubkey, u64),
    data: &Announcement,
    mine: &Announced,
) {
    let bump = find_announcement(index, nonce).1;
    found.field("layout", (data.version, data.bump), (VERSION, bump));
    found.field("index", data.index, *index);
    found.field("rent_payer", data.rent_payer, model.payer);
    found.field("nonce", data.nonce, nonce);
    found.field("count", usize::from(data.count), mine.actions.len());
    same!(found, data, mine; effective_at);
    for (place, action) in data.actions.iter().enumerate() {
        let model = said(mine.actions.get(place));
        found.field(&format!("actions[{place}]"), stored(action), model);
    }
}

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
        let chain = (mark.nonce, mark.weight, mark.side);
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
