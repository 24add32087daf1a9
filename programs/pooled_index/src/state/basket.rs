use {
    super::{
        Amounts, Contribution, Index, MAX_CONSTITUENTS, Redemption, VERSION, add, byte_enum,
        pool::require_at_most, sub,
    },
    crate::error::{IndexError, Outcome, require},
    anchor_lang::prelude::*,
};

byte_enum! {
    /// What a basket is for.
    BasketKind, InvariantBroken,
    /// Its wallet deposits constituents for new shares.
    Contribution = 0,
    /// Its wallet is owed what is in it.
    Payout = 1,
}

/// A contribution or redemption under way over several transactions. Its atoms are
/// in the index's custody, apart from those that back shares.
#[account(zero_copy)]
#[derive(Debug, PartialEq, Eq)]
pub struct Basket {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// A [`BasketKind`].
    pub kind: u8,
    pub(crate) padding: [u8; 5],
    /// The index.
    pub index: Pubkey,
    /// Whose atoms these are.
    pub wallet: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// The wallet's number of this basket; part of its address.
    pub nonce: u64,
    /// Share atoms that a contribution asks for.
    pub shares: u64,
    /// After it nobody finishes the contribution, and anybody may cancel it; unix seconds.
    pub deadline: i64,
    /// Atoms by slot.
    pub amounts: Amounts,
    pub(crate) reserved: [u64; 8],
}

impl Basket {
    /// Fills a new account, whose address has `wallet` and `nonce`.
    pub(crate) fn open(&mut self, kind: BasketKind, index: &Pubkey, wallet: &Pubkey, nonce: u64) {
        self.version = VERSION;
        self.kind = kind as u8;
        self.index = *index;
        self.wallet = *wallet;
        self.rent_payer = *wallet;
        self.nonce = nonce;
    }

    /// What it is for.
    pub fn kind(&self) -> Outcome<BasketKind> {
        self.kind.try_into()
    }

    /// Errors: `WrongBasketKind`.
    pub fn require(&self, kind: BasketKind) -> Outcome<()> {
        require(self.kind()? == kind, IndexError::WrongBasketKind)
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.amounts.iter().all(|amount| *amount == 0)
    }

    /// Atoms of a slot.
    pub fn amount(&self, slot: u8) -> Outcome<u64> {
        let amount = self.amounts.get(usize::from(slot));
        amount.copied().ok_or(IndexError::NotAConstituent)
    }

    fn amount_mut(&mut self, slot: u8) -> Outcome<&mut u64> {
        let amount = self.amounts.get_mut(usize::from(slot));
        amount.ok_or(IndexError::NotAConstituent)
    }

    /// Gives a contribution up: its wallet at any time, anybody after the deadline.
    /// Errors: `WrongBasketKind`, `BasketNotExpired`.
    pub(crate) fn cancel(&mut self, signer: &Pubkey, now: i64) -> Outcome<()> {
        self.require(BasketKind::Contribution)?;
        require(
            *signer == self.wallet || now > self.deadline,
            IndexError::BasketNotExpired,
        )?;
        self.kind = BasketKind::Payout as u8;
        Ok(())
    }
}

impl Index {
    /// Books atoms that come into a basket with this instruction.
    pub(crate) fn deposit(&mut self, basket: &mut Basket, slot: u8, amount: u64) -> Outcome<()> {
        require(amount > 0, IndexError::ZeroAmount)?;
        self.constituent_mut(slot)?.hold(amount)?;
        let mine = basket.amount_mut(slot)?;
        *mine = add(*mine, amount)?;
        Ok(())
    }

    /// Turns a basket's atoms into shares; the rest of them is to be paid out. MUST
    /// follow `accrue`. Errors: `BasketTooSmall`, those of [`Self::contribution`].
    pub(crate) fn finish(
        &mut self,
        basket: &mut Basket,
        shares: u64,
        now: i64,
    ) -> Outcome<Contribution> {
        let contribution = self.contribution(shares)?;
        require_at_most(&contribution.amounts, &basket.amounts)
            .map_err(|_| IndexError::BasketTooSmall)?;
        let slots = self.constituents.iter_mut().zip(&mut basket.amounts);
        for ((slot, mine), amount) in slots.zip(contribution.amounts) {
            slot.let_go(amount)?;
            *mine = sub(*mine, amount, IndexError::InvariantBroken)?;
        }
        self.contribute(&contribution, now)?;
        basket.kind = BasketKind::Payout as u8;
        Ok(contribution)
    }

    /// Moves what a redemption pays into a basket.
    pub(crate) fn redeem_to(
        &mut self,
        basket: &mut Basket,
        shares: u64,
        redemption: &Redemption,
    ) -> Outcome<()> {
        let slots = self.constituents.iter_mut().zip(&mut basket.amounts);
        for ((slot, mine), amount) in slots.zip(redemption.amounts) {
            slot.hold(amount)?;
            *mine = add(*mine, amount)?;
        }
        self.redeem(shares, redemption)
    }

    /// Takes all atoms of one slot out of a payout's books. Errors: `BasketEmpty`.
    pub(crate) fn withdraw(&mut self, basket: &mut Basket, slot: u8) -> Outcome<u64> {
        let mine = basket.amount_mut(slot)?;
        let amount = *mine;
        require(amount > 0, IndexError::BasketEmpty)?;
        *mine = 0;
        self.constituent_mut(slot)?.let_go(amount)?;
        Ok(amount)
    }
}

const _: () = assert!(core::mem::size_of::<Basket>() == 8 + 96 + 24 + MAX_CONSTITUENTS * 8 + 64);
