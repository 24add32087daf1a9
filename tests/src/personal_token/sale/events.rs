//! Events of sales, grants, products and passes.

use {
    crate::model::{Bid, Holder, Model, Sale},
    crate::oracle::events::{governance, same},
    upside_sdk::{
        Pubkey,
        address::find_round,
        event::TokenEvent,
        state::{Order, PassPrice},
    },
};

/// A step of a token: the model before and after it.
pub struct Moves<'a> {
    /// The token.
    pub token: Pubkey,
    /// Before.
    pub before: &'a Model,
    /// After.
    pub after: &'a Model,
}

impl Moves<'_> {
    /// A wallet's holder account before and after.
    fn holders(&self, wallet: &Pubkey) -> [Holder; 2] {
        let place = (self.token, *wallet);
        [self.before, self.after]
            .map(|model| model.holders.get(&place).copied().unwrap_or_default())
    }

    /// A sale before and after; one that is over has no shares.
    fn sales(&self, seller: &Pubkey, number: u64) -> [Option<Sale>; 2] {
        let place = (self.token, *seller, number);
        [self.before, self.after].map(|model| model.sales.get(&place).copied())
    }

    /// A bid before and after; one that is over wants no shares.
    fn bids(&self, bidder: &Pubkey, number: u64) -> [Option<Bid>; 2] {
        let place = (self.token, *bidder, number);
        [self.before, self.after].map(|model| model.bids.get(&place).copied())
    }

    /// Quote atoms that became the owner's in the vault.
    fn royalty(&self) -> u64 {
        let of = |model: &Model| model.tokens[&self.token].assets[0].endowment;
        of(self.after) - of(self.before)
    }

    /// Share atoms that a wallet lost, those that wait among them.
    fn lost(&self, wallet: &Pubkey) -> u64 {
        let all = |holder: Holder| holder.shares + holder.warm;
        let [was, is] = self.holders(wallet).map(all);
        was - is
    }

    /// Quote atoms that a wallet won.
    fn paid(&self, wallet: &Pubkey) -> u64 {
        let quote = self.after.tokens[&self.token].assets[0].mint;
        self.after.balance(wallet, &quote) - self.before.balance(wallet, &quote)
    }

    /// What brought back what a seller ever paid. Shares that warmed bring their cost
    /// after the sale.
    fn recovered(&self, seller: &Pubkey) -> u64 {
        let [was, is] = self.holders(seller);
        let warmed = if is.warm == 0 { was.warm_cost } else { 0 };
        let all = u128::from(was.cost) + u128::from(warmed) - u128::from(is.cost);
        u64::try_from(all).expect("at most the cost")
    }

    /// Quote atoms that a round raised, by its address.
    fn raised(&self, key: &Pubkey) -> u64 {
        let of = |model: &Model| {
            let rounds = model.rounds.iter();
            let mut named =
                rounds.filter(|((token, number), _)| find_round(token, *number).0 == *key);
            named.next().map_or(0, |(_, round)| round.raised)
        };
        of(self.after) - of(self.before)
    }

    /// Passes of a product.
    fn passes(&self, product: u64) -> u64 {
        let given = self.after.passes.keys();
        given
            .filter(|(token, number, _)| (*token, *number) == (self.token, product))
            .count() as u64
    }
}

