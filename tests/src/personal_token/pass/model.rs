//! Products, and the passes that prove a purchase.

use {
    crate::model::{
        Claim, Model, Predicted, Reason, claim::ClaimKind, number::ceil64, require, token::is_text,
    },
    upside_sdk::{
        Pubkey, TokenError,
        state::{PassInput, PassPrice, ProductTerms},
    },
};

/// Longest life of a pass, in seconds.
const LONGEST: u64 = 100 * 365 * 86_400;

/// Something that the person sells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Product {
    /// Its terms, which never change.
    pub terms: ProductTerms,
    /// Whether it gives passes.
    pub open: bool,
    /// Passes ever given.
    pub sold: u64,
    /// When it was opened, unix seconds.
    pub opened_at: i64,
}

/// Proof of a purchase.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pass {
    /// Units left.
    pub units: u64,
    /// Units ever used.
    pub used: u64,
    /// Last second, unix time; 0 for no end.
    pub expires_at: i64,
    /// When it was last bought, unix seconds.
    pub bought_at: i64,
    /// Share atoms that it locked.
    pub locked: u64,
    /// The holder account's number of passes under which it did.
    pub epoch: u64,
}

/// In which way a pass is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// By a payment.
    Pay,
    /// By shares held.
    Hold,
    /// By shares burned.
    Burn,
}

impl Product {
    /// In which way it gives passes.
    pub fn way(&self) -> Way {
        match self.terms.asks {
            PassPrice::Pay { .. } => Way::Pay,
            PassPrice::Hold { .. } => Way::Hold,
            PassPrice::Burn { .. } => Way::Burn,
        }
    }

    /// Atoms of its mint, or share atoms.
    pub fn price(&self) -> u64 {
        match self.terms.asks {
            PassPrice::Pay { price, .. } => price,
            PassPrice::Hold { shares } | PassPrice::Burn { shares } => shares,
        }
    }

    /// Whether it gives one more pass.
    fn gives(&self) -> Predicted {
        require(self.open, TokenError::ProductNotOpen)?;
        let left = self.terms.max_passes == 0 || self.sold < self.terms.max_passes;
        require(left, TokenError::ProductSoldOut)
    }
}

impl Pass {
    /// Whether the shares that it locked are locked still.
    pub fn holds(&self, holder: &crate::model::Holder) -> bool {
        self.locked > 0 && self.epoch == holder.pass_epoch
    }

    fn has_expired(&self, now: i64) -> bool {
        self.expires_at != 0 && now > self.expires_at
    }
}

/// What the linked claim takes of a payment: its share, rounded up, as long as it lasts
/// and up to its total.
fn cut(claim: Option<&Claim>, price: u64, now: i64) -> u64 {
    let lasting = claim.filter(|claim| claim.is_open() && now < claim.ends_at);
    lasting.map_or(0, |claim| {
        let part = ceil64(price, claim.share_bps.into(), 10_000).expect("a part fits");
        part.min(claim.total - claim.received)
    })
}

impl Model {
    fn product(&self, token: &Pubkey, number: u64) -> Predicted<&Product> {
        let product = self.products.get(&(*token, number));
        product.ok_or(Reason::Missing.into())
    }

    fn product_mut(&mut self, token: &Pubkey, number: u64) -> Predicted<&mut Product> {
        let product = self.products.get_mut(&(*token, number));
        product.ok_or(Reason::Missing.into())
    }

    fn pass_mut(&mut self, token: &Pubkey, number: u64, wallet: &Pubkey) -> Predicted<&mut Pass> {
        let pass = self.passes.get_mut(&(*token, number, *wallet));
        pass.ok_or(Reason::Missing.into())
    }

    /// Adds a life to a pass, which may be new. What was left of an expired one lapses; a
    /// pass for shares held is renewed only then.
    fn give(&mut self, token: &Pubkey, number: u64, wallet: &Pubkey) -> Predicted {
        let now = self.now;
        let product = self.product_mut(token, number)?;
        product.sold += 1;
        let (units, lifetime) = (product.terms.units, product.terms.lifetime);
        let holds = product.way() == Way::Hold;
        let before = self.passes.get(&(*token, number, *wallet)).copied();
        let lapsed = before.is_some_and(|pass| pass.has_expired(now));
        let renewable = before.is_none() || lapsed || !holds;
        require(renewable, TokenError::PassNotOver)?;
        let mut pass = before.unwrap_or_default();
        if lapsed {
            pass.units = 0;
        }
        let units = pass.units.checked_add(units);
        pass.units = units.ok_or(TokenError::Overflow)?;
        if lifetime > 0 {
            let end = now.max(pass.expires_at).checked_add_unsigned(lifetime);
            pass.expires_at = end.ok_or(TokenError::Overflow)?;
        }
        pass.bought_at = now;
        self.passes.insert((*token, number, *wallet), pass);
        self.token_mut(token)?.report();
        Ok(())
    }

