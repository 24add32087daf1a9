//! Where a person's shares are cheapest: open rounds that sell at once, and sales, several
//! at once. Prices of the past are not asked.

use {
    super::super::super::fetch::Pool,
    crate::{
        address::{find_contribution, find_round},
        error::SdkError,
        fetch,
        quote::{contribution_now, payment_for},
        state::{Account, Approval, Contribution, Holder, PersonalToken, Round, Sale, decode},
    },
    anchor_lang::prelude::Pubkey,
    futures_util::stream::{self, StreamExt, TryStreamExt},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::{BTreeMap, BTreeSet},
    upside_math::{Atoms, Shares},
};

/// Sales of one person that are looked at, the cheapest ones.
const SALES: usize = 24;
/// Requests that are under way at a time.
const AT_A_TIME: usize = 8;

/// What is bought of one person, from one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// Slot of the person.
    pub slot: u8,
    /// Where.
    pub from: Source,
    /// Share atoms of the person that are bought, at least.
    pub shares: u64,
    /// Atoms of the currency that they cost, at most.
    pub cost: u64,
}

/// Where shares of a person are bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// An open round, by its number.
    Round(u64),
    /// A sale.
    Sale {
        /// Who sells.
        seller: Pubkey,
        /// Their number for it.
        number: u64,
    },
}

/// A round, and how much of it this wallet can buy.
struct RoundOffer {
    round: Account<Round>,
    /// Quote atoms that the wallet may still pay into it.
    most: u64,
}

/// A sale, and how much of it this wallet can buy.
struct SaleOffer {
    sale: Account<Sale>,
    approval: Option<Account<Approval>>,
    shares: u64,
}

/// Everything that is on offer of one person in the currency.
pub(super) struct Offers {
    token: Account<PersonalToken>,
    rounds: Vec<RoundOffer>,
    sales: Vec<SaleOffer>,
    now: i64,
}

/// A number of shares at one price, at the place of a round or, after those, of a sale.
struct Lot {
    price: u64,
    place: usize,
    shares: u64,
}

impl Offers {
    /// The offers on these persons of the pool, by slot.
    pub(super) async fn of(
        client: &RpcClient,
        pool: &Pool,
        wallet: &Pubkey,
        mint: &Pubkey,
        slots: &[u8],
    ) -> Result<BTreeMap<u8, Offers>, SdkError> {
        let now = pool.clock.unix_timestamp;
        let mut all = BTreeMap::new();
        for slot in slots {
            let Some(person) = pool.persons.get(slot) else {
                continue;
            };
            let in_currency = person.token.data.quote().mint == *mint;
            let token = person.token.clone();
            if in_currency {
                let offers = Offers {
                    token,
                    rounds: Vec::new(),
                    sales: Vec::new(),
                    now,
                };
                all.insert(*slot, offers);
            }
        }
        find_rounds(client, &mut all, wallet).await?;
        let found: Vec<(u8, Vec<SaleOffer>)> = stream::iter(&all)
            .map(|(slot, offers)| async move {
                let sales = sales(client, &offers.token, wallet, now).await?;
                Ok::<_, SdkError>((*slot, sales))
            })
            .buffered(AT_A_TIME)
            .try_collect()
            .await?;
        for (slot, sales) in found {
            if let Some(offers) = all.get_mut(&slot) {
                offers.sales = sales;
            }
        }
        Ok(all)
    }

    /// The cheapest way to `need` share atoms; `None` if fewer are on offer.
    pub(super) fn cheapest(&self, slot: u8, need: u64) -> Option<Vec<Purchase>> {
        let (purchases, _) = self.without(slot, need, &BTreeSet::new())?;
        Some(purchases)
    }

