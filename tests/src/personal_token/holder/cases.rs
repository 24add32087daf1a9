//! Holders, transfers and bearer tokens.

use crate::cases::*;
use upside_sdk::state::Admission;

pub(crate) fn open_holder() -> Case {
    let w = World::new();
    let open = ix::open_holder(&w.token, &payer(&w), &key("bob"), &key("bob"));
    by(w, open, &["bob"])
}

pub(crate) fn open_holder_registrar() -> Case {
    let w = World::with(|args| args.admission = Admission::Approved);
    let open = ix::open_holder(&w.token, &payer(&w), &key("registrar"), &key("bob"));
    by(w, open, &["registrar"])
}

pub(crate) fn two_holders(policy: u8) -> World {
    let mut w = World::with(|args| args.transfer_policy = policy.try_into().unwrap());
    w.issue("bob", 100 * ONE);
    w.open_holder("carol");
    w
}

pub(crate) fn transfer() -> Case {
    let w = two_holders(0);
    let send = ix::transfer_shares(&w.token, &key("bob"), &key("carol"), Shares(ONE), None);
    by(w, send, &["bob"])
}

pub(crate) fn transfer_streams() -> Case {
    let mut w = two_holders(0);
    w.pay_revenue(1_000 * ONE);
    w.pass(DAY);
    let send = ix::transfer_shares(&w.token, &key("bob"), &key("carol"), Shares(ONE), None);
    by(w, send, &["bob"])
}

/// The owner's approval of a transfer of at most `shares` from bob to carol.
/// The approval of a transfer from bob to carol, by instruction.
pub fn approve(w: &mut World, shares: u64) -> Instruction {
    let (from, to) = (key("bob"), key("carol"));
    let args = ApproveTransferArgs {
        from,
        to,
        shares,
        expires_at: w.now() + DAY,
    };
    ix::approve_transfer(&w.token(), &payer(w), args)
}

pub(crate) fn approved(policy: u8) -> World {
    let mut w = two_holders(policy);
    let approve = approve(&mut w, 5 * ONE);
    w.send(&approve, &[&person("founder")]).ok();
    w
}

/// The approval of a transfer from bob to carol.
pub fn approval(w: &mut World) -> upside_sdk::state::Account<upside_sdk::state::Approval> {
    let address = upside_sdk::address::find_approval(&w.token, &key("bob"), &key("carol")).0;
    w.get(&address)
}

pub(crate) fn transfer_approved() -> Case {
    let mut w = approved(1);
    let approval = approval(&mut w);
    let (from, to) = (key("bob"), key("carol"));
    let send = ix::transfer_shares(&w.token, &from, &to, Shares(ONE), Some(&approval));
    by(w, send, &["bob"])
}

pub(crate) fn approve_again() -> Case {
    let mut w = approved(1);
    let again = approve(&mut w, 7 * ONE);
    by(w, again, &["founder"])
}

pub(crate) fn revoke_approval() -> Case {
    let mut w = approved(1);
    let approval = approval(&mut w);
    let revoke = ix::revoke_approval(&w.token(), &approval);
    by(w, revoke, &["founder"])
}

pub(crate) fn withdraw() -> Case {
    let mut w = two_holders(0);
    w.open_bearer("bob");
    let withdraw = ix::withdraw(&w.token(), &key("bob"), Shares(40 * ONE));
    by(w, withdraw, &["bob"])
}

/// A world in which bob has 60 shares registered and 40 in his wallet.
pub fn with_bearer() -> World {
    let Case {
        mut world,
        instruction,
        ..
    } = withdraw();
    world.send(&instruction, &[&person("bob")]).ok();
    world
}

pub(crate) fn deposit() -> Case {
    let mut w = with_bearer();
    let deposit = ix::deposit(&w.token(), &key("bob"), Shares(10 * ONE));
    by(w, deposit, &["bob"])
}

/// A world in which bob has 60 shares registered and deposited 10 more a day ago.
pub fn warmed() -> World {
    let Case {
        mut world,
        instruction,
        ..
    } = deposit();
    world.send(&instruction, &[&person("bob")]).ok();
    world.pass(DAY);
    world
}

pub(crate) fn warm_up() -> Case {
    let w = warmed();
    let warm = ix::warm_up(&w.token, &key("bob"));
    by(w, warm, &[])
}

pub(crate) fn close_holder() -> Case {
    let mut w = World::new();
    w.open_holder("bob");
    let close = ix::close_holder(&w.holder("bob"), &key("bob"));
    by(w, close, &["bob"])
}

pub(crate) fn close_holder_anybody() -> Case {
    let mut w = World::new();
    w.open_holder("bob");
    w.wind_up();
    let close = ix::close_holder(&w.holder("bob"), &key("carol"));
    by(w, close, &["carol"])
}

pub(crate) fn set_venue_announced() -> Case {
    let mut w = World::new();
    w.issue("bob", ONE);
    let set = ix::set_venue(&w.token(), &key("bob"), true);
    by(w, set, &["founder"])
}

pub(crate) fn apply_venue() -> Case {
    let Case {
        world: mut w,
        instruction,
        ..
    } = set_venue_announced();
    w.send(&instruction, &[&person("founder")]).ok();
    w.pass(7 * DAY);
    let apply = ix::apply_venue(&w.token, &key("bob"));
    by(w, apply, &[])
}

pub(crate) fn open_holder_by_credential() -> Case {
    let mut w = World::with(crate::credential::by_credential);
    crate::credential::Attested::on(&key("bob")).put(&mut w);
    let open = ix::open_holder_by_credential(&w.token(), &payer(&w), &key("bob"));
    by(w, open, &["bob"])
}
