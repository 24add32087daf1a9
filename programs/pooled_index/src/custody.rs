//! Moves constituents between wallets and the index's custody: the one place that
//! proves their accounts. Personal tokens move as registered shares by a call of
//! their program; cash by a call of its token program. Each movement is checked
//! against both sides after the call.

use {
    crate::{
        error::{IndexError, ProgramResult, require},
        host::{AccountIo, ThisProgram, TokenIo},
        personal, seeds,
        state::{Constituent, Due, Dues, PooledIndex, SlotKind},
    },
    anchor_lang::prelude::*,
    core::mem::offset_of,
    personal_token::state::{Holder, MAX_STREAMS, PersonalToken},
    upside_support::{Transfer, mint_policy},
};

/// Seeds with which an index signs.
pub(crate) struct IndexSigner {
    creator: Pubkey,
    number: [u8; 8],
    bump: [u8; 1],
}

impl IndexSigner {
    pub(crate) fn of(index: &PooledIndex) -> Self {
        Self::new(&index.creator, index.number, index.bump)
    }

    pub(crate) fn new(creator: &Pubkey, number: u64, bump: u8) -> Self {
        IndexSigner {
            creator: *creator,
            number: number.to_le_bytes(),
            bump: [bump],
        }
    }

    pub(crate) fn seeds(&self) -> [&[u8]; 4] {
        seeds::index_signer(&self.creator, &self.number, &self.bump)
    }
}

/// The accounts of constituents that follow an instruction's own. Of a personal
/// token: the token, the wallet's holder account, the index's holder account. Of
/// cash: the mint, the wallet's token account, the index's token account, the mint's
/// token program.
pub(crate) struct Rest<'a, 'info>(pub(crate) &'a [AccountInfo<'info>]);

impl<'a, 'info> Rest<'a, 'info> {
    pub(crate) fn take<const N: usize>(&mut self) -> ProgramResult<&'a [AccountInfo<'info>; N]> {
        let (first, rest) = self
            .0
            .split_first_chunk::<N>()
            .ok_or(IndexError::MissingAccounts)?;
        self.0 = rest;
        Ok(first)
    }

    /// Passes over the accounts of a constituent that are not needed, if they are there:
    /// what is held or owed may change between the signature and now.
    pub(crate) fn skip(&mut self, constituent: &Constituent) -> ProgramResult<()> {
        let there = self
            .0
            .first()
            .is_some_and(|next| *next.key == constituent.key);
        match constituent.kind()? {
            SlotKind::Personal if there => self.take::<3>().map(drop),
            SlotKind::Mint if there => self.take::<4>().map(drop),
            _ => Ok(()),
        }
    }

    /// Refuses accounts that nobody asked for. Errors: `ExtraAccounts`.
    pub(crate) fn done(&self) -> ProgramResult<()> {
        require(self.0.is_empty(), IndexError::ExtraAccounts)
    }
}

/// The accounts of one constituent, proven.
pub(crate) enum Accounts<'a, 'info> {
    Personal(Personal<'a, 'info>),
    Mint(Mint<'a, 'info>),
}

/// A personal token between a wallet's holder account and the index's.
pub(crate) struct Personal<'a, 'info> {
    pub(crate) program: &'a AccountInfo<'info>,
    pub(crate) token: &'a AccountInfo<'info>,
    pub(crate) theirs: &'a AccountInfo<'info>,
    pub(crate) ours: &'a AccountInfo<'info>,
}

/// Atoms of an ordinary mint between a wallet's token account and the index's.
pub(crate) struct Mint<'a, 'info> {
    pub(crate) mint: &'a AccountInfo<'info>,
    pub(crate) theirs: &'a AccountInfo<'info>,
    pub(crate) ours: &'a AccountInfo<'info>,
    pub(crate) program: &'a AccountInfo<'info>,
}

