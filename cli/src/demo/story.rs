//! The story: issue, back, declare, earn, exit, claim, reinvest, redeem, give, withdraw.

use {
    super::{
        cast::{Stage, address},
        money::{CASH, DAY, DECIMALS, cash, currency, shares, whole},
        reinvest,
    },
    crate::error::Result,
    sha2::{Digest, Sha256},
    upside_sdk::{
        Atoms, Pubkey,
        action::{self, Contribution, Limits, Step},
        fetch, instruction,
        state::{
            Account, Admission, Claim, ClaimTerms, CreateTokenArgs, ExitArgs, PersonalToken, Round,
            RoundTerms, StageTerms, TermsInput, TransferPolicy,
        },
    },
};

/// Plays it all.
pub async fn play(stage: &mut Stage) -> Result<()> {
    fund(stage)?;
    issue(stage).await?;
    declare(stage).await?;
    back(stage).await?;
    earn(stage).await?;
    exit(stage).await?;
    reinvest::play(stage).await?;
    leave(stage).await
}

fn fund(stage: &Stage) -> Result<()> {
    stage
        .chain
        .create_mint(&currency(), DECIMALS, &address("bank"))?;
    for (name, units) in [
        ("ben", 10_000),
        ("cleo", 10_000),
        ("dan", 10_000),
        ("press", 5_000),
        ("fund", 50_000),
    ] {
        stage
            .chain
            .mint_to(&currency(), &address(name), units * CASH)?;
    }
    Ok(())
}

/// A founder makes a token and keeps 100,000 shares.
async fn issue(stage: &mut Stage) -> Result<()> {
    let ada = address("ada");
    let args = CreateTokenArgs {
        name: "Ada Lovelace".to_string(),
        symbol: "ADA".to_string(),
        uri: "https://ada.example/token.json".to_string(),
        terms: TermsInput {
            supply_cap: whole(1_000_000).0,
            launch_shares: whole(250_000).0,
            room_bps: 2_500,
            bearer_cap: whole(10_000).0,
            floor: 5_000 * CASH,
            loss_limit: 0,
            cash_out_tax_bps: 500,
            royalty_bps: 1_000,
            reserve_bps: 2_000,
            poll_threshold_bps: 6_667,
            drip_seconds: 604_800,
            notice_seconds: 604_800,
            inactivity_seconds: 31_536_000,
        },
        admission: Admission::Open,
        transfer_policy: TransferPolicy::Free,
        guardian: Pubkey::default(),
        registrar: Pubkey::default(),
        credential: Pubkey::default(),
        schema: Pubkey::default(),
    };
    let client = stage.chain.client();
    let plan = action::create_token(&client, &ada, &ada, &currency(), args).await?;
    let what = "creates her token ADA: floor 5,000, reserve 20 %, cash-out tax 5 %".to_string();
    stage.act("ada", what, &plan.steps).await?;
    let token = stage.token().await?;
    let own = instruction::issue(&token, &ada, whole(100_000), Atoms::ZERO);
    stage
        .act(
            "ada",
            "issues 100,000 shares to herself".into(),
            &[Step::new("issue", vec![own])],
        )
        .await
}

/// Three backers fund a round through its escrow.
async fn back(stage: &mut Stage) -> Result<()> {
    let client = stage.chain.client();
    let token = stage.token().await?;
    let now = stage.chain.now();
    let mut stages = [StageTerms::default(); 4];
    stages[0] = StageTerms {
        shares: whole(50_000).0,
        price: CASH / 10,
    };
    stages[1] = StageTerms {
        shares: whole(50_000).0,
        price: CASH * 15 / 100,
    };
    let terms = RoundTerms {
        stages,
        min_raise: 6_000 * CASH,
        backer_cap: 5_000 * CASH,
        min_contribution: CASH,
        opens_at: now,
        closes_at: now + 30 * DAY,
        reserve_bps: 2_500,
        most_part_bps: 5_000,
        by_approval: false,
    };
    let open = Step::new(
        "open round",
        vec![instruction::open_round(&token, &address("ada"), terms)],
    );
    let what = "opens a round: 50,000 shares at 0.10, then 50,000 at 0.15, at least 6,000".into();
    stage.act("ada", what, &[open]).await?;

    for (name, units) in [("ben", 5_000), ("cleo", 3_000), ("dan", 1_500)] {
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
        let what = format!("puts {paid} into escrow for {bought} shares");
        stage.act(name, what, &plan.steps).await?;
    }
    stage.wait(30 * DAY, "the round is over")?;

    let (token, round) = token_and_round(stage).await?;
    let plan = action::close_round(&client, &token, &round, &address("ben")).await?;
    let what = if plan.quote.is_some() {
        "closes the round: it succeeded"
    } else {
        "closes the round: it failed"
    };
    stage.act("ben", what.into(), &plan.steps).await?;
    let (token, round) = token_and_round(stage).await?;
    let plan = action::collect_contributions(&client, &token, &round, None).await?;
    let what = format!(
        "registers {} shares to the three backers",
        shares(plan.quote)
    );
    stage.act("ben", what, &plan.steps).await?;
    let plan = action::settle_round(&client, &token, &round, &address("ada")).await?;
    let what = format!("settles the round: {} to her", cash(plan.quote));
    stage.act("ada", what, &plan.steps).await
}

async fn token_and_round(stage: &Stage) -> Result<(Account<PersonalToken>, Account<Round>)> {
    let token = stage.token().await?;
    let round = fetch::round(&stage.chain.client(), &token.key, 0).await?;
    Ok((token, round))
}

