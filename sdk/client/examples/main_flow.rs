//! The main flow on the embedded chain: a person creates a token, raises money in a
//! round, pays revenue, and a backer collects dividends and redeems. Every quote equals
//! what the chain does, to the atom.
//!
//! ```text
//! cargo run -p upside-sdk --example main_flow
//! ```

use {
    solana_keypair::Keypair,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_signer::Signer,
    std::{error::Error, time::Duration},
    upside_localnet::{EmbeddedChain, Options},
    upside_sdk::{
        Atoms, Pubkey, Shares,
        action::{self, Contribution, Limits, Step},
        amount,
        event::{self, TokenEvent},
        fetch, inspect, instruction,
        state::{
            Account, Admission, ClaimTerms, CreateTokenArgs, PersonalToken, RoundTerms, StageTerms,
            TermsInput, TransferPolicy,
        },
        transaction::{SendOptions, send_and_confirm},
    },
};

const ONE: u64 = 1_000_000;
const DAY: i64 = 86_400;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Sends a plan's steps and tells what the program says it did.
async fn send(client: &RpcClient, steps: &[Step], signers: &[&Keypair]) -> Result<Vec<TokenEvent>> {
    let payer = signers.first().ok_or("somebody pays")?.pubkey();
    let options = SendOptions {
        poll: Duration::from_millis(1),
        ..SendOptions::default()
    };
    let mut events = Vec::new();
    for step in steps {
        let signers = signers.iter().map(|key| *key as &dyn Signer).collect();
        let landed = send_and_confirm(client, &step.request(&payer, signers), &options).await?;
        println!("  {} ({} CU)", step.label, landed.units.unwrap_or_default());
        events.extend(event::of_logs(&landed.logs));
    }
    Ok(events)
}

async fn create(
    client: &RpcClient,
    ada: &Keypair,
    usdc: &Pubkey,
) -> Result<Account<PersonalToken>> {
    let args = CreateTokenArgs {
        name: "Ada Lovelace".into(),
        symbol: "ADA".into(),
        uri: "https://ada.example/token.json".into(),
        terms: TermsInput {
            reserve_bps: 2_000,
            cash_out_tax_bps: 500,
            ..TermsInput::default()
        },
        admission: Admission::Open,
        transfer_policy: TransferPolicy::Free,
        guardian: Pubkey::default(),
        registrar: Pubkey::default(),
        credential: Pubkey::default(),
        schema: Pubkey::default(),
    };
    let plan = action::create_token(client, &ada.pubkey(), &ada.pubkey(), usdc, args).await?;
    send(client, &plan.steps, &[ada]).await?;
    Ok(fetch::token(client, &plan.quote.token).await?)
}

/// Raises 600 in a round with a minimum of 500: shares only once it has succeeded.
async fn raise(
    chain: &EmbeddedChain,
    token: &Account<PersonalToken>,
    ada: &Keypair,
    backers: &[&Keypair],
) -> Result<()> {
    let client = &chain.client();
    let mut terms = RoundTerms {
        min_raise: 500 * ONE,
        backer_cap: u64::MAX,
        min_contribution: ONE,
        opens_at: chain.now(),
        closes_at: chain.now() + 7 * DAY,
        reserve_bps: 1_000,
        ..RoundTerms::default()
    };
    terms.stages[0] = StageTerms {
        shares: 200 * ONE,
        price: ONE,
    };
    terms.stages[1] = StageTerms {
        shares: 400 * ONE,
        price: 2 * ONE,
    };
    let number = token.data.rounds;
    let open = instruction::open_round(token, &ada.pubkey(), terms);
    let open = Step::new("open a round", vec![open]);
    send(client, &[open], &[ada]).await?;

    for (backer, payment) in backers.iter().zip([400 * ONE, 200 * ONE]) {
        let round = fetch::round(client, &token.key, number).await?;
        let request = Contribution {
            backer: backer.pubkey(),
            payment: Atoms(payment),
            slippage_bps: 0,
            deadline: chain.now() + 60,
            max_supply: None,
            approver: None,
        };
        let plan = action::contribute(client, token, &round, &request).await?;
        let events = send(client, &plan.steps, &[backer]).await?;
        let Some(TokenEvent::Contributed(landed)) = events.last() else {
            return Err("no event".into());
        };
        assert_eq!(
            (landed.shares, landed.paid),
            (plan.quote.purchase.shares.0, plan.quote.purchase.charge.0)
        );
    }

    chain.advance(7 * DAY)?;
    let round = fetch::round(client, &token.key, number).await?;
    let plan = action::close_round(client, token, &round, &ada.pubkey()).await?;
    assert!(plan.quote.is_some(), "it succeeds");
    send(client, &plan.steps, &[ada]).await?;
    let round = fetch::round(client, &token.key, round.data.number).await?;
    let claims = action::collect_contributions(client, token, &round, None).await?;
    send(client, &claims.steps, &[ada]).await?;
    let settle = action::settle_round(client, token, &round, &ada.pubkey()).await?;
    send(client, &settle.steps, &[ada]).await?;
    Ok(())
}

