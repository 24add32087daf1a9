use {
    super::subject::{self, Shown},
    crate::{
        error::{IndexError, require},
        events::{self, MembershipTakenOver},
        host::AccountIo,
        state::{Membership, PooledIndex},
    },
    anchor_lang::prelude::*,
    personal_token::state::PersonalToken,
};

/// Makes the token's owner the member, a notice after that was announced. The one before was
/// paid. Anybody may.
#[derive(Accounts)]
pub struct ApplyTakeOver<'info> {
    /// Signs, pays the rent of the new member's subject, and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// The personal token, whose owner becomes the member.
    pub token: AccountLoader<'info, PersonalToken>,
    /// The attestation about the new member; needed if an equal share is paid.
    ///
    /// CHECK: proven by owner, address and fields.
    pub attestation: Option<UncheckedAccount<'info>>,
    /// What keeps this human from another membership; needed likewise, made if it is not there.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub subject: Option<UncheckedAccount<'info>>,
    /// The subject of the member before, if it is another; it is closed.
    ///
    /// CHECK: proven by the membership.
    #[account(mut)]
    pub previous_subject: Option<UncheckedAccount<'info>>,
    /// Who paid that subject's rent and gets it back.
    ///
    /// CHECK: proven by the subject.
    #[account(mut)]
    pub rent_payer: Option<UncheckedAccount<'info>>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn apply_take_over(ctx: Context<ApplyTakeOver>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.index.key();
    let (event, kept, terms) = {
        let mut index = a.index.load_mut()?;
        let mut membership = a.membership.load_mut()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        AccountIo::same(&a.token.key(), &membership.token)?;
        let owner = a.token.load()?.owner;
        let previous = index.apply_take_over(&mut membership, &owner, now)?;
        let event = MembershipTakenOver {
            header: index.header(&key, &clock)?,
            token: membership.token,
            previous,
            member: membership.member,
            locked: membership.locked,
        };
        (event, membership.subject, index.terms)
    };
    let shown = Shown {
        payer: &a.payer,
        attestation: a.attestation.as_deref(),
        subject: a.subject.as_deref(),
    };
    let membership = a.membership.key();
    let subject = shown.prove(&terms, [&key, &membership, &event.member], now)?;
    if subject != kept {
        let (previous, rent_payer) = (&a.previous_subject, &a.rent_payer);
        subject::free(&kept, previous.as_deref(), rent_payer.as_deref())?;
        a.membership.load_mut()?.set_subject(&subject);
    }

    events::log(&event);
    Ok(())
}
