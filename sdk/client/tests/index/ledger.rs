//! The ledger of a token and of an index: whole, in pages, and with pieces missing.

use {
    super::*,
    async_trait::async_trait,
    serde_json::{Value, json},
    solana_commitment_config::CommitmentConfig,
    solana_message::{Message, VersionedMessage},
    solana_rpc_client::{
        rpc_client::RpcClientConfig,
        rpc_sender::{RpcSender, RpcTransportStats},
    },
    solana_rpc_client_api::{
        client_error::Result as Answer, config::RpcSendTransactionConfig, request::RpcRequest,
    },
    solana_transaction::versioned::VersionedTransaction,
    std::collections::BTreeSet,
    upside_sdk::{
        event::Field,
        history::{self, Gap, History, Query},
    },
};

/// A node that is not what it should be.
struct Bad {
    chain: EmbeddedChain,
    /// Transactions that it lists and does not have.
    forgotten: Vec<String>,
    /// Transactions that it does not even list.
    hidden: Vec<String>,
    /// Transactions whose logs it cuts short.
    cut: Vec<String>,
    /// So many signatures on a page, filled up with those of failed transactions.
    page: Option<usize>,
}

impl Bad {
    fn node(chain: &EmbeddedChain) -> Self {
        Bad {
            chain: chain.clone(),
            forgotten: Vec::new(),
            hidden: Vec::new(),
            cut: Vec::new(),
            page: None,
        }
    }

    fn client(self) -> RpcClient {
        // Processed is less than nodes list at.
        let config = RpcClientConfig::with_commitment(CommitmentConfig::processed());
        RpcClient::new_sender(self, config)
    }

    fn listed(&self, mut answer: Value) -> Value {
        let Some(list) = answer.as_array_mut() else {
            return answer;
        };
        let name = |entry: &Value| entry["signature"].as_str().unwrap_or_default().to_string();
        list.retain(|entry| !self.hidden.contains(&name(entry)));
        if self.page == Some(list.len()) {
            let last = list.pop().unwrap();
            let mut failed = last.clone();
            failed["err"] = json!("AccountNotFound");
            failed["signature"] = json!("1".repeat(64));
            list.resize(999, failed);
            list.push(last);
        }
        answer
    }
}

#[async_trait]
impl RpcSender for Bad {
    async fn send(&self, request: RpcRequest, mut params: Value) -> Answer<Value> {
        let asked = params[0].as_str().unwrap_or_default().to_string();
        match request {
            RpcRequest::GetSignaturesForAddress => {
                if let Some(page) = self.page {
                    params[1]["limit"] = json!(page);
                }
                let answer = self.chain.send(request, params).await?;
                Ok(self.listed(answer))
            }
            RpcRequest::GetTransaction if self.forgotten.contains(&asked) => Ok(Value::Null),
            RpcRequest::GetTransaction => {
                let mut answer = self.chain.send(request, params).await?;
                if self.cut.contains(&asked) {
                    answer["meta"]["logMessages"] = json!(["Log truncated"]);
                }
                Ok(answer)
            }
            _ => self.chain.send(request, params).await,
        }
    }

    fn get_transport_stats(&self) -> RpcTransportStats {
        self.chain.get_transport_stats()
    }

    fn url(&self) -> String {
        self.chain.url()
    }
}

async fn whole(client: &RpcClient, token: &Account<PersonalToken>) -> Result<History> {
    let query = Query::whole(token.data.sequence);
    Ok(history::read(client, &token.key, &query, |_| {}).await?)
}

/// A person whose ledger has pauses, a round and a transaction that failed.
async fn busy() -> Result<(World, Account<PersonalToken>)> {
    let world = World::new(2).await?;
    let person = &world.people[0];
    for _ in 0..5 {
        let token = world.token(person).await?;
        let pause = ix::pause(&token, &person.pubkey());
        world.run(vec![pause], &[person]).await?;
        world.run(vec![ix::unpause(&token)], &[person]).await?;
    }
    let token = world.token(person).await?;
    let stranger = &world.people[1];
    let hash = world.client.get_latest_blockhash().await?;
    let pause = ix::pause(&token, &stranger.pubkey());
    let message = Message::new_with_blockhash(&[pause], Some(&stranger.pubkey()), &hash);
    let failing = VersionedTransaction::try_new(VersionedMessage::Legacy(message), &[stranger])?;
    let config = RpcSendTransactionConfig {
        skip_preflight: true,
        ..RpcSendTransactionConfig::default()
    };
    world
        .client
        .send_transaction_with_config(&failing, config)
        .await?;
    world.open_round(person).await?;
    let token = world.token(person).await?;
    Ok((world, token))
}

#[tokio::test]
async fn a_token_s_ledger_is_whole_and_in_order() -> Result<()> {
    let (world, token) = busy().await?;
    let ledger = whole(&world.client, &token).await?;
    assert!(ledger.reaches_start);
    assert_eq!(ledger.gaps, []);
    assert!(ledger.truncated.is_empty() && ledger.unreadable.is_empty());
    let numbers: Vec<u64> = ledger
        .entries
        .iter()
        .map(|entry| entry.sequence())
        .collect();
    assert_eq!(numbers, (1..=token.data.sequence).collect::<Vec<_>>());
    let names: Vec<&str> = ledger
        .entries
        .iter()
        .map(|entry| entry.event.name())
        .collect();
    assert_eq!(names.first(), Some(&"TokenCreated"));
    assert_eq!(names.last(), Some(&"RoundOpened"));
    let pauses = names.iter().filter(|name| **name == "PauseChanged");
    assert_eq!(pauses.count(), 10, "the stranger's attempt is none");
    let times: Vec<_> = ledger
        .entries
        .iter()
        .map(|entry| entry.time.unwrap())
        .collect();
    assert!(times.is_sorted());
    assert!(
        ledger
            .entries
            .iter()
            .all(|entry| entry.event.subject() == token.key)
    );

    let created = ledger.entries.first().unwrap().event.fields();
    let owner = Field::Key(world.people[0].pubkey());
    assert_eq!(created.first(), Some(&("creator", owner)));
    assert_eq!(
        created.last(),
        Some(&("supply_cap", Field::Number(10_000_000 * ONE)))
    );
    Ok(())
}

