//! Who takes part: those who do nothing, those who may act, and who plots with whom.

use {
    crate::index::cast as index,
    solana_keypair::Keypair,
    solana_signer::Signer,
    std::{cell::RefCell, collections::HashMap},
    upside_sdk::{Pubkey, address::TOKEN_PROGRAM},
    upside_tests::{
        engine::Engine,
        people::person,
        world::{ONE, World, mint_bytes},
    },
};

/// Holders who do nothing once the scene is set.
pub const PASSIVE: [&str; 4] = ["bob", "carol", "dan", "erin"];
/// Everybody who may act.
pub const ACTORS: [&str; 8] = [
    "founder",
    "mallory",
    "mia",
    "sam",
    "executor",
    "notary",
    "guardian",
    "registrar",
];
/// Everybody with a name.
pub const EVERYBODY: [&[&str]; 4] = [&PASSIVE, &ACTORS, &index::PASSIVE, &index::ACTORS];
/// What attackers borrow, in quote atoms.
const BORROWED: u64 = 1_000_000_000 * ONE;

/// Who plots together, and who acts honestly between their transactions.
pub struct Coalition {
    /// In words.
    pub title: &'static str,
    /// Who signs the plot.
    pub plot: &'static [&'static str],
    /// Who else acts, in transactions of their own.
    pub honest: &'static [&'static str],
}

/// All coalitions.
pub const COALITIONS: &[Coalition] = &[
    Coalition {
        title: "owner and second wallets",
        plot: &["founder", "mallory", "mia"],
        honest: &[],
    },
    Coalition {
        title: "owner with friends in every role",
        plot: &["founder", "mallory", "guardian", "registrar", "executor"],
        honest: &["sam"],
    },
    Coalition {
        title: "stranger with borrowed money",
        plot: &["sam", "mallory"],
        honest: &["founder"],
    },
    Coalition {
        title: "executor and friend",
        plot: &["executor", "mallory"],
        honest: &[],
    },
    Coalition {
        title: "owner and attester",
        plot: &["founder", "notary", "mallory"],
        honest: &["sam"],
    },
    Coalition {
        title: "everybody but the victims",
        plot: &ACTORS,
        honest: &[],
    },
];
thread_local! {
    static KEYS: RefCell<HashMap<&'static str, Keypair>> = RefCell::default();
    /// The chain before any token.
    pub static BASE: World = base();
}

/// A name's keypair.
pub fn keypair(name: &'static str) -> Keypair {
    KEYS.with_borrow_mut(|keys| {
        keys.entry(name)
            .or_insert_with(|| person(name))
            .insecure_clone()
    })
}

/// A name's key.
pub fn key(name: &'static str) -> Pubkey {
    keypair(name).pubkey()
}

/// The chain with everybody's money, without a token.
fn base() -> World {
    let Engine::Lite(svm) = Engine::lite() else {
        unreachable!("it is LiteSVM")
    };
    let mut world = World::empty(Engine::Lite(svm.with_transaction_history(0)));
    for name in PASSIVE {
        world.engine.fund(key(name));
        world.give_quote(&key(name), 1_000_000 * ONE);
    }
    for name in ACTORS {
        world.engine.fund(key(name));
        world.give_quote(&key(name), BORROWED);
    }
    let late = person("late coin").pubkey();
    world.add_mint(late, TOKEN_PROGRAM, mint_bytes(u64::MAX));
    for name in PASSIVE.into_iter().chain(ACTORS) {
        world.give(&key(name), &late, 1_000_000 * ONE);
    }
    world
}
