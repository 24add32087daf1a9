//! What a cluster holds, read and made ready to be shown.

mod index;
mod names;
mod page;
mod preview;
mod slots;
mod token;
mod words;

pub use {
    index::index,
    names::names,
    page::{Written, write_file},
    preview::{index_preview, launch_preview, preview},
    slots::{find, slots},
    token::{symbol, token, unnamed},
    words::{words_of_index, words_of_token},
};
