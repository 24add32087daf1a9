//! Members: offered, accepted, paid, ended, taken over; and polls of people that an index
//! opposes.

use {
    super::{super::cast::PEOPLE, Move},
    crate::{
        cast::key,
        chance,
        draft::{Call, call},
        index::{Scene, setup},
    },
    upside_sdk::{
        Pubkey,
        index::{
            AcceptArgs, Membership, MembershipStatus, Offer, OfferTerms, Subject, instruction as ix,
        },
        state::Account,
    },
    upside_tests::{
        pool::{INDEX_ONE, token_of},
        world::{NEVER, ONE},
    },
};

pub const MOVES: &[Move] = &[
    (8, offer),
    (2, cancel),
    (14, accept),
    (8, collect),
    (3, end),
    (2, keep),
    (5, apply_end),
    (3, take_over),
    (3, apply_take_over),
    (3, collect_locked),
    (2, close),
    (5, oppose),
];

fn offer(scene: &mut Scene) -> Option<Call> {
    let (curator, admits) = (scene.facts.index.curator, scene.facts.index.admissions);
    let by = scene.named(&admits).or_else(|| scene.named(&curator))?;
    let name = scene.rng.one(&PEOPLE)?;
    let room = scene.facts.index.member_room(scene.facts.now).unwrap_or(0);
    let terms = OfferTerms {
        token_shares: chance::edge(&mut scene.rng, 100_000 * ONE, &[]).max(1),
        index_shares: chance::edge(&mut scene.rng, room, &[room, room / 2, INDEX_ONE]).max(1),
    };
    let (index, token) = (scene.index(), token_of(name));
    let made = ix::offer_membership(&index, &scene.payer(), &key(by), &token, terms);
    call(format!("{by} offers {name} {terms:?}"), made, &[by])
}

fn some_offer(scene: &mut Scene) -> Option<Account<Offer>> {
    let all: Vec<(Pubkey, Offer)> = scene.facts.offers.iter().map(|it| (*it.0, *it.1)).collect();
    let (key, data) = scene.rng.one(&all)?;
    Some(Account { key, data })
}

fn cancel(scene: &mut Scene) -> Option<Call> {
    let (by, it) = (scene.actor(), some_offer(scene)?);
    let made = ix::cancel_offer(&scene.index(), &it, &key(by));
    call(format!("{by} cancels offer {}", it.data.nonce), made, &[by])
}

fn accept(scene: &mut Scene) -> Option<Call> {
    let it = some_offer(scene)?;
    let token = Account {
        key: it.data.token,
        data: *scene.facts.tokens.get(&it.data.token)?,
    };
    let owner = scene.by(&token.data.owner)?;
    let args = AcceptArgs {
        most_gives: u64::MAX,
        least_index_shares: 0,
        deadline: NEVER,
    };
    let subject = setup::subject(owner);
    let subject = (scene.facts.index.terms.equal_share_bps > 0).then_some(&subject);
    let made = ix::accept_membership(&scene.index(), &scene.payer(), &token, &it, subject, args);
    call(
        format!("{owner} accepts offer {}", it.data.nonce),
        made,
        &[owner],
    )
}

fn collect(scene: &mut Scene) -> Option<Call> {
    let it = scene.membership(|_| true)?;
    let slot =
        scene.slot(|slot, scene| scene.facts.index.constituents[usize::from(slot)].coin != 0)?;
    let made = ix::collect_equal_share(&scene.index(), &it, slot).ok()?;
    call(format!("a member is paid of slot {slot}"), made, &[])
}

fn active(it: &Membership) -> bool {
    it.status == MembershipStatus::Active
}

fn end(scene: &mut Scene) -> Option<Call> {
    let (by, it) = (scene.actor(), scene.membership(active)?);
    call(
        format!("{by} ends a membership"),
        ix::end_membership(&it, &key(by)),
        &[by],
    )
}

fn keep(scene: &mut Scene) -> Option<Call> {
    let it = scene.membership(|it| it.ends_at != 0)?;
    call("a membership is kept", ix::keep_membership(&it), &[])
}

/// What keeps the human of a membership from another one.
fn subject_of(scene: &mut Scene, it: &Membership) -> Option<Account<Subject>> {
    let there = scene.pool.world.engine.account(&it.subject)?;
    upside_sdk::state::decode(&it.subject, &there.owner, &there.data).ok()
}

fn apply_end(scene: &mut Scene) -> Option<Call> {
    let it = scene.membership(|it| active(it) && it.ends_at != 0)?;
    let subject = subject_of(scene, &it.data);
    let made = ix::apply_end(&it, subject.as_ref());
    call("a membership ended", made, &[])
}

fn owner_of(
    scene: &mut Scene,
    it: &Membership,
) -> Option<Account<upside_sdk::state::PersonalToken>> {
    let data = *scene.facts.tokens.get(&it.token)?;
    Some(Account {
        key: it.token,
        data,
    })
}

fn take_over(scene: &mut Scene) -> Option<Call> {
    let it = scene.membership(active)?;
    let token = owner_of(scene, &it.data)?;
    let owner = scene.by(&token.data.owner)?;
    let made = ix::take_over_membership(&it, &token);
    call(format!("{owner} asks for a membership"), made, &[owner])
}

fn apply_take_over(scene: &mut Scene) -> Option<Call> {
    let it = scene.membership(|it| it.successor_at != 0)?;
    let token = owner_of(scene, &it.data)?;
    let owner = scene.named(&token.data.owner)?;
    let subject = setup::subject(owner);
    let subject = (scene.facts.index.terms.equal_share_bps > 0).then_some(&subject);
    let previous = subject_of(scene, &it.data);
    let (index, payer) = (scene.index(), scene.payer());
    let made = ix::apply_take_over(&index, &payer, &it, &token, subject, previous.as_ref());
    call(format!("{owner} takes a membership over"), made, &[])
}

fn collect_locked(scene: &mut Scene) -> Option<Call> {
    let it = scene.membership(|it| !active(it) && it.locked > 0)?;
    call(
        "what a member locked comes back",
        ix::collect_locked(&scene.index(), &it),
        &[],
    )
}

fn close(scene: &mut Scene) -> Option<Call> {
    let it = scene.membership(|it| !active(it))?;
    call("a membership is closed", ix::close_membership(&it), &[])
}

fn oppose(scene: &mut Scene) -> Option<Call> {
    let name = scene.rng.one(&PEOPLE)?;
    let number = scene
        .facts
        .tokens
        .get(&token_of(name))?
        .poll_seq
        .checked_sub(1)?;
    let made = ix::oppose_poll(&scene.facts.key, &token_of(name), number);
    call(format!("the index opposes the poll of {name}"), made, &[])
}
