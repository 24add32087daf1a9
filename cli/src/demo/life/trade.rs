//! Shares change hands, and terms change with the consent of those who hold them.

use {
    super::{olga, one, token},
    crate::{
        demo::{
            cast::{Stage, address},
            story::{CASH, DAY, cash, whole},
        },
        error::Result,
    },
    sha2::{Digest, Sha256},
    upside_sdk::{
        Atoms, Pubkey, action, fetch, inspect, instruction,
        state::{Change, SaleTerms},
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

/// More of later payouts is to stay in the reserve: holders approve, and it waits.
pub async fn amend(stage: &mut Stage) -> Result<()> {
    let (me, document) = (address("olga"), Sha256::digest("why 30 %").into());
    let change = Change::ReserveShare(3_000);
    let month = 30 * 86_400;
    let propose =
        instruction::propose_amendment(&token(stage).await?, &me, change, document, month);
    let what = "proposes that 30 % of payouts go to the reserve, no longer 20 %".to_string();
    stage.act("olga", what, &one("propose", propose)).await?;
    for name in ["rita", "sam"] {
        let client = stage.chain.client();
        let Some(open) = fetch::open_amendment(&client, &token(stage).await?).await? else {
            return Ok(());
        };
        let approve = instruction::approve_amendment(&open, &address(name));
        stage
            .act(name, "approves".to_string(), &one("approve", approve))
            .await?;
        let report = inspect::token(&client, &token(stage).await?).await?;
        let tally = report.governance.amendment.and_then(|open| open.tally);
        if let Some(tally) = tally {
            let state = if tally.passed { "passed" } else { "not passed" };
            stage.tell(format!(
                "{} % of the votes of {} % needed: {state}",
                tally.part, tally.threshold
            ));
        }
    }
    stage.wait(7 * DAY, "whoever is against it could have redeemed")?;
    let token = token(stage).await?;
    let Some(open) = fetch::open_amendment(&stage.chain.client(), &token).await? else {
        return Ok(());
    };
    let apply = instruction::apply_amendment(&token, &open, &address("sam"));
    stage
        .act("sam", "applies it".to_string(), &one("apply", apply))
        .await
}
