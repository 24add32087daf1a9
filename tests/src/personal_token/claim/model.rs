//! Claims: equity and revenue in a person's vault, and what becomes of it.

use {
    crate::model::{
        Checks, Model, Predicted, Reason,
        number::{BPS, carried, ceil64},
        require,
        token::is_text,
    },
    sha2::{Digest, Sha256},
    std::collections::BTreeSet,
    upside_sdk::{
        Pubkey, TokenError,
        address::find_claim,
        state::{ClaimTerms, RevenueReport, Transformation},
    },
};

/// What kind of right a claim is, by its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ClaimKind {
    /// Tokens in custody.
    #[default]
    Tokenized = 0,
    /// A right on paper.
    Equity = 1,
    /// A share of revenue.
    Revenue = 2,
}

/// Where a claim stands, by its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ClaimStatus {
    /// Declared.
    #[default]
    Declared = 0,
    /// Some of it has left.
    InPart = 1,
    /// Nothing is left.
    Closed = 2,
    /// Given up.
    WrittenOff = 3,
    /// A wind-down shares it out.
    SharedOut = 4,
}

/// An auction of custody.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Auction {
    /// Its number.
    pub number: u64,
    /// Units on offer.
    pub units: u64,
    /// Units sold.
    pub sold: u64,
    /// Price of all units at first.
    pub start: u64,
    /// Price of all units at last.
    pub end: u64,
    /// The highest value that it was held against.
    pub noted: u64,
    /// First second.
    pub starts_at: i64,
    /// First second after it.
    pub ends_at: i64,
    /// Number plus one of the poll that announced it; 0 for the owner.
    pub poll: u64,
}

impl Auction {
    /// Units that it offers, now or later.
    pub fn left(&self, now: i64) -> u64 {
        if now < self.ends_at {
            self.units - self.sold
        } else {
            0
        }
    }
}

/// A century in seconds.
const CENTURY: i64 = 36_525 * 86_400;

/// A date within a century.
pub(crate) fn require_near(date: i64, now: i64) -> Predicted {
    require(
        i128::from(date) - i128::from(now) <= i128::from(CENTURY),
        TokenError::DateTooFar,
    )
}

/// Year and month of a unix time, by counting days.
pub fn month_of(unix: i64) -> (u64, u64) {
    let mut days = unix.div_euclid(86_400);
    let (mut year, mut month) = (1970, 1);
    loop {
        let length = length_of(year, month);
        if days < length {
            return (year, month);
        }
        days -= length;
        (year, month) = following((year, month));
    }
}

fn length_of(year: u64, month: u64) -> i64 {
    let leap = year.is_multiple_of(400) || (year.is_multiple_of(4) && !year.is_multiple_of(100));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn following((year, month): (u64, u64)) -> (u64, u64) {
    if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    }
}

/// First second of a month, by adding months up.
pub fn start_of(month: (u64, u64)) -> i64 {
    let (mut days, mut at) = (0, (1970, 1));
    while at != month {
        days += length_of(at.0, at.1);
        at = following(at);
    }
    days * 86_400
}

/// A month as its number.
pub fn number_of((year, month): (u64, u64)) -> u64 {
    year * 100 + month
}

/// A claim.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Claim {
    /// What kind of right.
    pub kind: ClaimKind,
    /// Where it stands.
    pub status: ClaimStatus,
    /// Issuer or source, unit label, evidence.
    pub texts: [String; 3],
    /// Hash of the evidence.
    pub document: [u8; 32],
    /// Revenue: part of gross.
    pub share_bps: u16,
    /// Revenue: the payout mint. Tokens: theirs, once there are any.
    pub mint: Pubkey,
    /// Revenue: who pays.
    pub payer: Pubkey,
    /// Revenue: most that will ever be paid.
    pub total: u64,
    /// Revenue: first second after it.
    pub ends_at: i64,
    /// Units ever held.
    pub units: u64,
    /// Units that left by exits.
    pub exited: u64,
    /// Units that left into the reserve.
    pub released: u64,
    /// Units given up.
    pub written_off: u64,
    /// Units that arrived unasked.
    pub found: u64,
    /// What the units still held cost.
    pub cost: u64,
    /// Of it, what a first round publishes.
    pub published: u64,
    /// Rounds that had been opened when that was said.
    pub said_at: u64,
    /// What the owner holds them to be worth.
    pub value: u64,
    /// Decimals of a unit.
    pub decimals: u8,
    /// Tokens: the auction that was announced last.
    pub auction: Auction,
    /// What exits brought, or was paid.
    pub received: u64,
    /// Revenue: what reports say is due.
    pub due: u64,
    /// Revenue: how much of it is of the last month.
    pub due_last: u64,
    /// Revenue: last reported month.
    pub reported_period: u64,
    /// Revenue: its gross as reported first, and as corrected last.
    pub gross: [u64; 2],
    /// Revenue: how often it was corrected.
    pub corrections: u8,
    /// How often it changed its form.
    pub transforms: u8,
    /// Whether a poll of holders disputes it.
    pub disputed_by_holders: bool,
    /// Seats of attesters who dispute it.
    pub disputes: BTreeSet<usize>,
    /// When it was declared.
    pub declared_at: i64,
    /// When its books last changed.
    pub updated_at: i64,
    /// Number of the estate that it is plus one; 0 for none.
    pub estate: u64,
    /// Share atoms that had been redeemed for receipts when it became one.
    pub estate_from: u64,
    /// Share atoms whose receipts took their part of it.
    pub estate_collected: u64,
    /// Who paid the rent.
    pub rent_payer: Pubkey,
}

