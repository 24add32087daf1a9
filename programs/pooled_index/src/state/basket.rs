use {
    super::{
        Amounts, Contribution, Due, Dues, MAX_COINS, MAX_CONSTITUENTS, PooledIndex, Redemption,
        VERSION, add, pool::require_at_most, sub,
    },
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
    upside_math::{Atoms, carried},
    upside_support::Byte,
};

/// Most seconds from a basket's opening to its deadline.
pub const MAX_BASKET_SECONDS: i64 = 7 * 86_400;
/// Dues that a basket can note: a person harvested before its deposit needs none.
pub const MAX_NOTES: usize = 96;

upside_support::byte_enum! {
    /// What a basket is for.
    BasketKind, IndexError::InvariantBroken,
    /// Its wallet deposits constituents for new shares.
    Contribution = 0,
    /// Its wallet is owed what is in it.
    Payout = 1,
}

/// What a stream of a person owed the index when the person was deposited: the coin
/// costs as much more, until a harvest has brought it into the counter.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct DueNote {
    /// Atoms; 0 for a free place.
    pub atoms: u64,
    /// [`Constituent::harvests`](super::Constituent::harvests) of the stream at that moment.
    pub harvests: u16,
    /// Slot of the person.
    pub slot: u8,
    /// Place of the stream in the personal token.
    pub stream: u8,
    /// Slot of the coin.
    pub coin: u8,
    pub(crate) padding: [u8; 3],
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
    /// What it gathers for.
    pub kind: Byte<BasketKind>,
    /// 1 for a basket that its wallet opened to contribute: what is paid back of it has
    /// the cost with which it came.
    pub brought: u8,
    /// Fee on the contribution, in basis points of the shares: that of the opening.
    pub entry_fee_bps: u16,
    pub(crate) padding: [u8; 2],
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
    /// What the shares of persons cost, by slot, in atoms of each person's quote mint.
    pub costs: Amounts,
    /// What was due when persons were deposited.
    pub notes: [DueNote; MAX_NOTES],
    pub(crate) reserved: [u64; 8],
}

impl Basket {
    /// Fills a new account, whose address has `wallet` and `nonce`.
    pub(crate) fn open(
        &mut self,
        kind: BasketKind,
        index: &Pubkey,
        wallet: &Pubkey,
        nonce: u64,
        bump: u8,
    ) {
        self.version = VERSION;
        self.bump = bump;
        self.kind = kind.into();
        self.index = *index;
        self.wallet = *wallet;
        self.rent_payer = *wallet;
        self.nonce = nonce;
    }

    /// Fills a new account that owes its wallet what [`PooledIndex::redeem_to`] or
    /// [`PooledIndex::keep`] will put into it. `deadline` is the instruction's, unix seconds.
    pub(crate) fn open_payout(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        nonce: u64,
        bump: u8,
        deadline: i64,
    ) {
        self.open(BasketKind::Payout, index, wallet, nonce, bump);
        self.deadline = deadline;
    }

    /// Asks for `shares` until `deadline` (unix seconds), with the entry fee of now.
    /// Errors: `ZeroAmount`, `DeadlinePassed`, `DeadlineTooFar`.
    pub(crate) fn ask(
        &mut self,
        index: &PooledIndex,
        shares: u64,
        deadline: i64,
        now: i64,
    ) -> ProgramResult<()> {
        require(shares > 0, IndexError::ZeroAmount)?;
        require(now <= deadline, IndexError::DeadlinePassed)?;
        let last = now.saturating_add(MAX_BASKET_SECONDS);
        require(deadline <= last, IndexError::DeadlineTooFar)?;
        self.brought = 1;
        self.entry_fee_bps = index.parameters.entry_fee_bps;
        self.shares = shares;
        self.deadline = deadline;
        Ok(())
    }

    /// What it is for.
    pub fn kind(&self) -> ProgramResult<BasketKind> {
        self.kind.get()
    }

    /// Errors: `WrongBasketKind`.
    pub fn require(&self, kind: BasketKind) -> ProgramResult<()> {
        require(self.kind()? == kind, IndexError::WrongBasketKind)
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.amounts.iter().all(|amount| *amount == 0)
    }

    /// Atoms of a slot.
    pub fn amount(&self, slot: u8) -> ProgramResult<u64> {
        let amount = self.amounts.get(usize::from(slot));
        amount.copied().ok_or(IndexError::NotAConstituent)
    }

    fn amount_mut(&mut self, slot: u8) -> ProgramResult<&mut u64> {
        let amount = self.amounts.get_mut(usize::from(slot));
        amount.ok_or(IndexError::NotAConstituent)
    }

    /// The cost with which shares of a person came; `None` if they came out of the index.
    pub fn cost(&self, slot: u8) -> Option<u64> {
        let cost = self.costs.get(usize::from(slot));
        cost.copied().filter(|_| self.brought == 1)
    }

    /// Notes the cost with which shares of a person came.
    pub(crate) fn note_cost(&mut self, slot: u8, cost: u64) -> ProgramResult<()> {
        let mine = self.costs.get_mut(usize::from(slot));
        *mine.ok_or(IndexError::NotAConstituent)? = cost;
        Ok(())
    }

