use {
    crate::{
        events::{self, CandidacyClosed, CandidacyOpened},
        host::AccountIo,
        seeds,
        state::{Candidacy, Index},
    },
    anchor_lang::prelude::*,
};

/// Somebody stands as candidate for curator.
#[derive(Accounts)]
pub struct OpenCandidacy<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The candidate.
    pub candidate: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// CHECK: the candidacy to make, proven by its seeds.
    #[account(mut)]
    pub candidacy: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn open_candidacy(ctx: Context<OpenCandidacy>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, candidate) = (a.index.key(), a.candidate.key());
    let seeds: [&[u8]; 3] = [seeds::CANDIDACY, key.as_ref(), candidate.as_ref()];
    let bump = AccountIo::create_own::<Candidacy>(&a.payer, &a.candidacy, &seeds)?;
    let event = {
        let mut index = a.index.load_mut()?;
        let mut candidacy = AccountIo::load_new::<Candidacy>(&a.candidacy)?;
        index.open_candidacy(&mut candidacy, &key, &candidate, a.payer.key)?;
        candidacy.bump = bump;
        CandidacyOpened {
            header: index.header(&key, &clock)?,
            candidate,
            number: candidacy.number,
        }
    };

    events::log(&event);
    Ok(())
}

/// A candidate gives up. Locks that backed them back nobody.
#[derive(Accounts)]
pub struct CloseCandidacy<'info> {
    /// The candidate.
    pub candidate: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The candidacy; it is closed.
    #[account(mut)]
    pub candidacy: AccountLoader<'info, Candidacy>,
    /// CHECK: who paid the candidacy's rent, proven by the candidacy.
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
