//! What every command works with: a client, the keys, how to send, how to print.

use {
    crate::{
        candidates::Choice,
        config::{self, Resolved, Settings},
        error::{CliError, Result},
        flags::Global,
        keys::Keys,
        output::Output,
        send::mode::Mode,
        values::{IndexQuery, TokenQuery, When},
        views,
    },
    solana_message::VersionedMessage,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_rpc_client_api::request::TokenAccountsFilter,
    spl_token::instruction::transfer_checked,
    std::{
        cell::{Cell, RefCell},
        time::Duration,
    },
    upside_localnet::{EmbeddedChain, Options},
    upside_sdk::{
        Pubkey,
        address::{NATIVE_MINT, TOKEN_PROGRAM},
        error::SdkError,
        fetch::{self, TokenAccount},
        identity::Trust,
        index::{self, PooledIndex, fetch::Pool},
        inspect::{Amount, Rescale, Scales, Unit},
        instruction::{asset_account, create_associated},
        state::{Account, Asset, PersonalToken},
        transaction::SendOptions,
        transport,
    },
    upside_view::text::TokenView,
};

/// Lamports that stay for fees and rent if SOL is paid.
const KEPT: u64 = 20_000_000;
/// Seconds within which what collects signatures first may land.
const COLLECTED: i64 = 14 * 86_400;

/// What every command works with.
pub struct Context {
    /// The chain.
    pub client: RpcClient,
    /// The embedded chain; `None` on a cluster.
    pub chain: Option<EmbeddedChain>,
    /// Who acts, pays and signs.
    pub keys: Keys,
    /// How results are printed.
    pub output: Output,
    /// How transactions are sent.
    pub options: SendOptions,
    /// Whether they are sent at all.
    pub mode: Mode,
    /// Who is trusted to know who is who.
    pub trust: Trust,
    /// The message to sign or send, instead of a new one.
    pub message: Option<VersionedMessage>,
    /// Whether the command is one of a token's owner.
    pub owners: bool,
    /// What the next plan begins with.
    pub before: RefCell<Vec<Instruction>>,
    /// Lamports that the next plan wraps.
    pub wrap: Cell<u64>,
    /// Whether somebody agreed to what is sent next.
    pub agreed: Cell<bool>,
    /// What wallets multiply amounts of mints by that were looked at.
    pub scales: RefCell<Scales>,
}

impl Context {
    /// Opens the chain or prepares the client that the flags name.
    pub fn open(global: &Global, output: Output) -> Result<Self> {
        let settings = Settings::resolve(global)?;
        let keys = Keys::new(settings.keypair, &global.sending)?;
        let mut options = SendOptions {
            commitment: settings.commitment,
            compute_unit_price: global.sending.with_compute_unit_price,
            confirm_timeout: Duration::from_secs(global.sending.confirm_timeout.into()),
            ..SendOptions::default()
        };
        let (client, chain) = match &settings.target {
            Resolved::Embedded(dir) => {
                output.detail(format!("chain: embedded in {}", dir.display()));
                let chain = EmbeddedChain::open(dir, &upside_sdk::programs(), Options::default())?;
                // It answers at once.
                options.poll = Duration::from_millis(1);
                (chain.client(), Some(chain))
            }
            Resolved::Cluster(url) => {
                output.detail(format!("chain: {url}"));
                if url.contains("//localhost") || url.contains("//127.0.0.1") {
                    options.poll = Duration::from_millis(200);
                }
                let client = transport::client(url, settings.commitment)
                    .map_err(|error| CliError::Other(format!("no network: {error}")))?;
                (client, None)
            }
        };
        let mode = Mode::of(&global.sending);
        Ok(Context {
            client,
            chain,
            keys,
            output,
            options,
            mode,
            trust: config::trust(global)?,
            message: global.sending.message.clone().map(|given| given.0),
            owners: global.owners,
            before: RefCell::default(),
            wrap: Cell::default(),
            agreed: Cell::new(false),
            scales: RefCell::default(),
        })
    }

    /// The token that a person means.
    pub async fn token(&self, query: &TokenQuery) -> Result<Account<PersonalToken>> {
        let token = self.one_token(query).await?;
        let scales = fetch::scales_of(&self.client, &token.data).await?;
        self.scales.borrow_mut().extend(scales);
        Ok(token)
    }

