//! A token's events in sentences, of what comes after its rounds: trades, grants, passes,
//! terms, and the end.

use {
    super::words::Words,
    crate::words::Word,
    upside_core::{
        Pubkey,
        event::TokenEvent as E,
        state::{Admission, TransferPolicy},
    },
};

/// What polls change, by their kind's number.
const CHANGES: [&str; 21] = [
    "the supply cap",
    "the yearly room",
    "the cash-out tax",
    "the royalty",
    "the part of payouts that goes to the reserve",
    "how long payouts stream",
    "a revenue claim's terms",
    "the end of a revenue claim",
    "an accepted attester",
    "an asset that new shares need not bring",
    "the part of shares that passes a poll",
    "the notice period",
    "the inactivity period",
    "the loss limit",
    "the end of a claim's dispute",
    "the floor",
    "an attester's removal",
    "a claim's dispute",
    "a dissolution",
    "an auction of custody",
    "a vault's surplus",
];

fn change(kind: u64) -> &'static str {
    let place = usize::try_from(kind).unwrap_or(usize::MAX);
    CHANGES.get(place).copied().unwrap_or("something unknown")
}

fn policies(admission: u64, transfers: u64) -> String {
    let admission = u8::try_from(admission).map(Admission::try_from);
    let transfers = u8::try_from(transfers).map(TransferPolicy::try_from);
    match (admission, transfers) {
        (Ok(Ok(admission)), Ok(Ok(transfers))) => format!(
            "admission {}, transfers {}",
            admission.word(),
            transfers.word()
        ),
        _ => "policies of an unknown kind".to_string(),
    }
}

/// Sales and grants.
pub fn trades(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::SaleOpened(e) => format!(
            "{} offered {} for {} each{}, until {}",
            w.who(&e.seller),
            w.shares(e.shares),
            w.cash(e.price),
            match e.buyer == Pubkey::default() {
                true => String::new(),
                false => format!(" to {}", w.who(&e.buyer)),
            },
            w.at(e.expires_at)
        ),
        E::SaleCancelled(e) => format!(
            "the sale {} of {} ended with {} unsold",
            e.number,
            w.who(&e.seller),
            w.shares(e.shares)
        ),
        E::SharesSold(e) => format!(
            "{} bought {} of {} for {}{}",
            w.who(&e.buyer),
            w.shares(e.shares),
            w.who(&e.seller),
            w.cash(e.paid),
            match e.royalty {
                0 => String::new(),
                some => format!(", {} of it royalty to the owner", w.cash(some)),
            }
        ),
        E::BidOpened(e) => format!(
            "{} bids {} each for {}{} until {}, number {}",
            w.who(&e.bidder),
            w.cash(e.price),
            w.shares(e.shares),
            match e.seller == Pubkey::default() {
                true => String::new(),
                false => format!(" of {}", w.who(&e.seller)),
            },
            w.at(e.expires_at),
            e.number
        ),
        E::BidCancelled(e) => format!(
            "the bid {} of {} ended with {} not bought: {} went back",
            e.number,
            w.who(&e.bidder),
            w.shares(e.shares),
            w.cash(e.refunded)
        ),
        E::BidFilled(e) => format!(
            "{} sold {} into bid {} of {} for {}{}",
            w.who(&e.seller),
            w.shares(e.shares),
            e.number,
            w.who(&e.bidder),
            w.cash(e.paid),
            match e.royalty {
                0 => String::new(),
                some => format!(", {} of it royalty to the owner", w.cash(some)),
            }
        ),
        E::OrderSet(e) => format!(
            "{} ordered their dividends {} until {}",
            w.who(&e.wallet),
            match e.buys {
                0 => "left to the owner".to_string(),
                _ => format!(
                    "put into a round, for at most {} a share, while at most {} exist",
                    w.cash(e.max_price),
                    w.shares(e.max_supply)
                ),
            },
            w.at(e.ends_at)
        ),
        E::OrderExecuted(e) => format!(
            "by {}'s standing order {} of dividends went to {}",
            w.who(&e.wallet),
            w.cash(e.amount),
            w.who(&e.to)
        ),
        E::OrderEnded(e) => format!("the standing order of {} ended", w.who(&e.wallet)),
        E::GrantOffered(e) => format!(
            "the owner offered {} a grant of {}, over {} with a cliff of {}{}, until {}",
            w.who(&e.beneficiary),
            w.shares(e.shares),
            w.span(e.duration_seconds),
            w.span(e.cliff_seconds),
            if e.revocable == 1 { ", revocable" } else { "" },
            w.at(e.expires_at)
        ),
        E::GrantAccepted(e) => format!(
            "{} accepted grant {}: {} were created",
            w.who(&e.beneficiary),
            e.grant,
            w.shares(e.shares)
        ),
        E::GrantCancelled(e) => format!(
            "the offer of grant {} to {} ended, by {}",
            e.grant,
            w.who(&e.beneficiary),
            w.who(&e.by)
        ),
        E::GrantCollected(e) => format!(
            "{} collected {} that had vested of grant {}",
            w.who(&e.beneficiary),
            w.shares(e.shares),
            e.grant
        ),
        E::GrantRevoked(e) => format!(
            "{} revoked grant {} of {}: {} were burned, {} had vested",
            w.who(&e.by),
            e.grant,
            w.who(&e.beneficiary),
            w.shares(e.burned),
            w.shares(e.vested)
        ),
        E::GrantClosed(e) => format!("grant {} of {} is over", e.grant, w.who(&e.beneficiary)),
        _ => return None,
    })
}