impl Claim {
    /// Units still held.
    pub fn held(&self) -> u64 {
        self.units - self.exited - self.released - self.written_off
    }

    /// Whether something is left of it.
    pub fn is_open(&self) -> bool {
        matches!(self.status, ClaimStatus::Declared | ClaimStatus::InPart)
    }

    /// Checks that it is of this kind and open.
    pub fn checks(&self, kind: ClaimKind) -> Checks {
        let mut checks = Checks::new();
        checks
            .require(self.kind == kind, TokenError::WrongClaimKind)
            .require(self.is_open(), TokenError::ClaimNotOpen);
        checks
    }

    /// Checks that so many units can leave.
    pub(crate) fn units_checks(&self, units: u64, checks: &mut Checks) {
        checks
            .require(units > 0, TokenError::ZeroAmount)
            .require(units <= self.held(), TokenError::UnitsExceedHeld);
    }

    /// What leaves with units that are held: of cost, published cost and value.
    pub(crate) fn take(&mut self, units: u64) {
        let held = self.held();
        self.cost -= carried(self.cost, units, held);
        self.published -= carried(self.published, units, held);
        self.value -= carried(self.value, units, held);
    }

    /// The owner says what units cost.
    pub(crate) fn say(&mut self, cost: u64, rounds: u64, first: u64, offered: bool) -> Predicted {
        let all = self.cost.checked_add(cost).ok_or(TokenError::Overflow)?;
        let known = first > self.said_at;
        if self.published == 0 || self.said_at == rounds || !(known || offered) {
            self.published += cost;
            self.said_at = rounds;
        }
        self.cost = all;
        Ok(())
    }

    /// What attesters sign of the terms.
    pub fn terms(&self, token: &Pubkey, number: u64) -> [u8; 32] {
        let [name, unit, uri] = &self.texts;
        let mut bytes = b"upside claim".to_vec();
        bytes.extend(token.to_bytes());
        bytes.extend(number.to_le_bytes());
        bytes.extend([self.kind as u8, self.decimals, self.transforms]);
        bytes.extend(self.mint.to_bytes());
        bytes.extend((self.units - self.found).to_le_bytes());
        bytes.extend(self.share_bps.to_le_bytes());
        bytes.extend(self.payer.to_bytes());
        bytes.extend(self.total.to_le_bytes());
        bytes.extend(self.ends_at.to_le_bytes());
        for (text, size) in [(name, 64), (unit, 16), (uri, 128)] {
            let mut field = text.clone().into_bytes();
            field.resize(size, 0);
            bytes.extend(field);
        }
        bytes.extend(self.document);
        Sha256::digest(bytes).into()
    }

    /// The month that is reported next.
    fn next_month(&self) -> (u64, u64) {
        match self.reported_period {
            0 => month_of(self.declared_at),
            last => following((last / 100, last % 100)),
        }
    }

    /// Whether revenue has ended, with every month reported and all of it paid.
    fn has_run_out(&self, now: i64) -> bool {
        let reported = number_of(self.next_month()) > number_of(month_of(self.ends_at - 1));
        self.kind == ClaimKind::Revenue
            && now >= self.ends_at
            && reported
            && self.due <= self.received
    }

    pub(crate) fn after(&mut self, now: i64, emptied: ClaimStatus) {
        self.updated_at = now;
        let left = self.units - self.held();
        self.status = match self.held() {
            0 => emptied,
            _ if self.estate != 0 => ClaimStatus::SharedOut,
            _ if left == 0 => ClaimStatus::Declared,
            _ => ClaimStatus::InPart,
        };
    }

