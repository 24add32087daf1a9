use {
    crate::{
        error::{TokenError, require},
        events::{self, LossBooked},
        host::TokenIo,
        state::PersonalToken,
    },
    anchor_lang::prelude::*,
};

/// Takes what a vault lacks out of its books, because the asset's issuer seized or burned
/// atoms: first out of the endowment, which is the owner's, then out of the reserve.
/// Anyone may.
#[derive(Accounts)]
pub struct BookLossAccounts<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The vault of the asset that lost atoms.
    ///
    /// CHECK: proven by the token's list.
    pub vault: UncheckedAccount<'info>,
}

pub(crate) fn book_loss(ctx: Context<BookLossAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let balance = TokenIo::balance(&a.vault)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let place = token.vault_place(a.vault.key)?;
        let asset = token.asset_mut(place)?;

        let effects = asset.book_loss(balance)?;
        let lost = effects.from_endowment > 0 || effects.from_reserve > 0;
        require(lost, TokenError::NothingToSync)?;
        let (mint, reserve) = (asset.mint, asset.reserve);
        LossBooked {
            header: token.header(a.token.as_ref().key, &clock)?,
            mint,
            from_endowment: effects.from_endowment,
            from_reserve: effects.from_reserve,
            reserve,
        }
    };

    events::log(&event);
    Ok(())
}
