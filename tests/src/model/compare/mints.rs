//! Mints and token accounts.

use {
    super::Found,
    crate::model::Mint,
    solana_account::Account,
    upside_sdk::{Pubkey, fetch::token_amount},
};

pub(super) fn mint(found: &mut Found, account: Option<&Account>, mine: Option<&Mint>) {
    found.field("exists", account.is_some(), mine.is_some());
    if let (Some(account), Some(mine)) = (account, mine) {
        found.field("token program", account.owner, mine.program);
        found.field("supply", number(&account.data, 36), Some(mine.supply));
        found.field(
            "decimals",
            account.data.get(44).copied(),
            Some(mine.decimals),
        );
    }
}

fn number(data: &[u8], at: usize) -> Option<u64> {
    let bytes = data.get(at..at + 8)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn account(
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
    }
}