async fn token_and_claim(
    stage: &Stage,
    number: u64,
) -> Result<(Account<PersonalToken>, Account<Claim>)> {
    let token = stage.token().await?;
    let claim = fetch::claim(&stage.chain.client(), &token.key, number).await?;
    Ok((token, claim))
}

/// The founder declares what she has a right to, before anybody buys: what it cost counts
/// then.
async fn declare(stage: &mut Stage) -> Result<()> {
    let ada = address("ada");
    let equity = ClaimTerms::Equity {
        name: "Analytical Engines Ltd.".to_string(),
        unit_label: "shares".to_string(),
        decimals: 0,
        units: 1_000,
        cost: 2_500 * CASH,
        value: 10_000 * CASH,
        uri: "https://ada.example/deed.pdf".to_string(),
        document: Sha256::digest("deed of 1,000 shares").into(),
    };
    let declare = instruction::declare_claim(&stage.token().await?, &ada, equity);
    let what = "declares 1,000 shares of Analytical Engines Ltd., bought for 2,500".into();
    stage
        .act("ada", what, &[Step::new("declare equity", vec![declare])])
        .await?;

    let revenue = ClaimTerms::RevenueShare {
        name: "Notes on the Engine: royalties".to_string(),
        share_bps: 1_500,
        payer: address("press"),
        mint: currency(),
        total: 20_000 * CASH,
        ends_at: stage.chain.now() + 5 * 365 * DAY,
        uri: "https://ada.example/contract.pdf".to_string(),
        document: Sha256::digest("publishing contract").into(),
    };
    let declare = instruction::declare_claim(&stage.token().await?, &ada, revenue);
    let what = "declares 15 % of her book's revenue, up to 20,000 in five years".into();
    stage
        .act("ada", what, &[Step::new("declare revenue", vec![declare])])
        .await
}

/// Revenue comes in and streams.
async fn earn(stage: &mut Stage) -> Result<()> {
    let client = stage.chain.client();
    let (token, claim) = token_and_claim(stage, 1).await?;
    let amount = Atoms(1_400 * CASH);
    let plan = action::pay_revenue(&client, &token, &claim, &address("press"), amount).await?;
    let parts = plan.quote;
    let (reserve, rest) = (cash(Atoms(parts.to_reserve)), cash(Atoms(parts.to_stream)));
    let what = format!(
        "pays {} of royalties: {reserve} to the reserve, {rest} streams",
        cash(amount)
    );
    stage.act("press", what, &plan.steps).await?;
    stage.wait(7 * DAY / 2, "half of the stream is released")?;
    claim_all(stage, "ben").await
}

async fn claim_all(stage: &mut Stage, name: &str) -> Result<()> {
    let client = stage.chain.client();
    let token = stage.token().await?;
    let plan = action::collect_dividends(&client, &token, &address(name)).await?;
    let paid: Vec<_> = plan.quote.iter().map(|(_, atoms)| cash(*atoms)).collect();
    let what = format!("claims {} of dividends", paid.join(" + "));
    stage.act(name, what, &plan.steps).await
}

/// The equity exits above the floor.
async fn exit(stage: &mut Stage) -> Result<()> {
    let client = stage.chain.client();
    let (token, claim) = token_and_claim(stage, 0).await?;
    let args = ExitArgs {
        units: 400,
        received: 12_000 * CASH,
    };
    let plan = action::exit_claim(&client, &token, &claim, &address("fund"), args).await?;
    let quote = plan.quote;
    let what = format!(
        "sells 400 of the shares to a fund for {}: {} to her, {} to the reserve, {} streams",
        cash(Atoms(args.received)),
        cash(quote.to_owner),
        cash(quote.to_reserve),
        cash(quote.to_stream),
    );
    stage.act_with("ada", what, &plan.steps, &["fund"]).await?;
    stage.wait(7 * DAY, "everything has streamed")?;
    claim_all(stage, "ben").await
}

/// One backer redeems, one gives shares away and takes some into their wallet.
async fn leave(stage: &mut Stage) -> Result<()> {
    let client = stage.chain.client();
    let token = stage.token().await?;
    let limits = Limits {
        slippage_bps: 0,
        deadline: stage.chain.now() + 120,
    };
    let dan = address("dan");
    let plan = action::redeem(&client, &token, &dan, whole(5_000), false, 0, &limits).await?;
    let paid = plan.quote.paid.first().copied().unwrap_or_default();
    let what = format!(
        "redeems 5,000 shares for {} of the reserve",
        cash(Atoms(paid))
    );
    stage.act("dan", what, &plan.steps).await?;

    let token = stage.token().await?;
    let (eve, cleo) = (address("eve"), address("cleo"));
    let plan = action::open_holder(&client, &token, &eve, &eve, &eve).await?;
    stage
        .act("eve", "opens her holder account".into(), &plan.steps)
        .await?;
    let plan = action::transfer(&client, &token, &cleo, &eve, whole(2_500)).await?;
    stage
        .act("cleo", "gives 2,500 shares to Eve".into(), &plan.steps)
        .await?;
    let token = stage.token().await?;
    let plan = action::withdraw(&client, &token, &cleo, &cleo, whole(1_000)).await?;
    let left = shares(plan.quote.left);
    let what = format!("withdraws 1,000 shares to her wallet, {left} stay registered");
    stage.act("cleo", what, &plan.steps).await
}
