//! A lane: a sequence among people of its own.

use {
    super::ledger::sequences,
    std::collections::BTreeMap,
    upside_sdk::{Pubkey, address::SYSTEM_PROGRAM},
    upside_tests::oracle::run::Run,
    upside_tests::{engine::Engine, rng::Rng, rpc::Rpc},
};

/// Operations before a lane goes on with other subjects.
const STRETCH: u64 = 60;
/// Times that a lane finds nothing to send before it goes on with other subjects.
const IDLE: u32 = 3;
/// And before it is said to be stuck.
const STUCK: u32 = 300;
/// Transactions of a lane that are read again at the end.
const SAMPLE: usize = 25;

/// A sequence, and whether the chain disagreed.
pub struct Lane {
    /// Where its people are from.
    pub namespace: u64,
    /// The sequence.
    pub run: Run,
    /// Whether chain and model disagreed.
    pub failed: bool,
    /// Transactions that were read again at the end.
    pub sampled: u64,
    /// The chain's time when it came to the validator, unix seconds.
    pub since: i64,
    /// The number of the last event of every token and index before the genesis.
    pub genesis: BTreeMap<Pubkey, u64>,
    /// Events that were read from the ledger at the end.
    pub events: u64,
    seed: u64,
    stretches: u64,
}

impl Lane {
    /// A lane on a chain of its own: what every sequence begins with at `start`, and
    /// `history` steps until `end` at the latest, both in unix seconds.
    pub fn new(namespace: u64, seed: u64, start: i64, end: i64, history: u64) -> Lane {
        let mut run = Run::base_at(start);
        run.latest = end;
        let mut lane = Lane {
            namespace,
            run,
            failed: false,
            sampled: 0,
            since: 0,
            genesis: BTreeMap::new(),
            events: 0,
            seed,
            stretches: 0,
        };
        lane.stretch();
        let all = lane.run.tally.sent() + history;
        lane.go(all);
        lane.run.tally = upside_tests::oracle::execute::Tally::default();
        lane.run.finished = true;
        lane
    }

    /// Other chances.
    fn stretch(&mut self) {
        let seed = (self.seed * 1_000 + self.namespace) * 1_000 + self.stretches;
        self.run.reseed(seed);
        self.stretches += 1;
    }

    /// Leaves the chain that it began on for a validator that has the same accounts.
    pub fn connect(&mut self, url: &str) {
        self.run.pool.world.engine = Engine::Rpc(Rpc::new(url));
        self.run.latest = upside_tests::world::NEVER;
        self.run.pass(0);
        self.since = self.run.now();
        self.genesis = sequences(&self.run.model);
        self.run.compare_all();
    }

    /// The validator.
    pub fn rpc(&mut self) -> &mut Rpc {
        match &mut self.run.pool.world.engine {
            Engine::Rpc(rpc) => rpc,
            _ => unreachable!("the lane is connected"),
        }
    }

    /// How many of its people have a wallet on the chain.
    pub fn wallets(&mut self) -> u64 {
        let keys: Vec<Pubkey> = self.run.names().copied().collect();
        let rpc = self.rpc();
        rpc.prefetch(&keys);
        let found = keys.iter().filter_map(|key| rpc.account(key));
        let wallets = found.filter(|account| account.owner == SYSTEM_PROGRAM);
        wallets.count() as u64
    }

    /// Sends until so many were sent since the lane began.
    pub fn go(&mut self, operations: u64) {
        let mut idle = 0;
        while self.run.tally.sent() < operations {
            let before = self.run.tally.sent();
            self.run.step();
            let sent = self.run.tally.sent();
            idle = if sent > before { 0 } else { idle + 1 };
            assert!(idle < STUCK, "nothing is sent any more");
            if sent / STRETCH > before / STRETCH || idle % IDLE == IDLE - 1 {
                self.stretch();
            }
        }
    }

    /// Waits until everything that was sent is finalized.
    pub fn finalize(&mut self) {
        let slot = self.rpc().slot();
        self.rpc().wait_for_finalized(slot);
    }

    /// Compares every account, read anew.
    pub fn compare(&mut self) {
        self.rpc().forget();
        self.run.compare_all();
    }

    /// Reads some transactions again: the node must tell of them what it told before, and
    /// of the slots what programs saw.
    pub fn compare_past(&mut self) {
        let mut rng = Rng(self.seed ^ self.namespace);
        for _ in 0..SAMPLE {
            let Some((signature, told)) = rng.one(&self.rpc().ran) else {
                return;
            };
            let again = self.rpc().outcome(&signature);
            assert_eq!(again, told, "{signature} is told otherwise now");
            self.sampled += 1;
        }
        let clock = self.rpc().clock();
        let told = self.rpc().block_time(clock.slot);
        assert_eq!(
            clock.unix_timestamp, told,
            "the time of slot {}",
            clock.slot
        );
    }
}
