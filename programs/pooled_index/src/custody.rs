//! Moves constituents between wallets and the index's custody: the one place that
//! proves their accounts. Personal tokens move as registered shares by a call of
//! their program; cash by a call of its token program. Each movement is checked
//! against both sides after the call.

use {
    crate::{
        error::{IndexError, Outcome, require},
        host::{AccountIo, Host, TokenIo},
        personal, seeds,
        state::{Constituent, Index, Kind},
    },
    anchor_lang::prelude::*,
    personal_token::state::Holder,
    upside_program::{Transfer, mint_policy},
};

/// Seeds with which an index signs.
pub(crate) struct IndexSigner {
    creator: Pubkey,
    number: [u8; 8],
    bump: [u8; 1],
}

impl IndexSigner {
    pub(crate) fn of(index: &Index) -> Self {
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
        [
            seeds::INDEX,
            self.creator.as_ref(),
            &self.number,
            &self.bump,
        ]
    }
}

/// The accounts of constituents that follow an instruction's own. Of a personal
/// token: the token, the wallet's holder account, the index's holder account. Of
/// cash: the mint, the wallet's token account, the index's token account, the mint's
/// token program.
pub(crate) struct Rest<'a, 'info>(pub(crate) &'a [AccountInfo<'info>]);

impl<'a, 'info> Rest<'a, 'info> {
    fn take<const N: usize>(&mut self) -> Outcome<&'a [AccountInfo<'info>; N]> {
        let (first, rest) = self
            .0
            .split_first_chunk::<N>()
            .ok_or(IndexError::MissingAccounts)?;
        self.0 = rest;
        Ok(first)
    }

    /// Refuses accounts that nobody asked for. Errors: `ExtraAccounts`.
    pub(crate) fn done(&self) -> Outcome<()> {
        require(self.0.is_empty(), IndexError::ExtraAccounts)
    }
}

/// The accounts of one constituent, proven.
pub(crate) enum Accounts<'a, 'info> {
    Personal(Personal<'a, 'info>),
    Cash(Cash<'a, 'info>),
}

/// A personal token between a wallet's holder account and the index's.
pub(crate) struct Personal<'a, 'info> {
    pub(crate) program: &'a AccountInfo<'info>,
    pub(crate) token: &'a AccountInfo<'info>,
    pub(crate) theirs: &'a AccountInfo<'info>,
    pub(crate) ours: &'a AccountInfo<'info>,
}

/// Cash between a wallet's token account and the index's.
pub(crate) struct Cash<'a, 'info> {
    pub(crate) mint: &'a AccountInfo<'info>,
    pub(crate) theirs: &'a AccountInfo<'info>,
    pub(crate) ours: &'a AccountInfo<'info>,
    pub(crate) program: &'a AccountInfo<'info>,
}

/// Takes the next constituent's accounts and proves that they are its own and
/// `wallet`'s. Errors: `MissingAccounts`, `WrongAccount`, `WrongHolder`, `WrongMint`,
/// `WrongTokenAccount`, `WrongTokenProgram`.
#[inline(never)]
pub(crate) fn next<'a, 'info>(
    rest: &mut Rest<'a, 'info>,
    constituent: &Constituent,
    personal_token: &'a AccountInfo<'info>,
    wallet: &Pubkey,
) -> Result<Accounts<'a, 'info>> {
    match constituent.kind()? {
        Kind::Personal => {
            let [token, theirs, ours] = rest.take::<3>()?;
            let accounts = Personal {
                program: personal_token,
                token,
                theirs,
                ours,
            };
            accounts.prove(constituent, wallet)?;
            Ok(Accounts::Personal(accounts))
        }
        Kind::Cash => {
            let [mint, theirs, ours, program] = rest.take::<4>()?;
            let accounts = Cash {
                mint,
                theirs,
                ours,
                program,
            };
            accounts.prove(constituent, wallet)?;
            Ok(Accounts::Cash(accounts))
        }
        Kind::Free => Err(IndexError::NotAConstituent.into()),
    }
}

