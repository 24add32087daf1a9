//! From cash to index shares and back, through what people offer and ask.

mod costs;
mod market;
mod out;
mod tidy;

pub use {
    costs::{HOLDER, LOOKUP_TABLE, made, rents},
    market::{Purchase, Source},
    out::{Exit, Unzap, UnzapQuote, unzap},
    tidy::{Tidied, tidy},
};

use {
    super::{
        super::{
            IndexError, SlotAtoms, SlotKind,
            fetch::Pool,
            quote::{self, ContributionQuote, most},
        },
        Contribute, Places, contribute,
        draft::Draft,
    },
    crate::{
        action::{Plan, Rent},
        error::SdkError,
        fetch, instruction,
        state::{BuyArgs, ContributeArgs},
    },
    anchor_lang::prelude::Pubkey,
    market::Offers,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::BTreeMap,
    upside_math::Atoms,
};

/// Cash to turn into index shares. Every bound is absolute and in the transactions that
/// are signed: no price of the past is trusted.
#[derive(Clone, Debug)]
pub struct Zap {
    /// Who pays and gets.
    pub wallet: Pubkey,
    /// The currency to pay in: the quote mint of every person who is bought.
    pub mint: Pubkey,
    /// Atoms of it to spend at most, in all.
    pub budget: u64,
    /// Index share atoms to ask for; `None`: as many as the budget buys. To go on with a
    /// zap whose process died, ask for the shares that it was to bring.
    pub shares: Option<u64>,
    /// Index share atoms that must arrive at least.
    pub least_shares: u64,
    /// Atoms of the currency to spend on a person at most, by slot; a person who is not
    /// named is bounded by the budget alone.
    pub most: BTreeMap<u8, u64>,
    /// Whether to leave out whom it cannot buy within these bounds. The others are bought
    /// and stay the wallet's; nothing is contributed until nobody is left out.
    pub skip: bool,
    /// By how much more of each constituent is bought than needed now, in basis points:
    /// room for what changes until the contribution lands. What is left over stays the
    /// wallet's.
    pub slippage_bps: u16,
    /// Last second in which it may land, unix time.
    pub deadline: i64,
}

/// Whom a zap leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Slot of the person.
    pub slot: u8,
    /// Share atoms that the wallet lacks for the contribution.
    pub lacks: u64,
    /// What they would cost, in atoms of the currency; `None` if so many are not on offer.
    pub cost: Option<u64>,
}

/// What a zap costs and brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZapQuote {
    /// The contribution at its end; made only if nobody is left out.
    pub contribution: ContributionQuote,
    /// What is bought before it.
    pub purchases: Vec<Purchase>,
    /// Atoms of the currency that are spent in all, at most.
    pub spent: u64,
    /// Whom it leaves out.
    pub skipped: Vec<Skipped>,
    /// What stays the wallet's of persons beyond what it had, by slot, at most.
    pub leftovers: Vec<(u8, u64)>,
    /// Accounts that it makes, with their rent.
    pub rents: Vec<Rent>,
}

/// What the persons and the currency cost for a number of index shares.
#[derive(Default)]
struct Cost {
    purchases: Vec<Purchase>,
    spent: u64,
    skipped: Vec<Skipped>,
    leftovers: Vec<(u8, u64)>,
}

/// What a wallet has, and where it can buy the rest.
struct Market {
    offers: BTreeMap<u8, Offers>,
    places: Places,
}

/// Buys what is missing of every person where it is cheapest, in open rounds and from
/// sales, several at once, and contributes.
///
/// # Errors
/// `NotFound` for a person of whom too little is on offer in the currency, if nobody is to
/// be left out; `IndexRefused(Slippage)` beyond a bound; `IndexRefused(AmountTooSmall)` if
/// the budget buys nothing; those of [`contribute`](super::contribute()); `Rpc`.
pub async fn zap(
    client: &RpcClient,
    pool: &Pool,
    request: &Zap,
) -> Result<Plan<ZapQuote>, SdkError> {
    pool.index.data.require_running(pool.clock.unix_timestamp)?;
    let market = Market::of(client, pool, request).await?;
    let shares = match request.shares {
        Some(shares) => shares,
        None => {
            let affordable = |shares| {
                let cost = market.cost(pool, request, shares);
                cost.is_ok_and(|cost| cost.spent <= request.budget)
            };
            most(affordable).ok_or_else(|| market.why_nothing(pool, request))?
        }
    };
    let cost = market.cost(pool, request, shares)?;
    let contribution = quote::contribution(pool, shares)?;
    if cost.spent > request.budget || contribution.minted < request.least_shares {
        return Err(IndexError::Slippage.into());
    }

    let mut draft = Draft::new(&pool.index, &request.wallet);
    draft.extend(market.buying(client, request, &cost.purchases).await?);
    if cost.skipped.is_empty() {
        let last = Contribute {
            wallet: request.wallet,
            shares,
            slippage_bps: request.slippage_bps,
            deadline: request.deadline,
        };
        contribute::draw_up(client, &mut draft, pool, &last, &[]).await?;
    }
    let steps = draft.pack(client, "zap").await?;
    Ok(Plan {
        quote: ZapQuote {
            contribution,
            purchases: cost.purchases,
            spent: cost.spent,
            skipped: cost.skipped,
            leftovers: cost.leftovers,
            rents: rents(client, &steps).await?,
        },
        steps,
    })
}

impl Market {
    async fn of(client: &RpcClient, pool: &Pool, request: &Zap) -> Result<Market, SdkError> {
        // Every slot that may cost something: dues make coins cost, too.
        let all: Vec<u8> = pool.constituents().map(|(slot, _)| slot).collect();
        let places = Places::of(client, pool, &request.wallet, &all).await?;
        let persons: Vec<u8> = pool.persons.keys().copied().collect();
        let offers = Offers::of(client, pool, &request.wallet, &request.mint, &persons).await?;
        Ok(Market { offers, places })
    }

