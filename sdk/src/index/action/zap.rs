//! From cash to index shares and back, through the people's own rounds and reserves.

use {
    super::{
        super::{
            Kind,
            fetch::Pool,
            quote::{self, ContributionQuote, most},
        },
        Contribute, Payout, Places, Redeem, contribute, harvest, held, redeem,
    },
    crate::{
        action::Plan,
        address::find_round,
        error::SdkError,
        fetch, lookup_table,
        state::{
            Account, ContributeArgs, MAX_ASSETS, PersonalToken, RedeemArgs, Round, RoundStatus,
            decode,
        },
    },
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::BTreeMap,
    upside_math::{Atoms, Shares},
};

/// Cash to turn into index shares.
#[derive(Clone, Copy, Debug)]
pub struct Zap {
    /// Who pays and gets.
    pub wallet: Pubkey,
    /// The currency to pay in: the quote mint of every person who is bought.
    pub mint: Pubkey,
    /// Atoms of it to spend at most.
    pub budget: u64,
    /// Index share atoms to get; `None`: as many as the budget buys. To go on with a zap
    /// whose process died, ask for the shares that it was to bring.
    pub shares: Option<u64>,
    /// By how much more of each constituent is bought than needed now, in basis points:
    /// room for what changes until the contribution lands. What is left over stays the
    /// wallet's.
    pub slippage_bps: u16,
    /// Last second in which it may land, unix time.
    pub deadline: i64,
}

/// What is bought of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// Slot of the person.
    pub slot: u8,
    /// Number of the round.
    pub round: u64,
    /// Share atoms of the person that are bought.
    pub shares: u64,
    /// Atoms of the currency that they cost.
    pub cost: u64,
}

/// What a zap costs and brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZapQuote {
    /// The contribution at its end.
    pub contribution: ContributionQuote,
    /// What is bought before it.
    pub purchases: Vec<Purchase>,
    /// Atoms of the currency that are spent in all.
    pub spent: u64,
}

/// An open round to buy from, and the terms it is bought at.
struct Seller<'a> {
    token: &'a Account<PersonalToken>,
    round: Account<Round>,
}

/// Where everything comes from: rounds by slot, and what the wallet has already.
struct Market<'a> {
    sellers: BTreeMap<u8, Seller<'a>>,
    places: Places,
    /// Slot of the currency, where it is a constituent.
    currency: Option<u8>,
    slippage_bps: u16,
}

/// Buys what is missing of every person from their open rounds, and contributes.
///
/// # Errors
/// `NotFound` for a person without a round that sells at once in the currency;
/// `IndexRefused(AmountTooSmall)` where the budget buys nothing; those of
/// [`contribute`](super::contribute()); `Rpc`.
pub async fn zap(client: &RpcClient, pool: &Pool, wish: &Zap) -> Result<Plan<ZapQuote>, SdkError> {
    pool.index.data.require_running()?;
    let (harvests, _) = harvest::instructions(pool, &quote::stale(pool))?;
    let after = pool.harvested(&harvests)?;
    let market = Market::of(client, &after, wish).await?;
    let affordable = |shares| {
        market
            .cost(&after, shares)
            .is_ok_and(|(_, spent)| spent <= wish.budget)
    };
    let shares = match wish.shares {
        Some(shares) => shares,
        None => most(affordable).ok_or_else(|| market.why_nothing(&after))?,
    };
    let (purchases, spent) = market.cost(&after, shares)?;
    if spent > wish.budget {
        return Err(super::super::IndexError::Slippage.into());
    }

    let mut instructions: Vec<Instruction> = Vec::new();
    for purchase in &purchases {
        instructions.extend(market.buy(client, wish, purchase).await?);
    }
    let contribution = Contribute {
        wallet: wish.wallet,
        shares,
        slippage_bps: wish.slippage_bps,
        deadline: wish.deadline,
    };
    let (contribution, last) = contribute::instructions(client, pool, &contribution).await?;
    instructions.extend(last);
    Ok(Plan {
        quote: ZapQuote {
            contribution,
            purchases,
            spent,
        },
        steps: lookup_table::pack(client, &wish.wallet, "zap", instructions).await?,
    })
}

