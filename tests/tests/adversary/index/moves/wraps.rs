//! What does not move: frozen by its issuer, noted, wrapped, unwrapped; and people who are
//! wound up.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        index::{Scene, setup},
    },
    solana_program::instruction::{AccountMeta, Instruction},
    upside_sdk::{
        Pubkey,
        address::{TOKEN_PROGRAM, find_associated},
        index::{UnwrapTicketsArgs, Wrapper, instruction as ix},
        instruction as token_ix,
        state::{Account, PersonalToken},
    },
};

pub const MOVES: &[Move] = &[
    (4, freeze),
    (14, note),
    (16, wrap),
    (6, harvest_wrapped),
    (6, unwrap_tickets),
    (5, unwrap_slot),
    (2, close_wrapper),
    (5, redeem_wound_up),
    (2, send_tickets),
    (4, open_account),
];

/// The issuer of an ordinary mint freezes or thaws an index's account of it.
fn freeze(scene: &mut Scene) -> Option<Call> {
    let issuer = scene.named(&key("issuer"))?;
    let mint = setup::mint("stock");
    let account = find_associated(&scene.facts.key, &mint, &TOKEN_PROGRAM).0;
    let (what, kind) = if scene.facts.frozen.contains(&account) {
        ("thaws", 11)
    } else {
        ("freezes", 10)
    };
    let made = Instruction {
        program_id: TOKEN_PROGRAM,
        accounts: vec![
            AccountMeta::new(account, false),
            AccountMeta::new_readonly(mint, false),
            AccountMeta::new_readonly(key(issuer), true),
        ],
        data: vec![kind],
    };
    call(format!("{issuer} {what} stock"), made, &[issuer])
}

/// The person in a slot, or behind its tickets.
fn person(scene: &Scene, slot: u8) -> Option<PersonalToken> {
    let key = scene.facts.original(slot);
    scene.facts.tokens.get(&key).copied()
}

/// A slot whose state shows that it does not move, mostly.
fn stuck(scene: &mut Scene) -> Option<u8> {
    if scene.rng.percent(10) {
        return scene.any_slot();
    }
    let stranger = key("bob");
    scene.slot(|slot, scene| {
        let it = scene.facts.index.constituents[usize::from(slot)];
        !scene.facts.moves_to(&it, &stranger)
    })
}

fn note(scene: &mut Scene) -> Option<Call> {
    let slot = stuck(scene)?;
    let made = ix::note_stuck(&scene.index(), slot, person(scene, slot).as_ref()).ok()?;
    call(format!("slot {slot} is noted"), made, &[])
}

fn wrap(scene: &mut Scene) -> Option<Call> {
    let slot = stuck(scene)?;
    let token = person(scene, slot);
    let made = ix::wrap(&scene.index(), &scene.payer(), slot, token.as_ref()).ok()?;
    call(format!("slot {slot} is wrapped"), made, &[])
}

fn wrapper(scene: &mut Scene) -> Option<Account<Wrapper>> {
    let all: Vec<(Pubkey, Wrapper)> = scene
        .facts
        .wrappers
        .iter()
        .map(|it| (*it.0, *it.1))
        .collect();
    let (key, data) = scene.rng.one(&all)?;
    Some(Account { key, data })
}

fn harvest_wrapped(scene: &mut Scene) -> Option<Call> {
    let it = wrapper(scene)?;
    let token = *scene.facts.tokens.get(&it.data.key)?;
    let place = scene.rng.below(u64::from(token.asset_count)) as usize;
    let made = ix::harvest_wrapped(&scene.index(), &it, &token, place).ok()?;
    call(
        format!(
            "what is behind tickets of slot {} is harvested",
            it.data.slot
        ),
        made,
        &[],
    )
}

fn unwrap_tickets(scene: &mut Scene) -> Option<Call> {
    let (who, it) = (scene.actor(), wrapper(scene)?);
    let has = scene.facts.balance(&key(who), &it.data.mint);
    let supply = *scene.facts.supplies.get(&it.data.mint)?;
    let args = UnwrapTicketsArgs {
        tickets: chance::edge(&mut scene.rng, has, &[has]),
        forgone: if scene.rng.percent(80) { 0 } else { 3 },
        least: 0,
    };
    let made = ix::unwrap_tickets(&scene.index(), &it, &key(who), supply, args).ok()?;
    call(format!("{who} unwraps {args:?}"), made, &[who])
}

fn unwrap_slot(scene: &mut Scene) -> Option<Call> {
    let it = wrapper(scene)?;
    let token = scene.facts.tokens.get(&it.data.key).copied();
    let made = ix::unwrap_slot(&scene.index(), &it, token.as_ref()).ok()?;
    call(format!("slot {} is itself again", it.data.slot), made, &[])
}

fn close_wrapper(scene: &mut Scene) -> Option<Call> {
    let it = wrapper(scene)?;
    let made = ix::close_wrapper(&scene.facts.key, &it);
    call("a wrapper is closed", made, &[])
}

fn redeem_wound_up(scene: &mut Scene) -> Option<Call> {
    let slot = scene
        .slot(|slot, scene| person(scene, slot).is_some_and(|token| token.wound_up_at != 0))?;
    let it = scene.facts.index.constituents[usize::from(slot)];
    let token = Account {
        key: it.key,
        data: *scene.facts.tokens.get(&it.key)?,
    };
    let holder = *scene.facts.holders.get(&(it.key, scene.facts.key))?;
    let made = ix::redeem_wound_up(&scene.index(), &scene.payer(), slot, &token, &holder).ok()?;
    call(format!("shares of slot {slot} are redeemed"), made, &[])
}

/// Tickets that somebody gives back to the index's account, past the program.
fn send_tickets(scene: &mut Scene) -> Option<Call> {
    let (who, it) = (scene.actor(), wrapper(scene)?);
    let has = scene.facts.balance(&key(who), &it.data.mint);
    if has == 0 {
        return None;
    }
    let atoms = chance::edge(&mut scene.rng, has, &[]);
    let mint = it.data.mint;
    let mut data = vec![3];
    data.extend_from_slice(&atoms.to_le_bytes());
    let made = Instruction {
        program_id: TOKEN_PROGRAM,
        accounts: vec![
            AccountMeta::new(find_associated(&key(who), &mint, &TOKEN_PROGRAM).0, false),
            AccountMeta::new(
                find_associated(&scene.facts.key, &mint, &TOKEN_PROGRAM).0,
                false,
            ),
            AccountMeta::new_readonly(key(who), true),
        ],
        data,
    };
    call(
        format!("{who} sends {atoms} tickets to the index"),
        made,
        &[who],
    )
}

fn open_account(scene: &mut Scene) -> Option<Call> {
    let (who, it) = (scene.actor(), wrapper(scene)?);
    let made =
        token_ix::create_associated(&scene.payer(), &key(who), &it.data.mint, &TOKEN_PROGRAM);
    call(format!("{who} can hold tickets"), made, &[])
}
