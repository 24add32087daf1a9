//! Memberships and the equal share.

use {
    super::*,
    crate::Weighted,
    upside_sdk::index::{Membership, MembershipStatus, OfferTerms, find_membership},
    upside_tests::{
        pool::{INDEX_ONE, token_of},
        world::{DAY, ONE},
    },
};

pub const STEPS: &[Weighted] = &[
    (4, offer),
    (7, accept),
    (2, withdraw_offer),
    (3, leave),
    (6, claim_equal_share),
    (5, close),
];

/// A membership of an index, mostly in this state.
fn any_membership(
    run: &mut Run,
    status: MembershipStatus,
) -> Option<(Account<Index>, Account<Membership>)> {
    let either = run.dice.percent(8);
    let all = run.model.indexes.iter().flat_map(|(key, index)| {
        let people = index.people.iter();
        let fitting = people.filter(|(_, mine)| either || mine.status == status);
        fitting.map(|(token, _)| (*key, *token))
    });
    let all: Vec<_> = all.collect();
    let (index, token) = run.dice.one(&all)?;
    let membership = find_membership(&index, &token).0;
    Some((run.pool.world.get(&index), run.pool.world.get(&membership)))
}

fn offer(run: &mut Run) -> Option<Step> {
    let index = any(run);
    let cap = run.model.accrued(&index.key).offer_cap().unwrap_or(0);
    offer_of(run, index, cap / 2)
}

/// An offer of mostly up to `most` shares of an index.
fn offer_of(run: &mut Run, mut index: Account<Index>, most: u64) -> Option<Step> {
    let (name, person) = (curator(run, &mut index), run.somebody());
    let notice = i64::from(index.data.terms.notice_seconds);
    let seconds = run.dice.below(20 * DAY as u64) as i64 - DAY / 4;
    let terms = OfferTerms {
        token_shares: run.dice.rash(5_000 * ONE),
        index_shares: run.dice.rash(most.min(20 * INDEX_ONE)),
        expires_at: run.model.now + notice + seconds,
    };
    let token = token_of(&person);
    let offer = ix::offer_membership(&index, &run.pool.payer(), &token, terms);
    let (who, what) = (
        index.data.curator,
        format!("{name} offers {person} {terms:?}"),
    );
    Some(Step::new(what, offer, &[&name], move |model| {
        model.offer_membership(&index.key, &who, &token, &terms)
    }))
}

fn accept(run: &mut Run) -> Option<Step> {
    // What is offered long before is mostly diluted when it can be accepted.
    if run.dice.percent(60)
        && let Some(offer) = offer(run)
    {
        run.send(offer);
    }
    let (index, membership) = any_membership(run, MembershipStatus::Offered)?;
    if run.dice.percent(90) {
        run.pass_until(membership.data.acceptable_from);
    }
    let mut token: Account<PersonalToken> = run.pool.world.get(&membership.data.token);
    let owner = run.name(&token.data.owner)?;
    let name = run.mostly(&owner);
    let who = run.key(&name);
    let shares = find_shares(&index.key).0;
    if !run.model.accounts.contains_key(&(who, shares)) && run.dice.percent(95) {
        let open = open_shares(run, &index.key, &name);
        run.send(open);
    }
    token.data.owner = who;
    let accept = ix::accept_membership(&index, &token);
    let what = format!("{name} accepts a membership");
    Some(Step::new(what, accept, &[&name], move |model| {
        model.accept_membership(&index.key, &who, &token.key)
    }))
}

fn withdraw_offer(run: &mut Run) -> Option<Step> {
    let (mut index, membership) = any_membership(run, MembershipStatus::Offered)?;
    let name = if run.dice.percent(60) {
        curator(run, &mut index)
    } else {
        actor(run)
    };
    let who = run.key(&name);
    let withdraw = ix::withdraw_offer(&membership, &who);
    let what = format!("{name} withdraws an offer");
    Some(Step::new(what, withdraw, &[&name], move |model| {
        model.withdraw_offer(&index.key, &who, &membership.data.token)
    }))
}

fn leave(run: &mut Run) -> Option<Step> {
    let (index, mut membership) = any_membership(run, MembershipStatus::Accepted)?;
    let member = run.name(&membership.data.member);
    let name = or_other(run, member);
    let who = run.key(&name);
    membership.data.member = who;
    let leave = ix::leave_membership(&membership);
    let what = format!("{name} leaves the index");
    Some(Step::new(what, leave, &[&name], move |model| {
        model.leave_membership(&index.key, &who, &membership.data.token)
    }))
}

fn claim_equal_share(run: &mut Run) -> Option<Step> {
    let status = if run.dice.percent(60) {
        MembershipStatus::Accepted
    } else {
        MembershipStatus::Left
    };
    let (index, membership) = any_membership(run, status)?;
    let it = rules_of(run, &index);
    let mut mine = it.people[&membership.data.token].clone();
    mine.settle(&it.books);
    let cash: Vec<(u8, u64)> = it
        .used()
        .filter(|(_, slot)| slot.kind == Kind::Cash)
        .map(|(number, slot)| (number, (mine.owed[usize::from(slot.book)] >> 64) as u64))
        .collect();
    let (slot, owed) = run.dice.one(&cash)?;
    if owed == 0 && !run.dice.percent(10) {
        return None;
    }
    let claim = ix::claim_equal_share(&index, &membership, slot).ok()?;
    let what = format!("a member is paid {owed} of the equal share in slot {slot}");
    Some(Step::new(what, claim, &[], move |model| {
        model.claim_equal_share(&index.key, &membership.data.token, slot)
    }))
}

fn close(run: &mut Run) -> Option<Step> {
    let (index, membership) = any_membership(run, MembershipStatus::Left)?;
    let close = ix::close_membership(&membership);
    Some(Step::new(
        "a membership is closed",
        close,
        &[],
        move |model| model.close_membership(&index.key, &membership.data.token),
    ))
}
