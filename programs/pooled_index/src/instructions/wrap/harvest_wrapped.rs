use {
    crate::{
        custody::IndexSigner,
        error::{IndexError, ProgramResult, foreign, require},
        events::{self, WrappedHarvested},
        host::{AccountIo, TokenIo},
        personal::{self, Dividend},
        state::{PooledIndex, SlotKind, Wrapper},
    },
    anchor_lang::prelude::*,
    personal_token::state::{Holder, PersonalToken},
};

/// Collects what a wrapped person owes in one coin: what was due before the wrap goes to
/// the index, as a harvest does, the rest to the pot of the tickets. Anybody may.
#[derive(Accounts)]
pub struct HarvestWrappedAccounts<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The wrapper.
    #[account(mut)]
    pub wrapper: AccountLoader<'info, Wrapper>,
    /// The personal token that owes the dividend.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The index's holder account of it.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The payout mint, which is a coin of the index.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The token's vault of the payout mint.
    ///
    /// CHECK: the personal token program proves it.
    #[account(mut)]
    pub payout_vault: UncheckedAccount<'info>,
    /// The index's vault of the payout mint.
    ///
    /// CHECK: proven by the index.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The program that owns the payout mint.
    ///
    /// CHECK: proven by the index.
    pub token_program: UncheckedAccount<'info>,
    /// The personal token program.
    ///
    /// CHECK: proven by its address before it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

pub(crate) fn harvest_wrapped(ctx: Context<HarvestWrappedAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (now, key) = (clock.unix_timestamp, a.index.key());
    let amount = a.collectable(now)?;
    let (event, signer) = {
        let mut index = a.index.load_mut()?;
        let mut wrapper = a.wrapper.load_mut()?;
        a.prove(&index, &wrapper)?;
        let place = index.pot_place(a.mint.key)?;
        let parts = index.harvest_wrapped(&mut wrapper, place, amount, now)?;
        let event = WrappedHarvested {
            header: index.header(&key, &clock)?,
            place: u64::from(wrapper.slot),
            token: a.token.key(),
            mint: a.mint.key(),
            amount,
            to_members: parts.to_members,
            to_pot: parts.to_pot,
        };
        (event, IndexSigner::of(&index))
    };

    let before = TokenIo::balance(&a.vault)?;
    let dividend = Dividend {
        program: &a.personal_token_program,
        token: a.token.as_ref(),
        holder: a.holder.as_ref(),
        destination: &a.vault,
        vault: &a.payout_vault,
        mint: &a.mint,
        token_program: &a.token_program,
    };
    personal::collect_dividend(&dividend, a.index.as_ref(), &signer.seeds())?;
    let exact = before.checked_add(amount) == Some(TokenIo::balance(&a.vault)?);
    require(exact, IndexError::BalanceMismatch)?;

    events::log(&event);
    Ok(())
}

impl HarvestWrappedAccounts<'_> {
    fn prove(&self, index: &PooledIndex, wrapper: &Wrapper) -> ProgramResult<()> {
        require(wrapper.index == self.index.key(), IndexError::WrongIndex)?;
        require(wrapper.kind == SlotKind::Personal, IndexError::WrongKind)?;
        AccountIo::same(self.token.as_ref().key, &wrapper.key)?;
        AccountIo::same(self.holder.as_ref().key, &wrapper.custody)?;
        AccountIo::same(self.personal_token_program.key, &personal_token::ID)?;
        let coin = index.book(index.pot_place(self.mint.key)?)?;
        let coin = index.constituent(coin.slot)?;
        require(!coin.is_wrapped(), IndexError::CoinWrapped)?;
        AccountIo::same(self.vault.key, &coin.custody)?;
        require(
            *self.token_program.key == coin.token_program(),
            IndexError::WrongTokenProgram,
        )
    }

    /// Atoms that the token owes in the mint. Errors: `NothingToCollect`.
    #[inline(never)]
    fn collectable(&self, now: i64) -> Result<u64> {
        let token = self.token.load()?;
        let holder = self.holder.load()?;
        for (place, stream) in token.active_streams().map_err(foreign)?.iter().enumerate() {
            let asset = token.asset(usize::from(stream.asset)).map_err(foreign)?;
            if asset.mint == *self.mint.key {
                let (atoms, _) = token.dividend(&holder, place, now).map_err(foreign)?;
                require(!atoms.is_zero(), IndexError::NothingToCollect)?;
                return Ok(atoms.0);
            }
        }
        Err(IndexError::NothingToCollect.into())
    }
}
