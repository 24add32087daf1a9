//! What every command works with: a client, the keys, how to send, how to print.

use {
    crate::{
        config::{self, Resolved, Settings},
        error::{CliError, Result},
        flags::Global,
        keys::Keys,
        output::Output,
        send::mode::Mode,
        text::TokenView,
        values::{IndexQuery, TokenQuery},
        views,
    },
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::time::Duration,
    upside_localnet::{EmbeddedChain, Options},
    upside_sdk::{
        Pubkey, amount,
        error::SdkError,
        fetch,
        identity::Trust,
        index::{self, PooledIndex, fetch::Pool},
        instruction::asset_account,
        state::{Account, Asset, PersonalToken},
        transaction::SendOptions,
        transport,
    },
};

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
}

impl Context {
    /// Opens the chain or prepares the client that the flags name.
    pub fn open(global: &Global, output: Output) -> Result<Self> {
        let settings = Settings::resolve(global)?;
        let keys = Keys::new(settings.keypair, &global.sending)?;
        let mut options = SendOptions {
            commitment: settings.commitment,
            compute_unit_price: global.sending.with_compute_unit_price,
            patience: Duration::from_secs(global.sending.confirm_timeout.into()),
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
        })
    }

    /// The token that a person means.
    pub async fn token(&self, query: &TokenQuery) -> Result<Account<PersonalToken>> {
        Ok(fetch::find(&self.client, &query.0).await?)
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

    /// Who acts, or the named wallet.
    pub fn wallet(&self, named: Option<&crate::values::Address>) -> Result<Pubkey> {
        named.map_or_else(|| self.keys.me(), |address| Ok(address.key))
    }

    /// What a wallet holds of an asset, in atoms.
    pub async fn cash(&self, asset: &Asset, wallet: &Pubkey) -> Result<u64> {
        Ok(fetch::balance(&self.client, &asset_account(asset, wallet)).await?)
    }

    /// Rejects a wallet that holds less of an asset than it is to pay. The token program
    /// would, too, without the name of the asset.
    pub async fn require_cash(&self, asset: &Asset, wallet: &Pubkey, needs: u64) -> Result<()> {
        let has = self.cash(asset, wallet).await?;
        if has >= needs {
            return Ok(());
        }
        Err(CliError::InsufficientFunds {
            wallet: *wallet,
            mint: asset.mint,
            has: amount::print(has, asset.decimals),
            needs: amount::print(needs, asset.decimals),
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
