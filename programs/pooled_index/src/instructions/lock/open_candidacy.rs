use {
    crate::{
        events::{self, CandidacyOpened},
        host::AccountIo,
        seeds,
        state::{Candidacy, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// Somebody stands as candidate for curator.
#[derive(Accounts)]
pub struct OpenCandidacy<'info> {
    /// Signs, pays the candidacy's rent, and gets it back when it is closed.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The candidate, who signs.
    pub candidate: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The candidacy to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub candidacy: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn open_candidacy(ctx: Context<OpenCandidacy>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, candidate) = (a.index.key(), a.candidate.key());
    let seeds = seeds::candidacy(&key, &candidate);
    let bump = AccountIo::create_own::<Candidacy>(&a.payer, &a.candidacy, &seeds)?;
    let event = {
        let mut index = a.index.load_mut()?;
        let mut candidacy = AccountIo::load_new::<Candidacy>(&a.candidacy)?;
        index.open_candidacy(&mut candidacy, &key, &candidate, a.payer.key, bump)?;
        CandidacyOpened {
            header: index.header(&key, &clock)?,
            candidate,
            number: candidacy.number,
        }
    };

    events::log(&event);
    Ok(())
}
