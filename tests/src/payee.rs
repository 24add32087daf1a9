//! A receiver who hands their associated token account to somebody else, so that whoever
//! waits for a payment to it waits for ever.

use {
    crate::{
        people::person,
        world::{World, token_account_bytes},
    },
    solana_keypair::Keypair,
    solana_program::instruction::{AccountMeta, Instruction},
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_PROGRAM, find_associated},
        error::Refusal,
    },
};

/// The classic token program's instruction, and which authority it sets: an account's owner.
const SET_AUTHORITY: u8 = 6;
const ACCOUNT_OWNER: u8 = 2;

/// A person hands their associated account of a classic mint to mallory.
#[track_caller]
pub fn give_away(world: &mut World, name: &str, mint: &Pubkey) -> Pubkey {
    let account = find_associated(&person(name).pubkey(), mint, &TOKEN_PROGRAM).0;
    let mut data = vec![SET_AUTHORITY, ACCOUNT_OWNER, 1];
    data.extend_from_slice(person("mallory").pubkey().as_ref());
    let give = Instruction {
        program_id: TOKEN_PROGRAM,
        accounts: vec![
            AccountMeta::new(account, false),
            AccountMeta::new_readonly(person(name).pubkey(), true),
        ],
        data,
    };
    world.send(&give, &[&person(name)]).succeeded();
    account
}

/// The call with another account in place of one that it names.
#[track_caller]
pub fn instead(call: &Instruction, one: &Pubkey, other: &Pubkey) -> Instruction {
    let mut call = call.clone();
    let named = call.accounts.iter_mut().filter(|meta| meta.pubkey == *one);
    let changed = named.map(|meta| meta.pubkey = *other).count();
    assert_eq!(changed, 1, "the call names it once");
    call
}

/// A person gives away the associated account that `call` pays. Then it is refused there with
/// the first error, and with the second at an account of theirs from which somebody else may
/// take. It lands at any other; `shown`, only behind the account that was given away. Returns
/// what was paid.
#[track_caller]
pub fn pays_another<E: Into<Refusal> + Copy>(
    world: &mut World,
    call: &Instruction,
    signers: &[&Keypair],
    (name, mint): (&str, &Pubkey),
    [given_away, not_theirs_alone]: [E; 2],
    shown: bool,
) -> u64 {
    let account = give_away(world, name, mint);
    world.send(call, signers).refused(given_away);
    let other = person(&format!("another account of {name}")).pubkey();
    let mut call = instead(call, &account, &other);
    let plain = token_account_bytes(mint, &person(name).pubkey(), 0);
    if shown {
        world.put(other, TOKEN_PROGRAM, plain.clone());
        world.send(&call, signers).refused(not_theirs_alone);
        call.accounts
            .push(AccountMeta::new_readonly(account, false));
    }
    // A delegate, and an authority that closes it.
    for place in [72, 129] {
        let mut others = plain.clone();
        others[place] = 1;
        others[place + 4..place + 36].copy_from_slice(person("mallory").pubkey().as_ref());
        world.put(other, TOKEN_PROGRAM, others);
        world.send(&call, signers).refused(not_theirs_alone);
    }
    world.put(other, TOKEN_PROGRAM, plain);
    world.send(&call, signers).succeeded();
    world.balance(&other)
}
