//! Bars: parts of a whole, to be seen at a glance beside their figures.

use {
    super::parts::{Column, amount, amounts, chip, table},
    crate::{
        style::grouped,
        words::{Word, backing_note},
    },
    maud::{Markup, html},
    upside_core::{
        Pubkey,
        inspect::{Amount, Backing, BackingClass},
    },
};

/// One part of a bar.
pub struct Part {
    /// Its colour.
    pub class: &'static str,
    /// What it is.
    pub what: String,
    /// How much.
    pub amount: Amount,
}

impl Part {
    /// A part of a bar.
    pub fn new(class: &'static str, what: &str, amount: &Amount) -> Self {
        Part {
            class,
            what: what.to_string(),
            amount: *amount,
        }
    }

    fn atoms(&self) -> u128 {
        atoms(&self.amount)
    }
}

/// Atoms of an amount; a debt has none to draw.
pub fn atoms(amount: &Amount) -> u128 {
    u128::try_from(amount.atoms).unwrap_or(0)
}

/// Hundredths of a percent that a part is of a whole, at most all: for drawing.
fn share(part: u128, whole: u128) -> u128 {
    let fits = part.min(whole).checked_mul(10_000);
    match (fits, whole) {
        (_, 0) => 0,
        (Some(wide), _) => wide / whole,
        (None, _) => part.min(whole) / (whole / 10_000),
    }
}

fn width(part: u128, whole: u128) -> String {
    let share = share(part, whole);
    format!("width:{}.{:02}%", share / 100, share % 100)
}

/// Percent with one decimal, rounded down.
pub fn percent(part: u128, whole: u128) -> String {
    let share = share(part, whole);
    format!("{}.{} %", share / 100, share % 100 / 10)
}

/// Parts side by side; `whole` where they are not all of it.
pub fn stacked(title: &str, parts: &[Part], whole: Option<u128>) -> Markup {
    let sum = parts
        .iter()
        .fold(0u128, |sum, part| sum.saturating_add(part.atoms()));
    let whole = whole.unwrap_or(sum).max(sum);
    let said: Vec<_> = parts
        .iter()
        .map(|part| format!("{} {}", part.what, grouped(&part.amount)))
        .collect();
    let label = format!("{title}: {}", said.join(", "));
    html! {
        div.bar role="img" aria-label=(label) {
            @for part in parts {
                @if part.atoms() > 0 {
                    span class={ "fill " (part.class) } style=(width(part.atoms(), whole))
                        title={ (part.what) " " (grouped(&part.amount)) } {}
                }
            }
        }
    }
}

/// What the colours of a bar mean, with the figures.
pub fn legend(parts: &[Part], unit: &Markup) -> Markup {
    html! {
        ul.legend {
            @for part in parts {
                li { span class={ "dot " (part.class) } {} (part.what) " "
                    b { (amount(&part.amount)) } " " (unit) }
            }
        }
    }
}

/// One bar with its name before it.
pub fn row(name: &Markup, bar: &Markup, figure: &Markup) -> Markup {
    html! {
        div.row { div.row-name { (name) } (bar) div.row-figure { (figure) } }
    }
}

/// The mints that a backing is in, in the order of its classes.
pub fn mints<'a>(all: impl IntoIterator<Item = &'a Backing>) -> Vec<Pubkey> {
    let mut mints = Vec::new();
    for backing in all {
        for class in BackingClass::ALL {
            for one in backing.of(class) {
                if !mints.contains(&one.mint) {
                    mints.push(one.mint);
                }
            }
        }
    }
    mints
}

/// The parts of a backing that are in one mint.
pub fn parts_in(backing: &Backing, mint: &Pubkey) -> Vec<Part> {
    let parts = BackingClass::ALL.iter().filter_map(|class| {
        let mut amounts = backing.of(*class).iter();
        let found = amounts.find(|one| one.mint == *mint)?;
        Some(Part::new(class.word(), class.word(), &found.amount))
    });
    parts.collect()
}

/// A backing: a bar for each mint, since amounts of different mints have no sum, and a
/// table of everything.
pub fn backing(all: &Backing, one: Option<&Backing>, names: impl Fn(&Pubkey) -> String) -> Markup {
    let bars = mints([all]);
    let mut columns = vec![Column::Words("class"), Column::Numbers("all shares")];
    if one.is_some() {
        columns.push(Column::Numbers("one share"));
    }
    columns.push(Column::Words("what it is"));
    let rows = BackingClass::ALL.iter().map(|class| {
        let word = class.word();
        let mut row = vec![chip(word, word), amounts(all.of(*class), &names)];
        if let Some(one) = one {
            row.push(amounts(one.of(*class), &names));
        }
        row.push(html! { (backing_note(*class)) });
        row
    });
    html! {
        @if bars.is_empty() { p.empty { "Nothing stands behind these shares yet." } }
        @for mint in bars {
            @let parts = parts_in(all, &mint);
            @let name = super::parts::name(&names(&mint));
            (row(&name, &stacked(&format!("Backing in {}", names(&mint)), &parts, None), &html! {}))
            (legend(&parts, &name))
        }
        (table("Backing by class", &columns, rows.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_drawn_to_scale() {
        assert_eq!(width(1, 3), "width:33.33%");
        assert_eq!(width(5, 3), "width:100.00%");
        assert_eq!(width(5, 0), "width:0.00%");
        assert_eq!(width(u128::MAX / 2, u128::MAX), "width:50.00%");
        assert_eq!(percent(1, 3), "33.3 %");
    }
}
