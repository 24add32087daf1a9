use {
    crate::{
        custody::IndexSigner,
        error::{IndexError, require},
        events::{self, ConstituentAdded},
        host::AccountIo,
        personal,
        state::{Constituent, IndexStatus, PooledIndex, SlotKind},
    },
    anchor_lang::{prelude::*, system_program},
    personal_token::state::{Holder, PersonalToken, Venue},
};

/// The curator adds a person's token, and opens the index's holder account of it
/// where the token admits everybody; else its owner opened it before.
#[derive(Accounts)]
pub struct AddPersonal<'info> {
    /// Signs and pays the rent of the index's holder account if it is made here.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The curator, who signs.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The personal token to add.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The index's holder account of the token; made here if it is not there.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub holder: UncheckedAccount<'info>,
    /// The personal token program.
    ///
    /// CHECK: proven by its address.
    pub personal_token_program: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn add_personal(ctx: Context<AddPersonal>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    AccountIo::same(a.personal_token_program.key, &personal_token::ID)?;
    let signer = {
        let index = a.index.load()?;
        index.require_curator(a.curator.key)?;
        require(
            index.status()? != IndexStatus::WindDown,
            IndexError::NotActive,
        )?;
        IndexSigner::of(&index)
    };
    if *a.holder.owner == system_program::ID {
        personal::open_holder(
            &a.personal_token_program,
            &a.payer,
            a.index.as_ref(),
            a.token.as_ref(),
            &a.holder,
            &a.system_program,
            &signer.seeds(),
        )?;
    }

    let key = a.token.key();
    let (header, place) = {
        let holder = AccountIo::read::<Holder>(&a.holder)?;
        let own = holder.token == key && holder.wallet == a.index.key();
        require(own, IndexError::WrongHolder)?;
        let free = a.token.load()?.moves_freely() == Ok(true);
        require(
            free || holder.venue == Venue::Open,
            IndexError::NotTransferable,
        )?;
        let mut index = a.index.load_mut()?;
        let place = index.add_constituent(Constituent {
            key,
            custody: a.holder.key(),
            harvested_at: clock.unix_timestamp,
            kind: SlotKind::Personal.into(),
            ..Constituent::default()
        })?;
        (index.header(&a.index.key(), &clock)?, place)
    };

    events::log(&ConstituentAdded {
        header,
        key,
        place: u64::from(place),
        kind: SlotKind::Personal as u64,
    });
    Ok(())
}
