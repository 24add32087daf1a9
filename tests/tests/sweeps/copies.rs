//! Copies at other addresses.

use {
    crate::{
        Cases, exceptions, foreign_accounts::is_ours, idl::Idl, scene::Scene, send,
        sweep::instruction_of,
    },
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
    },
    upside_tests::{
        cases::{CASES, Case, index::CASES as INDEX_CASES},
        people::person,
    },
};

/// Token accounts that a claim owns: any one that holds its equity will do. And where a
/// basket's wallet, which signs, says that somebody else receives.
const BY_FIELDS: &[(&str, usize)] = &[
    ("release_equity", 3),
    ("buy_at_auction", 9),
    ("collect_estate", 4),
    ("collect_wound_up", 5),
    ("withdraw_basket: to somebody else", 8),
];

/// A copy at another address, of mints, vaults and accounts that the state names. One
/// of an account that a program trusts by owner and type cannot exist: only the
/// program itself makes such accounts. A wallet that signs may have several token accounts.
fn sweep_copies<W: Scene>(idl: &Idl, cases: &Cases<W>) -> (usize, usize) {
    let (mut refused, mut trusted, mut taken) = (0, 0, Vec::new());
    for (name, make) in cases {
        let mut case = make();
        let slots = idl.slots(instruction_of(name));
        for (place, meta) in case.instruction.accounts.clone().iter().enumerate() {
            let account = case.world.world().engine.account(&meta.pubkey);
            let Some(account) = account.filter(|account| !account.data.is_empty()) else {
                continue;
            };
            let free = slots.get(place).map(|slot| slot.name.as_str());
            let free = free.is_some_and(|slot| exceptions::is_free(name, slot));
            if meta.is_signer || account.executable || free {
                continue;
            }
            let copy = person(&format!("copy {place}")).pubkey();
            // Somebody else may take from the copy of a token account.
            let mut data = account.data.clone();
            let programs = [TOKEN_PROGRAM, TOKEN_2022_PROGRAM];
            if programs.contains(&account.owner) && data.len() >= 165 && data[108] == 1 {
                data[72..76].copy_from_slice(&[1, 0, 0, 0]);
                data[76..108].copy_from_slice(person("mallory").pubkey().as_ref());
                data[121..129].copy_from_slice(&u64::MAX.to_le_bytes());
            }
            let mut branch = Case {
                world: case.world.branch(),
                instruction: case.instruction.clone(),
                signers: case.signers.clone(),
            };
            branch.world.world().put(copy, account.owner, data);
            branch.instruction.accounts[place].pubkey = copy;
            let outcome = send(&mut branch);
            if outcome.error.is_some() {
                outcome.named_failure(&format!("{name}, slot {place}, copy"));
                refused += 1;
                continue;
            }
            // A token account names its owner behind its mint. Whoever signs chooses among
            // their own accounts; nobody else does.
            let wallet = account.data.get(32..64).map(|key| {
                let key = Pubkey::new_from_array(key.try_into().unwrap());
                let metas = &case.instruction.accounts;
                metas.iter().any(|it| it.pubkey == key && it.is_signer)
            });
            let theirs = account.data.len() != 82 && wallet == Some(true);
            if !is_ours(&account.owner) && !theirs && !BY_FIELDS.contains(&(name, place)) {
                taken.push(format!("{name}, slot {place}"));
            }
            trusted += 1;
        }
    }
    assert!(taken.is_empty(), "copies were taken: {taken:?}");
    (refused, trusted)
}

#[test]
fn copies_of_what_the_state_names_are_refused() {
    let of_token = sweep_copies(&Idl::personal_token(), CASES);
    let of_index = sweep_copies(&Idl::pooled_index(), INDEX_CASES);
    for (refused, trusted) in [of_token, of_index] {
        println!("{refused} copies refused, {trusted} trusted by type or fields");
        assert!(refused > 100, "{refused}");
    }
}
