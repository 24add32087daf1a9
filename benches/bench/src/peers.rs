//! What others cost on the same engine: the framework's zero, and plain transfers.

use {
    crate::{Section, floor, grouped, stake_pool},
    solana_program::instruction::{AccountMeta, Instruction},
    solana_signer::Signer,
    std::fmt::Write as _,
    upside_sdk::{
        Pubkey, Shares,
        address::{TOKEN_PROGRAM, find_associated},
        instruction as ix,
    },
    upside_tests::{
        cases::redeem_args,
        engine::Engine,
        people::person,
        terms::round_terms,
        world::{ONE, World, token_2022_transfer},
    },
};

const HELLO: &[u8] = include_bytes!("../../hello/hello.so");
const HELLO_ID: Pubkey = Pubkey::from_str_const("4AbJrhA9cAAPFDjo5HJ2b2L6SWiHARQqMB7pWGoAFy3k");
/// First 8 bytes of the hash of `global:hello`.
const HELLO_DISCRIMINATOR: [u8; 8] = [149, 118, 59, 220, 196, 127, 161, 179];
/// The token programs' `TransferChecked`.
const TRANSFER_CHECKED: u8 = 12;

fn hello(world: &mut World) -> Instruction {
    if let Engine::Lite(svm) = &mut world.engine {
        svm.add_program(HELLO_ID, HELLO).expect("the ELF loads");
    }
    Instruction {
        program_id: HELLO_ID,
        accounts: vec![AccountMeta::new_readonly(person("bob").pubkey(), true)],
        data: HELLO_DISCRIMINATOR.to_vec(),
    }
}

fn token_transfer(world: &mut World) -> Instruction {
    let (bob, carol) = (person("bob").pubkey(), person("carol").pubkey());
    let account = |wallet| find_associated(wallet, &world.quote, &TOKEN_PROGRAM).0;
    let mut data = vec![TRANSFER_CHECKED];
    data.extend_from_slice(&ONE.to_le_bytes());
    data.push(6);
    Instruction {
        program_id: TOKEN_PROGRAM,
        accounts: vec![
            AccountMeta::new(account(&bob), false),
            AccountMeta::new_readonly(world.quote, false),
            AccountMeta::new(account(&carol), false),
            AccountMeta::new_readonly(bob, true),
        ],
        data,
    }
}

/// A transfer of a personal token's bearer tokens, whose mint has its metadata.
fn token_2022(world: &mut World) -> Instruction {
    world.issue("bob", 10 * ONE);
    world.open_bearer("bob");
    let withdraw = ix::withdraw(&world.token(), &person("bob").pubkey(), Shares(5 * ONE));
    world.send(&withdraw, &[&person("bob")]).ok();
    token_2022_transfer(world, "bob", ONE)
}

fn contribute(world: &mut World) -> Instruction {
    world.open_holder("bob");
    world.open_round(round_terms());
    world.contribute_ix(0, "bob", 5_000 * ONE)
}

fn redeem(world: &mut World) -> Instruction {
    world.issue("bob", 60 * ONE);
    world.give_reserve(1_000 * ONE);
    let bob = person("bob").pubkey();
    ix::redeem(&world.token(), &bob, redeem_args(10 * ONE)).expect("listed assets")
}

type Peer = (&'static str, fn(&mut World) -> Instruction);

const PEERS: [Peer; 7] = [
    (
        "an Anchor program that does nothing, with one signer",
        hello,
    ),
    ("p-token: a transfer", token_transfer),
    ("Token-2022: a transfer of a mint with metadata", token_2022),
    ("SPL stake-pool: a deposit of SOL", stake_pool::deposit),
    ("personal_token: `contribute`", contribute),
    ("SPL stake-pool: a withdrawal of SOL", stake_pool::withdraw),
    ("personal_token: `redeem`, of one asset", redeem),
];

pub fn section() -> Section {
    let mut text = String::from(
        "What others cost in the same run, on the same engine. SPL stake-pool is its crate\n\
         2.2.0, built by the same toolchain (`benches/stake_pool`), a pool without fees made\n\
         by its own `Initialize`: one transfer and one mint in, one burn and one call of the\n\
         stake program out. Upside's `contribute` moves two parts of the payment and mints;\n\
         `redeem` burns and pays out; both also settle dividends, count votes and emit an\n\
         event. *Own* is without the programs that are called.\n\n\
         | call | units | own |\n| --- | ---: | ---: |\n",
    );
    let mut rows = Vec::new();
    for (name, make) in PEERS {
        let mut world = World::with(|args| args.terms.bearer_cap = u64::MAX);
        let call = make(&mut world);
        let (units, own) = floor::cost(&world, &call, &[person("bob")]);
        let _ = writeln!(text, "| {name} | {} | {} |", grouped(units), grouped(own));
        rows.push((name.into(), units));
    }
    Section {
        heading: "Peers",
        text,
        rows,
    }
}