/// Products and passes.
pub fn passes(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::ProductOpened(e) => {
            let asks = match e.kind {
                0 => format!("for {}", w.of(&e.mint, e.price)),
                1 => format!("to holders of {}", w.shares(e.price)),
                _ => format!("for {} burned", w.shares(e.price)),
            };
            format!(
                "the owner opened product {}: {} units {asks}",
                e.product, e.units
            )
        }
        E::ProductClosed(e) => format!(
            "the owner closed product {} after {} passes",
            e.product, e.sold
        ),
        E::PassBought(e) if e.burned > 0 => format!(
            "{} burned {} for a pass of product {}",
            w.who(&e.wallet),
            w.shares(e.burned),
            e.product
        ),
        E::PassBought(e) if e.locked > 0 => format!(
            "{} got a pass of product {}, which locks {}",
            w.who(&e.wallet),
            e.product,
            w.shares(e.locked)
        ),
        E::PassBought(e) => format!("{} got a pass of product {}", w.who(&e.wallet), e.product),
        E::PassUsed(e) => format!(
            "{} used {} of a pass of product {} up, {} are left",
            w.who(&e.wallet),
            e.used,
            e.product,
            e.units
        ),
        E::PassClosed(e) => format!(
            "{} closed a pass of product {}",
            w.who(&e.wallet),
            e.product
        ),
        _ => return None,
    })
}

/// What an account was that was closed.
fn closed(kind: u64, number: u64) -> String {
    match kind {
        0 => format!("round {number}"),
        1 => format!("product {number}"),
        2 => "the names".to_string(),
        3 => "the attesters".to_string(),
        4 => "an approval".to_string(),
        5 => "a contribution".to_string(),
        6 => "a vault".to_string(),
        _ => format!("receipt {number}"),
    }
}

