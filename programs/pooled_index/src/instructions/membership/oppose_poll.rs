use {
    crate::{
        custody::IndexSigner,
        error::{IndexError, require},
        events::{self, PollOpposed},
        host::AccountIo,
        personal::{self, Answering},
        state::PooledIndex,
    },
    anchor_lang::prelude::*,
    personal_token::state::{Change, Holder, PersonalToken, Poll},
};

/// The index answers against a poll that changes how many shares of a person there may be,
/// with all that its shares weigh in it. In any other poll it never answers. Anybody may.
#[derive(Accounts)]
pub struct OpposePoll<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The personal token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The index's holder account of it.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The poll that is answered.
    pub poll: AccountLoader<'info, Poll>,
    /// The personal token program.
    ///
    /// CHECK: proven by its address before it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

pub(crate) fn oppose_poll(ctx: Context<OpposePoll>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, token) = (a.index.key(), a.token.key());
    AccountIo::same(a.personal_token_program.key, &personal_token::ID)?;
    let (event, signer) = {
        let mut index = a.index.load_mut()?;
        let holder = a.holder.load()?;
        let own = holder.wallet == key && holder.token == token;
        require(own, IndexError::WrongHolder)?;
        let poll = a.poll.load()?;
        AccountIo::same(&token, &poll.token)?;
        let printing = matches!(poll.change(), Ok(Change::SupplyCap(_) | Change::Room(_)));
        require(printing, IndexError::NotOpposed)?;
        let event = PollOpposed {
            header: index.header(&key, &clock)?,
            token,
            poll: poll.number,
        };
        (event, IndexSigner::of(&index))
    };

    let answering = Answering {
        program: &a.personal_token_program,
        token: a.token.as_ref(),
        holder: a.holder.as_ref(),
        poll: a.poll.as_ref(),
    };
    personal::answer_against(&answering, a.index.as_ref(), &signer.seeds())?;

    events::log(&event);
    Ok(())
}
