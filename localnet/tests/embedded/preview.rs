//! What somebody sees before they pay: exact, and in few requests.

use crate::round::Offered;
use crate::*;
use upside_sdk::{
    Atoms, Shares, fetch,
    identity::Trust,
    inspect::{self, Intent},
    quote,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_takes_few_requests_and_says_what_comes() {
    let dir = tempfile::tempdir().unwrap();
    Offered::set_up(dir.path()).await;
    let chain = EmbeddedChain::open(dir.path(), &upside_sdk::programs(), no_wait()).unwrap();
    let client = chain.client();
    // So that there is a reserve, and something in it.
    Offered::contribute(&client, 7_000_000).await;
    let token = fetch::find(&client, "ADA").await.unwrap();
    let round = fetch::round(&client, &token.key, 0).await.unwrap();
    let wallet = key(12).pubkey();
    let now = chain.now();
    let quoted = quote::contribution_now(&token.data, &round.data, Atoms(3_500_000), now).unwrap();

    let requests = || client.get_transport_stats().request_count;
    let before = requests();
    let intent = Intent::Contribute {
        round: &round,
        quote: &quoted,
    };
    let trust = Trust::default();
    let preview = inspect::preview(&client, &token, &wallet, intent, &trust)
        .await
        .unwrap();
    // Accounts, holders, then everybody's tokens and names for look-alikes.
    assert_eq!(requests() - before, 4);
    let before = requests();
    let trade = Intent::Buy(Shares(1_000_000));
    let bought = inspect::preview(&client, &token, &wallet, trade, &trust)
        .await
        .unwrap();
    assert_eq!(requests() - before, 4);
    let before = requests();
    let report = inspect::token(&client, &token).await.unwrap();
    assert_eq!(requests() - before, 3);
    assert_eq!(report.disclosure.powers, bought.disclosure.powers);
    assert_eq!(report.disclosure.dilution, bought.disclosure.dilution);

    // 5 shares now, 10 before; the cap is 2^51 atoms.
    assert_eq!(preview.shares.shares.to_string(), "5");
    assert_eq!(preview.holding.shares.to_string(), "15");
    assert_eq!(preview.shares.part.to_string(), "33.3333");
    assert_eq!(preview.holding.part.to_string(), "100");
    assert_eq!(preview.shares.fully_diluted.to_string(), "0");
    Offered::contribute(&client, 3_500_000).await;
    let token = fetch::find(&client, "ADA").await.unwrap();
    let paid = quote::redemption(&token.data, Shares(token.data.supply), Shares(5_000_000), 0);
    let redeems = preview.shares.redeems[0].amount.atoms;
    assert_eq!(redeems, i128::from(paid.unwrap()[0]));
    assert_ne!(redeems, 0);
}
