//! What anybody may do: harvests, fees, custody that is compared with the books; and what
//! the curator puts into slots.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        index::{Scene, setup},
    },
    solana_program::instruction::{AccountMeta, Instruction},
    solana_signer::Signer,
    upside_sdk::{
        address::{TOKEN_PROGRAM, find_associated},
        index::{SlotKind, instruction as ix},
        instruction as token_ix,
    },
    upside_tests::{people::person, pool::token_of, world::ONE},
};

pub const MOVES: &[Move] = &[
    (20, harvest),
    (3, collect_fees),
    (3, sync),
    (4, gift),
    (2, add_mint),
    (2, add_person),
    (3, remove),
    (1, pause),
    (1, unpause),
    (1, wind_down),
];

fn harvest(scene: &mut Scene) -> Option<Call> {
    let slot = scene.person_slot()?;
    let all = scene.pool.harvest_ixs(slot);
    let made = scene.rng.one(&all)?;
    call(format!("slot {slot} is harvested"), made, &[])
}

fn collect_fees(scene: &mut Scene) -> Option<Call> {
    if scene.facts.index.pending_fee_shares == 0 && !scene.rng.percent(20) {
        return None;
    }
    call("fees are collected", ix::collect_fees(&scene.index()), &[])
}

fn sync(scene: &mut Scene) -> Option<Call> {
    let slot = scene.any_slot()?;
    let made = ix::sync_custody(&scene.index(), slot).ok()?;
    call(
        format!("slot {slot} is compared with its custody"),
        made,
        &[],
    )
}

/// Atoms that somebody sends to an index's custody, past the program.
fn gift(scene: &mut Scene) -> Option<Call> {
    let (who, slot) = (scene.actor(), scene.any_slot()?);
    let it = scene.facts.index.constituents[usize::from(slot)];
    let has = scene.facts.owned(&it, &key(who));
    let atoms = chance::edge(&mut scene.rng, has.min(10_000 * ONE), &[]);
    let made = if it.kind == SlotKind::Personal {
        let (index, shares) = (scene.facts.key, crate::draft::shares(atoms));
        token_ix::transfer_shares(&it.key, &key(who), &index, shares, None)
    } else {
        if it.token_program() != TOKEN_PROGRAM {
            return None;
        }
        let mut data = vec![3];
        data.extend_from_slice(&atoms.to_le_bytes());
        Instruction {
            program_id: TOKEN_PROGRAM,
            accounts: vec![
                AccountMeta::new(find_associated(&key(who), &it.key, &TOKEN_PROGRAM).0, false),
                AccountMeta::new(it.custody, false),
                AccountMeta::new_readonly(key(who), true),
            ],
            data,
        }
    };
    call(format!("{who} sends {atoms} to slot {slot}"), made, &[who])
}

fn add_mint(scene: &mut Scene) -> Option<Call> {
    let curator = scene.curator()?;
    let name = scene.rng.one(&setup::MINTS)?;
    let (mint, authority) = (
        person(name).pubkey(),
        Some(person("mint authority").pubkey()),
    );
    let coin = scene.rng.percent(30);
    let made = ix::add_mint(
        &scene.index(),
        &scene.payer(),
        &mint,
        &TOKEN_PROGRAM,
        authority,
        coin,
    );
    call(format!("{curator} adds {name}"), made, &[curator])
}

fn add_person(scene: &mut Scene) -> Option<Call> {
    let curator = scene.curator()?;
    let name = scene.rng.one(&super::super::cast::PEOPLE)?;
    let made = ix::add_personal(&scene.index(), &scene.payer(), &token_of(name));
    call(format!("{curator} adds {name}"), made, &[curator])
}

fn remove(scene: &mut Scene) -> Option<Call> {
    let curator = scene.curator()?;
    let slot =
        scene.slot(|slot, scene| scene.facts.index.constituents[usize::from(slot)].counter == 0)?;
    let made = ix::remove_constituent(&scene.index(), slot);
    call(format!("{curator} removes slot {slot}"), made, &[curator])
}

fn pause(scene: &mut Scene) -> Option<Call> {
    let guardian = scene.facts.index.guardian;
    let by = scene.by(&guardian)?;
    call(
        format!("{by} pauses"),
        ix::pause(&scene.index(), &key(by)),
        &[by],
    )
}

fn unpause(scene: &mut Scene) -> Option<Call> {
    let by = scene.curator()?;
    call(format!("{by} unpauses"), ix::unpause(&scene.index()), &[by])
}

fn wind_down(scene: &mut Scene) -> Option<Call> {
    if !scene.rng.percent(10) {
        return None;
    }
    let by = scene.curator()?;
    call(
        format!("{by} winds the index down"),
        ix::wind_down(&scene.index()),
        &[by],
    )
}
