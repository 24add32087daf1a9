//! What an event moves into a wallet and out of it.

use {
    std::collections::BTreeMap,
    upside_core::{Pubkey, event::TokenEvent, state::PersonalToken},
};

/// What a token's events have to be read with.
#[derive(Clone, Debug)]
pub struct Books {
    /// The token.
    pub token: PersonalToken,
    /// Numbers of its rounds in which contributions wait for the close.
    pub escrowing: Vec<u64>,
    /// What its products are paid in, by number.
    pub products: BTreeMap<u64, Pubkey>,
    /// Mints of tokenized equity and their decimals, by the claim's number.
    pub claims: BTreeMap<u64, (Pubkey, u8)>,
}

/// Shares and money of one event, in atoms: above zero into the wallet, below zero out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Move {
    /// What happened, in few words.
    pub what: String,
    /// Share atoms.
    pub shares: i128,
    /// By mint.
    pub money: Vec<(Pubkey, i128)>,
    /// Quote atoms that arriving shares cost.
    pub cost: u64,
    /// Quote atoms that the owner took of a sale.
    pub royalty: u64,
    /// Whether leaving shares were given for money: it brings a gain or a loss.
    pub sells: bool,
    /// Whether it is a payout on shares.
    pub dividend: bool,
}

fn into(atoms: u64) -> i128 {
    atoms.into()
}

fn out(atoms: u64) -> i128 {
    into(atoms).saturating_neg()
}

/// What waits for a wallet between two events: paid into rounds, by round.
#[derive(Clone, Debug, Default)]
pub struct Waiting(BTreeMap<u64, u64>);

impl Books {
    fn quote(&self) -> Pubkey {
        self.token.quote().mint
    }

    fn of_quote(&self, atoms: i128) -> Vec<(Pubkey, i128)> {
        vec![(self.quote(), atoms)]
    }

    /// Amounts by the place of their asset.
    fn by_asset(&self, amounts: &[u64]) -> Vec<(Pubkey, i128)> {
        let listed = self.token.listed().unwrap_or_default().iter();
        let paid = listed.zip(amounts).filter(|(_, atoms)| **atoms > 0);
        paid.map(|(asset, atoms)| (asset.mint, into(*atoms)))
            .collect()
    }

    /// Amounts by the place of their stream.
    fn by_stream(&self, amounts: &[u64]) -> Vec<(Pubkey, i128)> {
        let streams = self.token.active_streams().unwrap_or_default().iter();
        let paid = streams.zip(amounts).filter(|(_, atoms)| **atoms > 0);
        let mint = |asset: u8| self.token.asset(asset.into()).map(|asset| asset.mint);
        paid.filter_map(|(stream, atoms)| Some((mint(stream.asset).ok()?, into(*atoms))))
            .collect()
    }

    fn bought(&self, what: String, shares: u64, paid: u64) -> Move {
        Move {
            what,
            shares: into(shares),
            money: self.of_quote(out(paid)),
            cost: paid,
            ..Move::default()
        }
    }

    fn sold(&self, what: String, shares: u64, paid: u64, royalty: u64) -> Move {
        Move {
            what,
            shares: out(shares),
            money: self.of_quote(into(paid.saturating_sub(royalty))),
            royalty,
            sells: true,
            ..Move::default()
        }
    }

    fn money(&self, what: String, atoms: i128) -> Move {
        Move {
            what,
            money: self.of_quote(atoms),
            ..Move::default()
        }
    }

