//! Copies at other addresses.

use {
    crate::{
        Cases, exceptions, foreign_accounts::is_ours, idl::Idl, scene::Scene, send,
        sweep::instruction_of,
    },
    solana_account::Account,
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

/// Where whoever sends the call pays somebody who does not sign: to another account of
/// theirs too, if nobody else can take from it.
const PAYEES: &[(&str, &str)] = &[
    ("buy", "proceeds"),
    ("buy_at_auction", "proceeds"),
    ("buy_by_order", "proceeds"),
    ("buy_pass", "proceeds"),
    ("close_claim", "destination"),
    ("close_vault", "destination"),
    ("contribute", "proceeds"),
    ("exit_claim", "proceeds"),
    ("pay_by_order", "proceeds"),
    ("refund_contribution", "destination"),
    ("settle_round", "proceeds"),
];

/// The account as it is, and if it holds tokens with a delegate, who may take them, and with
/// somebody else who may close it.
fn copies(account: &Account) -> Vec<(&'static str, Vec<u8>)> {
    let mut all = vec![("copy", account.data.clone())];
    let programs = [TOKEN_PROGRAM, TOKEN_2022_PROGRAM];
    let data = &account.data;
    if programs.contains(&account.owner) && data.len() >= 165 && data[108] == 1 {
        let mut delegated = data.clone();
        delegated[72..76].copy_from_slice(&[1, 0, 0, 0]);
        delegated[76..108].copy_from_slice(person("mallory").pubkey().as_ref());
        delegated[121..129].copy_from_slice(&u64::MAX.to_le_bytes());
        all.push(("delegated copy", delegated));
        let mut closed = data.clone();
        closed[129..133].copy_from_slice(&[1, 0, 0, 0]);
        closed[133..165].copy_from_slice(person("mallory").pubkey().as_ref());
        all.push(("copy that somebody else closes", closed));
    }
    all
}

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
            let slot = slots.get(place).map(|slot| slot.name.as_str());
            let free = slot.is_some_and(|slot| exceptions::is_free(name, slot));
            if meta.is_signer || account.executable || free {
                continue;
            }
            // A token account names its owner behind its mint. Whoever signs chooses among
            // their own accounts.
            let wallet = account.data.get(32..64).map(|key| {
                let key = Pubkey::new_from_array(key.try_into().unwrap());
                let metas = &case.instruction.accounts;
                metas.iter().any(|it| it.pubkey == key && it.is_signer)
            });
            let theirs = account.data.len() != 82 && wallet == Some(true);
            let leaf = slot.and_then(|slot| slot.rsplit('.').next()).unwrap_or("");
            let paid = PAYEES.contains(&(instruction_of(name), leaf));
            for (what, data) in copies(&account) {
                let key = person(&format!("copy {place}")).pubkey();
                let mut branch = Case {
                    world: case.world.branch(),
                    instruction: case.instruction.clone(),
                    signers: case.signers.clone(),
                };
                branch.world.world().put(key, account.owner, data);
                branch.instruction.accounts[place].pubkey = key;
                let outcome = send(&mut branch);
                let well = is_ours(&account.owner)
                    || theirs
                    || BY_FIELDS.contains(&(name, place))
                    || (paid && what == "copy");
                if outcome.error.is_some() {
                    outcome.named_failure(&format!("{name}, slot {place}, {what}"));
                    assert!(!paid || what != "copy", "{name}: no other account is paid");
                    refused += 1;
                } else {
                    taken.extend((!well).then(|| format!("{name}, slot {place}, {what}")));
                    trusted += 1;
                }
            }
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
