use {
    crate::{
        error::{TokenError, require},
        events::{self, ApprovalChanged},
        state::{Amendment, Holder, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// A holder's shares approve the open amendment, or no longer. The approval goes with
/// the holder account: shares that leave it leave the tally, shares that come join it.
#[derive(Accounts)]
pub struct Ballot<'info> {
    /// The holder's wallet.
    pub wallet: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The amendment.
    pub amendment: AccountLoader<'info, Amendment>,
}

fn change(a: &Ballot, approves: bool) -> Result<()> {
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        let amendment = a.amendment.load()?;
        let ours = holder.token == key && amendment.token == key;
        require(ours, TokenError::WrongToken)?;
        require(holder.wallet == *a.wallet.key, TokenError::NotHolder)?;
        amendment.require_open(&token)?;
        amendment.require_alive(clock.unix_timestamp)?;

        if approves {
            token.approve(&mut holder)?;
        } else {
            token.retract(&mut holder)?;
        }
        ApprovalChanged {
            header: token.header(&key, &clock)?,
            amendment: amendment.number,
            wallet: holder.wallet,
            shares: holder.shares,
            approves: u64::from(approves),
            approving: token.approving,
            eligible: token.eligible()?,
        }
    };

    events::log(&event);
    Ok(())
}

/// Approves.
pub(crate) fn approve_amendment(ctx: Context<Ballot>) -> Result<()> {
    change(ctx.accounts, true)
}

/// Retracts the approval.
pub(crate) fn retract_approval(ctx: Context<Ballot>) -> Result<()> {
    change(ctx.accounts, false)
}