    /// The tokens that are named; if none is, all that a wallet has a holder account of.
    pub async fn tokens(
        &self,
        named: &[TokenQuery],
        wallet: &Pubkey,
    ) -> Result<Vec<Account<PersonalToken>>> {
        let mut tokens = Vec::new();
        for query in named {
            tokens.push(self.token(query).await?);
        }
        if named.is_empty() {
            let holders = fetch::holders_of(&self.client, wallet).await?;
            let keys: Vec<Pubkey> = holders.iter().map(|holder| holder.data.token).collect();
            tokens = fetch::tokens_at(&self.client, &keys).await?;
        }
        Ok(tokens)
    }

    /// Learns what wallets multiply amounts of mints by.
    pub async fn look_at(&self, mints: &[Pubkey]) -> Result<()> {
        let scales = fetch::scales(&self.client, mints).await?;
        self.scales.borrow_mut().extend(scales);
        Ok(())
    }

    /// How amounts of a mint with these decimals are written, if it was
    /// [looked at](Self::look_at).
    pub fn unit(&self, mint: &Pubkey, decimals: u8) -> Unit {
        Unit {
            decimals,
            scale: self.scales.borrow().get(mint),
        }
    }

    /// How amounts of an asset of a [token](Self::token) are written.
    pub fn unit_of(&self, asset: &Asset) -> Unit {
        self.unit(&asset.mint, asset.decimals)
    }

    /// Amounts as wallets show them.
    pub fn shown<T: Rescale>(&self, mut amounts: T) -> T {
        amounts.rescale(&self.scales.borrow());
        amounts
    }

    async fn one_token(&self, query: &TokenQuery) -> Result<Account<PersonalToken>> {
        match fetch::find(&self.client, &query.0).await {
            Err(SdkError::Ambiguous { query, candidates }) => {
                let me = self.keys.me().ok().filter(|_| self.owners);
                let choice = Choice {
                    client: &self.client,
                    trust: &self.trust,
                    me,
                    output: &self.output,
                };
                choice.one_of(&query, &candidates).await
            }
            found => Ok(found?),
        }
    }

    /// The index that a person means.
    pub async fn index(&self, query: &IndexQuery) -> Result<Account<PooledIndex>> {
        match index::fetch::find(&self.client, &query.0).await {
            Err(SdkError::Ambiguous { query, candidates }) => Err(CliError::Ambiguous {
                query,
                fits: candidates
                    .iter()
                    .map(|key| format!("index {key}"))
                    .collect(),
            }),
            found => Ok(found?),
        }
    }

    /// The same with everything that quotes need.
    pub async fn pool(&self, query: &IndexQuery) -> Result<Pool> {
        let index = self.index(query).await?;
        Ok(index::fetch::pool(&self.client, &index.key).await?)
    }

    /// Whether something is sent or signed: a signature that others send binds as well.
    pub fn binds(&self) -> bool {
        match self.mode {
            Mode::Send | Mode::SendAt(_) | Mode::SignOnly(_) => true,
            Mode::DryRun | Mode::Dump(_) => false,
        }
    }

    /// Shows what will be sent or signed and asks for a yes, which holds for the next plan.
    pub fn ask(&self, what: &str, question: &str) -> Result<()> {
        if self.binds() && !self.agreed.get() {
            self.output.ask(what, question)?;
        }
        self.agreed.set(true);
        Ok(())
    }

    /// A token's symbol, or its shortened address if it has none.
    pub async fn symbol(&self, token: &Account<PersonalToken>) -> Result<String> {
        views::symbol(token, &self.client).await
    }

    /// The token that a person means, looked through.
    pub async fn view(&self, query: &TokenQuery) -> Result<TokenView> {
        let token = self.token(query).await?;
        views::token(token, &self.client, &self.trust).await
    }

    /// Unix time by the chain's clock.
    pub async fn now(&self) -> Result<i64> {
        Ok(fetch::clock(&self.client).await?.unix_timestamp)
    }

    /// The last second in which something may land: as given, else in so many minutes, and
    /// in two weeks for what is signed elsewhere.
    pub async fn deadline(&self, given: Option<When>, minutes: i64) -> Result<i64> {
        let default = match self.mode {
            Mode::Send | Mode::DryRun => When::In(minutes.saturating_mul(60)),
            Mode::SendAt(_) | Mode::SignOnly(_) | Mode::Dump(_) => When::In(COLLECTED),
        };
        Ok(given.unwrap_or(default).at(self.now().await?))
    }

