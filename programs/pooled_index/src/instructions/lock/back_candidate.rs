use {
    super::open_candidacy_of,
    crate::{
        error::{IndexError, require},
        events::{self, CandidateBacked},
        state::{Candidacy, Lock, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// A lock that is a whole notice old backs a candidate with all of its shares, or nobody. It
/// backs one at a time.
#[derive(Accounts)]
pub struct BackCandidate<'info> {
    /// The wallet whose lock it is; it signs.
    pub wallet: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The lock.
    #[account(mut)]
    pub lock: AccountLoader<'info, Lock>,
    /// The candidacy to back; without it the lock backs nobody.
    #[account(mut)]
    pub candidacy: Option<AccountLoader<'info, Candidacy>>,
    /// The candidacy that the lock backed until now, open or closed, if it is another.
    ///
    /// CHECK: proven by the lock.
    #[account(mut)]
    pub previous: Option<UncheckedAccount<'info>>,
}

pub(crate) fn back_candidate(ctx: Context<BackCandidate>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.index.key();
    let mut index = a.index.load_mut()?;
    let mut lock = a.lock.load_mut()?;
    lock.require(&key, a.wallet.key)?;
    let (candidate, support) = match &a.candidacy {
        Some(account) => {
            let other = lock.candidacy != account.key() && lock.candidacy != Pubkey::default();
            if other {
                let previous = a.previous.as_deref();
                let mut backed = open_candidacy_of(&lock, previous)?;
                index.back_nobody(&mut lock, backed.as_deref_mut())?;
            }
            let mut candidacy = account.load_mut()?;
            candidacy.require(&key)?;
            index.back(&mut lock, &account.key(), &mut candidacy, now)?;
            (candidacy.candidate, candidacy.support)
        }
        None => {
            let backs = lock.candidacy != Pubkey::default();
            require(backs, IndexError::VoteUnchanged)?;
            let mut backed = open_candidacy_of(&lock, a.previous.as_deref())?;
            index.back_nobody(&mut lock, backed.as_deref_mut())?;
            (Pubkey::default(), 0)
        }
    };

    events::log(&CandidateBacked {
        header: index.header(&key, &clock)?,
        wallet: a.wallet.key(),
        candidate,
        weight: lock.backing,
        support,
    });
    Ok(())
}