    fn note_due(&mut self, note: DueNote) -> ProgramResult<()> {
        let free = self.notes.iter_mut().find(|place| place.atoms == 0);
        *free.ok_or(IndexError::TooManyDues)? = note;
        Ok(())
    }

    /// Gives a contribution up: its wallet at any time, anybody after the deadline.
    /// Errors: `WrongBasketKind`, `BasketNotExpired`.
    pub(crate) fn cancel(&mut self, signer: &Pubkey, now: i64) -> ProgramResult<()> {
        self.require(BasketKind::Contribution)?;
        require(
            *signer == self.wallet || now > self.deadline,
            IndexError::BasketNotExpired,
        )?;
        self.kind = BasketKind::Payout.into();
        Ok(())
    }
}

impl PooledIndex {
    /// Books atoms that come into a basket with this instruction, and what their person
    /// owes the index at this moment. Each slot is brought once: its atoms earn for the
    /// index from now on. Errors: `ZeroAmount`, `SlotBroughtAlready`, `SlotNotHeld`,
    /// `TooManyDues`.
    pub(crate) fn deposit(
        &mut self,
        basket: &mut Basket,
        slot: u8,
        amount: u64,
        dues: &[Due],
    ) -> ProgramResult<()> {
        require(amount > 0, IndexError::ZeroAmount)?;
        let constituent = *self.constituent(slot)?;
        let costs = constituent.is_held() || constituent.coin > 0;
        require(costs, IndexError::SlotNotHeld)?;
        let mine = basket.amount_mut(slot)?;
        require(*mine == 0, IndexError::SlotBroughtAlready)?;
        *mine = amount;
        for due in dues.iter().filter(|due| due.atoms > 0) {
            basket.note_due(DueNote {
                atoms: due.atoms,
                harvests: constituent.harvests(due.stream)?,
                slot,
                stream: due.stream,
                coin: self.book(due.coin)?.slot,
                padding: [0; 3],
            })?;
        }
        self.constituent_mut(slot)?.hold(amount)
    }

    /// What was due when persons were deposited, and no harvest has brought in since, by
    /// coin. A mint that is no coin any more counts no longer.
    pub fn noted_dues(&self, basket: &Basket) -> ProgramResult<Dues> {
        let mut dues = [0; MAX_COINS];
        for note in basket.notes.iter().filter(|note| note.atoms > 0) {
            let open = self.slot(note.slot)?.harvests(note.stream)? == note.harvests;
            let Ok(coin) = self.slot(note.coin)?.coin_place() else {
                continue;
            };
            let counts = open && self.book(coin)?.used == 1;
            if let Some(due) = dues.get_mut(usize::from(coin)).filter(|_| counts) {
                *due = add(*due, note.atoms)?;
            }
        }
        Ok(dues)
    }

    /// Turns a basket's atoms into shares; the rest of them is to be paid out. MUST
    /// follow `accrue`. Errors: `BasketTooSmall`, those of [`Self::contribution`].
    pub(crate) fn finish(
        &mut self,
        basket: &mut Basket,
        shares: u64,
        now: i64,
    ) -> ProgramResult<Contribution> {
        let dues = self.noted_dues(basket)?;
        let contribution = self.contribution(shares, &dues, basket.entry_fee_bps)?;
        require_at_most(&contribution.amounts, &basket.amounts)
            .map_err(|_| IndexError::BasketTooSmall)?;
        let slots = self.used_mut().iter_mut().zip(&mut basket.amounts);
        for (((slot, mine), cost), amount) in slots.zip(&mut basket.costs).zip(contribution.amounts)
        {
            let rest = sub(*mine, amount, IndexError::InvariantBroken)?;
            if *cost > 0 {
                *cost = carried(Atoms(*cost), rest, *mine)?.0;
            }
            slot.let_go(amount)?;
            *mine = rest;
        }
        self.contribute(&contribution, now)?;
        basket.kind = BasketKind::Payout.into();
        Ok(contribution)
    }

    /// Moves what a redemption of `shares` pays into a basket.
    pub(crate) fn redeem_to(
        &mut self,
        basket: &mut Basket,
        shares: u64,
        redemption: &Redemption,
    ) -> ProgramResult<()> {
        basket.shares = shares;
        let slots = self.used_mut().iter_mut().zip(&mut basket.amounts);
        for ((slot, mine), amount) in slots.zip(&redemption.amounts) {
            slot.hold(*amount)?;
            *mine = add(*mine, *amount)?;
        }
        self.redeem(shares, redemption)
    }

    /// Takes all atoms of one slot out of a payout's books. Errors: `BasketEmpty`.
    pub(crate) fn withdraw(&mut self, basket: &mut Basket, slot: u8) -> ProgramResult<u64> {
        let mine = basket.amount_mut(slot)?;
        let amount = *mine;
        require(amount > 0, IndexError::BasketEmpty)?;
        *mine = 0;
        self.constituent_mut(slot)?.let_go(amount)?;
        Ok(amount)
    }
}

const _: () = assert!(core::mem::size_of::<DueNote>() == 16);
const _: () = assert!(
    core::mem::size_of::<Basket>() == 8 + 96 + 24 + 2 * MAX_CONSTITUENTS * 8 + MAX_NOTES * 16 + 64
);