    /// Whether units are at most a ten-thousandth of all that were ever held.
    pub fn is_trifle(&self, units: u64) -> bool {
        u128::from(units) * 10_000 <= u128::from(self.units)
    }
}

fn claim_texts([name, label, uri]: [&str; 3], labelled: bool) -> Predicted {
    let fits = is_text(name, 64, true) && is_text(uri, 128, false);
    let label = !labelled || is_text(label, 16, true);
    require(fits && label, TokenError::InvalidText)
}

impl Model {
    /// A claim.
    ///
    /// # Errors
    /// `Missing`.
    pub fn claim(&self, token: &Pubkey, number: u64) -> Predicted<Claim> {
        let claim = self.claims.get(&(*token, number)).cloned();
        claim.ok_or(Reason::Missing.into())
    }

    /// The owner declares a right.
    ///
    /// # Errors
    /// `NotOwner`, `WoundUp`, `InvalidClaim`, `InvalidText`, `AssetNotListed`,
    /// `NotAPayoutMint`.
    pub fn declare_claim(
        &mut self,
        token: &Pubkey,
        signer: &Pubkey,
        terms: &ClaimTerms,
    ) -> Predicted {
        let (now, rent_payer) = (self.now, self.payer);
        let offered = self.has_open_round(token);
        let it = self.token_mut(token)?;
        let (rounds, first) = (it.rounds, it.first_round);
        let mut checks = Checks::new();
        checks
            .all(it.signed_by(signer, now))
            .all(it.require_active());
        let mut claim = Claim {
            declared_at: now,
            updated_at: now,
            rent_payer,
            ..Claim::default()
        };
        let mut unit = "";
        let (name, uri) = match terms {
            ClaimTerms::TokenizedEquity {
                name,
                uri,
                document,
            } => {
                claim.document = *document;
                (name, uri)
            }
            ClaimTerms::Equity {
                name,
                unit_label,
                decimals,
                units,
                cost,
                value,
                uri,
                document,
            } => {
                let fits = *units > 0 && *decimals <= 9;
                checks.require(fits, TokenError::InvalidClaim);
                unit = unit_label;
                claim.kind = ClaimKind::Equity;
                (claim.units, claim.decimals, claim.value) = (*units, *decimals, *value);
                claim.document = *document;
                claim.say(*cost, rounds, first, offered)?;
                (name, uri)
            }
            ClaimTerms::RevenueShare {
                name,
                share_bps,
                payer,
                mint,
                total,
                ends_at,
                uri,
                document,
            } => {
                let bounded = *total > 0 && *ends_at > now && *payer != Pubkey::default();
                let part = (1..=10_000).contains(share_bps);
                checks
                    .require(bounded && part, TokenError::InvalidClaim)
                    .all(require_near(*ends_at, now));
                match it.place_of(mint) {
                    Ok(place) => {
                        let streams = it.assets[place].stream.is_some();
                        checks.require(streams, TokenError::NotAPayoutMint);
                    }
                    Err(refused) => {
                        checks.all(Err(refused));
                    }
                }
                claim.kind = ClaimKind::Revenue;
                (claim.share_bps, claim.payer, claim.mint) = (*share_bps, *payer, *mint);
                (claim.total, claim.ends_at, claim.document) = (*total, *ends_at, *document);
                (name, uri)
            }
        };
        let texts = [name.as_str(), unit, uri.as_str()];
        checks
            .all(claim_texts(texts, claim.kind == ClaimKind::Equity))
            .end()?;
        claim.texts = texts.map(str::to_string);
        let number = it.claims;
        it.claims += 1;
        it.report();
        self.claims.insert((*token, number), claim);
        Ok(())
    }

    /// Equity on paper changes its form; its cost is carried.
    ///
    /// # Errors
    /// `NotOwner`, `WrongClaimKind`, `ClaimNotOpen`, `InvalidClaim`, `InvalidText`.
    pub fn transform_claim(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        into: &Transformation,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let it = self.token_mut(token)?;
        let fits = into.units > 0 && into.decimals <= 9;
        let changed = fits && into.document != claim.document;
        let texts = [&into.name, &into.unit_label, &into.uri];
        claim
            .checks(ClaimKind::Equity)
            .all(it.signed_by(signer, now))
            .require(changed, TokenError::InvalidClaim)
            .all(claim_texts(texts.map(String::as_str), true))
            .end()?;
        it.report();
        (claim.units, claim.exited) = (into.units, 0);
        (claim.released, claim.written_off) = (0, 0);
        claim.texts = texts.map(Clone::clone);
        claim.document = into.document;
        (claim.decimals, claim.value) = (into.decimals, into.value);
        let more = claim.transforms.checked_add(1);
        claim.transforms = more.ok_or(TokenError::Overflow)?;
        claim.updated_at = now;
        self.claims.insert((*token, number), claim);
        Ok(())
    }

