//! What one has to know of every slot before paying: whether it moves, what it would pay,
//! how many shares of a person there may be, and what was put in.

use {
    super::{
        below::Below,
        exits::{SlotState, exit, state},
    },
    crate::report::{Amount, Base58, MintAmount, Percent},
    crate::{
        error::CoreError,
        index::{Pool, PooledIndex, SlotKind, quote, rebalance},
        state::{Asset, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    pooled_index::instructions::is_settled,
    serde::Serialize,
    serde_with::serde_as,
    upside_math::{Atoms, Bps, SHARE_DECIMALS, Shares, carried, yearly_room},
};

/// What one has to know of a slot before paying.
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlotFacts {
    /// The slot's number.
    pub slot: u8,
    /// The personal token, or the mint.
    #[serde_as(as = "Base58")]
    pub key: Pubkey,
    /// Whether it moves.
    pub state: SlotState,
    /// Since when it was noted that it does not, unix seconds.
    pub noted_at: Option<i64>,
    /// First second in which anybody may wrap it, unix time, if it does not move by then.
    pub wrappable_from: Option<i64>,
    /// Whether an issuer can seize or freeze it.
    pub seizable: bool,
    /// What redeeming the index's part would pay now: of a person after the cash-out tax.
    pub redeems: Vec<MintAmount>,
    /// What it would pay as well if it moved.
    pub stuck: Vec<MintAmount>,
    /// Of a person: how many shares there may be, and what was put in.
    pub person: Option<PersonFacts>,
}

/// A person of an index: how many shares there may be, and what was put in.
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonFacts {
    /// Name on the share mint: anybody can type anybody's.
    pub name: String,
    /// Symbol on the share mint.
    pub symbol: String,
    /// Shares that exist.
    pub supply: Amount,
    /// The cap: claims are shared out among so many at most, unless a poll raises it.
    pub cap: Amount,
    /// Head-room: what the owner may create or put on offer now, in any number of steps.
    pub head_room: Amount,
    /// On offer in rounds and grants: they may come.
    pub offered: Amount,
    /// Percent of the person's shares that the index holds.
    pub part: Percent,
    /// Percent of the cap that it holds: the part of claims that only a poll makes smaller.
    pub part_of_cap: Percent,
    /// Percent that redeeming a part leaves to the others.
    pub cash_out_tax: Percent,
    /// Whether everybody may hold the shares; else whoever redeems must be admitted first.
    pub open: bool,
    /// Whether no policy, venue mark or poll against holders is on its way.
    pub settled: bool,
    /// The mint of the person's prices.
    #[serde_as(as = "Base58")]
    pub quote_mint: Pubkey,
    /// What those who brought the index's shares had paid for them, in the quote mint, as
    /// the index's holder account says. Shares that were issued or granted cost nothing.
    pub put_in: Amount,
    /// What redeeming them pays now in the quote mint alone, if it moves.
    pub redeems: Amount,
    /// The latter in percent of the former; `None` if nothing was paid.
    pub redeems_of_put_in: Option<Percent>,
}

/// What was put in for people of one quote mint, and what redeeming them pays in it now.
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QuotePerformance {
    /// The quote mint.
    #[serde_as(as = "Base58")]
    pub mint: Pubkey,
    /// People with prices in it whose shares cost something.
    pub persons: usize,
    /// Those whose shares cost nothing: they were issued or granted.
    pub without_cost: usize,
    /// What was paid for the shares by those who brought them.
    pub put_in: Amount,
    /// What redeeming the shares of all of them pays now in this mint.
    pub redeems: Amount,
    /// The latter in percent of the former; `None` if nothing was paid.
    pub redeems_of_put_in: Option<Percent>,
}

/// What became of what was put in, as far as the chain says.
///
/// It does not say: what holders paid for shares of the index, since these move freely;
/// what mints are worth in each other; what was harvested and given out since; and of
/// shares that a rebalance brought, what the index gave for them: they carry what the
/// bidder had paid. Claims count for nothing here: see the backing by class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Performance {
    /// By quote mint.
    pub by_quote: Vec<QuotePerformance>,
    /// What people owe the index in dividends now, by coin; not harvested yet.
    pub due: Vec<MintAmount>,
}

/// `part` of `whole` in percent, rounded down; `None` of nothing.
fn percent_of_put_in(part: u64, whole: u64) -> Option<Percent> {
    (whole > 0).then(|| Percent::of(part, whole))
}

/// The personal token with the supply that its share mint has.
fn counted(token: &PersonalToken, minted: u64) -> PersonalToken {
    let mut token = *token;
    token.supply = minted;
    token
}

/// Atoms of the quote mint: what the index's shares of a person had cost, and what
/// redeeming them pays.
struct Paid {
    quote: Asset,
    put_in: u64,
    redeems: u64,
}

fn paid(pool: &Pool, below: &Below, slot: u8) -> Result<Paid, CoreError> {
    let person = pool.person(slot)?;
    let (token, holder) = (&person.token.data, &person.custody.data);
    let counter = pool.index.data.constituent(slot)?.counter;
    // What waits in baskets has its part of the cost.
    let put_in = match holder.shares {
        0 => Atoms::ZERO,
        all => carried(Atoms(holder.cost), counter.min(all), all)?,
    };
    let (minted, immovable) = below.redeeming(slot, token)?;
    let redeemed = crate::quote::redemption(token, Shares(minted), Shares(counter), 0);
    let [in_quote, ..] = redeemed.unwrap_or_default();
    let moves = state(pool, below, slot)?.moves();
    let stuck = !moves || immovable.first().is_some_and(Option::is_some);
    Ok(Paid {
        quote: *token.quote(),
        put_in: put_in.0,
        redeems: if stuck { 0 } else { in_quote },
    })
}

/// Share atoms that the owner may create now, in as many instructions as it takes: what is
/// created of the launch makes the yearly room of the rest larger.
fn head_room(token: &PersonalToken, now: i64) -> Result<u64, CoreError> {
    let made = token.created_lately(now).total()?;
    let launch = token.launch_left();
    let supply = Shares(token.supply.saturating_add(launch));
    let room = yearly_room(supply, made, Bps::new(token.terms.room_bps)?)?;
    let room = room.0.saturating_sub(made.0);
    let taken = token.supply.saturating_add(token.offered);
    let free = launch.saturating_add(room).saturating_sub(token.offered);
    Ok(free.min(token.terms.supply_cap.saturating_sub(taken)))
}

fn person_facts(pool: &Pool, below: &Below, slot: u8) -> Result<PersonFacts, CoreError> {
    let person = pool.person(slot)?;
    let (minted, _) = below.redeeming(slot, &person.token.data)?;
    let token = counted(&person.token.data, minted);
    let counter = pool.index.data.constituent(slot)?.counter;
    let shares = |atoms| Amount::new(atoms, SHARE_DECIMALS);
    let name = below.name(slot);
    let active = token.require_active().is_ok();
    let paid = paid(pool, below, slot)?;
    let quote = |atoms| Amount::new(atoms, paid.quote.decimals);
    Ok(PersonFacts {
        name: name.name,
        symbol: name.symbol,
        supply: shares(minted),
        cap: shares(token.terms.supply_cap),
        head_room: shares(if active {
            head_room(&token, pool.clock.unix_timestamp)?
        } else {
            0
        }),
        offered: shares(token.offered),
        part: Percent::of(counter, minted),
        part_of_cap: Percent::of(counter, token.terms.supply_cap),
        cash_out_tax: Percent::of_bps(token.cash_out_tax()?.get()),
        open: token.is_open()?,
        settled: is_settled(&token, &person.custody.data)?,
        quote_mint: paid.quote.mint,
        put_in: quote(paid.put_in),
        redeems: quote(paid.redeems),
        redeems_of_put_in: percent_of_put_in(paid.redeems, paid.put_in),
    })
}

/// What one has to know of every slot.
///
/// # Errors
/// `NotFound`, `IndexRefused`, `Refused`, `Math` where accounts do not add up.
pub(super) fn slots(pool: &Pool, below: &Below) -> Result<Vec<SlotFacts>, CoreError> {
    let index = &pool.index.data;
    let mut all = Vec::new();
    for (slot, constituent) in pool.constituents() {
        let state = state(pool, below, slot)?;
        let exit = exit(pool, below, slot, constituent.counter)?;
        let since = i64::from(constituent.stuck_at);
        let noted = since != 0;
        all.push(SlotFacts {
            slot,
            key: constituent.key,
            state,
            noted_at: noted.then_some(since),
            wrappable_from: noted.then(|| index.after_notice(since)).transpose()?,
            seizable: constituent.is_seizable(),
            redeems: exit.liquid.report(),
            stuck: exit.immovable.report(),
            person: match constituent.kind()? {
                SlotKind::Personal => Some(person_facts(pool, below, slot)?),
                SlotKind::Free | SlotKind::Mint => None,
            },
        });
    }
    Ok(all)
}

/// What became of what was put in.
///
/// # Errors
/// `IndexRefused`, `Math` where the books do not add up.
pub(super) fn performance(pool: &Pool, below: &Below) -> Result<Performance, CoreError> {
    let mut sums: Vec<(Asset, QuotePerformance, u64, u64)> = Vec::new();
    for slot in pool.persons.keys() {
        if !pool.index.data.constituent(*slot)?.is_held() {
            continue;
        }
        let paid = paid(pool, below, *slot)?;
        let mint = paid.quote.mint;
        let place = sums.iter().position(|(quote, ..)| quote.mint == mint);
        let place = place.unwrap_or_else(|| {
            let new = QuotePerformance {
                mint,
                ..QuotePerformance::default()
            };
            sums.push((paid.quote, new, 0, 0));
            sums.len().saturating_sub(1)
        });
        if let Some((_, report, put_in, redeems)) = sums.get_mut(place) {
            let counted = match paid.put_in {
                0 => &mut report.without_cost,
                _ => &mut report.persons,
            };
            *counted = counted.saturating_add(1);
            *put_in = Atoms(*put_in).checked_add(Atoms(paid.put_in))?.0;
            *redeems = Atoms(*redeems).checked_add(Atoms(paid.redeems))?.0;
        }
    }
    let report =
        |(quote, report, put_in, redeems): (Asset, QuotePerformance, u64, u64)| QuotePerformance {
            put_in: Amount::new(put_in, quote.decimals),
            redeems: Amount::new(redeems, quote.decimals),
            redeems_of_put_in: percent_of_put_in(redeems, put_in),
            ..report
        };
    Ok(Performance {
        by_quote: sums.into_iter().map(report).collect(),
        due: due(pool)?,
    })
}

fn due(pool: &Pool) -> Result<Vec<MintAmount>, CoreError> {
    let index: &PooledIndex = &pool.index.data;
    let dues = quote::dues(pool, pool.clock.unix_timestamp)?;
    let mut amounts = Vec::new();
    for (book, atoms) in index.coins.iter().zip(dues) {
        if atoms > 0 {
            let coin = index.constituent(book.slot)?;
            amounts.push(MintAmount {
                mint: coin.key,
                amount: Amount::new(atoms, rebalance::decimals(index, book.slot)?),
            });
        }
    }
    Ok(amounts)
}
