//! Roles, handovers, policies, approvals, assets.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        scene::Scene,
    },
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_PROGRAM, find_approval},
        instruction as ix,
        state::{Account, Approval, ApproveTransferArgs, Policy},
    },
    upside_tests::{
        people::person,
        world::{DAY, ONE},
    },
};

pub const MOVES: &[Move] = &[
    (1, set_roles),
    (2, propose_owner),
    (3, accept_ownership),
    (1, propose_policy),
    (2, apply_policy),
    (2, approve_transfer),
    (2, transfer_approved),
    (2, add_asset),
];

fn set_roles(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let (guardian, registrar) = (scene.actor(), scene.actor());
    let set = ix::set_roles(&scene.token(), &key(guardian), &key(registrar));
    call(
        format!("{owner} makes {guardian} guardian and {registrar} registrar"),
        set,
        &[owner],
    )
}

fn propose_owner(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let to = scene.actor();
    let propose = ix::propose_owner(&scene.token(), &key(to));
    call(format!("{owner} proposes {to} as owner"), propose, &[owner])
}

fn accept_ownership(scene: &mut Scene) -> Option<Call> {
    let pending = scene.facts.token.pending_owner;
    let who = scene.named(&pending)?;
    let accept = ix::accept_ownership(&scene.token(), &pending);
    call(format!("{who} accepts ownership"), accept, &[who])
}

fn propose_policy(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let policy = Policy {
        admission: (scene.rng.below(2) as u8).try_into().unwrap(),
        transfer_policy: (scene.rng.below(3) as u8).try_into().unwrap(),
        credential: Pubkey::default(),
        schema: Pubkey::default(),
    };
    let propose = ix::propose_policy(&scene.token(), policy);
    call(format!("{owner} announces {policy:?}"), propose, &[owner])
}

fn apply_policy(scene: &mut Scene) -> Option<Call> {
    if scene.facts.token.policy_at == 0 {
        return None;
    }
    let who = scene.actor();
    call(
        format!("{who} applies the policy"),
        ix::apply_policy(&scene.facts.key, &key(who)),
        &[who],
    )
}

fn approve_transfer(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let (from, to) = (scene.actor(), scene.actor());
    let args = ApproveTransferArgs {
        from: key(from),
        to: key(to),
        shares: chance::edge(&mut scene.rng, 1_000 * ONE, &[]),
        expires_at: scene.world.now() + DAY,
    };
    let approve = ix::approve_transfer(&scene.token(), &scene.payer(), args);
    call(
        format!("{owner} approves a transfer from {from} to {to}"),
        approve,
        &[owner],
    )
}

fn transfer_approved(scene: &mut Scene) -> Option<Call> {
    let (from, to) = (scene.shareholder(), scene.actor());
    let token = scene.facts.key;
    let place = find_approval(&token, &key(from), &key(to)).0;
    let there = scene.world.engine.account(&place)?;
    let data = upside_sdk::state::decode::<Approval>(&place, &there.owner, &there.data);
    let approval: Account<Approval> = data.ok()?;
    let atoms = chance::edge(&mut scene.rng, approval.data.shares, &[]);
    let shares = crate::draft::shares(atoms);
    let send = ix::transfer_shares(&token, &key(from), &key(to), shares, Some(&approval));
    call(
        format!("{from} sends {atoms} to {to} as approved"),
        send,
        &[from],
    )
}

fn add_asset(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let mint = person("late coin").pubkey();
    let payout = scene.rng.percent(50);
    let list = ix::add_asset(
        &scene.token(),
        &scene.payer(),
        &mint,
        &TOKEN_PROGRAM,
        upside_tests::world::minter(),
        payout,
    );
    call(format!("{owner} lists another coin"), list, &[owner])
}