impl<'a> Market<'a> {
    async fn of(client: &RpcClient, pool: &'a Pool, wish: &Zap) -> Result<Market<'a>, SdkError> {
        let slots = held(pool);
        let places = Places::of(client, pool, &wish.wallet, &slots).await?;
        let mut wanted = Vec::new();
        for (slot, person) in &pool.persons {
            let token = &person.token.data;
            let sells = token.require_running().is_ok() && token.quote().mint == wish.mint;
            if slots.contains(slot) && sells {
                let rounds = (0..token.rounds).rev();
                let keys = rounds.map(|number| find_round(&person.token.key, number).0);
                wanted.extend(keys.map(|key| (*slot, key)));
            }
        }
        let keys: Vec<Pubkey> = wanted.iter().map(|(_, key)| *key).collect();
        let found = fetch::raw(client, &keys).await?;
        let mut sellers = BTreeMap::new();
        let now = pool.clock.unix_timestamp;
        for ((slot, _), raw) in wanted.iter().zip(found) {
            let Some(raw) = raw else { continue };
            let round: Account<Round> = decode(&raw.key, &raw.owner, &raw.data)?;
            if sells(&round.data, now) && !sellers.contains_key(slot) {
                let token = &pool.person(*slot)?.token;
                sellers.insert(*slot, Seller { token, round });
            }
        }
        Ok(Market {
            sellers,
            places,
            currency: quote::cash_slot(&pool.index.data, &wish.mint),
            slippage_bps: wish.slippage_bps,
        })
    }

    /// What has to be bought for `shares`, and what that and the currency given with it
    /// cost.
    fn cost(&self, pool: &Pool, shares: u64) -> Result<(Vec<Purchase>, u64), SdkError> {
        let quote = quote::contribution(pool, shares)?;
        let most = quote::at_most(&quote.amounts, self.slippage_bps);
        let (mut purchases, mut spent) = (Vec::new(), Atoms::ZERO);
        for ((slot, _), need) in quote.amounts.iter().zip(most) {
            if pool.index.data.constituent(*slot)?.kind()? == Kind::Cash {
                if self.currency == Some(*slot) {
                    spent = spent.checked_add(Atoms(need))?;
                }
                continue;
            }
            let lacks = need.saturating_sub(self.places.free(*slot)?);
            if lacks == 0 {
                continue;
            }
            let seller = self.seller(*slot)?;
            let least = Atoms(seller.round.data.min_contribution);
            let exact = crate::quote::payment_for(&seller.round.data, Shares(lacks))?;
            let payment = exact.max(least);
            let bought = crate::quote::contribution(&seller.round.data, payment)?;
            spent = spent.checked_add(bought.charge)?;
            purchases.push(Purchase {
                slot: *slot,
                round: seller.round.data.number,
                shares: bought.shares.0,
                cost: payment.0,
            });
        }
        Ok((purchases, spent.0))
    }

    fn seller(&self, slot: u8) -> Result<&Seller<'a>, SdkError> {
        self.sellers.get(&slot).ok_or_else(|| SdkError::NotFound {
            what: "open round that sells at once",
            query: format!("slot {slot}"),
        })
    }

    /// The reason why a budget buys nothing at all.
    fn why_nothing(&self, pool: &Pool) -> SdkError {
        match self.cost(pool, super::super::WHOLE_INDEX_SHARE) {
            Err(error) => error,
            Ok(_) => super::super::IndexError::AmountTooSmall.into(),
        }
    }