    /// What has to be bought for `shares`, and what that and the currency given with it
    /// cost at most.
    fn cost(&self, pool: &Pool, request: &Zap, shares: u64) -> Result<Cost, SdkError> {
        let needs = quote::most_given(pool, shares, request.slippage_bps, request.deadline)?;
        let mut cost = Cost::default();
        for SlotAtoms { slot, atoms } in needs {
            let constituent = pool.index.data.constituent(slot)?;
            if constituent.kind()? == SlotKind::Mint {
                if constituent.key == request.mint {
                    cost.spent = sum(cost.spent, atoms)?;
                }
                continue;
            }
            let lacks = atoms.saturating_sub(self.places.free(slot)?);
            if lacks == 0 {
                continue;
            }
            let purchases = self.cheapest(slot, lacks);
            let paid = purchases.as_ref().and_then(|all| {
                let mut costs = all.iter().map(|purchase| purchase.cost);
                costs.try_fold(0u64, u64::checked_add)
            });
            let bound = request.most.get(&slot).copied().unwrap_or(u64::MAX);
            match (purchases, paid) {
                (Some(purchases), Some(paid)) if paid <= bound => {
                    let bought = purchases.iter().map(|purchase| purchase.shares);
                    let bought = bought.fold(0u64, u64::saturating_add);
                    if bought > lacks {
                        cost.leftovers.push((slot, bought - lacks));
                    }
                    cost.spent = sum(cost.spent, paid)?;
                    cost.purchases.extend(purchases);
                }
                (_, paid) if request.skip => cost.skipped.push(Skipped {
                    slot,
                    lacks,
                    cost: paid,
                }),
                (_, Some(_)) => return Err(IndexError::Slippage.into()),
                (_, None) => {
                    return Err(SdkError::NotFound {
                        what: "offers of enough shares in the currency",
                        query: format!("slot {slot}"),
                    });
                }
            }
        }
        Ok(cost)
    }

    fn cheapest(&self, slot: u8, lacks: u64) -> Option<Vec<Purchase>> {
        if self.places.stuck.contains(&slot) {
            return None;
        }
        self.offers.get(&slot)?.cheapest(slot, lacks)
    }

    /// The reason why a budget buys nothing at all.
    fn why_nothing(&self, pool: &Pool, request: &Zap) -> SdkError {
        match self.cost(pool, request, super::super::WHOLE_INDEX_SHARE) {
            Err(error) => error,
            Ok(_) => IndexError::AmountTooSmall.into(),
        }
    }

    /// The purchases, with what has to be there before: the wallet's holder accounts, and
    /// the accounts in which owners and sellers are paid.
    async fn buying(
        &self,
        client: &RpcClient,
        request: &Zap,
        purchases: &[Purchase],
    ) -> Result<Vec<Instruction>, SdkError> {
        let mut paid: Vec<(Pubkey, Pubkey)> = Vec::new();
        for purchase in purchases {
            let token = self.offers(purchase.slot)?.token();
            let to = match purchase.from {
                Source::Round(_) => token.data.owner,
                Source::Sale { seller, .. } => seller,
            };
            paid.push((to, instruction::asset_account(token.data.quote(), &to)));
        }
        let keys: Vec<Pubkey> = paid.iter().map(|(_, account)| *account).collect();
        let there = fetch::raw(client, &keys).await?;
        let mut made = Vec::new();
        let (mut instructions, mut opened) = (Vec::new(), None);
        for ((purchase, (to, account)), there) in purchases.iter().zip(paid).zip(there) {
            let offers = self.offers(purchase.slot)?;
            let quote = offers.token().data.quote();
            if opened != Some(purchase.slot) {
                instructions.extend(self.places.missing.get(&purchase.slot).cloned());
                opened = Some(purchase.slot);
            }
            if there.is_none() && !made.contains(&account) {
                let program = quote.token_program();
                let create =
                    instruction::create_associated(&request.wallet, &to, &quote.mint, &program);
                instructions.push(create);
                made.push(account);
            }
            instructions.push(buy(offers, request, purchase)?);
        }
        Ok(instructions)
    }

    fn offers(&self, slot: u8) -> Result<&Offers, SdkError> {
        self.offers.get(&slot).ok_or_else(|| SdkError::NotFound {
            what: "offers in the currency",
            query: format!("slot {slot}"),
        })
    }
}

/// One purchase, for what it costs and no more.
fn buy(offers: &Offers, request: &Zap, purchase: &Purchase) -> Result<Instruction, SdkError> {
    let gone = || SdkError::NotFound {
        what: "offer",
        query: format!("slot {}", purchase.slot),
    };
    let token = offers.token();
    Ok(match purchase.from {
        Source::Round(number) => {
            let args = ContributeArgs {
                max_payment: purchase.cost,
                min_shares: purchase.shares,
                max_supply: crate::action::most_supply(&token.data),
                terms_version: token.data.terms_version,
                deadline: request.deadline,
            };
            let round = offers.round(number).ok_or_else(gone)?;
            instruction::contribute(token, round, &request.wallet, None, args)
        }
        Source::Sale { seller, number } => {
            let args = BuyArgs {
                shares: purchase.shares,
                max_payment: purchase.cost,
                deadline: request.deadline,
            };
            let (sale, approval) = offers.sale(&seller, number).ok_or_else(gone)?;
            instruction::buy(token, sale, &request.wallet, approval, args)
        }
    })
}

fn sum(first: u64, second: u64) -> Result<u64, SdkError> {
    Ok(Atoms(first).checked_add(Atoms(second))?.0)
}
