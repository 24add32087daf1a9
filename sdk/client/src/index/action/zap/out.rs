//! From index shares to cash: into bids, and out of people's reserves.

use {
    super::{
        super::{super::fetch::Pool, Payout, Redeem, draft::Draft, redeem},
        rents,
    },
    crate::{
        action::{Fill, Plan, Rent},
        error::SdkError,
        fetch, instruction,
        state::{
            Account, Approval, Bid, FillBidArgs, Holder, MAX_ASSETS, PersonalToken, RedeemArgs,
            Trade,
        },
    },
    anchor_lang::prelude::Pubkey,
    futures_util::stream::{self, StreamExt, TryStreamExt},
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::{Bps, Shares, fee_of},
};

/// Bids on one person that are looked at, the highest ones.
const BIDS: usize = 24;
/// Requests that are under way at a time.
const AT_A_TIME: usize = 8;

/// Index shares to turn into cash.
#[derive(Clone, Copy, Debug)]
pub struct Unzap {
    /// The redemption of the index's shares.
    pub redeem: Redeem,
    /// The currency: bids in it are sold into.
    pub mint: Pubkey,
    /// Atoms of it that must come back at least, in all.
    pub least: u64,
}

/// How shares of one person become cash: sold into bids, the rest redeemed for the reserve
/// after tax, in the split that pays most.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exit {
    /// Slot of the person.
    pub slot: u8,
    /// Sales into bids. The royalty in them is the highest that can be owed.
    pub sold: Vec<Fill>,
    /// Share atoms that are redeemed.
    pub redeemed: u64,
    /// Atoms that these pay of each asset of the reserve, after tax.
    pub paid: [u64; MAX_ASSETS],
    /// Share atoms that stay the wallet's: nobody pays for them.
    pub kept: u64,
    /// Atoms of the currency that all of it brings, at least.
    pub proceeds: u64,
}

/// What an unzap pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnzapQuote {
    /// What the index pays in kind.
    pub payout: Payout,
    /// How persons' shares become cash.
    pub exits: Vec<Exit>,
    /// Atoms of the currency that come in all, with what the index holds of it.
    pub proceeds: u64,
    /// Accounts that it makes, with their rent.
    pub rents: Vec<Rent>,
}

/// A bid that the wallet can sell into.
struct BidOffer {
    bid: Account<Bid>,
    approval: Option<Account<Approval>>,
    shares: u64,
}

/// What is known of a person whose shares come.
struct Person {
    slot: u8,
    atoms: u64,
    token: Account<PersonalToken>,
    supply: Shares,
    bids: Vec<BidOffer>,
}

/// Redeems index shares, and turns every person's shares that come into cash.
///
/// # Errors
/// Those of [`redeem`](super::super::redeem()); `IndexRefused(Slippage)` if less comes than
/// the least; `Rpc`.
pub async fn unzap(
    client: &RpcClient,
    pool: &Pool,
    request: &Unzap,
) -> Result<Plan<UnzapQuote>, SdkError> {
    let wallet = &request.redeem.wallet;
    let mut draft = Draft::new(&pool.index, wallet);
    let payout = redeem::draw_up(client, &mut draft, pool, &request.redeem, &[]).await?;
    let mut proceeds = payout
        .redemption
        .amounts
        .iter()
        .filter(|(slot, _)| !payout.stuck.contains(slot))
        .filter(|(slot, _)| {
            pool.index
                .data
                .slot(*slot)
                .is_ok_and(|it| it.key == request.mint)
        })
        .fold(0u64, |sum, (_, atoms)| sum.saturating_add(*atoms));
    let persons = persons(client, pool, request, &payout).await?;
    let mut exits = Vec::with_capacity(persons.len());
    let mut missing = Vec::new();
    for person in &persons {
        let exit = person.best(request)?;
        proceeds = proceeds.saturating_add(exit.proceeds);
        missing.extend(person.accounts(wallet, &exit)?);
        exits.push(exit);
    }
    let keys: Vec<Pubkey> = missing.iter().map(|(key, _)| *key).collect();
    let mut made = Vec::new();
    for ((key, create), there) in missing.into_iter().zip(fetch::raw(client, &keys).await?) {
        if there.is_none() && !made.contains(&key) {
            made.push(key);
            draft.push(create);
        }
    }
    for (person, exit) in persons.iter().zip(&exits) {
        draft.extend(person.instructions(request, exit)?);
    }
    if proceeds < request.least {
        return Err(super::IndexError::Slippage.into());
    }
    let steps = draft.pack(client, "unzap").await?;
    Ok(Plan {
        quote: UnzapQuote {
            payout,
            exits,
            proceeds,
            rents: rents(client, &steps).await?,
        },
        steps,
    })
}