    /// The contribution to a person's round, and the holder account where it is missing.
    async fn buy(
        &self,
        client: &RpcClient,
        wish: &Zap,
        purchase: &Purchase,
    ) -> Result<Vec<Instruction>, SdkError> {
        let seller = self.seller(purchase.slot)?;
        let (token, round) = (seller.token, &seller.round);
        let args = ContributeArgs {
            payment: purchase.cost,
            min_shares: purchase.shares,
            max_supply: crate::action::most_supply(&token.data),
            terms_version: token.data.terms_version,
            deadline: wish.deadline,
        };
        let mut instructions: Vec<Instruction> = self
            .places
            .missing
            .get(&purchase.slot)
            .cloned()
            .into_iter()
            .collect();
        let owner = token.data.owner;
        let paid_to = crate::instruction::asset_account(token.data.quote(), &owner);
        let found = fetch::raw(client, &[paid_to]).await?.pop().flatten();
        if found.is_none() {
            let quote = token.data.quote();
            let program = quote.token_program();
            instructions.push(crate::instruction::create_associated(
                &wish.wallet,
                &owner,
                &quote.mint,
                &program,
            ));
        }
        instructions.push(crate::instruction::contribute(
            token,
            round,
            &wish.wallet,
            None,
            args,
        ));
        Ok(instructions)
    }
}

/// Whether anybody can buy from a round now, at once.
fn sells(round: &Round, now: i64) -> bool {
    let open = round.status() == Ok(RoundStatus::Open);
    let in_time = round.opens_at <= now && now < round.closes_at;
    open && in_time && !round.escrows() && round.by_approval == 0
}

/// Index shares to turn into what the people's reserves hold.
#[derive(Clone, Copy, Debug)]
pub struct Unzap {
    /// The redemption of the index's shares.
    pub redeem: Redeem,
}

/// What an unzap pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnzapQuote {
    /// What the index pays in kind.
    pub payout: Payout,
    /// Atoms of each asset of each person that is redeemed, by slot.
    pub redeemed: Vec<(u8, [u64; MAX_ASSETS])>,
    /// Slots of persons whose reserve pays nothing: their shares stay the wallet's.
    pub kept: Vec<u8>,
}

/// Redeems index shares, and then the liquid part of every person's shares that came.
///
/// # Errors
/// Those of [`redeem`](super::redeem()); `Rpc`.
pub async fn unzap(
    client: &RpcClient,
    pool: &Pool,
    wish: &Unzap,
) -> Result<Plan<UnzapQuote>, SdkError> {
    let wallet = &wish.redeem.wallet;
    let (payout, mut instructions) = redeem::instructions(client, pool, &wish.redeem).await?;
    let (mut redeemed, mut kept) = (Vec::new(), Vec::new());
    for (slot, atoms) in &payout.redemption.amounts {
        let Some(person) = pool.persons.get(slot) else {
            continue;
        };
        if payout.stuck.contains(slot) || *atoms == 0 {
            continue;
        }
        let token = &person.token;
        let supply = fetch::share_supply(client, &token.key).await?;
        let paid = crate::quote::redemption(&token.data, supply, Shares(*atoms), 0);
        let Ok(paid) = paid else {
            kept.push(*slot);
            continue;
        };
        instructions.extend(places_for(client, wallet, token).await?);
        let least = |atoms: u64| crate::action::least(atoms, wish.redeem.slippage_bps);
        let mut min_out = paid;
        for amount in &mut min_out {
            *amount = least(*amount)?;
        }
        let args = RedeemArgs {
            shares: *atoms,
            min_out,
            forgone: 0,
            deadline: wish.redeem.deadline,
        };
        instructions.push(crate::instruction::redeem(token, wallet, args)?);
        redeemed.push((*slot, paid));
    }
    Ok(Plan {
        quote: UnzapQuote {
            payout,
            redeemed,
            kept,
        },
        steps: lookup_table::pack(client, wallet, "unzap", instructions).await?,
    })
}

/// What makes a wallet's missing accounts of a token's assets.
async fn places_for(
    client: &RpcClient,
    wallet: &Pubkey,
    token: &Account<PersonalToken>,
) -> Result<Vec<Instruction>, SdkError> {
    let listed = token.data.listed()?;
    let account = |asset| crate::instruction::asset_account(asset, wallet);
    let keys: Vec<Pubkey> = listed.iter().map(account).collect();
    let found = fetch::raw(client, &keys).await?;
    let missing = listed.iter().zip(found).filter(|(_, raw)| raw.is_none());
    Ok(missing
        .map(|(asset, _)| {
            let program = asset.token_program();
            crate::instruction::create_associated(wallet, wallet, &asset.mint, &program)
        })
        .collect())
}
