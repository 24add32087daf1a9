//! What she has and does: evidence for her equity, a helper, a course with passes.

use {
    super::potter::{claim, class, olga, one, token},
    crate::{
        demo::{
            cast::{Stage, address},
            money::{CASH, DAY, cash, currency, shares, whole},
        },
        error::Result,
    },
    sha2::{Digest, Sha256},
    upside_sdk::{
        Atoms, action,
        address::find_product,
        fetch, instruction, pass,
        state::{
            Account, ClaimTerms, GrantOffer, GrantTerms, PassInput, PassPrice, Product,
            ProductTerms,
        },
    },
};

/// Equity is declared, attested, disputed and attested again.
pub async fn evidence(stage: &mut Stage) -> Result<()> {
    let (me, quin) = (address("olga"), address("quin"));
    let document: [u8; 32] = Sha256::digest("deed of 500 shares").into();
    let equity = ClaimTerms::Equity {
        name: "Kiln & Sons Ltd.".to_string(),
        unit_label: "shares".to_string(),
        decimals: 0,
        units: 500,
        cost: 1_000 * CASH,
        value: 4_000 * CASH,
        uri: "https://olga.example/deed.pdf".to_string(),
        document,
    };
    let declare = instruction::declare_claim(&token(stage).await?, &me, equity);
    let what = "declares 500 shares of Kiln & Sons Ltd., bought for 1,000".to_string();
    stage
        .act("olga", what, &one("declare equity", declare))
        .await?;
    let (value, cost) = (Atoms(3_000 * CASH), Atoms(1_000 * CASH));
    let fresh_until = stage.chain.now() + 365 * DAY;
    let statement = instruction::statement(&claim(stage, 0).await?, value, cost, fresh_until)?;
    let attest = instruction::attest_claim(&claim(stage, 0).await?, &quin, &quin, statement);
    stage
        .act(
            "quin",
            "saw the deed and attests a value of 3,000".to_string(),
            &one("attest", attest),
        )
        .await?;
    counted(stage).await?;

    stage.wait(10 * DAY, "a letter says that the deed is pledged")?;
    let reasons = Sha256::digest("letter of the bank").into();
    let dispute = instruction::dispute_claim(&claim(stage, 0).await?, &quin, reasons);
    stage
        .act(
            "quin",
            "disputes the claim".to_string(),
            &one("dispute", dispute),
        )
        .await?;
    counted(stage).await?;
    stage.wait(10 * DAY, "the bank was wrong")?;
    let resolve = instruction::resolve_dispute(&claim(stage, 0).await?, &quin);
    stage
        .act(
            "quin",
            "takes the dispute back".to_string(),
            &one("resolve", resolve),
        )
        .await?;
    counted(stage).await
}

async fn counted(stage: &mut Stage) -> Result<()> {
    let class = class(stage).await?;
    stage.tell(format!("the shares of Kiln & Sons count as {class} now"));
    Ok(())
}

/// A helper is paid in shares that vest.
pub async fn help(stage: &mut Stage) -> Result<()> {
    let (client, me, paul) = (stage.chain.client(), address("olga"), address("paul"));
    let terms = GrantTerms {
        shares: whole(7_200).0,
        start: stage.chain.now(),
        cliff_seconds: 90 * 86_400,
        duration_seconds: 360 * 86_400,
        revocable: false,
    };
    let offer = GrantOffer {
        beneficiary: paul,
        terms,
        expires_at: stage.chain.now() + 14 * DAY,
        reference: 0,
    };
    let plan = action::offer_grants(&client, &token(stage).await?, &me, &[offer]).await?;
    let what = "offers Paul 7,200 shares for his help, over 360 days with a cliff of 90";
    stage.act("olga", what.to_string(), &plan.steps).await?;
    let grant = fetch::grant(&client, &olga(), 0).await?;
    let plan = action::accept_grant(&client, &token(stage).await?, &grant).await?;
    stage
        .act("paul", "accepts: now they exist".to_string(), &plan.steps)
        .await?;
    stage.wait(180 * DAY, "half of the grant has vested")?;
    vest(stage).await
}

