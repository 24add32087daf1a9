use {
    crate::{
        error::{TokenError, require},
        events::{self, PollAnswered},
        state::{Answer, Holder, PersonalToken, Poll},
    },
    anchor_lang::prelude::*,
};

/// A holder answers a poll with all that their shares weigh in it: the least that they held
/// since before it was put.
#[derive(Accounts)]
pub struct AnswerPollAccounts<'info> {
    /// The holder's wallet.
    pub wallet: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The poll.
    pub poll: AccountLoader<'info, Poll>,
}

pub(crate) fn answer_poll(ctx: Context<AnswerPollAccounts>, answer: Answer) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        let poll = a.poll.load()?;
        let ours = holder.token == key && poll.token == key;
        require(ours, TokenError::WrongToken)?;
        require(holder.wallet == *a.wallet.key, TokenError::NotHolder)?;

        token.release(clock.unix_timestamp)?;
        token.settle(&mut holder)?;
        poll.answer(&mut token, &mut holder, answer, clock.unix_timestamp)?;
        let slot = *poll.slot(&token).ok_or(TokenError::InvariantBroken)?;
        PollAnswered {
            header: token.header(&key, &clock)?,
            poll: poll.number,
            wallet: holder.wallet,
            answer: match answer {
                Answer::For => 0,
                Answer::Against => 1,
                Answer::Withdraw => 2,
            },
            weight: holder.weight(&slot, poll.place.into()),
            in_favor: slot.in_favor,
            against: slot.against,
            eligible: token.eligible()?,
            passed_at: slot.passed_at,
        }
    };

    events::log(&event);
    Ok(())
}