/// Whose account is on the other side of a movement.
#[derive(Clone, Copy)]
pub(crate) enum Theirs<'a> {
    /// Any account of this wallet.
    Any(&'a Pubkey),
    /// This wallet's holder account or associated account: nobody signs for it. Of the second
    /// key, a mint whose associated account cannot be paid, another that nobody else can take
    /// from.
    Own(&'a Pubkey, Option<Pubkey>),
    /// Anybody's: whose the atoms are signs.
    Named,
}

/// Takes the next constituent's accounts and proves that they are its own and
/// `wallet`'s. Errors: `MissingAccounts`, `WrongAccount`, `WrongHolder`, `WrongMint`,
/// `WrongTokenAccount`, `WrongTokenProgram`.
pub(crate) fn next<'a, 'info>(
    rest: &mut Rest<'a, 'info>,
    constituent: &Constituent,
    personal_token: &'a AccountInfo<'info>,
    wallet: &Pubkey,
) -> Result<Accounts<'a, 'info>> {
    next_of(rest, constituent, personal_token, Theirs::Any(wallet))
}

/// As [`next`], for an account that is not necessarily the wallet's.
#[inline(never)]
pub(crate) fn next_of<'a, 'info>(
    rest: &mut Rest<'a, 'info>,
    constituent: &Constituent,
    personal_token: &'a AccountInfo<'info>,
    whose: Theirs,
) -> Result<Accounts<'a, 'info>> {
    match constituent.kind()? {
        SlotKind::Personal => {
            let [token, theirs, ours] = rest.take::<3>()?;
            let accounts = Personal {
                program: personal_token,
                token,
                theirs,
                ours,
            };
            accounts.prove_of(constituent, whose)?;
            Ok(Accounts::Personal(accounts))
        }
        SlotKind::Mint => {
            let [mint, theirs, ours, program] = rest.take::<4>()?;
            let accounts = Mint {
                mint,
                theirs,
                ours,
                program,
            };
            accounts.prove(constituent, whose)?;
            Ok(Accounts::Mint(accounts))
        }
        SlotKind::Free => Err(IndexError::NotAConstituent.into()),
    }
}

/// The accounts of one constituent of which atoms stay in custody, proven.
pub(crate) enum Kept<'a, 'info> {
    /// The personal token and the index's holder account.
    Personal([&'a AccountInfo<'info>; 2]),
    /// An ordinary mint needs none.
    Mint,
}

/// Takes the accounts of a constituent of which atoms stay in custody. Errors:
/// `MissingAccounts`, `WrongAccount`, `NotAConstituent`.
#[inline(never)]
pub(crate) fn kept<'a, 'info>(
    rest: &mut Rest<'a, 'info>,
    constituent: &Constituent,
) -> ProgramResult<Kept<'a, 'info>> {
    match constituent.kind()? {
        SlotKind::Personal => {
            let [token, ours] = rest.take::<2>()?;
            AccountIo::same(token.key, &constituent.key)?;
            AccountIo::same(ours.key, &constituent.custody)?;
            Ok(Kept::Personal([token, ours]))
        }
        SlotKind::Mint => Ok(Kept::Mint),
        SlotKind::Free => Err(IndexError::NotAConstituent),
    }
}

impl Accounts<'_, '_> {
    /// What all that the index has of a person did cost; nothing of a mint.
    pub(crate) fn cost(&self) -> Result<u64> {
        match self {
            Accounts::Personal(person) => person.cost(),
            Accounts::Mint(_) => Ok(0),
        }
    }

    /// The account on the other side.
    pub(crate) fn theirs(&self) -> Pubkey {
        match self {
            Accounts::Personal(person) => *person.theirs.key,
            Accounts::Mint(mint) => *mint.theirs.key,
        }
    }
}

impl Personal<'_, '_> {
    /// Errors: `WrongAccount`, `WrongHolder`.
    pub(crate) fn prove(&self, constituent: &Constituent, wallet: &Pubkey) -> Result<()> {
        self.prove_of(constituent, Theirs::Any(wallet))
    }

    fn prove_of(&self, constituent: &Constituent, whose: Theirs) -> Result<()> {
        constituent.require(SlotKind::Personal)?;
        AccountIo::same(self.program.key, &personal_token::ID)?;
        AccountIo::same(self.token.key, &constituent.key)?;
        AccountIo::same(self.ours.key, &constituent.custody)?;
        let holder = AccountIo::read::<Holder>(self.theirs)?;
        let wallet = match whose {
            Theirs::Any(wallet) | Theirs::Own(wallet, _) => holder.wallet == *wallet,
            Theirs::Named => true,
        };
        let fits = holder.token == constituent.key && wallet;
        require(fits, IndexError::WrongHolder)?;
        Ok(())
    }

    /// What the person owes the index now.
    pub(crate) fn dues(&self, index: &PooledIndex, now: i64) -> Result<[Due; MAX_STREAMS]> {
        let token = AccountIo::read::<PersonalToken>(self.token)?;
        let holder = AccountIo::read::<Holder>(self.ours)?;
        Ok(index.due(&token, &holder, now)?)
    }

    /// Share atoms of the wallet and of the index.
    fn shares(&self) -> Result<[u64; 2]> {
        Ok([held(self.theirs)?, held(self.ours)?])
    }

    /// What all that the index has of the person did cost.
    pub(crate) fn cost(&self) -> Result<u64> {
        Ok(AccountIo::read::<Holder>(self.ours)?.cost)
    }
}

/// All share atoms of a holder account that was proven before. Deposited ones may be
/// registered on the way: they are the wallet's before and after it.
fn held(holder: &AccountInfo) -> Result<u64> {
    let data = holder.try_borrow_data()?;
    let atoms = |offset: usize| {
        let field = data.get(offset.checked_add(8)?..)?.first_chunk::<8>()?;
        Some(u64::from_le_bytes(*field))
    };
    let shares = atoms(offset_of!(Holder, shares)).zip(atoms(offset_of!(Holder, warm)));
    let (shares, warm) = shares.ok_or(IndexError::WrongAccount)?;
    Ok(shares.checked_add(warm).ok_or(IndexError::Overflow)?)
}

impl Mint<'_, '_> {
    fn prove(&self, constituent: &Constituent, whose: Theirs) -> ProgramResult<()> {
        require(*self.mint.key == constituent.key, IndexError::WrongMint)?;
        AccountIo::same(self.ours.key, &constituent.custody)?;
        match whose {
            Theirs::Any(wallet) => {
                TokenIo::prove_account(self.theirs, self.mint.key, wallet)?;
            }
            Theirs::Own(wallet, shown) => {
                if shown == Some(constituent.key) {
                    TokenIo::prove_payee(self.theirs, self.mint.key, wallet)?;
                } else {
                    TokenIo::prove_associated(self.theirs, self.mint.key, wallet)?;
                }
            }
            Theirs::Named => {
                let owner = TokenIo::account_owner(self.theirs)?;
                TokenIo::prove_account(self.theirs, self.mint.key, &owner)?;
            }
        }
        require(
            *self.program.key == constituent.token_program(),
            IndexError::WrongTokenProgram,
        )
    }
}

/// What the persons among the accounts owe the index: those of a contribution, in the order
/// of the slots. Errors: `MissingAccounts`, `WrongAccount`.
#[inline(never)]
pub(crate) fn dues(index: &PooledIndex, accounts: &[AccountInfo], now: i64) -> Result<Dues> {
    let mut dues = Dues::default();
    let mut rest = Rest(accounts);
    for constituent in index.used() {
        if constituent.kind()? == SlotKind::Personal && constituent.is_held() {
            let [token, _, ours] = rest.take::<3>()?;
            AccountIo::same(token.key, &constituent.key)?;
            AccountIo::same(ours.key, &constituent.custody)?;
            let token = AccountIo::read::<PersonalToken>(token)?;
            let holder = AccountIo::read::<Holder>(ours)?;
            index.add_due(&mut dues, &token, &holder, now)?;
        } else {
            rest.skip(constituent)?;
        }
    }
    Ok(dues)
}

/// Moves `amount` atoms from the wallet, who signs, into custody, and proves that
/// custody holds at least what the books say, which have the amount already.
#[inline(never)]
pub(crate) fn bring_in<'info>(
    accounts: &Accounts<'_, 'info>,
    index: &PooledIndex,
    slot: u8,
    wallet: &AccountInfo<'info>,
    amount: u64,
) -> Result<()> {
    let held = match accounts {
        Accounts::Personal(p) => {
            let [theirs, ours] = p.shares()?;
            let moved = (amount, None);
            personal::transfer_shares(p, wallet, [p.theirs, p.ours], moved, &[])?;
            let left = theirs.checked_sub(amount);
            let arrived = ours.checked_add(amount);
            let after = p.shares()?;
            require_moved([left, arrived], after)?;
            let [_, held] = after;
            held
        }
        Accounts::Mint(c) => {
            mint_policy::check(c.mint).map_err(IndexError::from)?;
            Transfer {
                program: c.program,
                mint: c.mint,
                decimals: index.constituent(slot)?.decimals,
                from: c.theirs,
                to: c.ours,
                authority: wallet,
            }
            .by_wallet::<ThisProgram>(amount)?;
            TokenIo::balance(c.ours)?
        }
    };
    index.unbooked(slot, held)?;
    Ok(())
}