    /// Who acts, or the named wallet.
    pub fn wallet(&self, named: Option<&crate::values::Address>) -> Result<Pubkey> {
        named.map_or_else(|| self.keys.me(), |address| Ok(address.key))
    }

    /// What a wallet can pay of an asset, in atoms: of SOL also what it has not wrapped.
    pub async fn cash(&self, asset: &Asset, wallet: &Pubkey) -> Result<u64> {
        let has = fetch::balance(&self.client, &asset_account(asset, wallet)).await?;
        let others = if asset.mint == NATIVE_MINT {
            self.spendable(wallet).await?
        } else {
            sum_of(&self.elsewhere(asset, wallet).await?)
        };
        Ok(has.saturating_add(others))
    }

    /// Lamports of a wallet that it can wrap.
    async fn spendable(&self, wallet: &Pubkey) -> Result<u64> {
        let sol = self.client.get_balance(wallet).await;
        Ok(sol.map_err(SdkError::from)?.saturating_sub(KEPT))
    }

    /// What a wallet holds of an asset in other accounts than its associated one, which is
    /// the one that programs are paid from.
    async fn elsewhere(&self, asset: &Asset, wallet: &Pubkey) -> Result<Vec<TokenAccount>> {
        let filter = TokenAccountsFilter::Mint(asset.mint);
        let mut found = fetch::token_accounts(&self.client, wallet, filter).await?;
        let own = asset_account(asset, wallet);
        found.retain(|one| one.key != own && one.atoms > 0 && !one.frozen);
        Ok(found)
    }

    /// Puts what the associated account `lacks` there first, from the wallet's other accounts.
    fn gather(
        &self,
        asset: &Asset,
        wallet: &Pubkey,
        mut lacks: u64,
        others: &[TokenAccount],
    ) -> Result<()> {
        let own = asset_account(asset, wallet);
        let program = asset.token_program();
        let payer = self.keys.payer()?;
        let mut calls = vec![create_associated(&payer, wallet, &asset.mint, &program)];
        // The fullest first: strangers may have sent any number of others.
        for from in others {
            if lacks == 0 {
                break;
            }
            let moved = from.atoms.min(lacks);
            lacks -= moved;
            // Both token programs have this instruction.
            let call = transfer_checked(
                &TOKEN_PROGRAM,
                &from.key,
                &asset.mint,
                &own,
                wallet,
                &[],
                moved,
                asset.decimals,
            );
            let call = call.map_err(|error| CliError::Other(error.to_string()))?;
            calls.push(Instruction {
                program_id: program,
                ..call
            });
        }
        self.before.replace(calls);
        Ok(())
    }

    /// Rejects a wallet that holds less of an asset than it is to pay. The token program
    /// would, too, without the name of the asset.
    pub async fn require_cash(&self, asset: &Asset, wallet: &Pubkey, needs: u64) -> Result<()> {
        let own = fetch::balance(&self.client, &asset_account(asset, wallet)).await?;
        if own >= needs {
            return Ok(());
        }
        let lacks = needs.saturating_sub(own);
        let others = if asset.mint == NATIVE_MINT {
            let sol = self.spendable(wallet).await?;
            if sol >= lacks {
                self.wrap.set(lacks);
                return Ok(());
            }
            sol
        } else {
            let others = self.elsewhere(asset, wallet).await?;
            let sum = sum_of(&others);
            if sum >= lacks {
                return self.gather(asset, wallet, lacks, &others);
            }
            sum
        };
        Err(CliError::InsufficientFunds {
            wallet: *wallet,
            mint: asset.mint,
            has: Amount::new(own.saturating_add(others), self.unit_of(asset)).to_string(),
            needs: Amount::new(needs, self.unit_of(asset)).to_string(),
        })
    }

    /// The embedded chain. Errors: usage on a cluster, where `what` makes no sense.
    pub fn embedded(&self, what: &str) -> Result<&EmbeddedChain> {
        self.chain.as_ref().ok_or_else(|| {
            CliError::usage(
                format!("{what} works on an embedded chain only: a cluster's clock is its own"),
                "use -u embedded, or -u embedded:DIR",
            )
        })
    }
}

/// What token accounts hold together, in atoms.
fn sum_of(accounts: &[TokenAccount]) -> u64 {
    let add = |sum: u64, one: &TokenAccount| sum.saturating_add(one.atoms);
    accounts.iter().fold(0, add)
}
