use {
    crate::{
        events::{self, SurplusBooked},
        host::TokenIo,
        state::PersonalToken,
    },
    anchor_lang::prelude::*,
};

/// Books what a vault holds beyond its counters into the reserve. Only the owner may, or a
/// poll of holders: a stranger could block a round with what they sent. In a wind-down
/// anybody may.
#[derive(Accounts)]
pub struct BookSurplusAccounts<'info> {
    /// The owner; in a wind-down anybody.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The vault that holds more than its counters.
    ///
    /// CHECK: proven by the token's list.
    pub vault: UncheckedAccount<'info>,
}

pub(crate) fn book_surplus(ctx: Context<BookSurplusAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let balance = TokenIo::balance(&a.vault)?;
    let event = {
        let mut token = a.token.load_mut()?;
        if token.require_active().is_ok() {
            token.require_owner(a.authority.key, &clock)?;
        }
        let place = token.vault_place(a.vault.key)?;
        let mint = token.asset(place)?.mint;

        let effects = token.book_surplus(place, balance)?;
        SurplusBooked {
            header: token.header(a.token.as_ref().key, &clock)?,
            mint,
            found: effects.found,
            reserve: effects.reserve,
        }
    };

    events::log(&event);
    Ok(())
}
