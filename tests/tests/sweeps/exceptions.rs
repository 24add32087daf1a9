//! Slots in which another account makes another valid call. Everything else that a
//! variation changes is a fault.

/// A case, an instruction for all its cases, or `*`; the end of the slot's name; why.
const FREE: &[(&str, &str, &str)] = &[
    ("*", "payer", "whoever signs may pay"),
    ("redeem: receipt", "remaining 4", "as above"),
    // What anybody may do.
    (
        "close_round",
        "closer",
        "anybody closes a round that is over",
    ),
    (
        "apply_policy",
        "authority",
        "anybody applies what was announced",
    ),
    (
        "apply_poll",
        "authority",
        "anybody applies what was approved",
    ),
    ("close_poll", "authority", "anybody ends what is over"),
    ("cancel_bid: expired", "authority", "as above"),
    ("cancel_order: ended", "authority", "as above"),
    (
        "buy_by_order",
        "executor",
        "anybody executes what a holder ordered",
    ),
    (
        "revoke_attestation: old claim",
        "authority",
        "anybody clears away what speaks for nothing any more",
    ),
    ("close_ended: contribution", "authority", "as above"),
    ("close_ended: approval", "authority", "as above"),
    ("close_ended: names", "authority", "as above"),
    ("close_ended: attesters", "authority", "as above"),
    ("close_claim: custody", "authority", "as above"),
    (
        "join_endowment",
        "authority",
        "in a wind-down anybody shares out",
    ),
    ("open_estate", "authority", "as above"),
    ("cancel_sale: expired", "authority", "as above"),
    ("close_holder: anybody", "authority", "as above"),
    ("cancel_grant: anybody", "authority", "as above"),
    (
        "finish_basket",
        "authority",
        "anybody finishes a full basket",
    ),
    ("finish_basket: closed", "authority", "as above"),
    (
        "cancel_basket: anybody",
        "authority",
        "anybody ends what is over",
    ),
    ("cancel_offer: anybody", "authority", "as above"),
    ("end_rebalance: anybody", "authority", "as above"),
    (
        "cancel_announcement: expired",
        "authority",
        "anybody takes back what expired",
    ),
    (
        "withdraw_basket: to somebody else",
        "remaining 1",
        "the basket's wallet signs, and says where to",
    ),
    (
        "withdraw_basket: to somebody else",
        "remaining 4",
        "as above",
    ),
    (
        "back_candidate: another",
        "candidacy",
        "a lock may back nobody",
    ),
    // Another one of the kind, in the same state.
    (
        "apply_policy",
        "token",
        "anybody applies what any owner announced",
    ),
    (
        "wind_up_by_executor",
        "token",
        "one may be the executor of many",
    ),
    (
        "join_endowment",
        "token",
        "anybody joins the endowment of any token that was wound up a year ago",
    ),
    ("set_venue", "holder", "the owner marks any account"),
    ("set_venue: announced", "holder", "as above"),
    (
        "offer_membership",
        "token",
        "anybody in the index is offered shares",
    ),
    (
        "apply_end",
        "membership",
        "anybody applies any end that was announced",
    ),
    (
        "clear_role: by whoever has it",
        "index",
        "one may have roles in many indexes",
    ),
    (
        "cancel_basket: anybody",
        "basket",
        "anybody cancels any basket that is over",
    ),
];

/// What an instruction does where an account does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Without {
    /// It makes the account.
    IsMade,
    /// It goes without.
    Goes,
}

/// Accounts that an instruction makes where they do not exist.
const MADE: &[(&str, &str, &str)] = &[
    (
        "approve_transfer: again",
        "approval",
        "by the first approval",
    ),
    (
        "contribute_escrowed: again",
        "contribution",
        "by the first payment",
    ),
    (
        "add_attesters: another",
        "attesters",
        "by the first attester",
    ),
    (
        "announce_name: again",
        "naming",
        "by the first announcement",
    ),
    (
        "collect_grant",
        "holder",
        "with the first shares: the offer admitted the wallet",
    ),
    (
        "attest_identity: again",
        "identity",
        "by the first statement",
    ),
    (
        "attest_claim: again",
        "attestation",
        "by the first statement",
    ),
    ("buy_pass: again", "pass", "by the first purchase"),
    ("set_order: again", "order", "by the first order"),
    ("lock_shares: again", "lock", "by the first lock"),
    (
        "open_rebalance: again",
        "rebalance",
        "by the first rebalance",
    ),
];

/// Accounts that an instruction can do without.
const GONE: &[(&str, &str, &str)] = &[
    (
        "accept_ownership",
        "new_holder",
        "an owner need not be a holder",
    ),
    (
        "close_poll: undercut",
        "put_by_holder",
        "who put it may have closed their account",
    ),
    (
        "close_pass: held",
        "holder",
        "who had the pass may have redeemed all and closed it",
    ),
    (
        "exit_claim: attested",
        "remaining 0",
        "an accepted attester may have signed nothing",
    ),
    ("buy_at_auction", "remaining 0", "as above"),
    ("put_poll: auction", "remaining 0", "as above"),
    ("apply_poll: auction", "remaining 0", "as above"),
    (
        "unlock_shares: all of what backs",
        "candidacy",
        "the candidate may have given up",
    ),
    ("back_candidate: another", "previous", "as above"),
    ("back_candidate: nobody", "previous", "as above"),
];

/// Instructions of which some calls state nothing, and emit no event.
const SILENT: &[(&str, &str)] = &[("add_attesters", "an empty list, which anybody makes")];

/// Who signs although the IDL does not say so.
const SIGNS: &[(&str, &str, &str)] = &[(
    "leave_round",
    "backer",
    "its accounts are those of a refund, which anybody sends",
)];

/// Whether the call may end without an event.
pub fn is_silent(case: &str) -> bool {
    let instruction = crate::sweep::instruction_of(case);
    SILENT.iter().any(|(name, _)| *name == instruction)
}

fn lists(list: &[(&str, &str, &str)], case: &str, slot: &str) -> bool {
    let instruction = crate::sweep::instruction_of(case);
    let slot = slot.rsplit('.').next().unwrap();
    list.iter().any(|(name, of, _)| {
        let named = [case, instruction, "*"].contains(name);
        named && *of == slot
    })
}

/// Whether another account in this slot makes another valid call.
pub fn is_free(case: &str, slot: &str) -> bool {
    lists(FREE, case, slot)
}

/// What the call does where this account does not exist, if that is a valid call.
pub fn without(case: &str, slot: &str) -> Option<Without> {
    let made = lists(MADE, case, slot).then_some(Without::IsMade);
    made.or(lists(GONE, case, slot).then_some(Without::Goes))
}

/// Whether this account signs although the IDL does not say so.
pub fn signs_beyond_the_idl(case: &str, slot: &str) -> bool {
    lists(SIGNS, case, slot)
}