    /// The owner offers something.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `WoundUp`, `Paused`, `AssetNotListed`, `NotAPayoutMint`,
    /// `InvalidProduct`, `WrongClaimKind`, `ClaimNotOpen`, `ClaimEnded`, `WrongMint`,
    /// `InvalidText`.
    pub fn open_product(
        &mut self,
        token: &Pubkey,
        owner: &Pubkey,
        terms: &ProductTerms,
    ) -> Predicted {
        let now = self.now;
        let claim = terms.claim_number.map(|number| self.claim(token, number));
        let claim = claim.transpose()?;
        let it = self.token_mut(token)?;
        it.signed_by(owner, now)?;
        it.require_running()?;
        let (price, mint) = match terms.asks {
            PassPrice::Pay { mint, price } => {
                let place = it.place_of(&mint)?;
                let pays = it.assets[place].stream.is_some();
                require(pays, TokenError::NotAPayoutMint)?;
                (price, Some(mint))
            }
            PassPrice::Hold { shares } | PassPrice::Burn { shares } => (shares, None),
        };
        let fits = price > 0 && terms.units > 0 && terms.lifetime <= LONGEST;
        let paid = mint.is_some() || claim.is_none();
        let holds = matches!(terms.asks, PassPrice::Hold { .. });
        let ends = !holds || terms.lifetime > 0;
        require(fits && paid && ends, TokenError::InvalidProduct)?;
        if let Some(claim) = claim {
            claim.checks(ClaimKind::Revenue).end()?;
            require(now < claim.ends_at, TokenError::ClaimEnded)?;
            require(Some(claim.mint) == mint, TokenError::WrongMint)?;
        }
        let texts = is_text(&terms.name, 64, true) && is_text(&terms.uri, 128, false);
        require(texts, TokenError::InvalidText)?;
        let number = it.products;
        it.products += 1;
        it.report();
        let product = Product {
            terms: terms.clone(),
            open: true,
            sold: 0,
            opened_at: now,
        };
        self.products.insert((*token, number), product);
        Ok(())
    }

    /// The owner ends a product.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `ProductNotOpen`.
    pub fn close_product(&mut self, token: &Pubkey, by: &Pubkey, number: u64) -> Predicted {
        let now = self.now;
        self.product(token, number)?;
        let it = self.token_mut(token)?;
        it.signed_by(by, now)?;
        it.report();
        let product = self.product_mut(token, number)?;
        require(product.open, TokenError::ProductNotOpen)?;
        product.open = false;
        Ok(())
    }

    /// A pass for a payment: the linked claim takes its part, the owner the rest.
    ///
    /// # Errors
    /// `Missing`, `WrongProductKind`, `ProductNotOpen`, `ProductSoldOut`, `WoundUp`,
    /// `Paused`, `DeadlinePassed`, `Slippage`, `WrongTokenAccount`, `Overflow`,
    /// `InsufficientFunds`, `SameAccount`.
    pub fn buy_pass(
        &mut self,
        token: &Pubkey,
        number: u64,
        wallet: &Pubkey,
        args: &PassInput,
    ) -> Predicted {
        let product = self.product(token, number)?.clone();
        let linked = product.terms.claim_number;
        let claim = linked.map(|linked| self.claim(token, linked));
        let claim = claim.transpose()?;
        let owner = self.token(token)?.owner;
        let PassPrice::Pay { mint, price } = product.terms.asks else {
            return Err(TokenError::WrongProductKind.into());
        };
        product.gives()?;
        self.token(token)?.require_running()?;
        self.agree(price, args)?;
        self.require_account(&owner, &mint)?;
        let to_claim = cut(claim.as_ref(), price, self.now);
        if let (Some(linked), true) = (linked, to_claim > 0) {
            self.book_revenue(token, linked, to_claim)?;
        }
        self.give(token, number, wallet)?;
        self.pay(wallet, token, &mint, to_claim)?;
        self.pay(wallet, &owner, &mint, price - to_claim)
    }

    /// A price is what the buyer agreed to, in time.
    fn agree(&self, price: u64, args: &PassInput) -> Predicted {
        require(self.now <= args.deadline, TokenError::DeadlinePassed)?;
        require(price <= args.max_price, TokenError::Slippage)
    }

