//! Shares change hands, and terms change with the consent of those who hold them.

use {
    super::potter::{olga, one, token},
    crate::{
        demo::{
            cast::{Stage, address},
            money::{CASH, DAY, cash, whole},
        },
        error::Result,
    },
    sha2::{Digest, Sha256},
    upside_sdk::{
        Atoms, Pubkey, action, fetch, inspect, instruction,
        state::{Answer, BidTerms, Change, SaleTerms},
    },
};

/// A backer sells some to a fan, who pays the seller; a part of the profit is the
/// potter's.
pub async fn sell_on(stage: &mut Stage) -> Result<()> {
    let (client, rita, tess) = (stage.chain.client(), address("rita"), address("tess"));
    let terms = SaleTerms {
        number: 0,
        shares: whole(4_000).0,
        price: CASH * 2 / 5,
        buyer: Pubkey::default(),
        expires_at: stage.chain.now() + 30 * DAY,
    };
    let open = instruction::open_sale(&olga(), &rita, &rita, terms);
    let what = "offers 4,000 of her shares at 0.40 each".to_string();
    stage.act("rita", what, &one("open sale", open)).await?;
    let (token, sale) = (
        token(stage).await?,
        fetch::sale(&client, &olga(), &rita, 0).await?,
    );
    let deadline = stage.chain.now() + 120;
    let plan = action::buy(&client, &token, &sale, &tess, whole(4_000), deadline).await?;
    let trade = plan.quote;
    let what = format!(
        "buys them for {}: {} bring back what Rita paid, and of the rest {} are Olga's royalty",
        cash(Atoms(trade.payment)),
        cash(Atoms(trade.recovered)),
        cash(Atoms(trade.royalty)),
    );
    stage.act("tess", what, &plan.steps).await
}

/// The fan bids for more: the money waits in the vault until another backer sells to her.
pub async fn bid(stage: &mut Stage) -> Result<()> {
    let (client, sam, tess) = (stage.chain.client(), address("sam"), address("tess"));
    let terms = BidTerms {
        number: 0,
        shares: whole(1_000).0,
        price: CASH * 3 / 10,
        seller: Pubkey::default(),
        expires_at: stage.chain.now() + 30 * DAY,
    };
    let plan = action::open_bid(&client, &token(stage).await?, &tess, &tess, terms).await?;
    let what = format!(
        "bids 0.30 each for 1,000 more: {} wait in the vault",
        cash(plan.quote)
    );
    stage.act("tess", what, &plan.steps).await?;
    let (token, open) = (
        token(stage).await?,
        fetch::bid(&client, &olga(), &tess, 0).await?,
    );
    let deadline = stage.chain.now() + 120;
    let plan = action::fill_bid(&client, &token, &open, &sam, whole(1_000), deadline).await?;
    let what = format!("sells them to her for {}", cash(Atoms(plan.quote.payment)));
    stage.act("sam", what, &plan.steps).await
}

/// More of later payouts is to stay in the reserve: holders answer, one objects and thinks
/// again, and it waits.
pub async fn ask(stage: &mut Stage) -> Result<()> {
    let client = stage.chain.client();
    stage.wait(1, "whoever bought until now may answer")?;
    let (me, document) = (address("olga"), Sha256::digest("why 30 %").into());
    let change = Change::ReserveShare(3_000);
    let plan = action::put_poll(&client, &token(stage).await?, &me, &me, change, document).await?;
    let what = "asks that 30 % of payouts go to the reserve, no longer 20 %".to_string();
    stage.act("olga", what, &plan.steps).await?;
    for (name, answer, what) in [
        ("rita", Answer::For, "votes for it"),
        ("tess", Answer::Against, "votes against it"),
        ("sam", Answer::For, "votes for it"),
        ("tess", Answer::For, "is persuaded, and votes for it"),
    ] {
        let token = token(stage).await?;
        let Some(open) = fetch::open_polls(&client, &token).await?.pop() else {
            return Ok(());
        };
        let plan = action::answer_poll(&client, &token, &open, &address(name), answer).await?;
        stage.act(name, what.to_string(), &plan.steps).await?;
        let report = inspect::token(&client, &super::potter::token(stage).await?).await?;
        let tally = report.governance.polls.into_iter().find_map(|it| it.tally);
        if let Some(tally) = tally {
            let state = match (tally.passed, tally.objected) {
                (true, _) => "passed",
                (_, true) => "a tenth objects",
                _ => "not passed",
            };
            stage.tell(format!(
                "{} % of the eligible shares for it, {} % needed: {state}",
                tally.part, tally.threshold
            ));
        }
    }
    stage.wait(7 * DAY, "whoever is against it could have redeemed")?;
    let token = token(stage).await?;
    let Some(open) = fetch::open_polls(&client, &token).await?.pop() else {
        return Ok(());
    };
    let apply = instruction::apply_poll(&open, &address("sam"));
    stage
        .act("sam", "applies it".to_string(), &one("apply", apply))
        .await
}
