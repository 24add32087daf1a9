//! Every test of the programs, in one binary.

mod assets;
mod attacks;
mod claims;
mod evidence;
mod flows;
mod governance;
mod index;
mod layouts;
mod pledges;
mod rounds;
mod shares;
mod sweeps;

/// Every error of the program is provoked by a test, beside the few that only a
/// defect of the program itself could return.
#[test]
fn every_error_is_provoked() {
    let suites = [
        include_str!("assets.rs"),
        include_str!("attacks.rs"),
        include_str!("claims.rs"),
        include_str!("evidence.rs"),
        include_str!("flows.rs"),
        include_str!("governance.rs"),
        include_str!("pledges.rs"),
        include_str!("rounds.rs"),
        include_str!("shares.rs"),
    ];
    // No input reaches these: they guard against defects and foreign programs.
    let unreachable = ["InvariantBroken", "BalanceMismatch"];
    for error in upside_sdk::TokenError::ALL {
        let name = format!("TokenError::{}", error.name());
        let word = |text: &str| {
            text.match_indices(&name)
                .any(|(at, _)| !text[at + name.len()..].starts_with(|c: char| c.is_alphanumeric()))
        };
        let provoked = suites.iter().any(|suite| word(suite));
        assert!(
            provoked || unreachable.contains(&error.name()),
            "no test provokes {name}"
        );
    }
}
