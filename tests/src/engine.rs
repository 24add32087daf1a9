//! The runtimes that run the ELFs: LiteSVM with mainnet's features, solana-program-test
//! with all features, and a validator over JSON-RPC.

use {
    crate::rpc::{Moment, Rpc},
    litesvm::LiteSVM,
    solana_account::{Account, ReadableAccount},
    solana_clock::Clock,
    solana_keypair::Keypair,
    solana_program_test::{ProgramTest, ProgramTestContext},
    solana_signer::Signer,
    solana_transaction::Transaction,
    solana_transaction_error::TransactionError,
    upside_sdk::Pubkey,
};

/// What a transaction did.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Why it failed.
    pub error: Option<TransactionError>,
    /// Its logs.
    pub logs: Vec<String>,
    /// Compute units it used.
    pub units: u64,
    /// When it ran, where the clock does not stand still until it is set.
    pub at: Option<Moment>,
}

/// A runtime.
#[allow(clippy::large_enum_variant, reason = "one per test")]
pub enum Engine {
    /// LiteSVM, mainnet's features.
    Lite(LiteSVM),
    /// solana-program-test, all features.
    Bank {
        runtime: tokio::runtime::Runtime,
        context: ProgramTestContext,
    },
    /// A validator.
    Rpc(Rpc),
}

const LAMPORTS: u64 = 1_000_000_000_000;

impl Engine {
    /// LiteSVM with the programs.
    pub fn lite() -> Self {
        let mut svm = LiteSVM::new().with_log_bytes_limit(Some(100_000));
        for (id, elf) in upside_sdk::programs() {
            svm.add_program(id, elf).expect("the committed ELF loads");
        }
        Engine::Lite(svm)
    }

    /// solana-program-test with the programs.
    pub fn bank() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let mut test = ProgramTest::default();
        test.prefer_bpf(true);
        for (id, elf) in upside_sdk::programs() {
            let account = Account {
                lamports: LAMPORTS,
                data: elf.to_vec(),
                owner: solana_program::bpf_loader::ID,
                executable: true,
                rent_epoch: u64::MAX,
            };
            test.add_account(id, account);
        }
        let context = runtime.block_on(test.start_with_context());
        Engine::Bank { runtime, context }
    }

    /// A copy that goes its own way. Only LiteSVM has them.
    pub fn fork(&self) -> Self {
        match self {
            Engine::Lite(svm) => Engine::Lite(svm.clone()),
            Engine::Bank { .. } | Engine::Rpc(_) => panic!("only LiteSVM can be copied"),
        }
    }

    /// Sets an account.
    pub fn set_account(&mut self, key: Pubkey, account: Account) {
        match self {
            Engine::Lite(svm) => svm.set_account(key, account).expect("a valid account"),
            Engine::Bank { context, .. } => context.set_account(&key, &account.into()),
            Engine::Rpc(_) => panic!("a validator's accounts come with its genesis"),
        }
    }

    /// Reads an account.
    pub fn account(&mut self, key: &Pubkey) -> Option<Account> {
        let account = match self {
            Engine::Lite(svm) => svm.get_account(key),
            Engine::Bank { runtime, context } => runtime
                .block_on(context.banks_client.get_account(*key))
                .expect("a bank"),
            Engine::Rpc(rpc) => rpc.account(key),
        };
        account.filter(|account| account.lamports() > 0)
    }

    /// All accounts of a program. Only LiteSVM lists them.
    pub fn owned_by(&self, program: &Pubkey) -> Vec<(Pubkey, Account)> {
        match self {
            Engine::Lite(svm) => svm.get_program_accounts(program),
            Engine::Bank { .. } | Engine::Rpc(_) => panic!("only LiteSVM lists accounts"),
        }
    }

    /// Gives lamports to a wallet.
    pub fn fund(&mut self, key: Pubkey) {
        let account = Account {
            lamports: LAMPORTS,
            rent_epoch: u64::MAX,
            ..Account::default()
        };
        self.set_account(key, account);
    }

    /// The clock.
    pub fn clock(&mut self) -> Clock {
        match self {
            Engine::Lite(svm) => svm.get_sysvar(),
            Engine::Bank { runtime, context } => runtime
                .block_on(context.banks_client.get_sysvar())
                .expect("a bank"),
            Engine::Rpc(rpc) => rpc.clock(),
        }
    }

    /// Sets the clock's time.
    pub fn set_time(&mut self, unix_timestamp: i64) {
        let mut clock = self.clock();
        clock.unix_timestamp = unix_timestamp;
        match self {
            Engine::Lite(svm) => svm.set_sysvar(&clock),
            Engine::Bank { context, .. } => context.set_sysvar(&clock),
            Engine::Rpc(_) => panic!("nobody sets a validator's clock"),
        }
    }

    /// Lets slots pass.
    pub fn pass_slots(&mut self, slots: u64) {
        let mut clock = self.clock();
        clock.slot += slots;
        match self {
            Engine::Lite(svm) => svm.set_sysvar(&clock),
            Engine::Bank { context, .. } => context.set_sysvar(&clock),
            Engine::Rpc(_) => panic!("nobody sets a validator's clock"),
        }
    }

    /// Whether the clock can be set; a validator's cannot.
    pub fn has_clock(&self) -> bool {
        !matches!(self, Engine::Rpc(_))
    }

    /// Lets time pass until `at`; returns the time then. A validator is only waited for
    /// a little.
    pub fn pass_until(&mut self, at: i64) -> i64 {
        if let Engine::Rpc(rpc) = self {
            return rpc.wait_for(at);
        }
        self.set_time(at);
        at
    }

    /// Signs and runs a transaction.
    pub fn send(
        &mut self,
        instructions: &[solana_program::instruction::Instruction],
        payer: &Keypair,
        signers: &[&Keypair],
    ) -> Outcome {
        let mut all = vec![payer];
        for signer in signers {
            if all.iter().all(|known| known.pubkey() != signer.pubkey()) {
                all.push(signer);
            }
        }
        let message = solana_message::Message::new(instructions, Some(&payer.pubkey()));
        match self {
            Engine::Lite(svm) => {
                svm.expire_blockhash();
                let mut transaction = Transaction::new_unsigned(message);
                if let Err(error) = transaction.try_partial_sign(&all, svm.latest_blockhash()) {
                    panic!("the test signs with a key that is no signer: {error}");
                }
                let (error, meta) = match svm.send_transaction(transaction) {
                    Ok(meta) => (None, meta),
                    Err(failed) => (Some(failed.err), failed.meta),
                };
                Outcome {
                    error,
                    logs: meta.logs,
                    units: meta.compute_units_consumed,
                    at: None,
                }
            }
            Engine::Bank { runtime, context } => runtime.block_on(async {
                let hash = context
                    .get_new_latest_blockhash()
                    .await
                    .expect("a blockhash");
                let mut transaction = Transaction::new_unsigned(message);
                transaction
                    .try_partial_sign(&all, hash)
                    .expect("known signers");
                let done = context
                    .banks_client
                    .process_transaction_with_metadata(transaction)
                    .await
                    .expect("a bank");
                let meta = done.metadata;
                Outcome {
                    error: done.result.err(),
                    logs: meta
                        .as_ref()
                        .map(|m| m.log_messages.clone())
                        .unwrap_or_default(),
                    units: meta.map_or(0, |m| m.compute_units_consumed),
                    at: None,
                }
            }),
            Engine::Rpc(rpc) => rpc.send(&message, &all),
        }
    }
}
