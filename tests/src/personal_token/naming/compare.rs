//! Announced and former names.

use {
    crate::model::compare::Found,
    crate::model::{Model, naming::Naming},
    upside_sdk::{
        Pubkey,
        state::{self, NameTexts, text},
    },
};

pub(crate) fn naming(
    found: &mut Found,
    model: &Model,
    token: &Pubkey,
    data: &state::Naming,
    mine: &Naming,
) {
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