    /// A pass for shares held, which it locks until it ends. A renewed one keeps them.
    ///
    /// # Errors
    /// `Missing`, `WrongProductKind`, `ProductNotOpen`, `ProductSoldOut`, `WoundUp`,
    /// `TooFewShares`, `PassNotOver`, `Overflow`.
    pub fn collect_pass(&mut self, token: &Pubkey, number: u64, wallet: &Pubkey) -> Predicted {
        let product = self.product(token, number)?.clone();
        let holder = *self.holder(token, wallet)?;
        let holds = product.way() == Way::Hold;
        require(holds, TokenError::WrongProductKind)?;
        product.gives()?;
        self.token(token)?.require_active()?;
        let before = self.passes.get(&(*token, number, *wallet)).copied();
        let kept = before.is_some_and(|pass| pass.holds(&holder));
        let price = product.price();
        require(kept || holder.free() >= price, TokenError::TooFewShares)?;
        self.give(token, number, wallet)?;
        if !kept {
            self.holder_mut(token, wallet)?.pass_locked += price;
            let pass = self.pass_mut(token, number, wallet)?;
            pass.locked = price;
            pass.epoch = holder.pass_epoch;
        }
        Ok(())
    }

    /// A pass for shares burned.
    ///
    /// # Errors
    /// `Missing`, `WrongProductKind`, `ProductNotOpen`, `ProductSoldOut`, `WoundUp`,
    /// `Paused`, `DeadlinePassed`, `Slippage`, `InsufficientShares`, `Overflow`.
    pub fn burn_for_pass(
        &mut self,
        token: &Pubkey,
        number: u64,
        wallet: &Pubkey,
        args: &PassInput,
    ) -> Predicted {
        let product = self.product(token, number)?.clone();
        self.holder(token, wallet)?;
        let burns = product.way() == Way::Burn;
        require(burns, TokenError::WrongProductKind)?;
        product.gives()?;
        self.token(token)?.require_running()?;
        self.agree(product.price(), args)?;
        self.burn_registered(token, wallet, product.price())?;
        self.give(token, number, wallet)
    }

    /// Both sides use units of a pass up.
    ///
    /// # Errors
    /// `Missing`, `NotPassHolder`, `NotPointOfSale`, `PassEnded`, `ZeroAmount`, `PassExpired`,
    /// `PassUnitsExceeded`.
    pub fn use_pass(
        &mut self,
        token: &Pubkey,
        number: u64,
        [wallet, point_of_sale]: [&Pubkey; 2],
        units: u64,
    ) -> Predicted {
        let now = self.now;
        let product = self.product(token, number)?.clone();
        let pass = *self.pass_mut(token, number, wallet)?;
        let holds = match product.way() {
            Way::Hold => pass.holds(self.holder(token, wallet)?),
            _ => true,
        };
        let it = self.token_mut(token)?;
        if *point_of_sale != product.terms.point_of_sale {
            require(it.owner == *point_of_sale, TokenError::NotPointOfSale)?;
            it.signed_by(point_of_sale, now)?;
        }
        it.report();
        require(holds, TokenError::PassEnded)?;
        let pass = self.pass_mut(token, number, wallet)?;
        require(units > 0, TokenError::ZeroAmount)?;
        require(!pass.has_expired(now), TokenError::PassExpired)?;
        require(units <= pass.units, TokenError::PassUnitsExceeded)?;
        pass.units -= units;
        pass.used += units;
        Ok(())
    }

    /// Its wallet, in a wind-down anybody, closes a pass that is over: expired, ended with
    /// the shares that it locked, or used up and not what keeps them from taking another.
    ///
    /// # Errors
    /// `Missing`, `NotPassHolder`, `PassNotOver`.
    pub fn close_pass(
        &mut self,
        token: &Pubkey,
        number: u64,
        wallet: &Pubkey,
        by: &Pubkey,
    ) -> Predicted {
        let now = self.now;
        let product = self.product(token, number)?;
        let again = product.way() == Way::Hold && product.open;
        let wound_up = self.token(token)?.wound_up;
        let pass = *self.pass_mut(token, number, wallet)?;
        require(wound_up || by == wallet, TokenError::NotPassHolder)?;
        let holder = self.holders.get_mut(&(*token, *wallet));
        let holds = holder.as_ref().is_some_and(|holder| pass.holds(holder));
        let ended = wound_up || (pass.locked > 0 && !holds);
        let over = ended || pass.has_expired(now) || (pass.units == 0 && !again);
        require(over, TokenError::PassNotOver)?;
        if let (Some(holder), true) = (holder, holds) {
            holder.pass_locked -= pass.locked;
        }
        self.passes.remove(&(*token, number, *wallet));
        self.token_mut(token)?.report();
        Ok(())
    }
}
