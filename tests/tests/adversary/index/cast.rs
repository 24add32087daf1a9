//! Who takes part in an index.

use crate::cast::Coalition;

/// Holders of index shares who do nothing once the scene is set.
pub const PASSIVE: [&str; 3] = ["bob", "carol", "dan"];
/// People of whom the index may hold shares: each owns their token.
pub const PEOPLE: [&str; 3] = ["p0", "p1", "p2"];
/// Everybody who may act.
pub const ACTORS: [&str; 11] = [
    "curator",
    "launcher",
    "admissions",
    "guardian",
    "treasury",
    "mallory",
    "sam",
    "issuer",
    PEOPLE[0],
    PEOPLE[1],
    PEOPLE[2],
];

/// All coalitions.
pub const COALITIONS: &[Coalition] = &[
    Coalition {
        title: "curator and friends in every role",
        plot: &[
            "curator",
            "launcher",
            "admissions",
            "guardian",
            "treasury",
            "mallory",
        ],
        honest: &["p0", "sam"],
    },
    Coalition {
        title: "member and friend",
        plot: &["p0", "mallory"],
        honest: &["curator"],
    },
    Coalition {
        title: "owner of a constituent and stranger",
        plot: &["p1", "sam"],
        honest: &["curator", "p0"],
    },
    Coalition {
        title: "stranger of an index with borrowed money",
        plot: &["sam", "mallory"],
        honest: &["curator", "p0", "p1"],
    },
    Coalition {
        title: "issuer of a constituent and holder",
        plot: &["issuer", "mallory", "p1"],
        honest: &["curator", "sam"],
    },
    Coalition {
        title: "curator and owners of constituents",
        plot: &["curator", "launcher", "p0", "p1", "mallory"],
        honest: &[],
    },
    Coalition {
        title: "everybody but the holders of an index",
        plot: &ACTORS,
        honest: &[],
    },
];
