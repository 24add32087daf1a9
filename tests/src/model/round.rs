//! Rounds: what they ask, sell and hold.

use {
    super::{
        Checks, Model, Predicted, Reason,
        number::{BPS, ceil64, fit},
        require,
    },
    num_bigint::BigUint,
    upside_sdk::{
        Pubkey, TokenError,
        state::{ContributeArgs, RoundTerms, StageTerms},
    },
};

/// Atoms of a whole share.
pub(super) const WHOLE: u64 = 1_000_000;

/// Where a round stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum RoundStatus {
    /// It takes contributions in its time.
    #[default]
    Open,
    /// Its minimum was reached; shares wait to be claimed.
    Succeeded,
    /// Its minimum was missed.
    Failed,
    /// Its proceeds are where they belong.
    Settled,
}

/// A round.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Round {
    /// Whether nobody but the owner held or was buying shares when it opened.
    pub alone: bool,
    /// What it was opened with.
    pub terms: RoundTerms,
    /// Where it stands.
    pub status: RoundStatus,
    /// Share atoms sold by stage.
    pub sold: [u64; 4],
    /// Quote atoms that contributions in force paid.
    pub raised: u64,
    /// Contributions ever made.
    pub contributions: u64,
    /// Share atoms sold, minted and not claimed.
    pub unclaimed: u64,
    /// Indexes of the streams at the close.
    pub checkpoints: [u128; 4],
    /// Who paid the rent.
    pub rent_payer: Pubkey,
}

/// What a backer put in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Contribution {
    /// Quote atoms.
    pub paid: u64,
    /// Share atoms by stage.
    pub by_stage: [u64; 4],
    /// Who paid the rent.
    pub rent_payer: Pubkey,
}

/// What a payment buys.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Purchase {
    by_stage: [u64; 4],
    shares: u64,
    charge: u64,
    price: u64,
}

impl Contribution {
    /// Share atoms of all stages.
    pub fn shares(&self) -> u64 {
        self.by_stage.iter().sum()
    }
}

impl Round {
    /// Stages in use.
    pub fn stages(&self) -> &[StageTerms] {
        used(&self.terms)
    }

    /// Whether payments wait for a minimum.
    pub fn escrows(&self) -> bool {
        self.terms.min_raise > 0
    }

    /// Whether backers have accounts: they wait, or each is bounded.
    pub fn records(&self) -> bool {
        self.escrows() || self.terms.backer_cap != u64::MAX
    }

    /// Share atoms for sale.
    pub fn offered(&self) -> u64 {
        self.stages().iter().map(|stage| stage.shares).sum()
    }

    /// Share atoms sold.
    pub fn sold(&self) -> u64 {
        self.sold.iter().sum()
    }

    /// Share atoms that it may still add to the supply.
    pub fn room(&self) -> u128 {
        let all = u128::from(self.offered());
        match self.status {
            RoundStatus::Open if self.escrows() => all,
            RoundStatus::Open => all - u128::from(self.sold()),
            _ => 0,
        }
    }

    /// What a payment buys: stage by stage, as many shares as what is left of it pays
    /// for. It ends where a stage is not sold out, and what cannot buy a share stays
    /// with the backer; the charge is rounded up once.
    fn purchase(&self, payment: u64) -> Purchase {
        // In quote atoms times 10^6, so that a share atom costs its stage's price.
        let all = BigUint::from(payment) * WHOLE;
        let mut left = all.clone();
        let mut bought = Purchase::default();
        for (place, stage) in self.stages().iter().enumerate() {
            let room = stage.shares - self.sold[place];
            let shares = fit(&left / stage.price).map_or(room, |most| most.min(room));
            left -= BigUint::from(shares) * stage.price;
            bought.by_stage[place] = shares;
            bought.shares += shares;
            if shares > 0 {
                bought.price = bought.price.max(stage.price);
            }
            if shares < room {
                break;
            }
        }
        let cost = all - left;
        bought.charge = fit((cost + WHOLE - 1u8) / WHOLE).expect("at most the payment");
        bought
    }
}

fn used(terms: &RoundTerms) -> &[StageTerms] {
    let count = terms.stages.iter().take_while(|stage| stage.shares > 0);
    &terms.stages[..count.count()]
}

/// Terms under which a round can be settled whatever comes.
fn check_terms(terms: &RoundTerms, now: i64) -> Predicted {
    let stages = used(terms);
    let rest = &terms.stages[stages.len()..];
    let brings: BigUint = stages
        .iter()
        .map(|stage| BigUint::from(stage.shares) * stage.price)
        .sum();
    let shares: u128 = stages.iter().map(|stage| u128::from(stage.shares)).sum();
    let brings = brings / WHOLE;
    let dearest = stages.iter().map(|stage| stage.price).max().unwrap_or(0);
    let enough = BigUint::from(terms.min_contribution) * WHOLE;
    let buys = dearest > 0 && enough >= dearest.into() && fit(enough / dearest).is_some();
    let fits = !stages.is_empty()
        && rest.iter().all(|stage| *stage == StageTerms::default())
        && stages.iter().all(|stage| stage.price > 0)
        && terms.opens_at < terms.closes_at
        && terms.closes_at > now
        && shares <= u128::from(u64::MAX)
        && brings <= u64::MAX.into()
        && buys
        && brings >= terms.min_raise.into()
        && brings >= terms.min_contribution.into()
        && terms.backer_cap >= terms.min_contribution
        && terms.reserve_bps <= 10_000;
    require(fits, TokenError::InvalidRound)
}