/// The persons whose shares come, with the bids on them and their supplies.
async fn persons(
    client: &RpcClient,
    pool: &Pool,
    request: &Unzap,
    payout: &Payout,
) -> Result<Vec<Person>, SdkError> {
    let coming = payout
        .redemption
        .amounts
        .iter()
        .filter_map(|(slot, atoms)| {
            let person = pool.persons.get(slot)?;
            let comes = *atoms > 0 && !payout.stuck.contains(slot);
            comes.then_some((*slot, *atoms, &person.token))
        });
    let coming: Vec<_> = coming.collect();
    let mints: Vec<Pubkey> = coming.iter().map(|(_, _, token)| token.data.mint).collect();
    let mut supplies = Vec::with_capacity(mints.len());
    for (mint, raw) in mints.iter().zip(fetch::raw(client, &mints).await?) {
        let raw = raw.ok_or_else(|| SdkError::NotFound {
            what: "share mint",
            query: mint.to_string(),
        })?;
        supplies.push(fetch::mint_info(&raw)?.supply);
    }
    let now = pool.clock.unix_timestamp;
    stream::iter(coming.into_iter().zip(supplies))
        .map(|((slot, atoms, token), supply)| async move {
            let in_currency = token.data.quote().mint == request.mint;
            let bids = match in_currency {
                true => bids(client, token, &request.redeem.wallet, now).await?,
                false => Vec::new(),
            };
            Ok(Person {
                slot,
                atoms,
                token: token.clone(),
                supply: Shares(supply),
                bids,
            })
        })
        .buffered(AT_A_TIME)
        .try_collect()
        .await
}

/// The highest bids that the wallet can sell into.
async fn bids(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    now: i64,
) -> Result<Vec<BidOffer>, SdkError> {
    let mut found = fetch::bids(client, &token.key).await?;
    found.retain(|bid| bid.data.bidder != *wallet && bid.data.require(wallet, 1, now).is_ok());
    found.truncate(BIDS);
    let free = token.data.moves_freely()?;
    let selling = match free {
        true => None,
        false => fetch::holder(client, &token.key, wallet).await?,
    };
    let selling = selling.map_or_else(Holder::default, |holder| holder.data);
    let (mut offers, mut approved) = (Vec::with_capacity(found.len()), Vec::new());
    for bid in found {
        let (bidder, mut shares, mut approval) = (bid.data.bidder, bid.data.shares, None);
        if !free {
            let Some(buying) = fetch::holder(client, &token.key, &bidder).await? else {
                continue;
            };
            match token.data.needs_approval(&selling, &buying.data) {
                Err(_) => continue,
                Ok(false) => {}
                Ok(true) => {
                    let found = fetch::approval(client, &token.key, wallet, &bidder).await?;
                    // It is good for one move, and for no more than it says.
                    let Some(found) = found.filter(|_| !approved.contains(&bidder)) else {
                        continue;
                    };
                    approved.push(bidder);
                    shares = shares.min(found.data.shares);
                    approval = Some(found);
                }
            }
        }
        offers.push(BidOffer {
            bid,
            approval,
            shares,
        });
    }
    Ok(offers)
}

impl Person {
    /// The split that pays most. Within one bid the whole is convex in the shares that are
    /// sold into it, since a redemption pays the more a share the more are redeemed: so the
    /// best split is at the end of a bid.
    fn best(&self, request: &Unzap) -> Result<Exit, SdkError> {
        let mut best = self.split(request, 0)?;
        // What a reserve pays in other assets has no price here: it is not sold for less.
        if best.paid.iter().skip(1).any(|atoms| *atoms > 0) {
            return Ok(best);
        }
        for count in 1..=self.bids.len() {
            let exit = self.split(request, count)?;
            if exit.proceeds > best.proceeds {
                best = exit;
            }
            let sold = self.bids.iter().take(count).map(|offer| offer.shares);
            if sold.fold(0u64, u64::saturating_add) >= self.atoms {
                break;
            }
        }
        Ok(best)
    }

