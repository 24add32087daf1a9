//! An event in one sentence.

use {
    super::{index, token, words::Words},
    upside_core::history::Event,
};

/// An event in one sentence.
pub fn sentence(event: &Event, words: &Words) -> String {
    match event {
        Event::Token(event) => token::sentence(event, words),
        Event::Index(event) => index::sentence(event, words),
    }
}
