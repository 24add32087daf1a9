use {
    crate::{
        error::{TokenError, require},
        events::{self, AttesterAccepted},
        host::AccountIo,
        seeds,
        state::{Attesters, Origin, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The owner names attesters before anybody else holds or buys shares: whoever buys
/// accepts them. The first call makes the list. Later a poll of holders accepts them, for
/// which anybody makes an empty list.
#[derive(Accounts)]
pub struct AddAttesters<'info> {
    /// Pays the rent of the list and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner; to make an empty list anybody.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The token's attesters, which may not exist yet.
    ///
    /// CHECK: proven by their seeds where they are made, else by their fields.
    #[account(mut)]
    pub attesters: UncheckedAccount<'info>,
    /// The system program, which makes the list.
    pub system_program: Program<'info, System>,
}

pub(crate) fn add_attesters(ctx: Context<AddAttesters>, attesters: Vec<Pubkey>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let missing = *a.attesters.owner != crate::ID;
    let mut token = a.token.load_mut()?;
    if attesters.is_empty() {
        require(missing, TokenError::InvalidAttester)?;
    } else {
        token.require_owner(a.owner.key, &clock)?;
        token.require_active()?;
        let alone = token.is_owners_alone(token.owner_shares);
        require(alone, TokenError::NotAlone)?;
    }
    if missing {
        let seeds = seeds::attesters(&key);
        let bump = AccountIo::create_own::<Attesters>(&a.payer, &a.attesters, &seeds)?;
        AccountIo::load_new::<Attesters>(&a.attesters)?.open(&key, a.payer.key, bump);
    }

    for attester in &attesters {
        let header = {
            let mut list = AccountIo::load::<Attesters>(&a.attesters)?;
            require(list.token == key, TokenError::WrongToken)?;
            list.accept(attester, a.owner.key, Origin::Owner, clock.unix_timestamp)?;
            token.header(&key, &clock)?
        };
        events::log(&AttesterAccepted {
            header,
            attester: *attester,
            origin: u64::from(Origin::Owner as u8),
        });
    }
    Ok(())
}
