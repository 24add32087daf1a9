use {
    super::prove_receiver,
    crate::{
        custody::IndexSigner,
        error::{IndexError, require},
        events::{self, EqualShareCollected},
        host::{AccountIo, ThisProgram},
        state::{Membership, PooledIndex, SlotKind},
    },
    anchor_lang::prelude::*,
    upside_support::Transfer,
};

/// Pays a member what the equal share owes in one coin: anybody to an account of the
/// member from which nobody else can take, the member, who signs then, to any.
#[derive(Accounts)]
pub struct CollectEqualShare<'info> {
    /// The member, who signs if an account is paid from which somebody else may take.
    pub member: Option<Signer<'info>>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// The mint of the coin that is paid.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The index's vault of the coin.
    ///
    /// CHECK: proven by the index.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The member's account of the coin, to which it goes.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// The program that owns the mint.
    ///
    /// CHECK: proven by the index.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn collect_equal_share(ctx: Context<CollectEqualShare>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let (event, decimals, signer) = {
        let mut index = a.index.load_mut()?;
        let mut membership = a.membership.load_mut()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        let slot = index.slot_of(a.mint.key)?;
        let cash = index.constituent(slot)?;
        cash.require(SlotKind::Mint)?;
        AccountIo::same(a.vault.key, &cash.custody)?;
        require(
            *a.token_program.key == cash.token_program(),
            IndexError::WrongTokenProgram,
        )?;
        let (signer, member) = (a.member.as_ref(), &membership.member);
        let shown = ctx.remaining_accounts.first();
        prove_receiver(signer, &a.destination, a.mint.key, member, shown)?;
        let (decimals, place) = (cash.decimals, cash.coin_place()?);

        let amount = index.pay_member(&mut membership, slot)?;
        let event = EqualShareCollected {
            header: index.header(&key, &clock)?,
            token: membership.token,
            member: membership.member,
            place: u64::from(slot),
            amount,
            owed: index.book(place)?.owed,
        };
        (event, decimals, IndexSigner::of(&index))
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals,
        from: &a.vault,
        to: &a.destination,
        authority: a.index.as_ref(),
    }
    .by_seeds::<ThisProgram>(event.amount, &signer.seeds())?;

    events::log(&event);
    Ok(())
}