    /// Units are given up as worthless: what counts of their cost is a loss.
    ///
    /// # Errors
    /// `NotOwner`, `WrongClaimKind`, `ClaimNotOpen`, `ZeroAmount`, `UnitsExceedHeld`.
    pub fn write_off_claim(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        units: u64,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let mut checks = claim.checks(ClaimKind::Equity);
        checks.all(self.signed_by_manager(token, signer));
        claim.units_checks(units, &mut checks);
        checks.end()?;
        let counted = self.cost_that_counts(token, number)?;
        let cost = carried(counted, units, claim.held());
        claim.take(units);
        claim.written_off += units;
        claim.after(now, ClaimStatus::WrittenOff);
        self.token_mut(token)?.book_result(-i128::from(cost));
        self.token_mut(token)?.report();
        self.claims.insert((*token, number), claim);
        Ok(())
    }

    /// Owner or payer report a month's revenue.
    ///
    /// # Errors
    /// `NotPayer`, `WrongClaimKind`, `ClaimNotOpen`, `InvalidPeriod`, `MonthNotOver`.
    pub fn report_revenue(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        report: &RevenueReport,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let it = self.token_mut(token)?;
        let payer = claim.payer == *signer;
        let may = payer || it.signed_by(signer, now).is_ok();
        let period = u64::from(report.period);
        let month = (period / 100, period % 100);
        let exists = (1970..=9999).contains(&month.0) && (1..=12).contains(&month.1);
        let again = period == claim.reported_period;
        let starts_in_time = || start_of(month) < claim.ends_at;
        let right = exists && (again || (month == claim.next_month() && starts_in_time()));
        let over = !exists || start_of(following(month)) <= now;
        claim
            .checks(ClaimKind::Revenue)
            .require(may, TokenError::NotPayer)
            .require(right, TokenError::InvalidPeriod)
            .require(over, TokenError::MonthNotOver)
            .end()?;
        it.report();
        let part = ceil64(report.gross, u64::from(claim.share_bps), BPS).expect("a part");
        let before = if again {
            claim.due - claim.due_last
        } else {
            claim.due
        };
        claim.due = before.saturating_add(part).min(claim.total);
        claim.due_last = claim.due - before;
        if again {
            claim.gross[1] = report.gross;
            claim.corrections = claim.corrections.saturating_add(1);
        } else {
            claim.gross = [report.gross; 2];
            claim.corrections = 0;
        }
        claim.reported_period = period;
        claim.updated_at = now;
        self.claims.insert((*token, number), claim);
        Ok(())
    }

    /// The account of a claim that is over is closed, and its custody: by the owner, in a
    /// wind-down by anybody. What lies in the custody is the owner's: few units, or what
    /// nobody is left for. It goes to their account, if that is passed along.
    ///
    /// # Errors
    /// `NotOwner`, `ClaimNotClosed`; `NotOver` while more is in its custody, or without the
    /// owner's account; `WrongTokenAccount`.
    pub fn close_claim(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        left_to_owner: bool,
    ) -> Predicted {
        let claim = self.claim(token, number)?;
        let it = self.token(token)?;
        let (owner, ended) = (it.owner, it.wound_up && it.supply == 0);
        let custody = claim.kind == ClaimKind::Tokenized && claim.units > 0;
        let waits = || it.supply + it.receipted - claim.estate_from - claim.estate_collected;
        let over = match claim.estate {
            0 if claim.is_open() => (custody && ended) || claim.has_run_out(self.now),
            0 => true,
            _ => waits() == 0,
        };
        let (vault, mint) = (find_claim(token, number).0, claim.mint);
        let left = match custody {
            true => self.balance(&vault, &mint),
            false => 0,
        };
        let mut checks = Checks::new();
        checks
            .all(self.signed_by_tidier(token, signer))
            .require(over, TokenError::ClaimNotClosed)
            .require(claim.is_trifle(left) || ended, TokenError::NotOver)
            .require(left == 0 || left_to_owner, TokenError::NotOver);
        if custody && left_to_owner {
            checks.all(self.require_account(&owner, &mint));
        }
        checks.end()?;
        if custody {
            self.pay(&vault, &owner, &mint, left)?;
            self.accounts.remove(&(vault, mint));
            self.token_mut(token)?.custodies -= 1;
        }
        self.claims.remove(&(*token, number));
        self.token_mut(token)?.report();
        Ok(())
    }
}