/// Every field of an event.
pub(crate) fn check(event: &TokenEvent, moves: &Moves) {
    let token = &moves.token;
    let it = &moves.after.tokens[token];
    match event {
        TokenEvent::SharesWarmed(said) => {
            let [was, _] = moves.holders(&said.wallet);
            let shares = was.shares + was.warm;
            same!(said, "SharesWarmed"; shares = was.warm, holder_shares = shares);
        }
        TokenEvent::StreamEnded(said) => {
            let place = it.place_of(&said.mint).expect("it is listed");
            let stream = usize::from(it.assets[place].stream.expect("it streams"));
            let was = moves.before.tokens[token].streams[stream];
            let fits = (1..=was.remaining).contains(&said.amount);
            assert!(fits && it.streams[stream].remaining == 0, "StreamEnded");
        }
        TokenEvent::SharesRedeemed(said) if said.bearer == 0 => {
            let [was, is] = moves.holders(&said.wallet);
            let due = was.warm_at <= it.changed_at;
            let warm = if due { 0 } else { was.warm - is.warm };
            same!(said, "SharesRedeemed"; warm = warm, shares = moves.lost(&said.wallet));
        }
        TokenEvent::AssetsBrought(said) => {
            let (was, is) = (&moves.before.tokens[token].assets, &it.assets);
            for (place, (was, is)) in was.iter().zip(is).enumerate() {
                let brought = [
                    is.reserve.wrapping_sub(was.reserve),
                    is.payouts.wrapping_sub(was.payouts),
                ];
                let told = [said.to_reserve[place], said.to_stream[place]];
                // A payment brings the part of the quote mint, beside what it promised.
                let paid = place == 0 && told == [0, 0];
                assert!(paid || told == brought, "AssetsBrought says asset {place}");
            }
        }
        TokenEvent::ImmovabilityNoted(said) => {
            let place = it.place_of(&said.mint).expect("it is listed");
            same!(said, "ImmovabilityNoted"; since = it.assets[place].immovable_at);
        }
        TokenEvent::RoundOpened(said) => {
            let round = moves.after.rounds[&(*token, said.round)];
            let terms = round.terms;
            same!(
                said, "RoundOpened";
                shares = terms.stages.map(|stage| stage.shares),
                prices = terms.stages.map(|stage| stage.price), min_raise = terms.min_raise,
                backer_cap = terms.backer_cap, reserve_bps = u64::from(terms.reserve_bps),
                most_part_bps = u64::from(terms.most_part_bps), opens_at = terms.opens_at,
                closes_at = terms.closes_at, locked = round.locked,
            );
        }
        TokenEvent::RoundExtended(said) => {
            let [was, is] =
                [moves.before, moves.after].map(|model| model.rounds[&(*token, said.round)]);
            same!(
                said, "RoundExtended";
                before = was.terms.closes_at, closes_at = is.terms.closes_at,
            );
        }
        TokenEvent::RoundClosed(said) => {
            let round = moves.after.rounds[&(*token, said.round)];
            let [was, is] = [moves.before, moves.after].map(|model| model.tokens[token].assets[0]);
            same!(
                said, "RoundClosed";
                to_reserve = is.reserve - was.reserve, to_stream = is.payouts - was.payouts,
                to_owner = round.to_owner, from_endowment = was.endowment - is.endowment,
            );
        }
        TokenEvent::RoundSettled(said) => {
            let round = moves.after.rounds[&(*token, said.round)];
            same!(said, "RoundSettled"; to_owner = round.to_owner);
        }
        TokenEvent::SaleOpened(said) => {
            let sale = moves.sales(&said.seller, said.number)[1].expect("it is open");
            same!(
                said, "SaleOpened";
                buyer = sale.buyer, shares = sale.shares, price = sale.price,
                expires_at = sale.expires_at,
            );
        }
        TokenEvent::SaleCancelled(said) => {
            let sale = moves.sales(&said.seller, said.number)[0].expect("it was open");
            let locked = moves.holders(&said.seller)[1].locked;
            same!(said, "SaleCancelled"; shares = sale.shares, locked = locked);
        }
        TokenEvent::SharesSold(said) => {
            let [was, is] = moves.sales(&said.seller, said.number);
            let left = is.map_or(0, |sale| sale.shares);
            let shares = was.expect("it was open").shares - left;
            let after = moves.holders(&said.seller)[1];
            let royalty = moves.royalty();
            same!(
                said, "SharesSold";
                shares = shares, left = left, royalty = royalty,
                paid = moves.paid(&said.seller) + royalty,
                recovered = moves.recovered(&said.seller), seller_shares = after.shares,
                buyer_shares = moves.holders(&said.buyer)[1].shares,
            );
        }
        TokenEvent::BidOpened(said) => {
            let bid = moves.bids(&said.bidder, said.number)[1].expect("it is open");
            same!(
                said, "BidOpened";
                seller = bid.seller, shares = bid.shares, price = bid.price,
                expires_at = bid.expires_at, escrow = bid.escrow,
            );
        }
        TokenEvent::BidCancelled(said) => {
            let bid = moves.bids(&said.bidder, said.number)[0].expect("it was open");
            same!(said, "BidCancelled"; shares = bid.shares, refunded = moves.paid(&said.bidder));
        }
        TokenEvent::BidFilled(said) => {
            let [was, is] = moves.bids(&said.bidder, said.number);
            let (left, escrow) = is.map_or((0, 0), |bid| (bid.shares, bid.escrow));
            let after = moves.holders(&said.seller)[1];
            let royalty = moves.royalty();
            same!(
                said, "BidFilled";
                shares = was.expect("it was open").shares - left, left = left, escrow = escrow,
                royalty = royalty, paid = moves.paid(&said.seller) + royalty,
                recovered = moves.recovered(&said.seller), seller_shares = after.shares,
                bidder_shares = moves.holders(&said.bidder)[1].shares,
            );
        }
        TokenEvent::OrderSet(said) => {
            let mine = &moves.after.orders[&(*token, said.wallet)];
            let (buys, to, bounds) = match mine.order {
                Order::PayOwner { owner } => (0, owner, [0; 3]),
                Order::BuyInRound {
                    round,
                    max_price,
                    max_supply,
                    terms_version,
                } => (1, round, [max_price, max_supply, terms_version]),
            };
            let [max_price, max_supply, terms_version] = bounds;
            same!(
                said, "OrderSet";
                buys = buys, to = to, max_price = max_price, max_supply = max_supply,
                terms_version = terms_version, ends_at = mine.ends_at,
            );
        }
        TokenEvent::OrderExecuted(said) => {
            let place = (*token, said.wallet);
            let [was, is] = [moves.before, moves.after].map(|model| model.tokens[token].assets[0]);
            let (to, amount) = match moves.after.orders[&place].order {
                Order::PayOwner { owner } => (owner, was.payouts - is.payouts),
                Order::BuyInRound { round, .. } => (round, moves.raised(&round)),
            };
            let payouts = was.payouts - amount;
            same!(said, "OrderExecuted"; to = to, amount = amount, payouts = payouts);
        }
        TokenEvent::OrderEnded(said) => {
            let place = (*token, said.wallet);
            let was = moves.before.orders.contains_key(&place);
            assert!(
                was && !moves.after.orders.contains_key(&place),
                "OrderEnded"
            );
        }
        TokenEvent::GrantOffered(said) => {
            let grant = &moves.after.grants[&(*token, said.grant)];
            let terms = &grant.terms;
            same!(
                said, "GrantOffered";
                grant = it.grants - 1, beneficiary = grant.beneficiary, shares = grant.shares,
                start = terms.start, cliff_seconds = u64::from(terms.cliff_seconds),
                duration_seconds = u64::from(terms.duration_seconds),
                revocable = u64::from(terms.revocable), reference = grant.reference,
                expires_at = grant.expires_at, offered = moves.after.tally(token).offered,
            );
        }
        TokenEvent::GrantAccepted(said) => {
            let grant = &moves.after.grants[&(*token, said.grant)];
            same!(
                said, "GrantAccepted";
                beneficiary = grant.beneficiary, shares = grant.shares, supply = it.supply,
                offered = moves.after.tally(token).offered,
            );
        }
        TokenEvent::GrantCancelled(said) => {
            let grant = &moves.before.grants[&(*token, said.grant)];
            same!(
                said, "GrantCancelled";
                beneficiary = grant.beneficiary, shares = grant.shares,
                offered = moves.after.tally(token).offered,
            );
        }
        TokenEvent::GrantCollected(said) => {
            let grant = &moves.after.grants[&(*token, said.grant)];
            let [was, is] = moves.holders(&grant.beneficiary);
            same!(
                said, "GrantCollected";
                beneficiary = grant.beneficiary, shares = is.shares - was.shares,
                held = grant.held(), holder_shares = is.shares,
            );
        }
        TokenEvent::GrantRevoked(said) => {
            let grant = &moves.after.grants[&(*token, said.grant)];
            let was = &moves.before.grants[&(*token, said.grant)];
            same!(
                said, "GrantRevoked";
                beneficiary = grant.beneficiary, vested = grant.shares, supply = it.supply,
                burned = was.shares - grant.shares,
            );
        }
        TokenEvent::GrantClosed(said) => {
            let grant = &moves.before.grants[&(*token, said.grant)];
            same!(said, "GrantClosed"; beneficiary = grant.beneficiary);
        }
        _ => passes(event, moves),
    }
}

