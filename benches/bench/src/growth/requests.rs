//! What the SDK asks a node for, as holders, claims and rounds grow.

use {
    super::{CLAIMS, Grow, HOLDERS, ROUNDS, Table, calls::world, many_holders, transposed},
    upside_localnet::{EmbeddedChain, Options},
    upside_sdk::{
        Pubkey, RpcClient,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        fetch,
        index::{self, inspect as look},
        inspect,
    },
    upside_tests::{engine::Engine, pool::PoolWorld, world::World},
};

/// A world's accounts on a chain that answers requests.
fn client(world: &World) -> RpcClient {
    let Engine::Lite(svm) = &world.engine else {
        panic!("the benchmark runs on LiteSVM");
    };
    let owners = upside_sdk::programs().map(|(id, _)| id);
    let owners = owners
        .into_iter()
        .chain([TOKEN_PROGRAM, TOKEN_2022_PROGRAM]);
    let accounts = owners.flat_map(|owner| svm.get_program_accounts(&owner));
    let chain = EmbeddedChain::in_memory(&upside_sdk::programs(), Options::default());
    let chain = chain.expect("the committed ELFs load");
    chain.set_accounts(accounts).expect("no disk is written");
    chain.client()
}

fn asked(client: &RpcClient) -> u64 {
    client.get_transport_stats().request_count as u64
}

/// Runs what asks for something.
fn block_on<T>(asking: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(asking)
}

/// Requests for all that quotes of an index need, and for its look-through.
pub fn of_index(pool: &PoolWorld) -> [u64; 2] {
    let client = client(&pool.world);
    block_on(async {
        index::fetch::pool(&client, &pool.index)
            .await
            .expect("a pool");
        let quoting = asked(&client);
        look::index(&client, &pool.index).await.expect("a report");
        [quoting, asked(&client) - quoting]
    })
}

/// What is read, in the order of the rows.
const READS: [&str; 4] = [
    "`inspect::token`",
    "`fetch::holders`",
    "`fetch::claims`",
    "`fetch::rounds`",
];

/// Requests of each read, all of whose answers MUST have all that there are.
async fn reads(client: &RpcClient, key: &Pubkey) -> [u64; 4] {
    let token = fetch::token(client, key).await.expect("the token");
    let mut marks = vec![asked(client)];
    let report = inspect::token(client, &token).await.expect("a report");
    marks.push(asked(client));
    let holders = fetch::holders(client, key).await.expect("holders");
    marks.push(asked(client));
    let claims = fetch::claims(client, key).await.expect("claims");
    marks.push(asked(client));
    let rounds = fetch::rounds(client, key).await.expect("rounds");
    marks.push(asked(client));
    let data = &token.data;
    let all = [data.holders, data.claims, data.rounds];
    let read = [holders.len(), claims.len(), rounds.len()];
    let reported = [
        report.holders.len(),
        report.claims.len(),
        report.rounds.len(),
    ];
    assert_eq!(all, read.map(|count| count as u64), "all are read");
    assert_eq!(all, reported.map(|count| count as u64), "all are reported");
    core::array::from_fn(|place| marks[place + 1] - marks[place])
}

/// Requests by how many there are of something.
fn table(heading: &'static str, what: &str, sizes: &[u64], grow: Grow) -> Table {
    let asked = sizes.iter().map(|size| {
        let mut world = world(1, 1);
        grow(&mut world, *size);
        block_on(reads(&client(&world), &world.token))
    });
    let asked: Vec<[u64; 4]> = asked.collect();
    Table {
        heading,
        text: format!("Requests of the SDK by {what}; every answer had all of them."),
        first: "read",
        columns: sizes.to_vec(),
        rows: transposed(&READS, &asked),
    }
}

/// Requests by holders, by claims, by rounds.
pub fn tables() -> [Table; 3] {
    [
        table(
            "Requests by holders",
            "holders",
            &HOLDERS,
            many_holders::holders,
        ),
        table(
            "Requests by claims",
            "claims",
            &CLAIMS,
            many_holders::claims,
        ),
        table(
            "Requests by rounds",
            "rounds",
            &ROUNDS,
            many_holders::rounds,
        ),
    ]
}
