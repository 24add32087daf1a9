use {
    crate::{
        events::{self, NameAnnounced},
        host::AccountIo,
        instructions::token::is_owners_alone,
        seeds,
        state::{NameTexts, Naming, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The owner announces another name, symbol or URI, in place of what was announced before.
/// It may be applied at once if nobody else has shares, else after the notice. With no text
/// at all, cancels what was announced.
#[derive(Accounts)]
pub struct AnnounceNameAccounts<'info> {
    /// Pays the rent of the names and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The token's names, made with the first announcement.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub naming: UncheckedAccount<'info>,
    /// The owner's holder account, which may not exist.
    ///
    /// CHECK: proven by its seeds.
    pub owner_holder: UncheckedAccount<'info>,
    /// The system program, which makes the account of the names.
    pub system_program: Program<'info, System>,
}

pub(crate) fn announce_name(ctx: Context<AnnounceNameAccounts>, texts: NameTexts) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.token.key();
    let effective_at = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        if is_owners_alone(&token, &key, &a.owner_holder)? {
            now
        } else {
            token.after_notice(now)?
        }
    };

    let seeds = seeds::naming(&key);
    if *a.naming.owner == crate::ID {
        AccountIo::prove_address(&a.naming, &seeds)?;
    } else {
        let bump = AccountIo::create_own::<Naming>(&a.payer, &a.naming, &seeds)?;
        AccountIo::load_new::<Naming>(&a.naming)?.open(&key, a.payer.key, bump);
    }
    let event = {
        let mut naming = AccountIo::load::<Naming>(&a.naming)?;
        let cancels = texts == NameTexts::default();
        let effective_at = if cancels {
            naming.cancel()?
        } else {
            naming.announce(&texts, now, effective_at)?;
            effective_at
        };
        NameAnnounced {
            header: a.token.load_mut()?.header(&key, &clock)?,
            changes: u64::from(naming.changes),
            name: naming.name,
            symbol: naming.symbol,
            effective_at,
        }
    };

    events::log(&event);
    Ok(())
}
