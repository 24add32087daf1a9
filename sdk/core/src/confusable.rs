//! Names that look like others: in another case, in compatibility forms, or with letters
//! of other scripts. Unicode's own tables of confusables decide (UTS 39).

use {
    crate::report::Base58,
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
    std::collections::{BTreeMap, BTreeSet},
    unicode_normalization::UnicodeNormalization,
    unicode_security::confusable_detection,
};

/// What a text looks like: equal for texts that people take for each other.
///
/// # Example
/// ```
/// use upside_core::confusable::skeleton;
///
/// // The second has a Cyrillic letter.
/// assert_eq!(skeleton("Ada"), skeleton("Аda"));
/// assert_ne!(skeleton("Ada"), skeleton("Eve"));
/// ```
pub fn skeleton(text: &str) -> String {
    // Joiners and the forms of pictures change how a name is set, not what is read.
    let shown = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}'));
    let plain: String = shown.nfkc().flat_map(char::to_lowercase).collect();
    confusable_detection::skeleton(&plain).collect()
}

/// A token as people read it.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Named {
    /// The token's address.
    #[serde_as(as = "Base58")]
    pub token: Pubkey,
    /// Its name, as it is typed into it.
    pub name: String,
    /// Its symbol, likewise.
    pub symbol: String,
}

/// Of each of these the places of the others that look like it, by name or by symbol, in
/// their order. Empty texts look like nothing.
pub fn alike(all: &[Named]) -> Vec<Vec<usize>> {
    let mut same: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (place, one) in all.iter().enumerate() {
        let looks = [&one.name, &one.symbol].map(|text| skeleton(text));
        for look in looks.into_iter().filter(|look| !look.is_empty()) {
            same.entry(look).or_default().insert(place);
        }
    }
    let mut others = vec![BTreeSet::new(); all.len()];
    for places in same.values().filter(|places| places.len() > 1) {
        for place in places {
            let rest = places.iter().copied().filter(|other| other != place);
            if let Some(others) = others.get_mut(*place) {
                others.extend(rest);
            }
        }
    }
    others
        .into_iter()
        .map(|places| places.into_iter().collect())
        .collect()
}

/// The others among `all` that look like this token, by address. None where it is not
/// among them.
pub fn others<'a>(all: &'a [Named], token: &Pubkey) -> Vec<&'a Named> {
    let place = all.iter().position(|one| one.token == *token);
    let places = place.and_then(|place| alike(all).into_iter().nth(place));
    let places = places.into_iter().flatten();
    places.filter_map(|place| all.get(place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_forms_and_scripts_look_alike() {
        for other in ["ada", "ADA", " Ada ", "Аdа", "\u{ff21}da", "ＡＤＡ"] {
            assert_eq!(skeleton("Ada"), skeleton(other), "{other}");
        }
        // A second token whose name has a joiner that nobody sees.
        let ali = "\u{639}\u{644}\u{6cc}\u{631}\u{636}\u{627}";
        let joined = "\u{639}\u{644}\u{6cc}\u{200c}\u{631}\u{636}\u{627}";
        assert_eq!(skeleton(ali), skeleton(joined));
        assert_eq!(
            skeleton("\u{915}\u{94d}\u{200d}"),
            skeleton("\u{915}\u{94d}")
        );
        for other in ["Adam", "Ad", "Eve"] {
            assert_ne!(skeleton("Ada"), skeleton(other));
        }
    }

    fn named(token: u8, name: &str, symbol: &str) -> Named {
        Named {
            token: Pubkey::new_from_array([token; 32]),
            name: name.to_string(),
            symbol: symbol.to_string(),
        }
    }

    #[test]
    fn a_name_or_a_symbol_is_enough_and_nothing_looks_like_nothing() {
        let all = [
            named(1, "Ada Lovelace", "ADA"),
            named(2, "Bob", "BOB"),
            named(3, "Аda lovelace", "COUNT"),
            named(4, "Someone", "ada"),
            named(5, "", ""),
            named(6, "", ""),
            named(7, "Gus", "gus"),
        ];
        let expected: [&[usize]; 7] = [&[2, 3], &[], &[0], &[0], &[], &[], &[]];
        assert_eq!(alike(&all), expected);
        let key = |number| Pubkey::new_from_array([number; 32]);
        let found: Vec<_> = others(&all, &key(1)).iter().map(|one| one.token).collect();
        assert_eq!(found, [key(3), key(4)]);
        assert!(others(&all, &key(9)).is_empty());
    }
}