fn passes(event: &TokenEvent, moves: &Moves) {
    let token = &moves.token;
    let it = &moves.after.tokens[token];
    match event {
        TokenEvent::ProductOpened(said) => {
            let product = &moves.after.products[&(*token, said.product)];
            let terms = &product.terms;
            let (kind, mint) = match terms.asks {
                PassPrice::Pay { mint, .. } => (0, mint),
                PassPrice::Hold { .. } => (1, Pubkey::default()),
                PassPrice::Burn { .. } => (2, Pubkey::default()),
            };
            same!(
                said, "ProductOpened";
                product = it.products - 1, kind = kind, tier = u64::from(terms.tier),
                mint = mint, price = product.price(), units = terms.units,
                lifetime = terms.lifetime, max_passes = terms.max_passes,
                linked = u64::from(terms.claim_number.is_some()), claim = terms.claim_number.unwrap_or(0),
            );
        }
        TokenEvent::ProductClosed(said) => {
            let product = &moves.after.products[&(*token, said.product)];
            let passes = moves.passes(said.product);
            same!(said, "ProductClosed"; sold = product.sold, passes = passes);
        }
        TokenEvent::PassBought(said) => {
            let product = &moves.after.products[&(*token, said.product)];
            let pass = &moves.after.passes[&(*token, said.product, said.wallet)];
            let (mut paid, mut burned) = (0, 0);
            match product.terms.asks {
                PassPrice::Pay { price, .. } => paid = price,
                PassPrice::Hold { .. } => {}
                PassPrice::Burn { shares } => burned = shares,
            }
            let received = product.terms.claim_number.map(|claim| {
                let of = |model: &Model| model.claims[&(*token, claim)].received;
                of(moves.after) - of(moves.before)
            });
            same!(
                said, "PassBought";
                paid = paid, burned = burned, locked = pass.locked, to_claim = received.unwrap_or(0),
                units = pass.units, expires_at = pass.expires_at, sold = product.sold,
                supply = it.supply,
            );
        }
        TokenEvent::PassUsed(said) => {
            let place = (*token, said.product, said.wallet);
            let (was, is) = (&moves.before.passes[&place], &moves.after.passes[&place]);
            same!(said, "PassUsed"; used = is.used - was.used, units = is.units);
        }
        TokenEvent::PassClosed(said) => {
            let pass = &moves.before.passes[&(*token, said.product, said.wallet)];
            let passes = moves.passes(said.product);
            same!(said, "PassClosed"; units = pass.units, passes = passes);
        }
        _ => governance::check(event, moves),
    }
}
