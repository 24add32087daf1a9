use {
    crate::{
        events::{self, ImmovabilityNoted},
        state::PersonalToken,
        token_io,
    },
    anchor_lang::prelude::*,
};

/// Notes whether the state shows that a listed asset cannot move: its vault is frozen or
/// its mint paused. A poll may exempt what was noted from what new shares bring, once the note is
/// a notice old and as long as it still shows so. Anyone may.
#[derive(Accounts)]
pub struct NoteImmovableAccounts<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The mint of a listed asset.
    ///
    /// CHECK: proven by the token.
    pub mint: UncheckedAccount<'info>,
    /// The token's vault of the mint.
    ///
    /// CHECK: proven by the token.
    pub vault: UncheckedAccount<'info>,
}

pub(crate) fn note_immovable(ctx: Context<NoteImmovableAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let event = {
        let mut token = a.token.load_mut()?;
        let place = token.asset_of(a.mint.key)?;
        let immovable = token_io::is_immovable(token.asset(place)?, &a.mint, &a.vault)?;

        let since = token.note_immovable(place, immovable, clock.unix_timestamp)?;
        ImmovabilityNoted {
            header: token.header(a.token.as_ref().key, &clock)?,
            mint: a.mint.key(),
            since,
        }
    };

    events::log(&event);
    Ok(())
}
