//! The second act: five people pool their tokens, two of them without any money, and
//! rise together.

use {
    super::{
        attest,
        cast::{Stage, address},
        makers::{index, pool, token, units},
        money::{CASH, DAY, cash, currency, shares, whole},
        pool_say::{self, NOTICE},
    },
    crate::error::Result,
    sha2::{Digest, Sha256},
    std::collections::BTreeMap,
    upside_sdk::{
        Atoms, Pubkey,
        action::{self, Step},
        fetch,
        index::{
            CreateIndexArgs, ParametersInput, RecipientArgs, TermsInput, WHOLE_INDEX_SHARE,
            action::{self as plan, Contribute, Piece, Redeem, Zap},
            fetch as indexes, find_membership,
        },
        instruction,
        state::{
            Admission, ClaimTerms, CreateTokenArgs, ExitArgs, RoundTerms, StageTerms,
            TermsInput as Promises, TransferPolicy,
        },
    },
};

/// Who is in the pool, with symbol, the price of a share in cents, and what each is.
const PEOPLE: [(&str, &str, u64); 5] = [
    ("ada", "ADA", 15),
    ("ivo", "IVO", 10),
    ("june", "JUNE", 20),
    ("kofi", "KOFI", 5),
    ("lena", "LENA", 5),
];

/// Plays it all.
pub async fn play(stage: &mut Stage) -> Result<()> {
    for name in ["june", "maya", "noah", "fund"] {
        stage
            .chain
            .mint_to(&currency(), &address(name), 25_000 * CASH)?;
    }
    people(stage).await?;
    launch(stage).await?;
    pool_say::join(stage).await?;
    zap(stage).await?;
    pool_say::veto(stage).await?;
    rise(stage).await?;
    redeem(stage).await
}

/// Four more people make tokens, and all five open rounds that sell at once.
async fn people(stage: &mut Stage) -> Result<()> {
    for (name, symbol, _) in &PEOPLE[1..] {
        let args = CreateTokenArgs {
            name: format!("{}{}", name[..1].to_uppercase(), &name[1..]),
            symbol: (*symbol).to_string(),
            uri: String::new(),
            terms: Promises::default(),
            admission: Admission::Open,
            transfer_policy: TransferPolicy::Free,
            guardian: Pubkey::default(),
            registrar: Pubkey::default(),
            credential: Pubkey::default(),
            schema: Pubkey::default(),
        };
        let (client, me) = (stage.chain.client(), address(name));
        let create = action::create_token(&client, &me, &me, &currency(), args).await?;
        let what = match *name {
            "kofi" | "lena" => format!("creates a token, {symbol}: no money, no claims, a person"),
            _ => format!("creates a token, {symbol}"),
        };
        stage.act(name, what, &create.steps).await?;
        let own = instruction::issue(&token(stage, name).await?, &me, whole(100_000), Atoms::ZERO);
        let steps = [Step::new("issue", vec![own])];
        let what = "issues 100,000 shares to themselves".to_string();
        stage.act(name, what, &steps).await?;
    }
    for (name, _, cents) in PEOPLE {
        let now = stage.chain.now();
        let mut terms = RoundTerms {
            backer_cap: u64::MAX,
            min_contribution: 1,
            opens_at: now,
            closes_at: now + 365 * DAY,
            reserve_bps: 5_000,
            most_part_bps: 10_000,
            ..RoundTerms::default()
        };
        terms.stages[0] = StageTerms {
            shares: whole(50_000).0,
            price: cents * CASH / 100,
        };
        let open = instruction::open_round(&token(stage, name).await?, &address(name), terms);
        let what = format!("opens a round that sells at once: 50,000 shares at 0.{cents:02}");
        let steps = [Step::new("open round", vec![open])];
        stage.act(name, what, &steps).await?;
    }
    Ok(())
}

/// A curator puts a first composition together from three of them, and launches it.
async fn launch(stage: &mut Stage) -> Result<()> {
    let (client, maya) = (stage.chain.client(), address("maya"));
    let args = CreateIndexArgs {
        number: 0,
        name: "Makers of the future".to_string(),
        symbol: "MAKERS".to_string(),
        uri: String::new(),
        terms: TermsInput {
            equal_share_bps: 2_000,
            dilution_bps: 1_000,
            notice_seconds: NOTICE,
            credential: attest::credential(),
            schema: attest::schema(),
        },
        parameters: ParametersInput {
            management_fee_bps: 100,
            entry_fee_bps: 50,
            exit_fee_bps: 50,
        },
        recipients: vec![RecipientArgs {
            key: maya,
            portion_bps: 10_000,
        }],
        launcher: Pubkey::default(),
        admissions: Pubkey::default(),
        guardian: Pubkey::default(),
    };
    let create = plan::create(&client, &maya, &maya, args).await?;
    let what = "creates the index MAKERS: a fifth of every dividend is split equally among \
                member people"
        .to_string();
    stage.act("maya", what, &create.steps).await?;

    let mut pieces = Vec::new();
    for (name, amount) in [("ada", 6_000), ("ivo", 8_000), ("june", 10_000)] {
        let person = token(stage, name).await?;
        let open = action::open_holder(&client, &person, &maya, &maya, &maya).await?;
        stage
            .act("maya", format!("opens an account with {name}"), &open.steps)
            .await?;
        let give = action::transfer(&client, &person, &address(name), &maya, whole(amount)).await?;
        let what = format!("gives {} shares for the pool", shares(whole(amount)));
        stage.act(name, what, &give.steps).await?;
        pieces.push(Piece {
            key: person.key,
            amount: whole(amount).0,
        });
    }
    pieces.push(Piece {
        key: currency(),
        amount: 1_000 * CASH,
    });
    let index = indexes::index(&client, &index()).await?;
    let total = 1_000 * WHOLE_INDEX_SHARE;
    let launch = plan::seed_and_launch(&client, &index, &maya, &pieces, total).await?;
    let what = format!(
        "seeds it with these and 1,000 of cash, and launches {} shares",
        units(total)
    );
    stage.act("maya", what, &launch.steps).await
}

