//! A whole page: its head, its style, its foot.

use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");

/// What the page may load and run: nothing but its own style.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                      base-uri 'none'; form-action 'none'";

/// A whole page.
pub fn document(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="icon" href="data:,";
                style { (PreEscaped(STYLE)) }
            }
            body {
                (body)
                footer {
                    p { "Written by " code { "upside inspect --html" } " " (env!("CARGO_PKG_VERSION"))
                        ". A reading of one moment: it does not change by itself." }
                    p { "Backing is never one number. Attested and declared values are what people \
                         say: they price nothing, and no redemption pays from them. Unaudited \
                         software; nothing here is an offer or advice." }
                }
            }
        }
    };
    page.into_string()
}
