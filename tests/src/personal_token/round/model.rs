//! Rounds: what they ask, sell and hold.

use {
    crate::model::{
        Checks, Model, Predicted, Reason,
        creation::{place, without_quote},
        number::{fit, floor64},
        require,
    },
    num_bigint::BigUint,
    upside_sdk::{
        Pubkey, TokenError,
        state::{ContributeArgs, RoundTerms, StageTerms},
    },
};

/// Atoms of a whole share.
pub(crate) const WHOLE: u64 = 1_000_000;

/// Where a round stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum RoundStatus {
    /// It takes contributions in its time.
    #[default]
    Open,
    /// Its minimum was reached; shares wait to be collected.
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
    pub uncollected: u64,
    /// Indexes of the streams at the close.
    pub checkpoints: [u128; 4],
    /// The royalty at the close: how often it had been raised, and its rate.
    pub royalty: (u32, u16),
    /// What the endowment locks for it, by place.
    pub locked: [u64; 8],
    /// When it was sold out; 0 while it is not.
    pub sold_out_at: i64,
    /// Whether its end was moved.
    pub extended: bool,
    /// The owner's part of the raise.
    pub to_owner: u64,
    /// Quote atoms that went back after it failed.
    pub refunded: u64,
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
pub(crate) struct Purchase {
    by_stage: [u64; 4],
    pub(crate) shares: u64,
    pub(crate) charge: u64,
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

    /// When it is over: at its closing time, and earlier once it was sold out for a day;
    /// at once if nothing waits.
    pub fn ends_at(&self) -> i64 {
        let sold_out = match (self.sold_out_at, self.escrows()) {
            (0, _) => i64::MAX,
            (at, true) => at + 86_400,
            (at, false) => at,
        };
        self.terms.closes_at.min(sold_out)
    }

    /// Whether its last day has begun, in which nobody leaves and nothing is extended.
    pub fn cools(&self, now: i64) -> bool {
        now >= self.terms.closes_at.saturating_sub(86_400)
    }

