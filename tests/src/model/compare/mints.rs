//! Mints and token accounts.

use {
    super::Found,
    crate::model::Model,
    solana_account::Account,
    upside_sdk::{Pubkey, fetch::token_amount, index::find_shares},
};

pub(crate) fn mint(found: &mut Found, model: &Model, account: Option<&Account>, key: &Pubkey) {
    let mine = model.mints.get(key);
    found.field("exists", account.is_some(), mine.is_some());
    if let (Some(account), Some(mine)) = (account, mine) {
        found.field("token program", account.owner, mine.program);
        found.field("supply", number(&account.data, 36), Some(mine.supply));
        found.field(
            "decimals",
            account.data.get(44).copied(),
            Some(mine.decimals),
        );
        if let Some((owner, texts_on_it)) = share_mint(model, key) {
            // The token or index alone mints, nobody freezes.
            let authority = [&[1, 0, 0, 0], owner.as_ref()].concat();
            found.field(
                "mint authority",
                account.data.get(..36),
                Some(&authority[..]),
            );
            found.field(
                "freeze authority",
                account.data.get(46..82),
                Some(&[0; 36][..]),
            );
            found.field("metadata", texts(&account.data), Some(texts_on_it));
        }
    }
}

/// Who mints these shares, and the texts on them.
pub(crate) fn share_mint(model: &Model, key: &Pubkey) -> Option<(Pubkey, [String; 3])> {
    let token = model.tokens.iter().find(|(_, token)| token.mint == *key);
    if let Some((owner, token)) = token {
        return Some((*owner, token.metadata.clone()));
    }
    let mut indexes = model.indexes.iter();
    let (owner, index) = indexes.find(|(owner, _)| find_shares(owner).0 == *key)?;
    let texts = [&index.name, &index.symbol, &index.uri].map(Clone::clone);
    Some((*owner, texts))
}

/// Name, symbol and URI on a share mint: its entry of type 19, past two addresses.
pub(crate) fn texts(data: &[u8]) -> Option<[String; 3]> {
    let mut rest = data.get(166..)?;
    loop {
        let kind = u16::from_le_bytes(rest.get(..2)?.try_into().ok()?);
        let length = u16::from_le_bytes(rest.get(2..4)?.try_into().ok()?);
        let value = rest.get(4..4 + usize::from(length))?;
        if kind == 19 {
            let mut value = value.get(64..)?;
            let mut texts = [const { String::new() }; 3];
            for text in &mut texts {
                let length = u32::from_le_bytes(value.get(..4)?.try_into().ok()?);
                let end = 4 + usize::try_from(length).ok()?;
                *text = String::from_utf8(value.get(4..end)?.to_vec()).ok()?;
                value = value.get(end..)?;
            }
            return Some(texts);
        }
        rest = rest.get(4 + usize::from(length)..)?;
    }
}

pub(crate) fn number(data: &[u8], at: usize) -> Option<u64> {
    let bytes = data.get(at..at + 8)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

pub(crate) fn account(
    found: &mut Found,
    account: Option<&Account>,
    owner: &Pubkey,
    mint: &Pubkey,
    mine: Option<u64>,
) {
    found.field("exists", account.is_some(), mine.is_some());
    if let (Some(account), Some(atoms)) = (account, mine) {
        found.field("mint", account.data.get(..32), Some(mint.as_ref()));
        found.field("owner", account.data.get(32..64), Some(owner.as_ref()));
        found.field("amount", token_amount(&account.data), Some(atoms));
        // Initialized, not frozen, and nobody else may move or close it.
        let mut others = [0; 93];
        others[36] = 1;
        found.field("authorities", account.data.get(72..165), Some(&others[..]));
    }
}
