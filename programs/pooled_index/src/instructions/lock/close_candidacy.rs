use {
    crate::{
        events::{self, CandidacyClosed},
        host::AccountIo,
        state::{Candidacy, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// A candidate gives up. Locks that backed them back nobody.
#[derive(Accounts)]
pub struct CloseCandidacy<'info> {
    /// The candidate, who signs.
    pub candidate: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The candidacy; it is closed.
    #[account(mut)]
    pub candidacy: AccountLoader<'info, Candidacy>,
    /// Who paid the candidacy's rent and gets it back.
    ///
    /// CHECK: proven by the candidacy.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn close_candidacy(ctx: Context<CloseCandidacy>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let event = {
        let candidacy = a.candidacy.load()?;
        candidacy.require(&key)?;
        candidacy.require_candidate(a.candidate.key)?;
        AccountIo::same(a.rent_payer.key, &candidacy.rent_payer)?;
        CandidacyClosed {
            header: a.index.load_mut()?.header(&key, &clock)?,
            candidate: candidacy.candidate,
        }
    };
    AccountIo::close(a.candidacy.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
