//! What sections are put together from. maud escapes whatever is put into it; a text from
//! the chain moreover comes through [`foreign`], never bare.

use {
    crate::{
        sanitize::{cut, is_link, visible},
        style::{self, short, span},
        time::stamp,
    },
    maud::{Markup, html},
    std::fmt::Display,
    upside_core::{
        Pubkey,
        inspect::{Amount, MintAmount},
    },
};

/// Longest name that is shown whole.
const NAME: usize = 48;
/// Longest address of a document that is shown whole.
const URI: usize = 96;

/// A text from the chain: everything in it in sight, cut, the whole in its title.
pub fn foreign(text: &str, most: usize) -> Markup {
    let seen = visible(text);
    match cut(&seen, most) {
        Some(head) => html! { bdi title=(seen) { (head) "…" } },
        None => html! { bdi { (seen) } },
    }
}

/// A name from the chain.
pub fn name(text: &str) -> Markup {
    foreign(text, NAME)
}

/// An address of a document: a link only where it is plain https.
pub fn uri(text: &str) -> Markup {
    if is_link(text) {
        html! { a href=(text) rel="noopener noreferrer nofollow" { (foreign(text, URI)) } }
    } else {
        foreign(text, URI)
    }
}

/// An address of the chain, whole.
pub fn key(key: &impl Display) -> Markup {
    html! { code { (key) } }
}

/// An address by its two ends, the whole in its title.
pub fn end_of(key: &impl Display) -> Markup {
    html! { code title=(key) { (short(key)) } }
}

/// An amount with grouped thousands.
pub fn amount(amount: &Amount) -> Markup {
    html! { span.num { (style::grouped(amount)) } }
}

/// An amount of something that is called so.
pub fn of(amount: &Amount, what: &str) -> Markup {
    html! { span.num { (style::grouped(amount)) } " " (name(what)) }
}

/// Amounts of mints, one below the other.
pub fn amounts(amounts: &[MintAmount], names: impl Fn(&Pubkey) -> String) -> Markup {
    html! {
        @if amounts.is_empty() { span.none { "none" } }
        @for one in amounts {
            div { (of(&one.amount, &names(&one.mint))) }
        }
    }
}

/// A point in time.
pub fn time(time: i64) -> Markup {
    let text = stamp(time);
    let machine = text.replace(" UTC", "Z").replace(' ', "T");
    html! { time datetime=(machine) { (text) } }
}

/// A span of time from seconds.
pub fn seconds(seconds: impl Into<i64>) -> Markup {
    let seconds = seconds.into();
    html! { span title={ (seconds) " seconds" } { (span(seconds)) } }
}

/// Facts: what they are, and their values.
pub fn facts(rows: Vec<(&str, Markup)>) -> Markup {
    html! {
        dl {
            @for (what, value) in rows {
                div { dt { (what) } dd { (value) } }
            }
        }
    }
}

/// A heading's column; numbers stand to the right.
#[derive(Clone, Copy)]
pub enum Column {
    Words(&'static str),
    Numbers(&'static str),
}

impl Column {
    fn title(self) -> &'static str {
        let (Column::Words(title) | Column::Numbers(title)) = self;
        title
    }

    fn class(self) -> &'static str {
        match self {
            Column::Words(_) => "words",
            Column::Numbers(_) => "numbers",
        }
    }
}

/// A table, which on a phone becomes a list of cards.
pub fn table(caption: &str, columns: &[Column], rows: Vec<Vec<Markup>>) -> Markup {
    html! {
        table {
            caption { (caption) }
            thead {
                tr { @for column in columns { th scope="col" class=(column.class()) { (column.title()) } } }
            }
            tbody {
                @for row in rows {
                    tr {
                        @for (column, cell) in columns.iter().zip(row) {
                            td class=(column.class()) data-label=(column.title()) { div { (cell) } }
                        }
                    }
                }
            }
        }
    }
}

/// A section of the page.
pub fn section(id: &str, title: &str, note: &str, body: &Markup) -> Markup {
    html! {
        section id=(id) aria-labelledby={ (id) "-title" } {
            h2 id={ (id) "-title" } { (title) }
            @if !note.is_empty() { p.note { (note) } }
            (body)
        }
    }
}

/// A chip with a class of its own.
pub fn chip(class: &str, text: &str) -> Markup {
    html! { span class={ "chip " (class) } { (text) } }
}

/// A number that everybody looks for first.
pub fn tile(what: &str, value: &Markup, note: &Markup) -> Markup {
    html! {
        div.tile {
            div.what { (what) }
            div.value { (value) }
            div.note { (note) }
        }
    }
}
