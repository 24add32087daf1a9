//! A round that the child of the durability test puts money into.

use crate::*;
use std::time::Duration;
use upside_sdk::{
    Atoms, RpcClient as Client,
    action::{self, Contribution, Step},
    fetch, instruction,
    state::{Admission, CreateTokenArgs, RoundTerms, StageTerms, TermsInput, TransferPolicy},
    transaction::{SendOptions, send_and_confirm},
};

/// A file that says that the chain of this folder has a round.
pub const MARK: &str = "has-a-round";
const CASH: u64 = 1 << 50;

pub struct Offered;

fn owner() -> Keypair {
    key(11)
}

pub fn backer() -> Keypair {
    key(12)
}

fn mint() -> Pubkey {
    key(13).pubkey()
}

pub async fn send(client: &Client, steps: &[Step], signer: &Keypair) -> Signature {
    let options = SendOptions {
        poll: Duration::from_millis(1),
        ..SendOptions::default()
    };
    let mut last = Signature::default();
    for step in steps {
        let request = step.request(&signer.pubkey(), vec![signer as &dyn Signer]);
        let landed = send_and_confirm(client, &request, &options).await.unwrap();
        last = landed.signature;
    }
    last
}

impl Offered {
    /// Creates a token and opens a round that sells at once.
    pub async fn set_up(dir: &Path) {
        let chain = EmbeddedChain::open(dir, &upside_sdk::programs(), no_wait()).unwrap();
        let client = chain.client();
        for one in [owner(), backer()] {
            chain.airdrop(&one.pubkey(), 1_000 * SOL).unwrap();
            chain.create_mint(&mint(), 6, &key(1).pubkey()).ok();
            chain.mint_to(&mint(), &one.pubkey(), CASH).unwrap();
        }
        let args = CreateTokenArgs {
            name: "Ada".into(),
            symbol: "ADA".into(),
            uri: String::new(),
            terms: TermsInput {
                supply_cap: 1 << 51,
                launch_shares: 1 << 51,
                ..TermsInput::default()
            },
            admission: Admission::Open,
            transfer_policy: TransferPolicy::Free,
            guardian: Pubkey::default(),
            registrar: Pubkey::default(),
            credential: Pubkey::default(),
            schema: Pubkey::default(),
        };
        let me = owner().pubkey();
        let plan = action::create_token(&client, &me, &me, &mint(), args)
            .await
            .unwrap();
        send(&client, &plan.steps, &owner()).await;
        let token = fetch::token(&client, &plan.quote.token).await.unwrap();
        let mut terms = RoundTerms {
            backer_cap: u64::MAX,
            min_contribution: 1,
            reserve_bps: 1_000,
            most_part_bps: 10_000,
            opens_at: chain.now(),
            closes_at: chain.now() + 30 * 86_400,
            ..RoundTerms::default()
        };
        terms.stages[0] = StageTerms {
            shares: 1 << 50,
            price: 700_000,
        };
        let open = instruction::open_round(&token, &me, terms);
        send(&client, &[Step::new("open a round", vec![open])], &owner()).await;
        std::fs::write(dir.join(MARK), "").unwrap();
    }

    /// Puts so much in, and returns the signature once it is confirmed.
    pub async fn contribute(client: &Client, payment: u64) -> Signature {
        let token = fetch::find(client, "ADA").await.unwrap();
        let round = fetch::round(client, &token.key, 0).await.unwrap();
        let request = Contribution {
            backer: backer().pubkey(),
            payment: Atoms(payment),
            slippage_bps: 0,
            deadline: i64::MAX,
            max_supply: None,
            approver: None,
        };
        let plan = action::contribute(client, &token, &round, &request)
            .await
            .unwrap();
        send(client, &plan.steps, &backer()).await
    }

    /// Whether the token, the round, the holder and all three purses agree.
    pub async fn is_whole(client: &Client) -> bool {
        let token = fetch::find(client, "ADA").await.unwrap();
        let round = fetch::round(client, &token.key, 0).await.unwrap();
        let sold: u64 = round.data.sold.iter().sum();
        let supply = fetch::share_supply(client, &token.key).await.unwrap();
        let holders = fetch::holders(client, &token.key).await.unwrap();
        let held: u64 = holders.iter().map(|holder| holder.data.shares).sum();
        let cost: u64 = holders.iter().map(|holder| holder.data.cost).sum();
        let quote = token.data.quote();
        let purse = |of: Pubkey| instruction::asset_account(quote, &of);
        let atoms = async |account| fetch::balance(client, &account).await.unwrap();
        let vault = atoms(quote.vault).await;
        let spent = CASH - atoms(purse(backer().pubkey())).await;
        let earned = atoms(purse(owner().pubkey())).await - CASH;
        (sold, held) == (supply.0, supply.0)
            && (round.data.raised, cost) == (spent, spent)
            && (vault, vault + earned) == (quote.reserve, spent)
    }
}
