//! Each program knows the other's address, so that neither takes the other's shares.

#[test]
fn both_programs_know_whose_shares_they_refuse() {
    let ours = [personal_token::ID, pooled_index::ID];
    assert_eq!(upside_support::keys::OURS, ours);
}
