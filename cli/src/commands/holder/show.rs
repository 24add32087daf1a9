use {
    crate::{
        commands::sale::price::royalty_of,
        context::Context,
        error::{CliError, Result},
        values::{Address, TokenQuery, stamp},
        views,
    },
    serde::Serialize,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::fmt,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Pubkey,
        address::{bearer_account, find_holder},
        error::SdkError,
        fetch,
        inspect::{self, Amount, MintAmount, Percent, Rescale},
        instruction::asset_account,
        quote,
        state::{Account, PersonalToken, Venue},
    },
    upside_view::{
        style::{self, facts, grouped, listed, paint},
        text::Names,
    },
};

/// Show one wallet's shares, dividends and cash
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside holder show ADA                       yours
  upside holder show ADA 7kbn…")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Whose [default: the keypair]
    wallet: Option<Address>,
}

/// What a wallet has of a token, and of its assets.
#[derive(Debug, Serialize)]
pub struct Holding {
    /// The wallet.
    pub wallet: String,
    /// Its holder account.
    pub holder: String,
    /// Whether that was opened.
    pub open: bool,
    /// Registered shares.
    pub shares: Amount,
    /// Those of them that sales keep locked.
    pub locked: Amount,
    /// Deposited shares that redeem, but do not earn or vote yet.
    pub warming: Amount,
    /// From when on they do, unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warm_at: Option<i64>,
    /// What sales brought so far, without their royalty.
    pub proceeds: Amount,
    /// Royalty on what sales bring beyond `cost`, in basis points.
    pub royalty_bps: u16,
    /// Open bids of this wallet.
    pub bids: u32,
    /// Bearer tokens in the wallet.
    pub bearer: Amount,
    /// Percent of all shares that the wallet has, bearer tokens included.
    pub part: Percent,
    /// Percent of the cap: the part of claims that remains if all shares are created.
    pub part_of_cap: Percent,
    /// Whether it is an index or a pool.
    pub venue: bool,
    /// What was paid for shares and no sale has brought back yet.
    pub cost: Amount,
    /// Collectable now, by payout mint.
    pub collectable: Vec<MintAmount>,
    /// What all shares of this wallet redeem for now, by asset.
    pub redeemable: Vec<MintAmount>,
    /// What the wallet's token accounts hold of the listed assets.
    pub cash: Vec<MintAmount>,
    #[serde(skip)]
    names: Names,
    #[serde(skip)]
    symbol: String,
}

impl fmt::Display for Holding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |mint: &Pubkey| self.names.of(mint);
        writeln!(
            f,
            "{}",
            paint(style::BOLD, format!("{} of {}", self.symbol, self.wallet))
        )?;
        if !self.open {
            let symbol = &self.symbol;
            let note = format!("no holder account: `upside holder open {symbol}` makes one");
            writeln!(f, "  {}", paint(style::WARN, note))?;
        }
        let locked = if self.locked.is_zero() {
            String::new()
        } else {
            format!(", {} of them locked in sales", grouped(&self.locked))
        };
        let venue = if self.venue { ", a venue" } else { "" };
        let warming = match self.warm_at {
            None => "none".to_string(),
            Some(at) => {
                let shares = grouped(&self.warming);
                format!("{shares} shares, which earn and vote from {}", stamp(at))
            }
        };
        f.write_str(&facts(&[
            (
                "registered",
                format!("{} shares{locked}{venue}", grouped(&self.shares)),
            ),
            ("warming", warming),
            (
                "in the wallet",
                format!("{} bearer tokens", grouped(&self.bearer)),
            ),
            (
                "part",
                format!(
                    "{} % of all shares, fully diluted {} % of the cap",
                    self.part, self.part_of_cap
                ),
            ),
            ("cost", format!("{} not back yet", grouped(&self.cost))),
            ("sales", format!("brought {}", grouped(&self.proceeds))),
            ("royalty", royalty_of(self.royalty_bps, &self.cost)),
            ("bids", format!("{} open", self.bids)),
            ("collectable", listed(&self.collectable, name)),
            ("redeemable", listed(&self.redeemable, name)),
            ("cash", listed(&self.cash, name)),
        ]))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Holding> {
    let wallet = ctx.wallet(args.wallet.as_ref())?;
    let token = ctx.token(&args.token).await?;
    of_wallet(&token, &wallet, &ctx.client).await
}

