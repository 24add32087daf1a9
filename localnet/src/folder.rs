//! The folder of a chain: making it, putting the file in place, and what stands
//! between a damaged file and the person.

use super::error::EmbeddedError;
use redb::{Database, DatabaseError};
use solana_pubkey::Pubkey;
use std::cell::Cell;
use std::fs::File;
use std::io::{ErrorKind, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Once;

/// The name of the database file in a chain's folder.
pub(super) const FILE_NAME: &str = "chain.redb";

/// Makes the folder where it is missing, and returns the place of its file. The
/// entry of each folder that is made is on disk before anything is put in it.
pub(super) fn prepare(dir: &Path) -> std::result::Result<PathBuf, EmbeddedError> {
    let missing: Vec<&Path> = dir.ancestors().take_while(|path| !path.exists()).collect();
    std::fs::create_dir_all(dir).map_err(|e| EmbeddedError::io(dir, e))?;
    missing
        .iter()
        .filter_map(|made| made.parent())
        .for_each(sync);
    Ok(dir.join(FILE_NAME))
}

/// Brings the entries of a folder to the disk. Not every platform can sync a folder.
pub(super) fn sync(dir: &Path) {
    if let Ok(folder) = File::open(if dir.as_os_str().is_empty() {
        Path::new(".")
    } else {
        dir
    }) {
        let _ = folder.sync_all();
    }
}

/// A name for a file that is being made.
pub(super) fn temporary(dir: &Path) -> PathBuf {
    dir.join(format!(
        ".{FILE_NAME}.{}.{}.new",
        std::process::id(),
        Pubkey::new_unique()
    ))
}

/// Moves a file that was made in its place, unless there is one by now.
pub(super) fn place(new: &Path, file: &Path) -> Result<()> {
    match std::fs::hard_link(new, file) {
        Ok(()) => remove(new),
        Err(e) if e.kind() == ErrorKind::AlreadyExists => remove(new),
        // File systems without hard links.
        Err(_) => std::fs::rename(new, file),
    }
}

/// Removes what creators left behind that were killed a minute ago or longer. That
/// they stay would harm nothing, so an error is passed over.
pub(super) fn remove_leftovers(dir: &Path) {
    let prefix = format!(".{FILE_NAME}.");
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let age = entry.metadata().and_then(|meta| meta.modified());
        let old = age.is_ok_and(|time| time.elapsed().is_ok_and(|age| age.as_secs() >= 60));
        if old && name.starts_with(&prefix) && name.ends_with(".new") {
            let _ = remove(&entry.path());
        }
    }
}

/// Removes a file that another process may have removed before.
pub(super) fn remove(file: &Path) -> Result<()> {
    match std::fs::remove_file(file) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// An opened database whose every page was compared with its checksum. redb itself
/// looks only after a crash; a flipped bit would be read as if it had been written.
pub(super) fn checked(
    opened: std::result::Result<Database, DatabaseError>,
) -> std::result::Result<Database, DatabaseError> {
    let mut db = opened?;
    db.check_integrity()?;
    Ok(db)
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// redb panics over some kinds of damage that it meets. The person gets an error that
/// says what to do, and not the panic's own words.
pub(super) fn guarded<T>(
    dir: &Path,
    run: impl FnOnce() -> T,
) -> std::result::Result<T, EmbeddedError> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                usual(info);
            }
        }));
    });
    GUARDED.set(true);
    let done = catch_unwind(AssertUnwindSafe(run));
    GUARDED.set(false);
    done.map_err(|_| EmbeddedError::Corrupt {
        path: dir.to_path_buf(),
        detail: "its pages contradict each other".to_string(),
    })
}
