//! Standing orders are executed together, whatever one of them names.

use crate::{
    round::{Offered, backer, send},
    *,
};
use upside_sdk::{
    TokenError,
    action::{self, Step},
    fetch, instruction,
    state::Order,
};

/// An order may name any address as its round. It is passed over: others go on.
#[tokio::test(flavor = "multi_thread")]
async fn an_order_for_what_is_no_round_is_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    Offered::set_up(dir.path()).await;
    let chain = EmbeddedChain::open(dir.path(), &upside_sdk::programs(), no_wait()).unwrap();
    let client = chain.client();
    Offered::contribute(&client, 7_000_000).await;
    let token = fetch::find(&client, "ADA").await.unwrap();
    let wallet = backer().pubkey();
    // The token itself: an account of the program, of another kind.
    let order = Order::BuyInRound {
        round: token.key,
        max_price: u64::MAX,
        max_supply: u64::MAX,
        terms_version: token.data.terms_version,
    };
    let ends_at = chain.now() + 86_400;
    let set = instruction::set_order(&token.key, &wallet, &wallet, order, ends_at);
    send(&client, &[Step::new("set", vec![set])], &backer()).await;

    let token = fetch::token(&client, &token.key).await.unwrap();
    let requests = || client.get_transport_stats().request_count;
    let before = requests();
    let plan = action::execute_orders(&client, &token, &wallet, None)
        .await
        .unwrap();
    assert_eq!(plan.quote.skipped, [(wallet, TokenError::OrderVoid)]);
    assert!(plan.steps.is_empty());
    // The clock, the orders, then holders, rounds and contributions, however many there are.
    assert_eq!(requests() - before, 5);
}
