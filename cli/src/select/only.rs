//! The rule for a missing number: the only one there is.

use crate::error::{CliError, Result};

/// The only one of numbered things. `none` is the error if there is nothing; `several` is
/// the one for more than one, and gets their numbers.
pub fn only<T>(
    mut found: Vec<(u64, T)>,
    none: impl FnOnce() -> CliError,
    several: impl FnOnce(String) -> CliError,
) -> Result<T> {
    let numbers: Vec<String> = found.iter().map(|(number, _)| number.to_string()).collect();
    match found.pop() {
        Some((_, one)) if numbers.len() == 1 => Ok(one),
        Some(_) => Err(several(numbers.join(", "))),
        None => Err(none()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_taken_and_several_are_named() {
        let none = || CliError::usage("none", "");
        let several = |numbers: String| CliError::usage(numbers, "");
        assert_eq!(only(vec![(7, 'a')], none, several).ok(), Some('a'));
        let error = only(vec![(1, 'a'), (2, 'b')], none, several).unwrap_err();
        assert_eq!(error.to_string(), "1, 2");
        let error = only(Vec::<(u64, char)>::new(), none, several).unwrap_err();
        assert_eq!(error.to_string(), "none");
    }
}
