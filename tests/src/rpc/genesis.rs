//! A chain of LiteSVM as the genesis of a validator.

use {
    base64::{Engine as _, engine::general_purpose::STANDARD},
    litesvm::LiteSVM,
    serde_json::json,
    solana_account::ReadableAccount,
    std::{fs, path::Path},
    upside_sdk::Pubkey,
};

/// Writes every account that `chain` has and `empty` has not into a folder that
/// `solana-test-validator --account-dir` reads. Returns how many there are.
///
/// # Errors
/// Those of files.
pub fn write(chain: &LiteSVM, empty: &LiteSVM, folder: &Path) -> std::io::Result<usize> {
    let has = &empty.accounts_db().inner;
    let accounts = chain.accounts_db().inner.iter();
    let new: Vec<_> = accounts
        .filter(|(key, _)| !has.contains_key(*key))
        .collect();
    for (key, account) in &new {
        let key: &Pubkey = key;
        let file = json!({
            "pubkey": key.to_string(),
            "account": {
                "lamports": account.lamports(),
                "data": [STANDARD.encode(account.data()), "base64"],
                "owner": account.owner().to_string(),
                "executable": account.executable(),
                "rentEpoch": u64::MAX,
                "space": account.data().len(),
            },
        });
        fs::write(folder.join(format!("{key}.json")), file.to_string())?;
    }
    Ok(new.len())
}
