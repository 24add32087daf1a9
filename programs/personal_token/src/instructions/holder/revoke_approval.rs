use {
    crate::{
        error::{TokenError, require},
        events::{self, ApprovalRevoked},
        host::AccountIo,
        state::{Approval, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The owner takes an unused approval back; its rent returns to who paid it.
#[derive(Accounts)]
pub struct RevokeApproval<'info> {
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The approval.
    #[account(mut)]
    pub approval: AccountLoader<'info, Approval>,
    /// Who paid the approval's rent and gets it back.
    ///
    /// CHECK: proven by the approval.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn revoke_approval(ctx: Context<RevokeApproval>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        let approval = a.approval.load()?;
        require(approval.token == key, TokenError::WrongToken)?;
        AccountIo::same(a.rent_payer.key, &approval.rent_payer)?;
        let header = token.header(&key, &clock)?;
        ApprovalRevoked {
            header,
            from: approval.from,
            to: approval.to,
        }
    };
    AccountIo::close(a.approval.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
