//! What can go wrong with the embedded chain itself. Failures of a request
//! are answered through `RpcClient`, as a node's would be.

use solana_pubkey::Pubkey;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// An error of the embedded chain: its folder, its file, or a request through
/// one of the extras of [`EmbeddedChain`](super::EmbeddedChain).
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EmbeddedError {
    /// Another process (or another handle in this one) has the chain open.
    #[error(
        "the embedded chain in {} is in use by another process; wait for it to finish or stop it, \
         or use another folder",
        path.display()
    )]
    InUse {
        /// The folder of the chain.
        path: PathBuf,
    },
    /// The folder or the file cannot be read or created.
    #[error(
        "cannot open the embedded chain in {}: {source}; use a folder that is yours and that you \
         may read and write",
        path.display()
    )]
    Unreadable {
        /// The folder of the chain.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The folder or the file can be read, but not written.
    #[error(
        "the embedded chain in {} cannot be written ({source}); give yourself write permission, \
         or use another folder",
        path.display()
    )]
    ReadOnly {
        /// The folder of the chain.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// There is no room for the chain.
    #[error(
        "there is no room for the embedded chain in {} ({source}); make room on the disk, or use \
         another folder",
        path.display()
    )]
    Full {
        /// The folder of the chain.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The file is not a chain, or is damaged.
    #[error(
        "the file of the embedded chain in {} is damaged or is not a chain: {detail}; restore it \
         from a copy, or move it away to start a new chain",
        path.display()
    )]
    Corrupt {
        /// The folder of the chain.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// The file was written by an incompatible version.
    #[error(
        "the embedded chain in {} has format {found}, this program reads format {expected}; \
         use the version that wrote it, or another folder",
        path.display()
    )]
    Format {
        /// The folder of the chain.
        path: PathBuf,
        /// The format of the file.
        found: u32,
        /// The format that this version reads.
        expected: u32,
    },
    /// Reading from or writing to the database failed. Nothing of the request
    /// was kept.
    #[error(
        "the storage of the embedded chain failed: {0}; nothing of this was kept: make room on \
         the disk or mend what it says, then try again"
    )]
    Storage(String),
    /// Writing to the database failed, and so did looking at what is on the disk.
    /// Whether the request was kept shows when the chain is opened again.
    #[error(
        "the storage of the embedded chain failed: {0}; whether this was kept shows when the \
         chain is opened again: look before you repeat it"
    )]
    Unknown(String),
    /// A program that was given at open cannot be loaded.
    #[error("cannot load program {id}: {detail}")]
    Program {
        /// The program's address.
        id: Pubkey,
        /// What the loader said.
        detail: String,
    },
    /// The arguments of an extra make no sense.
    #[error("{0}")]
    Invalid(String),
}

impl EmbeddedError {
    /// Maps an error of the file system for the chain in `path`.
    pub(super) fn io(path: &Path, source: std::io::Error) -> Self {
        use std::io::ErrorKind::{
            FileTooLarge, InvalidData, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem,
            StorageFull, UnexpectedEof,
        };
        let path = path.to_path_buf();
        match source.kind() {
            FileTooLarge | QuotaExceeded | StorageFull => Self::Full { path, source },
            ReadOnlyFilesystem => Self::ReadOnly { path, source },
            // The folder or its file can be listed and read: only writing is denied.
            PermissionDenied if readable(&path) => Self::ReadOnly { path, source },
            InvalidData | UnexpectedEof => Self::Corrupt {
                path,
                detail: source.to_string(),
            },
            _ => Self::Unreadable { path, source },
        }
    }

    /// Maps a failure to open the database for the chain in `path`.
    pub(super) fn open(path: &Path, error: redb::DatabaseError) -> Self {
        use redb::{DatabaseError as D, StorageError as S};
        match error {
            D::DatabaseAlreadyOpen => Self::InUse {
                path: path.to_path_buf(),
            },
            D::Storage(S::Io(source)) => Self::io(path, source),
            other => Self::Corrupt {
                path: path.to_path_buf(),
                detail: other.to_string(),
            },
        }
    }
}

fn readable(dir: &Path) -> bool {
    let file = dir.join(super::folder::FILE_NAME);
    if file.exists() {
        std::fs::File::open(file).is_ok()
    } else {
        std::fs::read_dir(dir).is_ok()
    }
}
