use {
    super::cast::{Actor, Cast, key},
    crate::{
        args::Global,
        config::Target,
        error::{CliError, Result},
        output::Output,
        report::{self, Look},
        style::{self, paint},
    },
    serde::Serialize,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_signer::Signer,
    std::{path::PathBuf, time::Duration},
    tempfile::TempDir,
    upside_sdk::{
        Pubkey,
        action::Step,
        address::TokenAddresses,
        amount::{Grouped, print},
        embedded::{ClockMode, EmbeddedChain, Options},
        event::{self, TokenEvent},
        fetch,
        state::{Account, PersonalToken},
        transaction::{self, SendOptions, TransactionRequest},
    },
};

/// Decimals of the demo's currency, as USDC has.
pub const DECIMALS: u8 = 6;
/// What everybody has for fees and rent.
const LAMPORTS: u64 = 10_000_000_000;

/// A fresh chain with everybody on it.
pub struct World {
    /// Everybody.
    pub cast: Cast,
    /// The chain.
    pub chain: EmbeddedChain,
    /// Its client.
    pub client: RpcClient,
    /// The currency.
    pub quote: Pubkey,
    /// Addresses of Ada's token.
    pub token: TokenAddresses,
    /// What has happened.
    pub story: Vec<Scene>,
    output: Output,
    /// Dropped last: the folder that the chain is in.
    _folder: Option<TempDir>,
}

/// One step of the story.
#[derive(Clone, Debug, Serialize)]
pub struct Scene {
    title: String,
    facts: Vec<String>,
    transactions: Vec<Landed>,
}

/// A transaction of a step.
#[derive(Clone, Debug, Serialize)]
struct Landed {
    label: String,
    by: String,
    signature: String,
    slot: u64,
    units: Option<u64>,
}

impl World {
    /// Opens a fresh chain, in the named folder or a temporary one.
    pub async fn open(global: &Global, output: Output) -> Result<Self> {
        let (dir, folder) = folder(global)?;
        let options = Options { clock: ClockMode::Manual, ..Options::default() };
        let chain = EmbeddedChain::open(&dir, &upside_sdk::programs(), options)?;
        let cast = Cast::new();
        let client = chain.client();
        let token = TokenAddresses::of_creator(&cast.ada.key());
        if fetch::optional::<PersonalToken>(&client, &token.token).await?.is_some() {
            return Err(CliError::usage(
                format!("the chain in {} has seen the demo already", dir.display()),
                "name a fresh folder, or none: `upside demo`",
            ));
        }
        let quote = key("USDC");
        chain.create_mint(&quote.pubkey(), DECIMALS, &quote.pubkey())?;
        for actor in cast.all() {
            chain.airdrop(&actor.key(), LAMPORTS)?;
        }
        let quote = quote.pubkey();
        Ok(World { cast, chain, client, quote, token, story: Vec::new(), output, _folder: folder })
    }

    /// Gives somebody money.
    pub fn fund(&self, actor: &Actor, atoms: u64) -> Result<()> {
        self.chain.mint_to(&self.quote, &actor.key(), atoms)?;
        Ok(())
    }

    /// The token as it is now.
    pub async fn ada(&self) -> Result<Account<PersonalToken>> {
        Ok(fetch::token(&self.client, &self.token.token).await?)
    }

    /// The token looked through, with the currency's name.
    pub async fn look(&self) -> Result<Look> {
        let mut look = report::of_token(self.ada().await?, &self.client).await?;
        look.names.set(&self.quote.to_string(), "USDC");
        Ok(look)
    }

    /// Opens a scene.
    pub fn scene(&mut self, title: impl Into<String>) {
        let title = title.into();
        let number = self.story.len() + 1;
        let shown = format!("{number:>3}  {}", paint(style::BOLD, &title));
        self.output.line(shown);
        self.story.push(Scene { title, facts: Vec::new(), transactions: Vec::new() });
    }

    /// Tells what happened in it.
    pub fn tell(&mut self, fact: impl Into<String>) {
        let fact = fact.into();
        self.output.line(format!("     {fact}"));
        if let Some(scene) = self.story.last_mut() {
            scene.facts.push(fact);
        }
    }

    /// Sends steps, signed by `actor` and `others`, and returns what the program says.
    pub async fn act(
        &mut self,
        actor: &str,
        steps: &[Step],
        others: &[&str],
    ) -> Result<Vec<TokenEvent>> {
        let options = SendOptions { poll: Duration::from_millis(1), ..SendOptions::default() };
        let mut events = Vec::new();
        for step in steps {
            let all = self.cast.all();
            let named = |name: &&&Actor| name.name == actor || others.contains(&name.name);
            let signers: Vec<&Actor> = all.iter().filter(named).copied().collect();
            let payer = signers.iter().find(|one| one.name == actor).map(|one| one.key());
            let request = TransactionRequest {
                instructions: step.instructions.clone(),
                payer: payer.unwrap_or_default(),
                signers: signers.iter().map(|one| &one.keypair as &dyn Signer).collect(),
                lookup_tables: Vec::new(),
            };
            let progress = self.output.progress(1);
            progress.doing(format!("{actor}: {}", step.label));
            let landed = transaction::send_and_confirm(&self.client, &request, &options).await;
            drop(progress);
            let landed = landed.map_err(|error| CliError::Transaction {
                label: format!("{actor}: {}", step.label),
                own: true,
                error: Box::new(error),
                landed: Vec::new(),
            })?;
            events.extend(event::of_logs(&landed.logs));
            if let Some(scene) = self.story.last_mut() {
                scene.transactions.push(Landed {
                    label: step.label.clone(),
                    by: actor.to_string(),
                    signature: landed.signature.to_string(),
                    slot: landed.slot,
                    units: landed.units,
                });
            }
        }
        Ok(events)
    }

    /// Moves the clock.
    pub fn wait(&self, seconds: i64) -> Result<()> {
        Ok(self.chain.advance(seconds)?)
    }
}

fn folder(global: &Global) -> Result<(PathBuf, Option<TempDir>)> {
    match &global.url {
        Some(Target::Embedded(Some(dir))) => Ok((dir.clone(), None)),
        None | Some(Target::Embedded(None)) => {
            let failed = |source| CliError::File { path: std::env::temp_dir(), source };
            let folder = tempfile::Builder::new().prefix("upside-demo-").tempdir().map_err(failed)?;
            Ok((folder.path().to_path_buf(), Some(folder)))
        }
        Some(_) => Err(CliError::usage(
            "the demo moves the clock: it runs on an embedded chain only",
            "leave -u out, or name a fresh folder with -u embedded:DIR",
        )),
    }
}

/// Money for people.
pub fn money(atoms: u64) -> String {
    format!("{} USDC", Grouped(print(atoms, DECIMALS)))
}

/// Shares for people.
pub fn shares(atoms: u64) -> String {
    format!("{} shares", Grouped(print(atoms, upside_math::SHARE_DECIMALS)))
}

/// Atoms of whole units.
pub const fn units(whole: u64) -> u64 {
    whole.saturating_mul(1_000_000)
}