    /// What a payment buys: stage by stage, as many shares as what is left of it pays
    /// for. It ends where a stage is not sold out, and what cannot buy a share stays
    /// with the backer; the charge is rounded up once.
    pub(crate) fn purchase(&self, payment: u64) -> Purchase {
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
    const YEAR: i64 = 365 * 86_400;
    let from = terms.opens_at.max(now);
    let soon = from <= now.saturating_add(YEAR);
    let ends = from < terms.closes_at && terms.closes_at <= from.saturating_add(YEAR);
    let rising = stages.windows(2).all(|two| two[0].price < two[1].price);
    let fits = !stages.is_empty()
        && rest.iter().all(|stage| *stage == StageTerms::default())
        && stages.iter().all(|stage| stage.price > 0)
        && shares <= u128::from(u64::MAX)
        && brings <= u64::MAX.into()
        && buys
        && brings >= terms.min_raise.into()
        && brings >= terms.min_contribution.into()
        && terms.backer_cap >= terms.min_contribution
        && terms.reserve_bps <= 10_000
        && (1..=10_000).contains(&terms.most_part_bps);
    Checks::new()
        .require(fits, TokenError::InvalidRound)
        .require(soon && ends, TokenError::InvalidRoundTime)
        .require(rising, TokenError::FallingStages)
        .end()
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

    pub(crate) fn round_mut(&mut self, token: &Pubkey, number: u64) -> &mut Round {
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
    /// `InvalidRound`, `InvalidRoundTime`, `FallingStages`, `NotOwner`, `WoundUp`,
    /// `Paused`, `RoundEscrowing`, `RoundsOpen`, `IssueFirst`, `PaymentBelowBacking`,
    /// `EndowmentShort`, and those of room.
    pub fn open_round(&mut self, token: &Pubkey, signer: &Pubkey, terms: &RoundTerms) -> Predicted {
        let (now, rent_payer) = (self.now, self.payer);
        let it = self.token_mut(token)?;
        Checks::new()
            .all(check_terms(terms, now))
            .all(it.signed_by(signer, now))
            .all(it.require_running())
            .end()?;
        let mut round = Round {
            terms: *terms,
            alone: self.is_owners_alone(token)?,
            rent_payer,
            ..Round::default()
        };
        self.release(token)?;
        self.require_no_escrow(token)?;
        self.require_backed(token)?;
        let alone = !round.escrows() || self.tally(token).open_rounds == 0;
        require(alone, TokenError::RoundsOpen)?;
        // A payment for the whole first stage brings its part.
        let first = terms.stages[0];
        let lowest = floor64(first.shares, first.price, WHOLE).ok_or(TokenError::Overflow)?;
        let part = self.parts(token, first.shares)?[0];
        let placed = place(lowest, part, terms.reserve_bps, terms.most_part_bps)?;
        require(placed.helped == 0, TokenError::PaymentBelowBacking)?;
        let room = u64::try_from(round.room()).map_err(|_| TokenError::Overflow)?;
        self.require_room(token, room)?;
        let parts = without_quote(self.parts(token, room)?);
        round.locked = self.lock_parts(token, &parts)?;
        if round.escrows() {
            self.void_polls(token)?;
        }
        let it = self.token_mut(token)?;
        let number = it.rounds;
        it.rounds += 1;
        it.report();
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
    /// `RoundEscrows`, `RoundDoesNotEscrow`, `SupplyAboveSigned`, `TermsChanged`,
    /// `IssueFirst`, `PaymentBelowBacking`, `EndowmentShort`, `WrongTokenAccount`,
    /// `InsufficientFunds`.
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
        if !escrowed {
            self.observe_supply(token)?;
        }
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
            .require(it.supply <= args.max_supply, TokenError::SupplyAboveSigned)
            .require(
                it.terms_version == args.terms_version,
                TokenError::TermsChanged,
            )
            .require(open, TokenError::RoundNotOpen)
            .require(args.max_payment > 0, TokenError::ZeroAmount)
            .require(
                args.max_payment >= round.terms.min_contribution,
                TokenError::ContributionTooSmall,
            );
        if !escrowed {
            checks.all(self.require_account(&owner, &quote));
        }
        checks.end()?;

        let bought = round.purchase(args.max_payment);
        let left = round.offered() - round.sold();
        require(left > 0, TokenError::RoundSoldOut)?;
        require(bought.shares > 0, TokenError::AmountTooSmall)?;
        require(bought.shares >= args.min_shares, TokenError::Slippage)?;
        if round.records() {
            self.record((token, number, backer), backer, &bought)?;
        }
        if !escrowed {
            return self.sell_at_once((token, number), backer, backer, &bought);
        }
        self.note_sold((token, number), &bought);
        self.pay(backer, token, &quote, bought.charge)?;
        let it = self.token_mut(token)?;
        it.quote().escrow += bought.charge;
        it.report();
        Ok(())
    }

    /// Adds a purchase to what somebody put into a round; `by` pays the rent of a new
    /// account.
    ///
    /// # Errors
    /// `Missing`, `Overflow`, `BackerCapExceeded`.
    pub(crate) fn record(
        &mut self,
        (token, number, wallet): (&Pubkey, u64, &Pubkey),
        by: &Pubkey,
        bought: &Purchase,
    ) -> Predicted {
        let cap = self.round(token, number)?.terms.backer_cap;
        let place = (*token, number, *wallet);
        let mine = self.contributions.entry(place).or_insert(Contribution {
            rent_payer: *by,
            ..Contribution::default()
        });
        let paid = mine.paid.checked_add(bought.charge);
        mine.paid = paid.ok_or(TokenError::Overflow)?;
        for (mine, bought) in mine.by_stage.iter_mut().zip(bought.by_stage) {
            *mine += bought;
        }
        require(mine.paid <= cap, TokenError::BackerCapExceeded)
    }

    /// Sells shares at once, for money of `payer`: the backer, or the token's vault.
    ///
    /// # Errors
    /// `Missing`, `IssueFirst`, `PaymentBelowBacking`, `EndowmentShort`, `Overflow`,
    /// `WrongTokenAccount`, `InsufficientFunds`.
    pub(crate) fn sell_at_once(
        &mut self,
        (token, number): (&Pubkey, u64),
        backer: &Pubkey,
        payer: &Pubkey,
        bought: &Purchase,
    ) -> Predicted {
        let (owner, quote) = {
            let it = self.token(token)?;
            (it.owner, it.assets[0].mint)
        };
        let round = self.round(token, number)?;
        let (paid, terms) = (bought.charge, round.terms);
        let left = round.offered() - round.sold();
        self.release(token)?;
        self.require_backed(token)?;
        let parts = self.parts(token, bought.shares)?;
        let placed = place(paid, parts[0], terms.reserve_bps, terms.most_part_bps)?;
        require(placed.helped == 0, TokenError::PaymentBelowBacking)?;
        self.unlock_parts((token, number), bought.shares, left)?;
        self.note_sold((token, number), bought);
        let parts = without_quote(parts);
        self.register_new(token, backer, (bought.shares, paid), &parts)?;
        self.book_placed(token, &placed)?;
        self.report_brought(token, &parts)?;
        let kept = placed.to_reserve + placed.to_stream;
        if payer != token {
            self.pay(payer, token, &quote, kept)?;
        }
        self.pay(payer, &owner, &quote, placed.to_owner)?;
        self.token_mut(token)?.report();
        Ok(())
    }

    fn note_sold(&mut self, (token, number): (&Pubkey, u64), bought: &Purchase) {
        let now = self.now;
        let round = self.round_mut(token, number);
        for (sold, bought) in round.sold.iter_mut().zip(bought.by_stage) {
            *sold += bought;
        }
        round.raised += bought.charge;
        round.contributions += 1;
        if round.sold() == round.offered() {
            round.sold_out_at = now;
        }
    }
}
