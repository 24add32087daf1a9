//! Who plays, each with a key of their own, on which chain.

use {
    super::act::Act,
    crate::{
        context::Context,
        error::{CliError, Result},
        keys::Keys,
        output::Output,
        send::mode::Mode,
    },
    sha2::{Digest, Sha256},
    solana_keypair::Keypair,
    solana_signer::Signer,
    std::{
        cell::{Cell, RefCell},
        fs,
        path::Path,
        time::Duration,
    },
    upside_localnet::EmbeddedChain,
    upside_sdk::{
        Pubkey,
        action::Step,
        fetch,
        identity::Trust,
        state::{Account, PersonalToken},
        transaction::SendOptions,
    },
};

/// Everybody in the first act, by name and part.
pub const ACTORS: [(&str, &str); 7] = [
    ("ada", "founder"),
    ("ben", "backer"),
    ("cleo", "backer"),
    ("dan", "backer"),
    ("eve", "friend of Cleo"),
    ("press", "pays royalties"),
    ("fund", "buys equity"),
];

/// Who comes in with the second act.
pub const POOL_ACTORS: [(&str, &str); 6] = [
    ("ivo", "composer"),
    ("june", "engineer"),
    ("kofi", "member"),
    ("lena", "member"),
    ("maya", "curator"),
    ("noah", "backer"),
];

/// Who comes in with the third act.
pub const LIFE_ACTORS: [(&str, &str); 9] = [
    ("olga", "potter"),
    ("paul", "helps her"),
    ("quin", "notary"),
    ("rita", "backer"),
    ("sam", "backer"),
    ("tess", "fan"),
    ("umar", "executor"),
    ("sons", "buys equity"),
    ("vlad", "copies names"),
];

/// Everybody, in the order of appearance.
fn all_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    ACTORS.into_iter().chain(POOL_ACTORS).chain(LIFE_ACTORS)
}

/// Lamports that everybody starts with.
const SOL: u64 = 10_000_000_000;

/// The chain with everybody on it, and what has happened so far.
pub struct Stage {
    /// The chain.
    pub chain: EmbeddedChain,
    /// Where progress goes.
    pub output: Output,
    /// What has happened so far.
    pub acts: Vec<Act>,
    actors: Vec<Context>,
}

/// A name's key: the same on every run.
pub fn key(name: &str) -> Keypair {
    Keypair::new_from_array(Sha256::digest(format!("upside demo {name}")).into())
}

/// Address of an actor.
pub fn address(name: &str) -> Pubkey {
    key(name).pubkey()
}

impl Stage {
    /// Everybody with some SOL.
    pub fn set(chain: EmbeddedChain, output: Output) -> Result<Self> {
        let mut actors = Vec::new();
        for (name, _) in all_names() {
            chain.airdrop(&address(name), SOL)?;
            let options = SendOptions {
                poll: Duration::from_millis(1),
                ..SendOptions::default()
            };
            actors.push(Context {
                client: chain.client(),
                chain: Some(chain.clone()),
                keys: Keys::of(key(name)),
                output: output.agreeing(),
                options,
                mode: Mode::Send,
                trust: Trust::default(),
                message: None,
                owners: true,
                before: RefCell::default(),
                wrap: Cell::default(),
                agreed: Cell::default(),
                scales: RefCell::default(),
            });
        }
        Ok(Stage {
            chain,
            output,
            acts: Vec::new(),
            actors,
        })
    }

    /// An actor's own context.
    pub fn of(&self, name: &str) -> Result<&Context> {
        let place = all_names().position(|(actor, _)| actor == name);
        place
            .and_then(|place| self.actors.get(place))
            .ok_or_else(|| CliError::Other(format!("nobody is called {name}")))
    }

    /// The founder's token as it is now.
    pub async fn token(&self) -> Result<Account<PersonalToken>> {
        let token = upside_sdk::address::find_token(&address("ada")).0;
        Ok(fetch::token(&self.chain.client(), &token).await?)
    }

    /// Sends steps as an actor, and records it.
    pub async fn act(&mut self, name: &str, what: String, steps: &[Step]) -> Result<()> {
        self.act_with(name, what, steps, &[]).await
    }

    /// As [`act`](Self::act), with other actors who sign too.
    pub async fn act_with(
        &mut self,
        name: &str,
        what: String,
        steps: &[Step],
        others: &[&str],
    ) -> Result<()> {
        let others: Vec<Keypair> = others.iter().map(|name| key(name)).collect();
        let report = self.of(name)?.send_with(steps, &others).await?;
        self.record(Act::new(name, what, report, self.chain.now()));
        Ok(())
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: i64, what: &str) -> Result<()> {
        self.chain.advance(seconds)?;
        self.record(Act::waited(seconds, what, self.chain.now()));
        Ok(())
    }

    /// Says what can be seen on the chain, without a transaction.
    pub fn tell(&mut self, what: String) {
        self.record(Act::seen(what, self.chain.now()));
    }

    fn record(&mut self, act: Act) {
        self.output.note(&act);
        self.acts.push(act);
    }
}

/// Keeps everybody's keypair file in a folder, for those who go on from here.
pub fn keep_keys(folder: &Path) -> Result<()> {
    let failed = |source| CliError::File {
        path: folder.to_path_buf(),
        source,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    for (name, _) in all_names() {
        let numbers = serde_json::to_string(&key(name).to_bytes().to_vec())
            .map_err(|error| CliError::Other(error.to_string()))?;
        fs::write(folder.join(format!("{name}.json")), numbers).map_err(failed)?;
    }
    Ok(())
}
