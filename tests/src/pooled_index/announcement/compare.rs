//! Announced actions.

use crate::pooled_index::lock::compare::*;
use {
    crate::model::compare::{Found, same},
    crate::model::{
        Model,
        index::{VERSION, actions::Announced},
    },
    upside_sdk::{
        Pubkey,
        index::{
            Action, Announcement, FeeRecipient, IndexParameters, StoredAction, find_announcement,
        },
    },
};

pub(crate) fn stored(of: &StoredAction) -> Said {
    let IndexParameters {
        management_fee_bps,
        entry_fee_bps,
        exit_fee_bps,
        ..
    } = of.fees;
    let fees = [management_fee_bps, entry_fee_bps, exit_fee_bps];
    let named = |it: FeeRecipient| (it.key, it.portion_bps);
    (
        of.kind.raw(),
        of.role.raw(),
        of.key,
        fees,
        of.recipients.map(named),
    )
}

pub(crate) fn said(action: Option<&Action>) -> Said {
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
