//! Look-through of many people with many claims.

use {
    crate::*,
    std::time::Instant,
    upside_localnet::EmbeddedChain,
    upside_sdk::inspect::Percent,
    upside_sdk::{
        index::inspect,
        state::{Claim, ClaimTerms},
    },
};

/// Declares `count` claims of a person, the first for real and the others as copies of
/// its bytes with their own number and address.
async fn declare(world: &World, person: &Keypair, count: u64) -> Result<()> {
    let token = world.token(person).await?;
    let terms = ClaimTerms::Equity {
        name: "Engines Ltd".into(),
        unit_label: "shares".into(),
        decimals: 0,
        units: 1_000,
        cost: 100 * ONE,
        value: 100 * ONE,
        uri: "https://engines.example/deed".into(),
        document: [9; 32],
    };
    world
        .run(
            vec![ix::declare_claim(&token, &person.pubkey(), terms)],
            &[person],
        )
        .await?;
    let first = upside_sdk::address::find_claim(&token.key, 0).0;
    let bytes = world.chain.account(&first).ok_or("a claim")?;
    let place = 8 + core::mem::offset_of!(Claim, number);
    let mut copies = Vec::new();
    for number in 1..count {
        let mut copy = bytes.clone();
        copy.data[place..place + 8].copy_from_slice(&number.to_le_bytes());
        copies.push((upside_sdk::address::find_claim(&token.key, number).0, copy));
    }
    let mut counted = world.chain.account(&token.key).ok_or("a token")?;
    let place = 8 + core::mem::offset_of!(PersonalToken, claims);
    counted.data[place..place + 8].copy_from_slice(&count.to_le_bytes());
    copies.push((token.key, counted));
    world.put(copies)
}

fn calls(chain: &EmbeddedChain) -> usize {
    use solana_rpc_client::rpc_sender::RpcSender;
    chain.get_transport_stats().request_count
}

#[tokio::test]
async fn sixty_three_people_with_twenty_claims_each() {
    let world = World::launched(63).await.unwrap();
    for person in &world.people {
        declare(&world, person, 20).await.unwrap();
    }
    let before = calls(&world.chain);
    let start = Instant::now();
    let report = inspect::index(&world.client, &world.index).await.unwrap();
    let (took, asked) = (start.elapsed(), calls(&world.chain) - before);
    println!("64 constituents, 1,260 claims: {asked} calls, {took:?}");
    assert!(asked <= 40);
    assert!(took.as_secs_f64() < 3.0);

    assert_eq!(report.constituents.len(), 64);
    let claims: usize = report
        .constituents
        .iter()
        .filter_map(|constituent| constituent.token.as_ref())
        .map(|token| token.claims.len())
        .sum();
    assert_eq!(claims, 63 * 20);
    // Person n: the index has (n + 1) * 10 of 10,000 shares, whose claims cost 2,000.
    let third = &report.constituents[2];
    assert_eq!(third.part, Some(Percent::of_bps(30)));
    assert_eq!(third.backing.declared[0].amount.to_string(), "6");
    // All of them together: 10/10,000 of 2,000 times 1 + 2 + … + 63.
    assert_eq!(report.backing.declared[0].amount.to_string(), "4032");
    assert_eq!(report.backing.liquid[0].amount.to_string(), "1000");
    assert_eq!(report.backing_per_share.liquid[0].amount.to_string(), "1");
}