/// Moves `amount` atoms from custody to the wallet; the index signs.
pub(crate) fn pay_out<'info>(
    accounts: &Accounts<'_, 'info>,
    index: &PooledIndex,
    slot: u8,
    authority: &AccountInfo<'info>,
    amount: u64,
) -> Result<()> {
    pay_back(accounts, index, slot, authority, amount, None)
}

/// As [`pay_out`]: shares of a person go with the cost named, as far as what the index has
/// of them did cost that much.
#[inline(never)]
pub(crate) fn pay_back<'info>(
    accounts: &Accounts<'_, 'info>,
    index: &PooledIndex,
    slot: u8,
    authority: &AccountInfo<'info>,
    amount: u64,
    cost: Option<u64>,
) -> Result<()> {
    let signer = IndexSigner::of(index);
    match accounts {
        Accounts::Personal(p) => {
            let [theirs, ours] = p.shares()?;
            let seeds = signer.seeds();
            let cost = match cost {
                Some(cost) => Some(cost.min(p.cost()?)),
                None => None,
            };
            let moved = (amount, cost);
            personal::transfer_shares(p, authority, [p.ours, p.theirs], moved, &[&seeds])?;
            let left = ours.checked_sub(amount);
            let arrived = theirs.checked_add(amount);
            require_moved([arrived, left], p.shares()?)
        }
        Accounts::Mint(c) => Transfer {
            program: c.program,
            mint: c.mint,
            decimals: index.constituent(slot)?.decimals,
            from: c.ours,
            to: c.theirs,
            authority,
        }
        .by_seeds::<ThisProgram>(amount, &signer.seeds()),
    }
}

/// Refuses while a person's token owes the index something in a coin: whoever comes to an
/// empty slot would get it. Errors: `DividendsDue`.
#[inline(never)]
pub(crate) fn require_nothing_due(
    index: &PooledIndex,
    token: &AccountInfo,
    holder: &AccountInfo,
    now: i64,
) -> Result<()> {
    let token = AccountIo::read::<PersonalToken>(token)?;
    let holder = AccountIo::read::<Holder>(holder)?;
    Ok(index.require_nothing_due(&token, &holder, now)?)
}

fn require_moved(expected: [Option<u64>; 2], shares: [u64; 2]) -> Result<()> {
    let [theirs, ours] = shares;
    let exact = expected == [Some(theirs), Some(ours)];
    require(exact, IndexError::BalanceMismatch)?;
    Ok(())
}
