//! What claims bring in: revenue, tokens in custody, exits and their waterfall.

use {
    crate::model::{
        Checks, Model, Predicted,
        claim::{ClaimKind, ClaimStatus},
        ending::MOST,
        number::carried,
        require,
    },
    upside_sdk::{Pubkey, TokenError, address::find_claim, state::ExitArgs},
};

impl Model {
    /// Revenue comes in on a claim, from whomever and whatever for.
    ///
    /// # Errors
    /// `WrongClaimKind`, `ClaimNotOpen`, `ZeroAmount`, `ClaimEnded`,
    /// `RevenueCapExceeded`, `Overflow`.
    pub fn book_revenue(&mut self, token: &Pubkey, number: u64, atoms: u64) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let all = u128::from(claim.received) + u128::from(atoms);
        let mut checks = claim.checks(ClaimKind::Revenue);
        checks
            .require(atoms > 0, TokenError::ZeroAmount)
            .require(
                now < claim.ends_at || all <= u128::from(claim.due),
                TokenError::ClaimEnded,
            )
            .require(all <= u128::from(u64::MAX), TokenError::Overflow)
            .require(
                all <= u128::from(claim.total),
                TokenError::RevenueCapExceeded,
            )
            .end()?;
        claim.received += atoms;
        claim.updated_at = now;
        if claim.received == claim.total {
            claim.status = ClaimStatus::Closed;
        }
        let place = self.token(token)?.place_of(&claim.mint)?;
        self.claims.insert((*token, number), claim);
        self.pay_holders(token, place, atoms)?;
        self.token_mut(token)?.report();
        Ok(())
    }

    /// Anybody pays revenue on a claim in the quote mint; the owner and its payer in any
    /// mint.
    ///
    /// # Errors
    /// Those of [`Model::book_revenue`], `OwnerOnlyAsset`, `WrongTokenAccount`,
    /// `InsufficientFunds`.
    pub fn pay_revenue(
        &mut self,
        token: &Pubkey,
        number: u64,
        payer: &Pubkey,
        atoms: u64,
    ) -> Predicted {
        let (claim, it) = (self.claim(token, number)?, self.token(token)?);
        let mint = claim.mint;
        let may = it.assets[0].mint == mint || [it.owner, claim.payer].contains(payer);
        claim
            .checks(ClaimKind::Revenue)
            .require(may, TokenError::OwnerOnlyAsset)
            .end()?;
        self.book_revenue(token, number, atoms)?;
        self.pay(payer, token, &mint, atoms)
    }

    /// The owner brings tokens into a claim's custody.
    ///
    /// # Errors
    /// `NotOwner`, `WoundUp`, `WrongClaimKind`, `ClaimNotOpen`, `WrongMint`,
    /// `ZeroAmount`, `UnsupportedMint`, `EstatesFull`, `WrongTokenAccount`,
    /// `InsufficientFunds`.
    pub fn deposit_equity(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        mint: &Pubkey,
        units: u64,
        cost: u64,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let offered = self.has_open_round(token);
        let it = self.token_mut(token)?;
        let (rounds, first) = (it.rounds, it.first_round);
        let new = claim.mint == Pubkey::default();
        claim
            .checks(ClaimKind::Tokenized)
            .all(it.signed_by(signer, now))
            .all(it.require_active())
            .require(*mint != it.mint, TokenError::UnsupportedMint)
            .require(new || claim.mint == *mint, TokenError::WrongMint)
            .require(units > 0, TokenError::ZeroAmount)
            .require(!new || it.custodies < MOST, TokenError::EstatesFull)
            .end()?;
        it.custodies += u64::from(new);
        it.report();
        claim.mint = *mint;
        claim.units = claim.units.checked_add(units).ok_or(TokenError::Overflow)?;
        claim.say(cost, rounds, first, offered)?;
        claim.updated_at = now;
        self.claims.insert((*token, number), claim);
        let custody = find_claim(token, number).0;
        self.open_account(&custody, mint);
        self.pay(signer, &custody, mint, units)
    }

    /// Tokens of a claim move into the reserve.
    ///
    /// # Errors
    /// `NotOwner`, `AssetNotListed`, `WrongClaimKind`, `ClaimNotOpen`, `AuctionOpen`,
    /// `ZeroAmount`, `UnitsExceedHeld`.
    pub fn release_equity(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        units: u64,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let (mint, custody) = (claim.mint, find_claim(token, number).0);
        let wound_up = self.token(token)?.wound_up_at != 0;
        let offered = !wound_up && claim.auction.left(now) > 0;
        let mut checks = claim.checks(ClaimKind::Tokenized);
        checks
            .all(self.require_account(&custody, &mint))
            .all(self.signed_by_tidier(token, signer))
            .require(!offered, TokenError::AuctionOpen);
        claim.units_checks(units, &mut checks);
        checks.end()?;
        claim.take(units);
        claim.released += units;
        claim.after(now, ClaimStatus::Closed);
        let it = self.token_mut(token)?;
        let place = it.place_of(&mint)?;
        it.add_reserve(place, units)?;
        it.report();
        self.claims.insert((*token, number), claim);
        self.pay(&custody, token, &mint, units)
    }

    /// Units leave a claim for proceeds that `payer` pays; the waterfall splits them.
    ///
    /// # Errors
    /// `ZeroAmount`, `WrongTokenAccount`, `WrongClaimKind`, `ClaimNotOpen`,
    /// `UnitsExceedHeld`, `InsufficientFunds`, `Overflow`.
    pub(crate) fn exit(
        &mut self,
        (token, number): (&Pubkey, u64),
        payer: &Pubkey,
        kind: ClaimKind,
        args: &ExitArgs,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let owner = self.token(token)?.owner;
        let quote = self.token(token)?.assets[0].mint;
        let mut checks = claim.checks(kind);
        checks
            .require(args.received > 0, TokenError::ZeroAmount)
            .all(self.require_account(&owner, &quote));
        claim.units_checks(args.units, &mut checks);
        checks.end()?;
        let counted = self.cost_that_counts(token, number)?;
        let cost = carried(counted, args.units, claim.held());
        claim.take(args.units);
        claim.exited += args.units;
        let received = claim.received.checked_add(args.received);
        claim.received = received.ok_or(TokenError::Overflow)?;
        claim.after(now, ClaimStatus::Closed);
        self.claims.insert((*token, number), claim);

        let it = self.token_mut(token)?;
        let result = i128::from(args.received) - i128::from(cost);
        let above = it.result + result - i128::from(it.terms.floor);
        let in_scope = u64::try_from(result.min(above).max(0)).expect("at most the proceeds");
        it.book_result(result);
        it.report();
        self.pay_holders(token, 0, in_scope)?;
        if *payer != owner {
            self.pay(payer, &owner, &quote, args.received - in_scope)?;
        }
        self.pay(payer, token, &quote, in_scope)
    }

    /// Equity on paper is exited.
    ///
    /// # Errors
    /// As the waterfall's; `NotOwner`.
    pub fn exit_claim(
        &mut self,
        place: (&Pubkey, u64),
        signer: &Pubkey,
        payer: &Pubkey,
        args: &ExitArgs,
    ) -> Predicted {
        let claim = self.claim(place.0, place.1)?;
        let mut checks = claim.checks(ClaimKind::Equity);
        checks
            .require(args.received > 0, TokenError::ZeroAmount)
            .all(self.signed_by_manager(place.0, signer));
        claim.units_checks(args.units, &mut checks);
        checks.end()?;
        self.exit(place, payer, ClaimKind::Equity, args)
    }

    /// Anybody books what a claim's custody holds beyond its units, or lacks.
    ///
    /// # Errors
    /// `WrongClaimKind`, `WrongTokenAccount`, `NothingToSync`.
    pub fn sync_claim(&mut self, token: &Pubkey, number: u64) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let custody = find_claim(token, number).0;
        let tokens = claim.kind == ClaimKind::Tokenized;
        let there = self.accounts.contains_key(&(custody, claim.mint));
        Checks::new()
            .require(tokens, TokenError::WrongClaimKind)
            .require(there, TokenError::WrongTokenAccount)
            .end()?;
        let (held, balance) = (claim.held(), self.balance(&custody, &claim.mint));
        // A gift of few units does not open again what is over.
        let over = claim.estate == 0 && claim.status == ClaimStatus::Closed;
        let gift = over && claim.is_trifle(balance);
        require(held != balance && !gift, TokenError::NothingToSync)?;
        if balance < held {
            claim.take(held - balance);
            claim.written_off += held - balance;
        } else {
            claim.units += balance - held;
            claim.found += balance - held;
        }
        claim.after(now, ClaimStatus::Closed);
        self.claims.insert((*token, number), claim);
        self.token_mut(token)?.report();
        Ok(())
    }
}
