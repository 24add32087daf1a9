//! Slots in which another account makes another valid call. Everything else that a
//! variation changes is a fault.

/// A case, an instruction for all its cases, or `*`; the end of the slot's name; why.
const FREE: &[(&str, &str, &str)] = &[
    ("*", "payer", "whoever signs may pay"),
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
    ("withdraw_offer: anybody", "authority", "as above"),
    ("close_auction: anybody", "authority", "as above"),
    (
        "apply_weights",
        "authority",
        "anybody applies what was announced",
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
        "apply_weights",
        "index",
        "anybody applies what any curator announced",
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
        "vouch_identity: again",
        "identity",
        "by the first statement",
    ),
    (
        "attest_claim: again",
        "attestation",
        "by the first statement",
    ),
    ("buy_pass: again", "pass", "by the first purchase"),
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
];

/// Who signs although the IDL does not say so.
const SIGNS: &[(&str, &str, &str)] = &[(
    "leave_round",
    "backer",
    "its accounts are those of a refund, which anybody sends",
)];

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