/// Collects what has vested, and what it earned.
pub async fn vest(stage: &mut Stage) -> Result<()> {
    let (client, paul) = (stage.chain.client(), address("paul"));
    let (token, grant) = (
        token(stage).await?,
        fetch::grant(&client, &olga(), 0).await?,
    );
    let plan = action::collect_grant(&client, &token, &grant, &paul).await?;
    let mut what = format!("collects {} vested shares", shares(plan.quote.shares));
    for (_, atoms) in &plan.quote.paid {
        what += &format!(" and {} that they earned", cash(*atoms));
    }
    stage.act("paul", what, &plan.steps).await
}

/// A course is sold by passes; a door lets in who has one.
pub async fn teach(stage: &mut Stage) -> Result<()> {
    let (client, me, tess) = (stage.chain.client(), address("olga"), address("tess"));
    let revenue = ClaimTerms::RevenueShare {
        name: "Evenings at the wheel".to_string(),
        share_bps: 2_500,
        payer: me,
        mint: currency(),
        total: 10_000 * CASH,
        ends_at: stage.chain.now() + 3 * 365 * DAY,
        uri: String::new(),
        document: Sha256::digest("course plan").into(),
    };
    let declare = instruction::declare_claim(&token(stage).await?, &me, revenue);
    let what = "declares a quarter of what her evenings at the wheel bring".to_string();
    stage
        .act("olga", what, &one("declare revenue", declare))
        .await?;
    let terms = ProductTerms {
        name: "Ten evenings at the wheel".to_string(),
        uri: String::new(),
        tier: 0,
        asks: PassPrice::Pay {
            mint: currency(),
            price: 400 * CASH,
        },
        units: 10,
        lifetime: 90 * 86_400,
        max_passes: 0,
        claim_number: Some(1),
        point_of_sale: me,
    };
    let open = instruction::open_product(&token(stage).await?, &me, terms);
    let what = "offers ten evenings for 400, for 90 days".to_string();
    stage.act("olga", what, &one("open product", open)).await?;
    let product = product(stage).await?;
    door(stage, &product).await?;
    let args = PassInput {
        max_price: 400 * CASH,
        deadline: stage.chain.now() + 120,
    };
    let token = token(stage).await?;
    let buy = action::buy_pass(&client, &token, &product, &tess, &tess, args).await?;
    let what = match buy.quote {
        action::PassPrice::Paid(all, cut) => format!(
            "buys a pass for {}: {} of it for holders",
            cash(all),
            cash(cut.claim)
        ),
        _ => "gets a pass".to_string(),
    };
    stage.act("tess", what, &buy.steps).await?;
    door(stage, &product).await?;
    let spend = instruction::use_pass(&product, &tess, &me, 4)?;
    let what = "spends four evenings; Olga's point of sale signs too".to_string();
    stage
        .act_with("tess", what, &one("use the pass", spend), &["olga"])
        .await?;
    door(stage, &product).await
}

/// The course.
pub async fn product(stage: &Stage) -> Result<Account<Product>> {
    let key = find_product(&olga(), 0).0;
    Ok(fetch::account(&stage.chain.client(), &key, "product").await?)
}

/// What the door says to the customer.
pub async fn door(stage: &mut Stage, product: &Account<Product>) -> Result<()> {
    let status = pass::verify(&stage.chain.client(), product, &address("tess")).await?;
    let left = status.standing().map_or(0, |standing| standing.units);
    stage.tell(match status.is_valid() {
        true => format!("the door lets Tess in: {left} evenings are left"),
        false if status.standing().is_none() => "the door keeps Tess out: no pass".to_string(),
        false => format!("the door keeps Tess out: her pass is {}", status.name()),
    });
    Ok(())
}