#[tokio::test]
async fn an_index_s_ledger_is_whole() -> Result<()> {
    let world = World::launched(2).await?;
    let index = fetch::index(&world.client, &world.index).await?;
    let query = Query::whole(index.data.sequence);
    let ledger = history::read(&world.client, &index.key, &query, |_| {}).await?;
    assert_eq!(ledger.gaps, []);
    let numbers = ledger.entries.iter().map(|entry| entry.sequence());
    assert!(numbers.eq(1..=index.data.sequence));
    let names: BTreeSet<&str> = ledger.entries.iter().map(|e| e.event.name()).collect();
    for name in [
        "IndexCreated",
        "ConstituentAdded",
        "Seeded",
        "IndexLaunched",
    ] {
        assert!(names.contains(name), "{name}");
    }
    // A person's ledger has the person's events of the same transactions, and no others.
    let token = world.token(&world.people[0]).await?;
    let ledger = whole(&world.client, &token).await?;
    assert_eq!(ledger.gaps, []);
    Ok(())
}

#[tokio::test]
async fn what_a_node_lost_shows_as_a_gap() -> Result<()> {
    let (world, token) = busy().await?;
    let good = whole(&world.client, &token).await?;
    let gone = good
        .entries
        .iter()
        .find(|entry| entry.sequence() == 6)
        .unwrap();
    let last = good.entries.last().unwrap();
    let gap = |first, last| Gap { first, last };

    let mut node = Bad::node(&world.chain);
    node.forgotten = vec![gone.signature.clone()];
    let read = whole(&node.client(), &token).await?;
    assert_eq!(read.gaps, [gap(6, 6)]);
    assert_eq!(read.unreadable, std::slice::from_ref(&gone.signature));
    assert_eq!(read.entries.len(), good.entries.len() - 1);

    let mut node = Bad::node(&world.chain);
    node.cut = vec![gone.signature.clone()];
    let read = whole(&node.client(), &token).await?;
    assert_eq!(read.gaps, [gap(6, 6)]);
    assert_eq!(read.truncated, std::slice::from_ref(&gone.signature));

    // Pruned at both ends: the account knows how many there are.
    let first = good.entries.first().unwrap();
    let early = good
        .entries
        .iter()
        .filter(|entry| entry.signature == first.signature);
    let early = early.map(|entry| entry.sequence()).max().unwrap();
    let mut node = Bad::node(&world.chain);
    node.hidden = vec![first.signature.clone(), last.signature.clone()];
    let read = whole(&node.client(), &token).await?;
    let lost = gap(last.sequence(), last.sequence());
    assert_eq!(read.gaps, [gap(1, early), lost]);
    Ok(())
}

#[tokio::test]
async fn a_long_ledger_is_read_in_pages() -> Result<()> {
    let (world, token) = busy().await?;
    let good = whole(&world.client, &token).await?;
    let mut node = Bad::node(&world.chain);
    node.page = Some(4);
    let mut listed = 0;
    let client = node.client();
    let query = Query::whole(token.data.sequence);
    let read = history::read(&client, &token.key, &query, |done| listed = done.listed).await?;
    assert_eq!(read, good);
    assert!(listed > 3_000, "{listed}: pages of 4 filled up to 1,000");
    Ok(())
}

#[tokio::test]
async fn a_part_is_read_without_gaps_at_its_ends() -> Result<()> {
    let (world, _) = busy().await?;
    let person = &world.people[0];
    world.chain.advance(DAY)?;
    let since = world.chain.now();
    let token = world.token(person).await?;
    let pause = ix::pause(&token, &person.pubkey());
    world.run(vec![pause], &[person]).await?;
    let token = world.token(person).await?;
    let all = whole(&world.client, &token).await?;
    let client = &world.client;

    let late = Query {
        since: Some(since),
        ..Query::whole(token.data.sequence)
    };
    let read = history::read(client, &token.key, &late, |_| {}).await?;
    assert_eq!((read.entries.len(), read.reaches_start), (1, false));
    assert_eq!(read.gaps, []);

    let middle = Query {
        until: Some(all.entries[3].signature.parse()?),
        before: Some(all.entries[8].signature.parse()?),
        ..Query::whole(token.data.sequence)
    };
    let read = history::read(client, &token.key, &middle, |_| {}).await?;
    assert_eq!(read.entries, all.entries[4..8]);
    assert_eq!(read.gaps, []);

    let rounds = Query {
        kinds: vec!["RoundOpened".to_string()],
        wallet: Some(person.pubkey()),
        ..Query::default()
    };
    let wanted = all.entries.iter().filter(|entry| rounds.wants(entry));
    assert_eq!(wanted.count(), 0, "a round names no wallet");
    let early = Query {
        up_to: Some(since - 1),
        wallet: Some(person.pubkey()),
        ..Query::default()
    };
    let wanted = all.entries.iter().filter(|entry| early.wants(entry));
    assert!(wanted.count() >= 11);
    Ok(())
}
