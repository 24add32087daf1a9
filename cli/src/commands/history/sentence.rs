//! An event in one sentence.

use {
    super::{index, sentences::Words, token},
    upside_sdk::history::Event,
};

/// An event in one sentence.
pub fn sentence(event: &Event, words: &Words) -> String {
    match event {
        Event::Token(event) => token::sentence(event, words),
        Event::Index(event) => index::sentence(event, words),
    }
}