/// Reads what a wallet has of a token.
pub async fn of_wallet(
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    client: &RpcClient,
) -> Result<Holding> {
    let refused = |error| CliError::Sdk(SdkError::Refused(error));
    let now = fetch::clock(client).await?.unix_timestamp;
    let found = fetch::holder(client, &token.key, wallet).await?;
    let open = found.is_some();
    let listed = token.data.listed().map_err(refused)?;
    let mut accounts = vec![bearer_account(&token.key, wallet)];
    accounts.extend(listed.iter().map(|asset| asset_account(asset, wallet)));
    let balances: Vec<u64> = fetch::raw(client, &accounts)
        .await?
        .into_iter()
        .map(|raw| {
            raw.and_then(|raw| fetch::token_amount(&raw.data))
                .unwrap_or(0)
        })
        .collect();
    let (bearer, cash) = balances.split_first().unwrap_or((&0, &[]));

    let holder = found.map(|account| account.data).unwrap_or_default();
    let mut collectable = Vec::new();
    let streams = token.data.active_streams().map_err(refused)?;
    for (place, stream) in streams.iter().enumerate().filter(|_| open) {
        let asset = token
            .data
            .asset(usize::from(stream.asset))
            .map_err(refused)?;
        let dividend = quote::dividend(&token.data, &holder, place, now)?;
        collectable.push((asset.mint, dividend.collectable.0, asset.decimals));
    }
    let all = holder.shares.saturating_add(holder.warm);
    let all = upside_sdk::Shares(all.saturating_add(*bearer));
    let supply = fetch::share_supply(client, &token.key).await?;
    let stake = inspect::stake(&token.data, supply, all)?;
    let with_mint = |amounts: &[u64]| -> Vec<MintAmount> {
        let amounts = listed.iter().zip(amounts);
        some(
            amounts
                .map(|(asset, atoms)| (asset.mint, *atoms, asset.decimals))
                .collect(),
        )
    };
    let mints = listed.iter().map(|asset| asset.mint);
    let scales = fetch::scales_of(client, &token.data).await?;
    let shown = |mut amounts: Vec<MintAmount>| {
        amounts.rescale(&scales);
        amounts
    };
    Ok(Holding {
        wallet: wallet.to_string(),
        holder: find_holder(&token.key, wallet).0.to_string(),
        open,
        shares: Amount::new(holder.shares, SHARE_DECIMALS),
        locked: Amount::new(holder.locked, SHARE_DECIMALS),
        proceeds: Amount::new(holder.proceeds, token.data.quote().decimals),
        royalty_bps: token.data.royalty_rate(&holder).map_err(refused)?.get(),
        bids: holder.bids,
        warming: Amount::new(holder.warm, SHARE_DECIMALS),
        warm_at: (holder.warm > 0).then_some(holder.warm_at),
        bearer: Amount::new(*bearer, SHARE_DECIMALS),
        venue: holder.venue == Venue::Open,
        cost: Amount::new(holder.cost, token.data.quote().decimals),
        collectable: shown(some(collectable)),
        part: stake.part,
        part_of_cap: stake.fully_diluted,
        redeemable: shown(stake.redeems),
        cash: shown(with_mint(cash)),
        names: views::names(client, mints).await?,
        symbol: views::symbol(token, client).await?,
    })
}

/// Amounts that are something.
fn some(amounts: Vec<(Pubkey, u64, u8)>) -> Vec<MintAmount> {
    let amounts = amounts.into_iter().filter(|(_, atoms, _)| *atoms > 0);
    let amount = |(mint, atoms, decimals): (Pubkey, u64, u8)| MintAmount {
        mint,
        amount: Amount::new(atoms, decimals),
    };
    amounts.map(amount).collect()
}
