//! Every attack on an index that once succeeded, and the test in which it fails.

use std::{fs, path::PathBuf};

/// Name, what was done, and where it fails now.
const TABLE: &[(&str, &str, &[&str])] = &[
    (
        "H1",
        "wash rounds drain an index through pledges",
        &["members::what_a_member_prints_takes_nothing"],
    ),
    (
        "H2",
        "a basket takes others' cost along, and they are bought out",
        &["people::shares_that_go_through_a_basket_keep_their_cost"],
    ),
    (
        "H3",
        "an auction buys what was printed after its opening",
        &["people::prints_after_an_announcement_are_bought_at_less"],
    ),
    (
        "H4",
        "the owner prints and redeems what backs the index",
        &["people::prints_and_redemptions_take_no_part_of_the_reserve"],
    ),
    (
        "L1",
        "an atom makes redemptions in flight fail",
        &["entry::an_atom_makes_nothing_in_flight_fail"],
    ),
    (
        "L2",
        "a fraction of the equal share keeps a slot for good",
        &["members::a_fraction_keeps_no_slot"],
    ),
    (
        "L4",
        "a stranger pays a basket where its wallet does not look",
        &["entry::a_basket_is_paid_to_the_wallets_own_account"],
    ),
    (
        "L6",
        "a person's reserve takes shares of the index",
        &["people::backing_does_not_go_round_in_a_circle"],
    ),
    (
        "L8",
        "an atom in a basket pins a slot for good",
        &["entry::a_strangers_atom_pins_no_slot"],
    ),
    (
        "M1",
        "a pause hides an auction's clock",
        &["trades::a_pause_stops_no_bids"],
    ),
    (
        "M3",
        "dividends of an unlisted mint wait for whoever adds it",
        &["entry::dividends_of_a_mint_that_is_listed_later_are_sniped_by_nobody"],
    ),
    (
        "M4",
        "a payment is sniped within the harvest's age",
        &[
            "entry::what_streams_is_sniped_by_nobody",
            "entry::what_streams_is_sniped_by_no_basket",
        ],
    ),
    (
        "M5",
        "a member joins before a harvest and leaves after it",
        &["members::a_member_of_a_moment_takes_no_equal_share"],
    ),
    (
        "M6",
        "the curator's people take the equal share",
        &["members::the_curators_people_take_little_of_the_equal_share"],
    ),
    (
        "M7",
        "one person closes the index for good",
        &["people::a_person_who_closes_their_token_closes_no_exit"],
    ),
    (
        "M8",
        "a venue's mark goes without notice",
        &["people::a_venue_mark_goes_with_notice_only"],
    ),
    (
        "M9",
        "an old announcement raises a fee in front of a contribution",
        &["holders::an_old_announcement_raises_no_fee_in_front_of_a_contribution"],
    ),
    (
        "M10",
        "an acceptance that was signed earlier takes worse terms",
        &["members::an_acceptance_takes_no_worse_terms"],
    ),
    (
        "M11",
        "what waits in a payout earns for others",
        &["members::what_waits_in_a_payout_earns_for_whom_it_is"],
    ),
    (
        "M15",
        "nobody can end a membership",
        &["members::a_membership_ends_by_notice_and_with_its_slot"],
    ),
    (
        "N1",
        "a rebalance is traded though votes against it became enough",
        &["others::a_rebalance_with_enough_votes_against_it_is_not_traded"],
    ),
    (
        "N2",
        "a stranger redeems an index's shares while more streams to them",
        &["others::what_streams_is_not_left_to_others_in_a_wind_down"],
    ),
    (
        "N3",
        "a stranger sends an index's part of an estate where it does not look",
        &["others::an_estate_is_paid_to_no_account_beside_the_custody"],
    ),
    (
        "R1",
        "shares of a moment stretch a cap of dilution",
        &["members::shares_of_a_moment_stretch_no_dilution"],
    ),
    (
        "R2",
        "a bid is paid with what is in custody",
        &["entry::what_is_in_a_basket_is_paid_back_once"],
    ),
    (
        "Case 1",
        "dividends of an emptied slot are sniped",
        &["people::an_emptied_slots_dividends_are_sniped_by_nobody"],
    ),
    (
        "Case 3",
        "a person is removed with dividends due",
        &["people::a_person_with_dividends_due_is_not_removed"],
    ),
];

#[test]
fn every_attack_on_an_index_that_was_found_fails_in_a_test() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/adversary/index/attacks");
    for (name, what, tests) in TABLE {
        assert!(!tests.is_empty(), "{name}: {what}");
        for test in *tests {
            let (file, function) = test.split_once("::").expect("file and name");
            let text = fs::read_to_string(folder.join(file).with_extension("rs")).unwrap();
            let head = format!("#[test]\nfn {function}() {{");
            let Some((before, _)) = text.split_once(&head) else {
                panic!("{name}: there is no test {test}")
            };
            // Its doc comment begins with the attack.
            let note = before.trim_end().rsplit("\n\n").next().unwrap_or_default();
            let begins = note.starts_with(&format!("/// {name}."));
            assert!(begins, "{test} does not name {name}: {note}");
        }
    }
}