impl Model {
    /// A round.
    ///
    /// # Errors
    /// `Missing`.
    pub fn round(&self, token: &Pubkey, number: u64) -> Predicted<Round> {
        let round = self.rounds.get(&(*token, number)).copied();
        round.ok_or(Reason::Missing.into())
    }

    pub(super) fn round_mut(&mut self, token: &Pubkey, number: u64) -> &mut Round {
        let round = self.rounds.get_mut(&(*token, number));
        round.expect("it was found before")
    }

    /// What somebody put into a round.
    ///
    /// # Errors
    /// `Missing`.
    pub fn contribution(
        &self,
        token: &Pubkey,
        number: u64,
        wallet: &Pubkey,
    ) -> Predicted<Contribution> {
        let found = self.contributions.get(&(*token, number, *wallet));
        found.copied().ok_or(Reason::Missing.into())
    }

    /// The owner opens a round.
    ///
    /// # Errors
    /// `InvalidRound`, `NotOwner`, `WoundUp`, `Paused`, `SupplyCapExceeded`.
    pub fn open_round(&mut self, token: &Pubkey, signer: &Pubkey, terms: &RoundTerms) -> Predicted {
        let (now, rent_payer) = (self.now, self.payer);
        let it = self.token_mut(token)?;
        Checks::new()
            .all(check_terms(terms, now))
            .all(it.signed_by(signer, now))
            .all(it.require_running())
            .end()?;
        let round = Round {
            terms: *terms,
            alone: self.is_owners_alone(token)?,
            rent_payer,
            ..Round::default()
        };
        let room = u64::try_from(round.room()).map_err(|_| TokenError::Overflow)?;
        self.require_room(token, room)?;
        if round.escrows() {
            self.void_polls(token)?;
        }
        let it = self.token_mut(token)?;
        let number = it.rounds;
        it.rounds += 1;
        it.tell();
        self.rounds.insert((*token, number), round);
        Ok(())
    }

    /// Somebody contributes; `approver` signs too. The call is the one for rounds that
    /// wait for a minimum where `escrowed`.
    ///
    /// # Errors
    /// `DeadlinePassed`, `WoundUp`, `Paused`, `RoundNotOpen`, `ZeroAmount`,
    /// `ContributionTooSmall`, `RoundSoldOut`, `AmountTooSmall`, `Slippage`,
    /// `BackerCapExceeded`, `OwnerCannotContribute`, `RoundNeedsApproval`,
    /// `RoundEscrows`, `RoundDoesNotEscrow`, `WrongTokenAccount`, `InsufficientFunds`.
    pub fn contribute(
        &mut self,
        (token, number): (&Pubkey, u64),
        backer: &Pubkey,
        approver: Option<&Pubkey>,
        escrowed: bool,
        args: &ContributeArgs,
    ) -> Predicted {
        let now = self.now;
        let round = self.round(token, number)?;
        self.holder(token, backer)?;
        let it = self.token(token)?;
        let (quote, owner) = (it.assets[0].mint, it.owner);
        let approved = !round.terms.by_approval || approver.is_some_and(|by| it.admits(by));
        let in_time = round.terms.opens_at <= now && now < round.terms.closes_at;
        let open = round.status == RoundStatus::Open && in_time;
        let mut checks = Checks::new();
        checks
            .require(*backer != owner, TokenError::OwnerCannotContribute)
            .require(approved, TokenError::RoundNeedsApproval)
            .require(round.escrows() || !escrowed, TokenError::RoundDoesNotEscrow)
            .require(!round.escrows() || escrowed, TokenError::RoundEscrows)
            .require(now <= args.deadline, TokenError::DeadlinePassed)
            .all(it.require_running())
            .require(open, TokenError::RoundNotOpen)
            .require(args.payment > 0, TokenError::ZeroAmount)
            .require(
                args.payment >= round.terms.min_contribution,
                TokenError::ContributionTooSmall,
            );
        if !escrowed {
            checks.all(self.require_account(&owner, &quote));
        }
        checks.end()?;

        let bought = round.purchase(args.payment);
        let left = round.offered() - round.sold();
        require(left > 0, TokenError::RoundSoldOut)?;
        require(bought.shares > 0, TokenError::AmountTooSmall)?;
        require(bought.shares >= args.min_shares, TokenError::Slippage)?;
        if round.records() {
            let place = (*token, number, *backer);
            let mine = self.contributions.entry(place).or_insert(Contribution {
                rent_payer: *backer,
                ..Contribution::default()
            });
            mine.paid = mine
                .paid
                .checked_add(bought.charge)
                .ok_or(TokenError::Overflow)?;
            for (mine, bought) in mine.by_stage.iter_mut().zip(bought.by_stage) {
                *mine += bought;
            }
            let within = mine.paid <= round.terms.backer_cap;
            require(within, TokenError::BackerCapExceeded)?;
        }
        let round = self.round_mut(token, number);
        for (sold, bought) in round.sold.iter_mut().zip(bought.by_stage) {
            *sold += bought;
        }
        round.raised += bought.charge;
        round.contributions += 1;
        let part = u64::from(round.terms.reserve_bps);
        let to_reserve = ceil64(bought.charge, part, BPS).expect("a part");
        if escrowed {
            self.pay(backer, token, &quote, bought.charge)?;
            self.token_mut(token)?.quote().escrow += bought.charge;
        } else {
            self.pay(backer, token, &quote, to_reserve)?;
            self.pay(backer, &owner, &quote, bought.charge - to_reserve)?;
            let it = self.token_mut(token)?;
            it.quote().reserve += to_reserve;
            self.register_new(token, backer, bought.shares, bought.charge)?;
        }
        self.token_mut(token)?.tell();
        Ok(())
    }
}