    /// The cheapest way that leaves some places out, and what it costs.
    fn without(
        &self,
        slot: u8,
        need: u64,
        left_out: &BTreeSet<usize>,
    ) -> Option<(Vec<Purchase>, u64)> {
        let parts = self.split(need, left_out)?;
        let (mut purchases, mut cost, mut doubtful) = (Vec::new(), 0u64, None);
        for (place, shares) in parts {
            let purchase = self.purchase(slot, place, shares);
            let Some((purchase, exact)) = purchase else {
                // It would be refused: what others ask is what there is.
                return self.without(slot, need, &with(left_out, place));
            };
            if !exact {
                doubtful = Some(place);
            }
            cost = cost.checked_add(purchase.cost)?;
            purchases.push(purchase);
        }
        // A round's smallest contribution buys more than is needed: others may ask less.
        let other = doubtful.and_then(|place| self.without(slot, need, &with(left_out, place)));
        Some(match other {
            Some((others, less)) if less < cost => (others, less),
            _ => (purchases, cost),
        })
    }

    /// How many shares of which place, by ascending price.
    fn split(&self, need: u64, left_out: &BTreeSet<usize>) -> Option<BTreeMap<usize, u64>> {
        let mut lots = self.lots();
        lots.retain(|lot| !left_out.contains(&lot.place));
        lots.sort_by_key(|lot| (lot.price, lot.place));
        let (mut left, mut parts) = (need, BTreeMap::new());
        for lot in lots {
            let taken = lot.shares.min(left);
            if taken > 0 {
                *parts.entry(lot.place).or_insert(0u64) += taken;
                left -= taken;
            }
        }
        (left == 0).then_some(parts)
    }

    fn lots(&self) -> Vec<Lot> {
        let mut lots = Vec::new();
        for (place, offer) in self.rounds.iter().enumerate() {
            let round = &offer.round.data;
            // What the cap on this wallet leaves, of all stages together.
            let most = round.quote(offer.most);
            let mut most = most.map_or(0, |bought| bought.shares.0);
            let stages = round.stage_shares.iter().zip(round.sold);
            let stages = stages.zip(round.stage_prices);
            for ((offered, sold), price) in stages.take(usize::from(round.stage_count)) {
                let shares = offered.saturating_sub(sold).min(most);
                most -= shares;
                lots.push(Lot {
                    price,
                    place,
                    shares,
                });
            }
        }
        let sales = self.sales.iter().enumerate();
        lots.extend(sales.map(|(number, offer)| Lot {
            price: offer.sale.data.price,
            place: self.rounds.len() + number,
            shares: offer.shares,
        }));
        lots
    }

    /// A purchase at a place, and whether it is of no more than was asked for; `None` if
    /// the place refuses it.
    fn purchase(&self, slot: u8, place: usize, shares: u64) -> Option<(Purchase, bool)> {
        if let Some(offer) = self.rounds.get(place) {
            let round = &offer.round.data;
            let exact = payment_for(round, Shares(shares)).ok()?.0;
            let payment = exact.max(round.min_contribution);
            let quoted =
                contribution_now(&self.token.data, round, Atoms(payment), self.now).ok()?;
            quoted.require_covered().ok()?;
            let purchase = Purchase {
                slot,
                from: Source::Round(round.number),
                shares: quoted.purchase.shares.0,
                cost: payment,
            };
            return (payment <= offer.most).then_some((purchase, exact == payment));
        }
        let offer = self.sales.get(place.checked_sub(self.rounds.len())?)?;
        let deal = offer.sale.data.deal(shares).ok()?;
        let purchase = Purchase {
            slot,
            from: Source::Sale {
                seller: offer.sale.data.seller,
                number: offer.sale.data.number,
            },
            shares,
            cost: deal.payment.0,
        };
        Some((purchase, true))
    }

    /// The token that the offers are on.
    pub(super) fn token(&self) -> &Account<PersonalToken> {
        &self.token
    }

    /// The round of a purchase.
    pub(super) fn round(&self, number: u64) -> Option<&Account<Round>> {
        let mut rounds = self.rounds.iter().map(|offer| &offer.round);
        rounds.find(|round| round.data.number == number)
    }

    /// The sale of a purchase, with the approval that it takes.
    pub(super) fn sale(
        &self,
        seller: &Pubkey,
        number: u64,
    ) -> Option<(&Account<Sale>, Option<&Account<Approval>>)> {
        let mut sales = self.sales.iter();
        let found = sales.find(|offer| {
            let data = &offer.sale.data;
            data.seller == *seller && data.number == number
        });
        found.map(|offer| (&offer.sale, offer.approval.as_ref()))
    }
}