/// Policies, terms, polls, and how it ends.
pub fn governance(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::PolicyAnnounced(e) => format!(
            "the owner announced {} from {} on",
            policies(e.admission, e.transfer_policy),
            w.at(e.effective_at)
        ),
        E::PolicyApplied(e) => {
            format!("now in force: {}", policies(e.admission, e.transfer_policy))
        }
        E::PolicyCancelled(e) => format!(
            "the owner withdrew what was announced: {}",
            policies(e.admission, e.transfer_policy)
        ),
        E::TermsRelaxed(e) => format!(
            "the owner relaxed terms: supply cap {}, floor {}, cash-out tax {}, royalty {}",
            w.shares(e.supply_cap),
            w.cash(e.floor),
            w.percent(e.cash_out_tax_bps),
            w.percent(e.royalty_bps)
        ),
        E::PollPut(e) => format!(
            "{} put poll {} of {}, open until {}",
            w.who(&e.by),
            e.poll,
            change(e.kind),
            w.at(e.lapses_at)
        ),
        E::AuctionAsked(e) => format!(
            "poll {} asks for an auction of {} of {}: from {} to {} over {}",
            e.poll,
            w.units(e.claim, e.units),
            w.claim(e.claim),
            w.cash(e.start),
            w.cash(e.end),
            w.span(e.seconds)
        ),
        E::PollAnswered(e) => format!(
            "{} {} poll {} with {}: {} for and {} against of {}",
            w.who(&e.wallet),
            match e.answer {
                0 => "voted for",
                1 => "voted against",
                _ => "withdrew from",
            },
            e.poll,
            w.shares(e.weight),
            w.shares(e.in_favor),
            w.shares(e.against),
            w.shares(e.eligible)
        ),
        E::PollApplied(e) => format!(
            "poll {} of {} was applied: {} for and {} against of {}",
            e.poll,
            change(e.kind),
            w.shares(e.in_favor),
            w.shares(e.against),
            w.shares(e.eligible)
        ),
        E::PollEnded(e) => format!(
            "poll {} {}",
            e.poll,
            match e.why {
                0 => "was taken back by who put it",
                1 => "lapsed",
                2 => "was closed",
                _ => "ended: who put it no longer holds 1 %",
            }
        ),
        E::PollsVoided(e) => {
            let numbers = e.polls.iter().filter_map(|seq| seq.checked_sub(1));
            let numbers: Vec<_> = numbers.map(|number| number.to_string()).collect();
            format!(
                "a round with a minimum raise voided open polls against holders: {}",
                numbers.join(", ")
            )
        }
        E::OwnerSeen(e) => format!("the owner showed to be there on {}", w.at(e.at)),
        E::ExecutorSet(e) if e.executor == Pubkey::default() => {
            "the owner named no executor any more".to_string()
        }
        E::ExecutorSet(e) => format!("the owner named {} as executor", w.who(&e.executor)),
        E::TokenWoundUp(e) => format!(
            "the executor, {}, wound the token up; the owner was last seen on {}",
            w.who(&e.executor),
            w.at(e.owner_seen)
        ),
        E::ReceiptGiven(e) => format!(
            "{} got receipt {} for {}: it takes their part of {} estates",
            w.who(&e.wallet),
            e.number,
            w.shares(e.shares),
            e.estates
        ),
        E::EstateOpened(e) => format!(
            "the custody of {}, {}, is shared out by {}",
            w.claim(e.claim),
            w.of(&e.mint, e.units),
            w.shares(e.shares)
        ),
        E::EstateCollected(e) => format!(
            "receipt {} of {} took {} of {}",
            e.number,
            w.who(&e.wallet),
            w.units(e.claim, e.units),
            w.claim(e.claim)
        ),
        E::EndowmentJoined(e) => format!(
            "{} of the endowment became reserve",
            w.of(&e.mint, e.amount)
        ),
        E::AccountClosed(e) => format!(
            "the account {} was closed: {}",
            w.who(&e.account),
            closed(e.kind, e.number)
        ),
        E::HolderClosed(e) => format!(
            "the empty holder account of {} was closed",
            w.who(&e.wallet)
        ),
        E::ClaimAccountClosed(e) if e.left > 0 => format!(
            "the account of {} was closed, and {} that lay in its custody went to the owner",
            w.claim(e.claim),
            w.units(e.claim, e.left)
        ),
        E::ClaimAccountClosed(e) => format!("the account of {} was closed", w.claim(e.claim)),
        _ => return None,
    })
}