    /// The first `count` bids filled, the rest redeemed.
    fn split(&self, request: &Unzap, count: usize) -> Result<Exit, SdkError> {
        let mut exit = Exit {
            slot: self.slot,
            ..Exit::default()
        };
        let mut left = self.atoms;
        // Whatever the wallet's cost is: no more than this part is royalty.
        let highest = self.token.data.royalty_lowest.iter().copied().max();
        let highest = highest.unwrap_or(0).max(self.token.data.terms.royalty_bps);
        for offer in self.bids.iter().take(count) {
            let shares = offer.shares.min(left);
            let Ok(deal) = offer.bid.data.deal(shares) else {
                continue;
            };
            let royalty = fee_of(deal.payment.0, Bps::new(highest)?)?;
            exit.sold.push(Fill {
                offer: offer.bid.key,
                wallet: offer.bid.data.bidder,
                number: offer.bid.data.number,
                price: offer.bid.data.price,
                trade: Trade {
                    shares,
                    payment: deal.payment.0,
                    royalty,
                    ..Trade::default()
                },
            });
            let net = deal.payment.0.saturating_sub(royalty);
            exit.proceeds = exit.proceeds.saturating_add(net);
            left -= shares;
            if left == 0 {
                break;
            }
        }
        let data = &self.token.data;
        // In a wind-down with estates a receipt comes with it: not in one transaction of many.
        let redeems = left > 0 && data.estates == 0;
        let paid = redeems.then(|| crate::quote::redemption(data, self.supply, Shares(left), 0));
        match paid {
            Some(Ok(paid)) => {
                (exit.redeemed, exit.paid) = (left, paid);
                let in_currency = data.quote().mint == request.mint;
                let quote = paid.first().copied().filter(|_| in_currency);
                exit.proceeds = exit.proceeds.saturating_add(quote.unwrap_or(0));
            }
            _ => exit.kept = left,
        }
        Ok(exit)
    }

    /// The wallet's accounts that an exit pays into, with what makes them.
    fn accounts(
        &self,
        wallet: &Pubkey,
        exit: &Exit,
    ) -> Result<Vec<(Pubkey, Instruction)>, SdkError> {
        let listed = self.token.data.listed()?;
        let count = match (exit.redeemed, exit.sold.is_empty()) {
            (0, true) => 0,
            (0, false) => 1,
            _ => listed.len(),
        };
        let make = listed.iter().take(count).map(|asset| {
            let program = asset.token_program();
            (
                instruction::asset_account(asset, wallet),
                instruction::create_associated(wallet, wallet, &asset.mint, &program),
            )
        });
        Ok(make.collect())
    }

    fn instructions(&self, request: &Unzap, exit: &Exit) -> Result<Vec<Instruction>, SdkError> {
        let (wallet, deadline) = (&request.redeem.wallet, request.redeem.deadline);
        let mut instructions = Vec::new();
        for fill in &exit.sold {
            let Some(offer) = self.bids.iter().find(|offer| offer.bid.key == fill.offer) else {
                continue;
            };
            let args = FillBidArgs {
                shares: fill.trade.shares,
                min_proceeds: fill.trade.payment.saturating_sub(fill.trade.royalty),
                deadline,
            };
            let approval = offer.approval.as_ref();
            let fill = instruction::fill_bid(&self.token, &offer.bid, wallet, approval, args);
            instructions.push(fill);
        }
        if exit.redeemed > 0 {
            let mut min_out = exit.paid;
            for amount in &mut min_out {
                *amount = crate::action::least(*amount, request.redeem.slippage_bps)?;
            }
            let args = RedeemArgs {
                shares: exit.redeemed,
                min_out,
                forgone: 0,
                deadline,
            };
            instructions.push(instruction::redeem(&self.token, wallet, args)?);
        }
        Ok(instructions)
    }
}
