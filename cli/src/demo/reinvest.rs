//! A holder reinvests what she earned, by a standing order that somebody else executes.

use {
    super::{
        cast::{Stage, address},
        money::{CASH, DAY, cash, shares, whole},
    },
    crate::error::Result,
    upside_sdk::{
        action::{self, Step},
        address::find_round,
        error::SdkError,
        fetch, instruction,
        state::{Order, RoundTerms},
    },
};

/// Cleo's dividends buy shares in a small round, at no more than she said.
pub async fn play(stage: &mut Stage) -> Result<()> {
    let client = stage.chain.client();
    let (ada, ben, cleo) = (address("ada"), address("ben"), address("cleo"));
    let token = stage.token().await?;
    let now = stage.chain.now();
    let mut terms = RoundTerms {
        backer_cap: u64::MAX,
        min_contribution: CASH,
        opens_at: now,
        closes_at: now + 10 * DAY,
        reserve_bps: 2_500,
        most_part_bps: 5_000,
        ..RoundTerms::default()
    };
    terms.stages[0].shares = whole(5_000).0;
    terms.stages[0].price = CASH * 2 / 5;
    let number = token.data.rounds;
    let open = instruction::open_round(&token, &ada, terms);
    let what = "opens a small round that sells at once: 5,000 shares at 0.40".to_string();
    let step = Step::new("open round", vec![open]);
    stage.act("ada", what, &[step]).await?;

    let token = stage.token().await?;
    let order = Order::BuyInRound {
        round: find_round(&token.key, number).0,
        max_price: CASH * 2 / 5,
        max_supply: action::most_supply(&token.data),
        terms_version: token.data.terms_version,
    };
    let until = now + 10 * DAY;
    let plan = action::set_order(&client, &token, &cleo, &cleo, order, until).await?;
    let what = "orders that her dividends buy shares in it, for at most 0.40 each".to_string();
    stage.act("cleo", what, &plan.steps).await?;
    let plan = action::execute_orders(&client, &token, &ben, Some(&cleo)).await?;
    if let Some((_, why)) = plan.quote.skipped.first() {
        return Err(SdkError::Refused(*why).into());
    }
    let (paid, bought) = (plan.quote.amount()?, plan.quote.shares()?);
    let what = format!(
        "executes Cleo's order, as anybody may: {} of dividends buy {} shares",
        cash(paid),
        shares(bought)
    );
    stage.act("ben", what, &plan.steps).await?;
    let order = fetch::order(&client, &token.key, &cleo).await?;
    let plan = action::cancel_order(&client, &token, &order, &cleo).await?;
    stage
        .act("cleo", "ends her order".to_string(), &plan.steps)
        .await?;

    let token = stage.token().await?;
    let round = fetch::round(&client, &token.key, number).await?;
    let plan = action::close_round(&client, &token, &round, &ada).await?;
    let what = "ends the round: what was not sold does not exist".to_string();
    stage.act("ada", what, &plan.steps).await
}
