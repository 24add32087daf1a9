//! What one wallet has of a token: shares wherever they are, money wherever it waits.

use {
    super::facts::Facts,
    upside_sdk::{
        Pubkey, Shares, quote,
        state::{Contribution, RoundStatus},
    },
};

/// What a wallet has at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stake {
    /// Registered share atoms, locked ones among them.
    pub registered: u64,
    /// Deposited share atoms that warm.
    pub warming: u64,
    /// Bearer share atoms.
    pub bearer: u64,
    /// Share atoms sold by rounds that closed, not yet collected.
    pub uncollected: u64,
    /// Share atoms of grants that have vested, not yet collected.
    pub vested: u64,
    /// Quote atoms in the wallet's account.
    pub cash: u64,
    /// Quote atoms that wait in rounds and can come back.
    pub escrowed: u64,
    /// Quote atoms that wait in bids.
    pub bidding: u64,
    /// By stream: atoms earned and not paid out.
    pub earned: Vec<u64>,
    /// By stream: the part of what still streams that registered shares will earn if
    /// nobody comes or goes, atoms.
    pub streaming: Vec<u64>,
}

impl Stake {
    /// All shares.
    pub fn shares(&self) -> u64 {
        let Stake {
            registered,
            warming,
            bearer,
            uncollected,
            vested,
            ..
        } = self;
        registered + warming + bearer + uncollected + vested
    }

    /// All quote atoms, without dividends.
    pub fn money(&self) -> u64 {
        self.cash + self.escrowed + self.bidding
    }
}

/// `a · b ÷ c`, rounded down.
pub(super) fn part(a: u64, b: u64, c: u64) -> u64 {
    if c == 0 {
        return 0;
    }
    let all = u128::from(a) * u128::from(b) / u128::from(c);
    u64::try_from(all).unwrap_or(u64::MAX)
}

impl Facts {
    /// What a wallet has, with earnings as of `now`.
    pub fn stake(&self, wallet: &Pubkey, now: i64) -> Stake {
        let quote_mint = self.token.quote().mint;
        let mut stake = Stake {
            bearer: self.balance(wallet, &self.token.mint),
            cash: self.balance(wallet, &quote_mint),
            ..Stake::default()
        };
        let bids = self.bids.values().filter(|bid| bid.bidder == *wallet);
        stake.bidding = bids.map(|bid| bid.escrow).sum();
        for contribution in self.contributions.values() {
            if contribution.wallet != *wallet {
                continue;
            }
            let round = &self.rounds[&contribution.round];
            if !round.escrows() {
                continue;
            }
            let shares = contribution.shares().map_or(0, |shares| shares.0);
            match round.status() {
                Ok(RoundStatus::Open | RoundStatus::Failed) => stake.escrowed += contribution.paid,
                _ => stake.uncollected += shares,
            }
        }
        let grants = self.grants.values();
        let grants = grants.filter(|grant| grant.beneficiary == *wallet);
        let grants = grants.filter_map(|grant| quote::grant(&self.token, grant, now).ok());
        let grants: Vec<_> = grants.collect();
        stake.vested = grants.iter().map(|grant| grant.collectable.0).sum();
        let holder = self.holders.get(wallet);
        stake.registered = holder.map_or(0, |holder| holder.shares);
        stake.warming = holder.map_or(0, |holder| holder.warm);
        // Shares that warmed a day take part in what streams as soon as somebody names them.
        let warmed = self.holders.values().filter(|it| it.has_warmed(now));
        let earn = self.token.registered + warmed.map(|it| it.warm).sum::<u64>();
        for place in 0..usize::from(self.token.stream_count) {
            let (mut earned, mut left) = (0, 0);
            if let Some(holder) = holder
                && let Ok(due) = quote::dividend(&self.token, holder, place, now)
            {
                (earned, left) = (due.collectable.0, due.streaming.0);
            }
            let mine = self
                .contributions
                .values()
                .filter(|it| it.wallet == *wallet);
            for contribution in mine {
                let (waits, rest) = self.waiting(contribution, place, now);
                earned += waits;
                left = left.max(rest);
            }
            earned += grants.iter().map(|it| it.earned[place].0).sum::<u64>();
            if stake.vested > 0 {
                left = left.max(self.streaming(place, now));
            }
            let earning = stake.registered + stake.uncollected + stake.vested;
            stake.earned.push(earned);
            stake.streaming.push(part(left, earning, earn));
        }
        stake
    }

    /// What a stream has yet to release, in atoms.
    fn streaming(&self, place: usize, now: i64) -> u64 {
        let stream = self.token.streams[place].plain();
        let released = stream.release(now, Shares(self.token.registered));
        released.map_or(stream.remaining, |stream| stream.remaining)
    }

    /// What shares of a closed round that nobody collected have earned of a stream, and
    /// what it has yet to release.
    fn waiting(&self, contribution: &Contribution, place: usize, now: i64) -> (u64, u64) {
        let round = &self.rounds[&contribution.round];
        let closed = matches!(
            round.status(),
            Ok(RoundStatus::Succeeded | RoundStatus::Settled)
        );
        if !closed || !round.escrows() {
            return (0, 0);
        }
        let mut stream = self.token.streams[place].plain();
        if stream.remaining > 0
            && let Ok(released) = stream.release(now, Shares(self.token.registered))
        {
            stream = released;
        }
        let since = stream
            .index
            .wrapping_sub(round.checkpoints[place].unsigned());
        let shares = contribution.shares().map_or(0, |shares| shares.0);
        let earned = u128::from(shares).saturating_mul(since) >> 64;
        (u64::try_from(earned).unwrap_or(u64::MAX), stream.remaining)
    }
}
