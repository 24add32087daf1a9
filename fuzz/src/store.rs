//! The file that the embedded chain keeps: damaged, or made by somebody else.

use {
    crate::bytes::Bytes,
    redb::{Database, TableDefinition},
    std::{fs, path::Path, time::Duration},
    upside_localnet::{ClockMode, EmbeddedChain, Options},
    upside_sdk::Pubkey,
};

const ACCOUNTS: TableDefinition<&[u8; 32], &[u8]> = TableDefinition::new("accounts");
const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");
const TRANSACTIONS: TableDefinition<&[u8; 64], &[u8]> = TableDefinition::new("transactions");
const SIGNATURES: TableDefinition<&[u8; 40], &[u8; 64]> =
    TableDefinition::new("address_signatures");
const BLOCKS: TableDefinition<u64, &[u8; 64]> = TableDefinition::new("blocks");

/// A file of any bytes; a new chain's file with some bytes changed; or a sound file with
/// contents of any kind.
pub fn run(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder for the chain");
    let file = folder.path().join("chain.redb");
    match kind % 4 {
        0 => fs::write(&file, rest).expect("the file can be written"),
        1 => {
            drop(open(folder.path()));
            let mut content = fs::read(&file).expect("a new chain has a file");
            let mut bytes = Bytes(rest);
            while !bytes.0.is_empty() {
                let place = usize::from(bytes.short()) * 8 + usize::from(bytes.byte() % 8);
                if let Some(byte) = content.get_mut(place) {
                    *byte ^= bytes.byte();
                }
            }
            fs::write(&file, content).expect("the file can be written");
        }
        _ => filled(&file, &mut Bytes(rest)).expect("a database of any content can be made"),
    }
    let Some(chain) = open(folder.path()) else {
        return;
    };
    // What opens can be used, or says why it cannot.
    let key = Pubkey::default();
    let _ = (chain.now(), chain.slot(), chain.account(&key));
    let _ = (chain.advance(10), chain.airdrop(&key, 5));
    let _ = (chain.now(), chain.slot());
}

fn open(folder: &Path) -> Option<EmbeddedChain> {
    let options = Options {
        clock: ClockMode::Manual,
        wait: Duration::ZERO,
    };
    EmbeddedChain::open(folder, &[], options).ok()
}

/// State, accounts and format as the bytes say.
fn filled(file: &Path, bytes: &mut Bytes) -> Result<(), redb::Error> {
    let database = Database::create(file)?;
    let transaction = database.begin_write()?;
    {
        transaction.open_table(TRANSACTIONS)?;
        transaction.open_table(SIGNATURES)?;
        transaction.open_table(BLOCKS)?;
        let mut meta = transaction.open_table(META)?;
        meta.insert("format", 1u32.to_le_bytes().as_slice())?;
        // Four numbers, a seed and another number.
        let state = bytes.take(72);
        meta.insert("state", state)?;
        let mut accounts = transaction.open_table(ACCOUNTS)?;
        for _ in 0..bytes.byte() % 4 {
            let key = bytes.key().to_bytes();
            let length = usize::from(bytes.short());
            accounts.insert(&key, bytes.take(length))?;
        }
    }
    transaction.commit()?;
    Ok(())
}