impl Personal<'_, '_> {
    /// Errors: `WrongAccount`, `WrongHolder`.
    pub(crate) fn prove(&self, constituent: &Constituent, wallet: &Pubkey) -> Result<()> {
        constituent.require(Kind::Personal)?;
        AccountIo::same(self.program.key, &personal_token::ID)?;
        AccountIo::same(self.token.key, &constituent.key)?;
        AccountIo::same(self.ours.key, &constituent.custody)?;
        let holder = AccountIo::read::<Holder>(self.theirs)?;
        let fits = holder.token == constituent.key && holder.wallet == *wallet;
        require(fits, IndexError::WrongHolder)?;
        Ok(())
    }

    fn shares(&self) -> Result<[u64; 2]> {
        // Deposited shares may be registered on the way: they are the wallet's before and
        // after it.
        let all = |holder: &AccountInfo| -> Result<u64> {
            let holder = AccountIo::read::<Holder>(holder)?;
            let all = holder.shares.checked_add(holder.warm);
            Ok(all.ok_or(IndexError::Overflow)?)
        };
        Ok([all(self.theirs)?, all(self.ours)?])
    }
}

impl Cash<'_, '_> {
    fn prove(&self, constituent: &Constituent, wallet: &Pubkey) -> Outcome<()> {
        require(*self.mint.key == constituent.key, IndexError::WrongMint)?;
        AccountIo::same(self.ours.key, &constituent.custody)?;
        TokenIo::prove_account(self.theirs, self.mint.key, wallet)?;
        require(
            *self.program.key == constituent.token_program(),
            IndexError::WrongTokenProgram,
        )
    }
}

/// Moves `amount` atoms from the wallet, who signs, into custody, and proves that
/// custody holds at least what the books say, which have the amount already.
#[inline(never)]
pub(crate) fn bring_in<'info>(
    accounts: &Accounts<'_, 'info>,
    index: &Index,
    slot: u8,
    wallet: &AccountInfo<'info>,
    amount: u64,
) -> Result<()> {
    let held = match accounts {
        Accounts::Personal(p) => {
            let [theirs, ours] = p.shares()?;
            personal::transfer_shares(p, wallet, [p.theirs, p.ours], amount, &[])?;
            let left = theirs.checked_sub(amount);
            let arrived = ours.checked_add(amount);
            let after = p.shares()?;
            require_moved([left, arrived], after)?;
            let [_, held] = after;
            held
        }
        Accounts::Cash(c) => {
            mint_policy::check(c.mint).map_err(IndexError::from)?;
            Transfer {
                program: c.program,
                mint: c.mint,
                decimals: index.constituent(slot)?.decimals,
                from: c.theirs,
                to: c.ours,
                authority: wallet,
            }
            .by_wallet::<Host>(amount)?;
            TokenIo::balance(c.ours)?
        }
    };
    index.unbooked(slot, held)?;
    Ok(())
}

/// Moves `amount` atoms from custody to the wallet; the index signs.
#[inline(never)]
pub(crate) fn pay_out<'info>(
    accounts: &Accounts<'_, 'info>,
    index: &Index,
    slot: u8,
    authority: &AccountInfo<'info>,
    amount: u64,
) -> Result<()> {
    let signer = IndexSigner::of(index);
    match accounts {
        Accounts::Personal(p) => {
            let [theirs, ours] = p.shares()?;
            let seeds = signer.seeds();
            personal::transfer_shares(p, authority, [p.ours, p.theirs], amount, &[&seeds])?;
            let left = ours.checked_sub(amount);
            let arrived = theirs.checked_add(amount);
            require_moved([arrived, left], p.shares()?)
        }
        Accounts::Cash(c) => Transfer {
            program: c.program,
            mint: c.mint,
            decimals: index.constituent(slot)?.decimals,
            from: c.ours,
            to: c.theirs,
            authority,
        }
        .by_seeds::<Host>(amount, &signer.seeds()),
    }
}

fn require_moved(expected: [Option<u64>; 2], shares: [u64; 2]) -> Result<()> {
    let [theirs, ours] = shares;
    let exact = expected == [Some(theirs), Some(ours)];
    require(exact, IndexError::BalanceMismatch)?;
    Ok(())
}