/// Pays 100 on a claim to a share of revenue: a part to the reserve, the rest streams.
async fn pay_revenue(chain: &EmbeddedChain, token: &Pubkey, ada: &Keypair) -> Result<()> {
    let client = &chain.client();
    let token = fetch::token(client, token).await?;
    let terms = ClaimTerms::RevenueShare {
        name: "Analytical Engines, licences".into(),
        share_bps: 1_000,
        payer: ada.pubkey(),
        mint: token.data.quote().mint,
        total: 10_000 * ONE,
        ends_at: chain.now() + 365 * DAY,
        uri: "https://ada.example/contract.pdf".into(),
        document: [7; 32],
    };
    let declare = instruction::declare_claim(&token, &ada.pubkey(), terms);
    send(
        client,
        &[Step::new("declare a claim", vec![declare])],
        &[ada],
    )
    .await?;
    let claim = fetch::claim(client, &token.key, token.data.claims).await?;
    let plan = action::pay_revenue(client, &token, &claim, &ada.pubkey(), Atoms(100 * ONE)).await?;
    assert_eq!(plan.quote.to_reserve, 20 * ONE);
    send(client, &plan.steps, &[ada]).await?;
    Ok(())
}

/// Claims what has streamed in so far, then burns half of the shares.
async fn take_out(chain: &EmbeddedChain, token: &Pubkey, backer: &Keypair) -> Result<()> {
    let (client, wallet) = (&chain.client(), backer.pubkey());
    let token = fetch::token(client, token).await?;
    let plan = action::collect_dividends(client, &token, &wallet).await?;
    let events = send(client, &plan.steps, &[backer]).await?;
    let Some(TokenEvent::DividendCollected(paid)) = events.last() else {
        return Err("no event".into());
    };
    assert_eq!(plan.quote, [(paid.mint, Atoms(paid.amount))]);

    let token = fetch::token(client, &token.key).await?;
    let holder = fetch::holder(client, &token.key, &wallet)
        .await?
        .ok_or("a holder")?;
    let half = Shares(holder.data.shares / 2);
    let limits = Limits {
        slippage_bps: 100,
        deadline: chain.now() + 60,
    };
    let plan = action::redeem(client, &token, &wallet, half, false, 0, &limits).await?;
    let events = send(client, &plan.steps, &[backer]).await?;
    let Some(TokenEvent::SharesRedeemed(paid)) = events.last() else {
        return Err("no event".into());
    };
    assert_eq!(plan.quote.paid, paid.paid);
    println!(
        "  redeemed {} shares for {}",
        amount::print(half.0, 6),
        amount::print(paid.paid[0], 6)
    );
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let chain = EmbeddedChain::in_memory(&upside_sdk::programs(), Options::default())?;
    let client = &chain.client();
    let (ada, bob, carol) = (Keypair::new(), Keypair::new(), Keypair::new());
    let usdc = Keypair::new().pubkey();
    chain.create_mint(&usdc, 6, &ada.pubkey())?;
    for person in [&ada, &bob, &carol] {
        chain.airdrop(&person.pubkey(), 10_000_000_000)?;
        chain.mint_to(&usdc, &person.pubkey(), 1_000 * ONE)?;
    }

    println!("Ada creates a token and raises money:");
    let token = create(client, &ada, &usdc).await?;
    raise(&chain, &token, &ada, &[&bob, &carol]).await?;
    println!("She pays revenue, which streams over a week:");
    pay_revenue(&chain, &token.key, &ada).await?;
    chain.advance(3 * DAY)?;
    println!("Bob takes his dividends and redeems half of his shares:");
    take_out(&chain, &token.key, &bob).await?;

    println!("Looked through:");
    let report = inspect::token(client, &fetch::find(client, "ADA").await?).await?;
    assert!(!report.verified);
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}
