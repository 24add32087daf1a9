//! Shares that change hands, with approvals and venues.

use {
    crate::oracle::steps::holders::{free, holder_of},
    crate::oracle::{
        Weighted,
        run::{Run, Step, resigned},
    },
    crate::{
        pool::token_of,
        world::{DAY, ONE},
    },
    upside_sdk::{
        Pubkey, Shares,
        address::find_approval,
        instruction as ix,
        state::{Account, Approval, ApproveTransferArgs},
    },
};

pub const STEPS: &[Weighted] = &[
    (9, transfer),
    (4, approve),
    (2, use_approval),
    (1, revoke),
    (2, set_venue),
    (2, apply_venue),
];

/// The approval for two wallets, if there is one.
fn approval(
    run: &mut Run,
    token: &Pubkey,
    from: &Pubkey,
    to: &Pubkey,
) -> Option<Account<Approval>> {
    let known = run.model.approvals.contains_key(&(*token, *from, *to));
    known.then(|| run.pool.world.get(&find_approval(token, from, to).0))
}

fn send(run: &mut Run, person: &str, from: &str, to: &str, shares: u64) -> Step {
    let (token, a, b) = (token_of(person), run.key(from), run.key(to));
    let found = approval(run, &token, &a, &b).filter(|_| run.rng.percent(95));
    let send = ix::transfer_shares(&token, &a, &b, Shares(shares), found.as_ref());
    let approved = found.is_some();
    let what = format!("{from} sends {shares} of {person} to {to}");
    // Now and then somebody else signs.
    let signer = run.mostly(from);
    let by = run.key(&signer);
    let send = resigned(send, &a, &by);
    Step::new(what, send, &[&signer], move |model| {
        model.transfer_shares(&token, &by, &a, &b, shares, approved)
    })
}

fn transfer(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let (from, to) = (holder_of(run, &person), holder_of(run, &person));
    let has = free(run, &person, &from);
    let shares = run.rng.rash(has);
    Some(send(run, &person, &from, &to, shares))
}

fn use_approval(run: &mut Run) -> Option<Step> {
    let known: Vec<_> = run
        .model
        .approvals
        .iter()
        .map(|(place, it)| (*place, it.shares))
        .collect();
    let ((token, from, to), shares) = run.rng.one(&known)?;
    let person = run.name(&run.model.tokens[&token].creator)?;
    let shares = run.rng.rash(shares);
    let (from, to) = (run.name(&from)?, run.name(&to)?);
    Some(send(run, &person, &from, &to, shares))
}

fn approve(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let (from, to) = (holder_of(run, &person), holder_of(run, &person));
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let (token, payer, by) = (run.token(&person), run.pool.payer(), run.key(&signer));
    let later = run.rng.below(3 * DAY as u64) as i64;
    let args = ApproveTransferArgs {
        from: run.key(&from),
        to: run.key(&to),
        shares: run.rng.rash(50_000 * ONE),
        expires_at: run.now() + if run.rng.percent(5) { 0 } else { later },
    };
    let approve = ix::approve_transfer(&token, &payer, args);
    let approve = resigned(approve, &token.data.owner, &by);
    let what = format!(
        "{signer} approves {} of {person} from {from} to {to}",
        args.shares
    );
    Some(Step::new(what, approve, &[&signer], move |model| {
        model.approve_transfer(&token.key, &by, &args)
    }))
}

fn revoke(run: &mut Run) -> Option<Step> {
    let known: Vec<_> = run.model.approvals.keys().copied().collect();
    let (key, from, to) = run.rng.one(&known)?;
    let person = run.name(&run.model.tokens[&key].creator)?;
    let owner = run.owner_of(&person);
    let signer = if run.rng.percent(75) {
        owner
    } else {
        run.anybody()
    };
    let (token, by) = (run.token(&person), run.key(&signer));
    let found = approval(run, &key, &from, &to)?;
    let revoke = resigned(ix::revoke_approval(&token, &found), &token.data.owner, &by);
    let what = format!("{signer} revokes an approval of {person}");
    Some(Step::new(what, revoke, &[&signer], move |model| {
        model.revoke_approval(&key, &by, &from, &to)
    }))
}

fn set_venue(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let holder = holder_of(run, &person);
    let owner = run.owner_of(&person);
    let signer = run.mostly(&owner);
    let (token, by, wallet) = (run.token(&person), run.key(&signer), run.key(&holder));
    let venue = run.rng.percent(50);
    let set = resigned(
        ix::set_venue(&token, &wallet, venue),
        &token.data.owner,
        &by,
    );
    let what = format!("{signer} says whether {holder} is a venue of {person}: {venue}");
    Some(Step::new(what, set, &[&signer], move |model| {
        model.set_venue(&token.key, &by, &wallet, venue)
    }))
}

fn apply_venue(run: &mut Run) -> Option<Step> {
    let announced = run.model.holders.iter();
    let announced = announced.filter(|(_, holder)| holder.pending_venue.is_some());
    let announced: Vec<_> = announced.map(|(place, _)| *place).collect();
    let (token, wallet) = run.rng.one(&announced)?;
    if run.rng.percent(60) {
        let notice = i64::from(run.model.tokens[&token].terms.notice_seconds);
        let at = run.model.holders[&(token, wallet)].pending_venue?.1 + notice;
        let before = run.rng.below(2) as i64;
        run.pass_until(at - before);
    }
    let apply = ix::apply_venue(&token, &wallet);
    let what = "somebody applies an announced venue mark".to_string();
    Some(Step::new(what, apply, &[], move |model| {
        model.apply_venue(&token, &wallet)
    }))
}
