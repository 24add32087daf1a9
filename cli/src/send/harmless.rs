//! Which steps need a yes: all that move value or cannot be undone.

use {
    sha2::{Digest, Sha256},
    solana_program::instruction::Instruction,
    upside_sdk::{action::Step, address::SYSTEM_PROGRAM, index, state},
};

/// What brings somebody their own, can be taken back, or only counts what is there.
const TOKEN: [&str; 42] = [
    "answer_poll",
    "apply_name",
    "apply_policy",
    "apply_venue",
    "book_surplus",
    "buy_by_order",
    "cancel_bid",
    "cancel_grant",
    "cancel_order",
    "cancel_policy",
    "cancel_poll",
    "cancel_sale",
    "close_claim",
    "close_ended",
    "close_grant",
    "close_holder",
    "close_pass",
    "close_poll",
    "close_product",
    "close_round",
    "close_vault",
    "collect_contribution",
    "collect_dividend",
    "collect_estate",
    "collect_grant",
    "collect_pass",
    "deposit",
    "heartbeat",
    "join_endowment",
    "note_immovable",
    "open_estate",
    "open_holder",
    "open_holder_by_credential",
    "pause",
    "pay_by_order",
    "refund_contribution",
    "revoke_approval",
    "settle_round",
    "sync_claim",
    "sync_share_custody",
    "unpause",
    "warm_up",
];
const INDEX: [&str; 34] = [
    "add_orders",
    "apply_announcement",
    "apply_end",
    "apply_take_over",
    "back_candidate",
    "cancel_announcement",
    "cancel_basket",
    "cancel_offer",
    "close_basket",
    "close_candidacy",
    "close_membership",
    "close_wrapper",
    "collect_equal_share",
    "collect_fees",
    "collect_locked",
    "collect_wound_up",
    "count_veto",
    "end_rebalance",
    "finish_basket",
    "harvest",
    "harvest_wrapped",
    "lock_shares",
    "note_stuck",
    "open_rebalance",
    "pause",
    "redeem_wound_up",
    "support",
    "sync_mint",
    "sync_personal",
    "unlock_shares",
    "unpause",
    "unwrap_tickets",
    "veto",
    "withdraw_basket",
];

/// The system program's instructions that move lamports between people.
const TRANSFERS: [u8; 3] = [2, 5, 11];

/// Whether nobody has to agree to any of these steps. What is not known to be harmless
/// needs a yes.
pub fn is_harmless(steps: &[Step]) -> bool {
    let mut calls = steps.iter().flat_map(|step| &step.instructions);
    calls.all(is_harmless_call)
}

fn is_harmless_call(call: &Instruction) -> bool {
    let known = |list: &[&str]| list.iter().any(|name| call.data.starts_with(&tag(name)));
    match call.program_id {
        id if id == state::PROGRAM_ID => known(&TOKEN),
        id if id == index::PROGRAM_ID => known(&INDEX),
        SYSTEM_PROGRAM => call.data.first().is_some_and(|it| !TRANSFERS.contains(it)),
        // Accounts, lookup tables and test currencies.
        _ => true,
    }
}

/// The first eight bytes of an instruction's data, by its name.
fn tag(name: &str) -> [u8; 8] {
    let hash: [u8; 32] = Sha256::digest(format!("global:{name}")).into();
    std::array::from_fn(|place| hash.get(place).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use {super::*, serde_json::Value, std::fs};

    #[test]
    fn every_name_is_one_of_an_instruction() {
        for (file, names) in [("personal_token", &TOKEN[..]), ("pooled_index", &INDEX[..])] {
            let path = format!("{}/../idl/{file}.json", env!("CARGO_MANIFEST_DIR"));
            let idl: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            let all = idl["instructions"].as_array().unwrap();
            for name in names {
                let found = all.iter().find(|one| one["name"] == *name);
                let found = found.unwrap_or_else(|| panic!("{file} has no {name}"));
                assert_eq!(
                    found["discriminator"],
                    serde_json::json!(tag(name)),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn what_is_unknown_needs_a_yes() {
        let step = |program_id, data: &[u8]| {
            let accounts = Vec::new();
            let data = data.to_vec();
            vec![Step::new(
                "x",
                vec![Instruction {
                    program_id,
                    accounts,
                    data,
                }],
            )]
        };
        assert!(is_harmless(&step(
            state::PROGRAM_ID,
            &tag("collect_dividend")
        )));
        assert!(is_harmless(&step(SYSTEM_PROGRAM, &[0, 0, 0, 0])));
        for name in [
            "redeem",
            "transfer_shares",
            "report_revenue",
            "write_off_claim",
            "new_one",
        ] {
            assert!(!is_harmless(&step(state::PROGRAM_ID, &tag(name))), "{name}");
        }
        assert!(!is_harmless(&step(index::PROGRAM_ID, &tag("redeem"))));
        assert!(!is_harmless(&step(SYSTEM_PROGRAM, &[2, 0, 0, 0])));
    }
}
