use {
    crate::{
        custody::IndexSigner,
        error::{IndexError, ProgramResult, require},
        events::{self, Harvested},
        host::{AccountIo, TokenIo},
        personal::{self, Dividend},
        state::{PooledIndex, SlotKind},
    },
    anchor_lang::prelude::*,
    personal_token::state::{Holder, PersonalToken},
};

/// Claims what a personal token owes the index in one payout mint, into the index's
/// coin of that mint. Without the four payout accounts it only notes that nothing is
/// collectable. Anybody may.
#[derive(Accounts)]
pub struct Harvest<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The personal token that owes the dividend.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The index's holder account of it.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The payout mint, which is a coin of the index; left out if nothing is due.
    ///
    /// CHECK: proven by the index.
    pub mint: Option<UncheckedAccount<'info>>,
    /// The token's vault of the payout mint.
    ///
    /// CHECK: the personal token program proves it.
    #[account(mut)]
    pub payout_vault: Option<UncheckedAccount<'info>>,
    /// The index's vault of the payout mint.
    ///
    /// CHECK: proven by the index.
    #[account(mut)]
    pub vault: Option<UncheckedAccount<'info>>,
    /// The program that owns the payout mint.
    ///
    /// CHECK: proven by the index.
    pub token_program: Option<UncheckedAccount<'info>>,
    /// The personal token program.
    ///
    /// CHECK: proven by its address before it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

pub(crate) fn harvest(ctx: Context<Harvest>, slot: u8) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (now, key) = (clock.unix_timestamp, a.index.key());
    let (event, signer) = {
        let mut index = a.index.load_mut()?;
        a.prove(&index, slot)?;
        let coin = a.coin_slot(&index)?;
        let (amount, stream, complete) = a.collectable(&index, now)?;
        require(amount > 0 || complete, IndexError::NothingToCollect)?;

        let to_members = match coin {
            Some(coin) => index.share_out(coin, amount, now)?,
            None => 0,
        };
        if amount > 0 {
            index.note_harvest(slot, stream)?;
        }
        if complete {
            index.stamp(slot, now)?;
        }
        let event = Harvested {
            header: index.header(&key, &clock)?,
            token: a.token.key(),
            mint: a.mint.as_ref().map_or(Pubkey::default(), |mint| mint.key()),
            amount,
            to_members,
            complete: u64::from(complete),
        };
        (event, IndexSigner::of(&index))
    };

    if event.amount > 0 {
        a.claim(event.amount, &signer)?;
    }

    events::log(&event);
    Ok(())
}

impl Harvest<'_> {
    fn prove(&self, index: &PooledIndex, slot: u8) -> ProgramResult<()> {
        let constituent = index.constituent(slot)?;
        constituent.require(SlotKind::Personal)?;
        AccountIo::same(self.token.as_ref().key, &constituent.key)?;
        AccountIo::same(self.holder.as_ref().key, &constituent.custody)?;
        AccountIo::same(self.personal_token_program.key, &personal_token::ID)
    }

    /// The slot of the payout mint, if one is given. Errors: `MissingAccounts`,
    /// `NotACoin`, `WrongAccount`, `WrongTokenProgram`.
    fn coin_slot(&self, index: &PooledIndex) -> ProgramResult<Option<u8>> {
        let Some(mint) = &self.mint else {
            return Ok(None);
        };
        let (Some(vault), Some(program), Some(_)) =
            (&self.vault, &self.token_program, &self.payout_vault)
        else {
            return Err(IndexError::MissingAccounts);
        };
        let slot = index.book(index.coin_of(mint.key)?)?.slot;
        index.collected(slot)?;
        let cash = index.constituent(slot)?;
        AccountIo::same(vault.key, &cash.custody)?;
        require(
            *program.key == cash.token_program(),
            IndexError::WrongTokenProgram,
        )?;
        Ok(Some(slot))
    }

    /// Atoms collectable in the given mint with their stream, and whether no other coin of
    /// the index has any. Computed by the personal token's own arithmetic.
    #[inline(never)]
    fn collectable(&self, index: &PooledIndex, now: i64) -> Result<(u64, u8, bool)> {
        let token = self.token.load()?;
        let holder = self.holder.load()?;
        let wanted = match &self.mint {
            Some(mint) => Some(index.coin_of(mint.key)?),
            None => None,
        };
        let (mut amount, mut stream, mut complete) = (0, 0, true);
        for due in index.due(&token, &holder, now)? {
            if due.atoms == 0 {
                continue;
            }
            if wanted == Some(due.coin) {
                (amount, stream) = (due.atoms, due.stream);
            } else {
                complete &= index.collected(index.book(due.coin)?.slot).is_err();
            }
        }
        Ok((amount, stream, complete))
    }

    /// Calls `collect_dividend`, and proves that exactly `amount` came.
    #[inline(never)]
    fn claim(&self, amount: u64, signer: &IndexSigner) -> Result<()> {
        let (Some(mint), Some(payout_vault), Some(vault), Some(token_program)) = (
            &self.mint,
            &self.payout_vault,
            &self.vault,
            &self.token_program,
        ) else {
            return Err(IndexError::MissingAccounts.into());
        };
        let before = TokenIo::balance(vault)?;
        let dividend = Dividend {
            program: &self.personal_token_program,
            token: self.token.as_ref(),
            holder: self.holder.as_ref(),
            destination: vault,
            vault: payout_vault,
            mint,
            token_program,
        };
        personal::collect_dividend(&dividend, self.index.as_ref(), &signer.seeds())?;
        let after = TokenIo::balance(vault)?;
        require(
            before.checked_add(amount) == Some(after),
            IndexError::BalanceMismatch,
        )?;
        Ok(())
    }
}
