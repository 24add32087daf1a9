//! Every attack that once succeeded, and the test in which it fails.

use std::{fs, path::PathBuf};

/// Number, what was done, and where it fails now.
const TABLE: &[(u32, &str, &[&str])] = &[
    (
        1,
        "issue to a second wallet and redeem: the reserve",
        &["backing::issued_shares_drain_no_reserve"],
    ),
    (
        2,
        "a grant that never vests takes dividends and is burned",
        &[
            "grants::a_grant_that_never_vests_earns_nothing",
            "grants::offers_and_revocations_drain_no_reserve",
        ],
    ),
    (
        4,
        "bearer shares from a market are taken at the last price",
        &["market::nobody_is_bought_out_unsigned"],
    ),
    (
        5,
        "vested grants are taken back for an atom",
        &[
            "market::nobody_is_bought_out_unsigned",
            "grants::offers_and_revocations_drain_no_reserve",
        ],
    ),
    (
        6,
        "everybody is bought out at cost a second before an exit",
        &[
            "market::nobody_is_bought_out_unsigned",
            "claims::declared_costs_lower_no_exit",
        ],
    ),
    (
        7,
        "the loss of a declared claim eats attested exits",
        &["claims::declared_costs_lower_no_exit"],
    ),
    (
        8,
        "shares of the same transaction vote on an exit",
        &[
            "votes::shares_of_the_same_transaction_weigh_nothing",
            "votes::no_vote_takes_an_exit",
        ],
    ),
    (
        9,
        "one atom's vote sleeps until a round closes",
        &["votes::a_poll_does_not_sleep_through_a_round"],
    ),
    (
        10,
        "borrowed money fills a minimum raise",
        &["backing::borrowed_money_fills_no_minimum_raise"],
    ),
    (
        11,
        "a stranger buys below backing and redeems",
        &["backing::an_open_round_drains_no_reserve"],
    ),
    (
        12,
        "a stranger joins after a payout and leaves with it",
        &["backing::a_newcomer_takes_no_part_of_what_streams"],
    ),
    (
        13,
        "a large backer leaves in the last second",
        &["backing::nobody_leaves_in_the_last_second"],
    ),
    (
        14,
        "a round of a token that is wound up pays its owner",
        &["backing::a_round_refunds_in_a_wind_down"],
    ),
    (
        15,
        "an owner without accounts blocks sales at a profit",
        &["market::an_owner_without_accounts_blocks_no_sale"],
    ),
    (
        16,
        "an executor buys custody for an atom",
        &["claims::custody_goes_to_nobody_cheaply"],
    ),
    (
        17,
        "dust vetoes a dissolution",
        &["votes::dust_vetoes_no_dissolution"],
    ),
    (
        18,
        "a veto is bought away",
        &[
            "market::nobody_is_bought_out_unsigned",
            "votes::one_atom_passes_nothing",
        ],
    ),
    (
        19,
        "the rent of a capped contribution is stuck",
        &["endings::rent_of_a_capped_contribution_comes_back"],
    ),
    (
        20,
        "a pledge is a free half more of every round",
        &["accounts::a_round_gives_no_shares_away"],
    ),
    (
        21,
        "everybody is bought out in a wind-down before an exit",
        &["market::nobody_is_bought_out_unsigned"],
    ),
    (
        22,
        "custody is stuck in a wind-down",
        &["endings::custody_is_stuck_in_no_wind_down"],
    ),
    (
        24,
        "the framework's own instructions are there",
        &["accounts::the_framework_has_no_instructions_of_its_own"],
    ),
    (
        26,
        "one lot of shares takes every pass",
        &["endings::one_lot_of_shares_takes_one_pass"],
    ),
    (
        27,
        "a debtor writes a revenue claim off",
        &["claims::a_debtor_ends_no_revenue_claim"],
    ),
    (
        29,
        "a mint that can be frozen is not marked",
        &["endings::a_mint_that_can_be_frozen_is_marked"],
    ),
    (
        31,
        "roles outlive a handover",
        &["endings::nothing_of_a_former_owner_outlives_the_handover"],
    ),
    (
        33,
        "a sale to oneself sets one's own price",
        &["market::a_wash_sale_gains_nothing"],
    ),
    (
        39,
        "one atom decides for shares in grants and wallets",
        &["votes::one_atom_passes_nothing"],
    ),
    (
        41,
        "a multisig passes for a token account",
        &["accounts::a_multisig_is_no_token_account"],
    ),
    (
        44,
        "growth begins when somebody claims",
        &["market::nobody_is_bought_out_unsigned"],
    ),
    (
        45,
        "below a cap, issue and redeem in a loop",
        &["backing::a_loop_of_issues_drains_no_reserve"],
    ),
    (
        46,
        "a wallet assigned to a program is out of reach",
        &["accounts::an_assigned_wallet_keeps_and_redeems"],
    ),
    (
        48,
        "two persons list each other's shares",
        &["accounts::shares_of_a_person_back_nobody"],
    ),
];

#[test]
fn every_attack_that_was_found_fails_in_a_test() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/adversary/attacks");
    for (number, what, tests) in TABLE {
        assert!(!tests.is_empty(), "F{number}: {what}");
        for test in *tests {
            let (file, name) = test.split_once("::").expect("file and name");
            let text = fs::read_to_string(folder.join(file).with_extension("rs")).unwrap();
            let head = format!("#[test]\nfn {name}() {{");
            let Some((before, _)) = text.split_once(&head) else {
                panic!("F{number}: there is no test {test}")
            };
            // Its doc comment names the attack.
            let note = before.trim_end().lines().last().unwrap_or_default();
            let named = note.split(|c: char| !c.is_ascii_alphanumeric());
            assert!(
                named.into_iter().any(|word| word == format!("F{number}")),
                "{test} does not name F{number}: {note}"
            );
        }
    }
    assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0));
}
