//! What claims bring in: revenue, tokens in custody, exits and their waterfall.

use {
    super::{
        Checks, Model, Predicted,
        claim::{ClaimKind, ClaimStatus},
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
            .require(now < claim.ends_at, TokenError::ClaimEnded)
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
        self.token_mut(token)?.tell();
        Ok(())
    }

    /// Anybody pays revenue on a claim.
    ///
    /// # Errors
    /// Those of [`Model::book_revenue`], `WrongTokenAccount`, `InsufficientFunds`.
    pub fn pay_revenue(
        &mut self,
        token: &Pubkey,
        number: u64,
        payer: &Pubkey,
        atoms: u64,
    ) -> Predicted {
        let mint = self.claim(token, number)?.mint;
        self.book_revenue(token, number, atoms)?;
        self.pay(payer, token, &mint, atoms)
    }

    /// The owner brings tokens into a claim's custody.
    ///
    /// # Errors
    /// `NotOwner`, `WoundUp`, `WrongClaimKind`, `ClaimNotOpen`, `WrongMint`,
    /// `ZeroAmount`, `UnsupportedMint`, `WrongTokenAccount`, `InsufficientFunds`.
    pub fn deposit_equity(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        mint: &Pubkey,
        units: u64,
        cost: u64,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let it = self.token_mut(token)?;
        let same = claim.mint == Pubkey::default() || claim.mint == *mint;
        claim
            .checks(ClaimKind::Tokenized)
            .all(it.signed_by(signer, now))
            .all(it.require_active())
            .require(*mint != it.mint, TokenError::UnsupportedMint)
            .require(same, TokenError::WrongMint)
            .require(units > 0, TokenError::ZeroAmount)
            .end()?;
        it.tell();
        claim.mint = *mint;
        claim.units = claim.units.checked_add(units).ok_or(TokenError::Overflow)?;
        claim.cost = claim.cost.checked_add(cost).ok_or(TokenError::Overflow)?;
        claim.updated_at = now;
        self.claims.insert((*token, number), claim);
        let custody = find_claim(token, number).0;
        self.open_account(&custody, mint);
        self.pay(signer, &custody, mint, units)
    }

    /// Tokens of a claim move into the reserve.
    ///
    /// # Errors
    /// `NotOwner`, `AssetNotListed`, `WrongClaimKind`, `ClaimNotOpen`, `ZeroAmount`,
    /// `UnitsExceedHeld`.
    pub fn release_equity(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        units: u64,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let (mint, custody) = (claim.mint, find_claim(token, number).0);
        let mut checks = claim.checks(ClaimKind::Tokenized);
        checks
            .all(self.require_account(&custody, &mint))
            .all(self.signed_by_manager(token, signer));
        claim.units_checks(units, &mut checks);
        checks.end()?;
        claim.take(units);
        claim.released += units;
        claim.after(now, ClaimStatus::Closed);
        let it = self.token_mut(token)?;
        let place = it.place_of(&mint)?;
        let reserve = it.assets[place].reserve.checked_add(units);
        it.assets[place].reserve = reserve.ok_or(TokenError::Overflow)?;
        it.tell();
        self.claims.insert((*token, number), claim);
        self.pay(&custody, token, &mint, units)
    }

    /// Units leave a claim for proceeds that `payer` pays; the waterfall splits them.
    ///
    /// # Errors
    /// `ZeroAmount`, `NotOwner`, `WrongTokenAccount`, `WrongClaimKind`, `ClaimNotOpen`,
    /// `UnitsExceedHeld`, `ProceedsBelowCost`, `InsufficientFunds`, `Overflow`.
    fn exit(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        payer: &Pubkey,
        kind: ClaimKind,
        args: &ExitArgs,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let owner = self.token(token)?.owner;
        let quote = self.token(token)?.assets[0].mint;
        let mut checks = claim.checks(kind);
        checks
            .require(args.proceeds > 0, TokenError::ZeroAmount)
            .all(self.signed_by_manager(token, signer))
            .all(self.require_account(&owner, &quote));
        claim.units_checks(args.units, &mut checks);
        checks.end()?;
        let cost = claim.take(args.units);
        claim.exited += args.units;
        let received = claim.received.checked_add(args.proceeds);
        claim.received = received.ok_or(TokenError::Overflow)?;
        claim.after(now, ClaimStatus::Closed);
        let bad = kind == ClaimKind::Tokenized && args.proceeds < cost;
        require(!bad, TokenError::ProceedsBelowCost)?;
        self.claims.insert((*token, number), claim);

        let it = self.token_mut(token)?;
        let result = i128::from(args.proceeds) - i128::from(cost);
        it.result += result;
        let above = it.result - i128::from(it.terms.floor);
        let in_scope = u64::try_from(result.min(above).max(0)).expect("at most the proceeds");
        it.tell();
        self.pay_holders(token, 0, in_scope)?;
        if *payer != owner {
            self.pay(payer, &owner, &quote, args.proceeds - in_scope)?;
        }
        self.pay(payer, token, &quote, in_scope)
    }

    /// Equity on paper is exited.
    ///
    /// # Errors
    /// As the waterfall's.
    pub fn exit_claim(
        &mut self,
        place: (&Pubkey, u64),
        signer: &Pubkey,
        payer: &Pubkey,
        args: &ExitArgs,
    ) -> Predicted {
        self.exit(place, signer, payer, ClaimKind::Equity, args)
    }

    /// Tokens in custody are sold to who pays, never below their cost.
    ///
    /// # Errors
    /// As the waterfall's; `WrongTokenAccount`.
    pub fn sell_equity(
        &mut self,
        place: (&Pubkey, u64),
        signer: &Pubkey,
        payer: &Pubkey,
        args: &ExitArgs,
    ) -> Predicted {
        let (mint, custody) = (
            self.claim(place.0, place.1)?.mint,
            find_claim(place.0, place.1).0,
        );
        require(mint != Pubkey::default(), TokenError::WrongTokenProgram)?;
        Checks::new()
            .all(self.require_account(payer, &mint))
            .all(self.require_account(&custody, &mint))
            .end()?;
        self.exit(place, signer, payer, ClaimKind::Tokenized, args)?;
        self.pay(&custody, payer, &mint, args.units)
    }
}
