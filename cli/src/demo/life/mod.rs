//! The third act, the rest of a life: a potter is vouched for and copied, her equity is
//! attested and disputed, a helper's shares vest, a customer comes, shares change hands,
//! terms change. Then she dies, and everybody is paid out.

mod end;
mod people;
mod potter;
pub mod report;
mod trade;
mod work;

use {
    self::potter::{Kept, olga, one, token},
    super::{
        cast::{Stage, address},
        money::{CASH, DAY, cash, currency, shares, whole},
    },
    crate::error::Result,
    upside_sdk::{
        Atoms,
        action::{self, Contribution},
        fetch, instruction,
        state::{RoundTerms, StageTerms},
    },
};

/// Plays it all.
pub async fn play(stage: &mut Stage) -> Result<Kept> {
    for (name, units) in [
        ("rita", 10_000),
        ("sam", 10_000),
        ("tess", 3_000),
        ("sons", 4_000),
    ] {
        stage
            .chain
            .mint_to(&currency(), &address(name), units * CASH)?;
    }
    begin(stage).await?;
    people::attest(stage).await?;
    people::copy(stage).await?;
    work::evidence(stage).await?;
    work::help(stage).await?;
    trade::sell_on(stage).await?;
    trade::bid(stage).await?;
    work::teach(stage).await?;
    trade::ask(stage).await?;
    let mut kept = Kept::default();
    end::die(stage).await?;
    end::wind_up(stage, &mut kept).await?;
    end::pay_out(stage).await?;
    end::close(stage, &mut kept).await?;
    Ok(kept)
}

/// A potter sells shares of herself, half of the money stays in the reserve.
async fn begin(stage: &mut Stage) -> Result<()> {
    people::create(stage, "olga", "Olga Kiln", "OLGA").await?;
    let (key, me, quin) = (olga(), address("olga"), address("quin"));
    let add = instruction::add_attesters(&key, &me, &me, &[quin]);
    let what = "names the notary as attester of her claims, before anybody buys".to_string();
    stage.act("olga", what, &one("add attesters", add)).await?;
    let own = instruction::issue(
        &token(stage).await?,
        &address("olga"),
        whole(50_000),
        Atoms::ZERO,
    );
    let what = "issues 50,000 shares to herself".to_string();
    stage.act("olga", what, &one("issue", own)).await?;
    let now = stage.chain.now();
    let mut terms = RoundTerms {
        backer_cap: u64::MAX,
        min_contribution: 1,
        opens_at: now,
        closes_at: now + 30 * DAY,
        reserve_bps: 5_000,
        most_part_bps: 10_000,
        ..RoundTerms::default()
    };
    terms.stages[0] = StageTerms {
        shares: whole(40_000).0,
        price: CASH / 4,
    };
    let open = instruction::open_round(&token(stage).await?, &address("olga"), terms);
    let what = "opens a round: 40,000 shares at 0.25, half of it for the reserve".to_string();
    stage.act("olga", what, &one("open round", open)).await?;
    let client = stage.chain.client();
    for (name, units) in [("rita", 6_000), ("sam", 4_000)] {
        let token = token(stage).await?;
        let round = fetch::round(&client, &token.key, 0).await?;
        let request = Contribution {
            backer: address(name),
            payment: Atoms(units * CASH),
            slippage_bps: 0,
            deadline: stage.chain.now() + 120,
            max_supply: None,
            approver: None,
        };
        let plan = action::contribute(&client, &token, &round, &request).await?;
        let (paid, bought) = (
            cash(plan.quote.purchase.charge),
            shares(plan.quote.purchase.shares),
        );
        let what = format!("buys {bought} shares for {paid}");
        stage.act(name, what, &plan.steps).await?;
    }
    Ok(())
}