fn with(places: &BTreeSet<usize>, place: usize) -> BTreeSet<usize> {
    let mut places = places.clone();
    places.insert(place);
    places
}

/// Finds the rounds that sell at once, in one request for a hundred.
async fn find_rounds(
    client: &RpcClient,
    all: &mut BTreeMap<u8, Offers>,
    wallet: &Pubkey,
) -> Result<(), SdkError> {
    let mut wanted = Vec::new();
    for (slot, offers) in all.iter() {
        let token = &offers.token.data;
        let selling = token.require_running().is_ok()
            && token.open_rounds > 0
            && token.escrow_round == 0
            && token.owner != *wallet;
        if selling {
            let numbers = (0..token.rounds).rev();
            let keys = numbers.map(|number| find_round(&offers.token.key, number).0);
            wanted.extend(keys.map(|key| (*slot, key)));
        }
    }
    let keys: Vec<Pubkey> = wanted.iter().map(|(_, key)| *key).collect();
    let mut capped = Vec::new();
    for ((slot, _), raw) in wanted.iter().zip(fetch::raw(client, &keys).await?) {
        let (Some(raw), Some(offers)) = (raw, all.get_mut(slot)) else {
            continue;
        };
        let round: Account<Round> = decode(&raw.key, &raw.owner, &raw.data)?;
        let data = &round.data;
        let open = data.require_open(offers.now, data.min_contribution.max(1));
        if open.is_ok() && !data.escrows() && data.by_approval == 0 {
            if data.caps_backers() {
                capped.push((
                    *slot,
                    offers.rounds.len(),
                    find_contribution(&raw.key, wallet).0,
                ));
            }
            let most = data.backer_cap;
            offers.rounds.push(RoundOffer { round, most });
        }
    }
    let keys: Vec<Pubkey> = capped.iter().map(|(.., key)| *key).collect();
    for ((slot, place, _), raw) in capped.iter().zip(fetch::raw(client, &keys).await?) {
        let Some(raw) = raw else { continue };
        let paid: Account<Contribution> = decode(&raw.key, &raw.owner, &raw.data)?;
        let offers = all.get_mut(slot);
        if let Some(offer) = offers.and_then(|offers| offers.rounds.get_mut(*place)) {
            offer.most = offer.most.saturating_sub(paid.data.paid);
        }
    }
    Ok(())
}

/// The cheapest sales that the wallet can buy from.
async fn sales(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    now: i64,
) -> Result<Vec<SaleOffer>, SdkError> {
    let mut found = fetch::sales(client, &token.key).await?;
    found.retain(|sale| sale.data.seller != *wallet && sale.data.require(wallet, 1, now).is_ok());
    found.truncate(SALES);
    let free = token.data.moves_freely()?;
    let buying = match free {
        true => None,
        false => fetch::holder(client, &token.key, wallet).await?,
    };
    let buying = buying.map_or_else(Holder::default, |holder| holder.data);
    let mut offers = Vec::with_capacity(found.len());
    let mut approved = BTreeSet::new();
    for sale in found {
        let (seller, mut shares) = (sale.data.seller, sale.data.shares);
        let mut approval = None;
        if !free {
            let Some(selling) = fetch::holder(client, &token.key, &seller).await? else {
                continue;
            };
            match token.data.needs_approval(&selling.data, &buying) {
                Err(_) => continue,
                Ok(false) => {}
                Ok(true) => {
                    let found = fetch::approval(client, &token.key, &seller, wallet).await?;
                    // It is good for one move, and for no more than it says.
                    let Some(found) = found.filter(|_| approved.insert(seller)) else {
                        continue;
                    };
                    shares = shares.min(found.data.shares);
                    approval = Some(found);
                }
            }
        }
        offers.push(SaleOffer {
            sale,
            approval,
            shares,
        });
    }
    Ok(offers)
}