/// A backer buys into all five at once.
async fn zap(stage: &mut Stage) -> Result<()> {
    let (client, noah) = (stage.chain.client(), address("noah"));
    let request = Zap {
        wallet: noah,
        mint: currency(),
        budget: 2_500 * CASH,
        shares: None,
        least_shares: 300 * WHOLE_INDEX_SHARE,
        most: BTreeMap::new(),
        skip: false,
        slippage_bps: 10,
        deadline: stage.chain.now() + 600,
    };
    let zap = plan::zap(&client, &pool(stage).await?, &request).await?;
    let what = format!(
        "zaps {} of cash into {} shares, through the rounds of {} people, in {} transactions",
        cash(Atoms(zap.quote.spent)),
        units(zap.quote.contribution.minted),
        zap.quote.purchases.len(),
        zap.steps.len(),
    );
    stage.act("noah", what, &zap.steps).await
}

/// One person's exit lifts all of them.
async fn rise(stage: &mut Stage) -> Result<()> {
    let (client, june) = (stage.chain.client(), address("june"));
    let equity = ClaimTerms::Equity {
        name: "Kite Robotics Inc.".to_string(),
        unit_label: "shares".to_string(),
        decimals: 0,
        units: 2_000,
        cost: 1_000 * CASH,
        value: 5_000 * CASH,
        uri: "https://june.example/deed.pdf".to_string(),
        document: Sha256::digest("deed of 2,000 shares").into(),
    };
    let declare = instruction::declare_claim(&token(stage, "june").await?, &june, equity);
    let what = "declares 2,000 shares of Kite Robotics Inc., bought for 1,000".to_string();
    let steps = [Step::new("declare equity", vec![declare])];
    stage.act("june", what, &steps).await?;
    let person = token(stage, "june").await?;
    let claim = fetch::claim(&client, &person.key, 0).await?;
    let args = ExitArgs {
        units: 2_000,
        received: 25_000 * CASH,
    };
    let exit = action::exit_claim(&client, &person, &claim, &address("fund"), args).await?;
    let what = format!(
        "sells them to a fund for {}: {} streams to June's holders",
        cash(Atoms(args.received)),
        cash(exit.quote.to_stream),
    );
    stage.act_with("june", what, &exit.steps, &["fund"]).await?;
    stage.wait(7 * DAY, "everything has streamed")?;

    let pool_now = pool(stage).await?;
    let harvest = plan::harvest_due(&client, &pool_now, &address("noah")).await?;
    let sum = |part: fn(&upside_sdk::index::quote::Harvest) -> u64| {
        harvest.quote.iter().map(part).sum::<u64>()
    };
    let (all, to_members) = (sum(|one| one.amount.0), sum(|one| one.to_members.0));
    let what = format!(
        "harvests {} for the index, {} of it for its members in equal parts",
        cash(Atoms(all)),
        cash(Atoms(to_members)),
    );
    stage.act("noah", what, &harvest.steps).await?;
    for name in ["kofi", "lena"] {
        let key = find_membership(&index(), &token(stage, name).await?.key).0;
        let membership = fetch::account(&client, &key, "membership").await?;
        let pool = pool(stage).await?;
        let claim = plan::collect_equal_share(&client, &pool, &membership, &address(name)).await?;
        let paid: u64 = claim.quote.iter().map(|(_, atoms)| atoms).sum();
        let what = format!("claims {} of the equal share", cash(Atoms(paid)));
        stage.act(name, what, &claim.steps).await?;
    }
    Ok(())
}

/// The backer takes a part out again, in kind, and the curator puts more in.
async fn redeem(stage: &mut Stage) -> Result<()> {
    let (client, noah) = (stage.chain.client(), address("noah"));
    let request = Contribute {
        wallet: noah,
        shares: WHOLE_INDEX_SHARE / 100,
        slippage_bps: 0,
        deadline: stage.chain.now() + 600,
    };
    let more = plan::contribute(&client, &pool(stage).await?, &request).await?;
    let what = format!(
        "contributes what the zap left over, for {} shares",
        units(more.quote.minted)
    );
    stage.act("noah", what, &more.steps).await?;
    let request = Redeem {
        wallet: noah,
        shares: 100 * WHOLE_INDEX_SHARE,
        slippage_bps: 0,
        deadline: stage.chain.now() + 600,
        leave_dues: false,
    };
    let exit = plan::redeem(&client, &pool(stage).await?, &request).await?;
    let paid = &exit.quote.redemption.amounts;
    let money = paid.iter().find(|(slot, _)| *slot == 3);
    let what = format!(
        "redeems {} shares in kind: {} of cash and shares of {} people",
        units(request.shares),
        cash(Atoms(money.map_or(0, |(_, atoms)| *atoms))),
        paid.len().saturating_sub(1),
    );
    stage.act("noah", what, &exit.steps).await
}
