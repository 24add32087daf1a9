//! Names that look like others: in another case, in compatibility forms, or with letters
//! of other scripts. Unicode's own tables of confusables decide (UTS 39).

use {unicode_normalization::UnicodeNormalization, unicode_security::confusable_detection};

/// What a text looks like: equal for texts that people take for each other.
pub fn skeleton(text: &str) -> String {
    let plain: String = text.trim().nfkc().flat_map(char::to_lowercase).collect();
    confusable_detection::skeleton(&plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_forms_and_scripts_look_alike() {
        for other in ["ada", "ADA", " Ada ", "Аdа", "\u{ff21}da", "ＡＤＡ"] {
            assert_eq!(skeleton("Ada"), skeleton(other), "{other}");
        }
        for other in ["Adam", "Ad", "Eve"] {
            assert_ne!(skeleton("Ada"), skeleton(other));
        }
    }
}