    /// What an event moves of a wallet's, in its order; nothing if it is not about it.
    pub fn moves(&self, event: &TokenEvent, wallet: &Pubkey, waiting: &mut Waiting) -> Vec<Move> {
        let is = |key: &Pubkey| key == wallet;
        match event {
            TokenEvent::Contributed(it) if is(&it.wallet) => {
                let round = it.round;
                if !self.escrowing.contains(&round) {
                    return vec![self.bought(
                        format!("bought in round {round}"),
                        it.shares,
                        it.paid,
                    )];
                }
                let paid = waiting.0.entry(round).or_default();
                *paid = paid.saturating_add(it.paid);
                vec![self.money(format!("paid into round {round}"), out(it.paid))]
            }
            TokenEvent::ContributionLeft(it) if is(&it.wallet) => {
                waiting.0.remove(&it.round);
                vec![self.money(format!("left round {}", it.round), into(it.paid))]
            }
            TokenEvent::ContributionRefunded(it) if is(&it.wallet) => {
                waiting.0.remove(&it.round);
                vec![self.money(format!("refunded by round {}", it.round), into(it.paid))]
            }
            TokenEvent::ContributionCollected(it) if is(&it.wallet) => vec![Move {
                what: format!("collected from round {}", it.round),
                shares: into(it.shares),
                cost: waiting.0.remove(&it.round).unwrap_or_default(),
                ..Move::default()
            }],
            TokenEvent::SharesIssued(it) if is(&it.wallet) => vec![Move {
                what: "issued".to_string(),
                shares: into(it.shares),
                cost: it.paid,
                ..Move::default()
            }],
            TokenEvent::SharesTransferred(it) => {
                let from = is(&it.from).then(|| Move {
                    what: format!("given to {}", it.to),
                    shares: out(it.shares),
                    ..Move::default()
                });
                let to = is(&it.to).then(|| Move {
                    what: format!("received from {}", it.from),
                    shares: into(it.shares),
                    cost: it.cost,
                    ..Move::default()
                });
                from.into_iter().chain(to).collect()
            }
            TokenEvent::SharesSold(it) => {
                let sold = || format!("sold to {}", it.buyer);
                let bought = || format!("bought from {}", it.seller);
                let sold =
                    is(&it.seller).then(|| self.sold(sold(), it.shares, it.paid, it.royalty));
                let bought = is(&it.buyer).then(|| self.bought(bought(), it.shares, it.paid));
                sold.into_iter().chain(bought).collect()
            }
            TokenEvent::BidOpened(it) if is(&it.bidder) => {
                vec![self.money(format!("set aside for bid {}", it.number), out(it.escrow))]
            }
            TokenEvent::BidCancelled(it) if is(&it.bidder) => {
                vec![self.money(format!("back from bid {}", it.number), into(it.refunded))]
            }
            TokenEvent::BidFilled(it) => {
                let sold = || format!("sold to {}", it.bidder);
                let sold =
                    is(&it.seller).then(|| self.sold(sold(), it.shares, it.paid, it.royalty));
                // It was set aside when the bid was opened.
                let bought = is(&it.bidder).then(|| Move {
                    what: format!("bought from {} by bid {}", it.seller, it.number),
                    shares: into(it.shares),
                    cost: it.paid,
                    ..Move::default()
                });
                sold.into_iter().chain(bought).collect()
            }
            TokenEvent::SharesRedeemed(it) if is(&it.wallet) => vec![Move {
                what: "redeemed".to_string(),
                shares: out(it.shares),
                money: self.by_asset(&it.paid),
                sells: true,
                ..Move::default()
            }],
            TokenEvent::DividendCollected(it) if is(&it.wallet) => vec![Move {
                what: "dividend".to_string(),
                money: vec![(it.mint, into(it.amount))],
                dividend: true,
                ..Move::default()
            }],
            TokenEvent::OrderExecuted(it) if is(&it.wallet) => {
                let dividend = Move {
                    what: "dividend by standing order".to_string(),
                    money: self.of_quote(into(it.amount)),
                    dividend: true,
                    ..Move::default()
                };
                // What buys shares has an event of its own.
                let given = (it.to == self.token.owner).then(|| {
                    self.money(
                        "given to the owner by standing order".to_string(),
                        out(it.amount),
                    )
                });
                [dividend].into_iter().chain(given).collect()
            }
            TokenEvent::GrantCollected(it) if is(&it.beneficiary) => vec![Move {
                what: format!("collected from grant {}", it.grant),
                shares: into(it.shares),
                money: self.by_stream(&it.earned),
                dividend: it.earned.iter().any(|atoms| *atoms > 0),
                ..Move::default()
            }],
            TokenEvent::PassBought(it) if is(&it.wallet) => {
                let mint = self.products.get(&it.product).copied();
                let mint = mint.unwrap_or_else(|| self.quote());
                let paid = (it.paid > 0).then(|| (mint, out(it.paid)));
                vec![Move {
                    what: format!("pass of product {}", it.product),
                    shares: out(it.burned),
                    money: paid.into_iter().collect(),
                    ..Move::default()
                }]
            }
            TokenEvent::AuctionBought(it) if is(&it.buyer) => {
                vec![self.money(format!("bought of claim {}", it.claim), out(it.paid))]
            }
            TokenEvent::EstateCollected(it) if is(&it.wallet) => vec![Move {
                what: format!("share of claim {}", it.claim),
                money: self
                    .claims
                    .get(&it.claim)
                    .map(|(mint, _)| (*mint, into(it.units)))
                    .into_iter()
                    .collect(),
                ..Move::default()
            }],
            _ => Vec::new(),
        }
    }
}
