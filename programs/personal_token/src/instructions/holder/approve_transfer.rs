use {
    crate::{
        error::{TokenError, require},
        events::{self, TransferApproved},
        host::AccountIo,
        seeds,
        state::{Approval, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// What is approved.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct ApproveTransferArgs {
    /// Wallet that may send.
    pub from: Pubkey,
    /// Wallet that may receive.
    pub to: Pubkey,
    /// Most share atoms that may move, above zero.
    pub shares: u64,
    /// Last second in which the approval can be used, unix time.
    pub expires_at: i64,
}

/// The owner approves one transfer between two wallets. A new approval for the
/// same two replaces the earlier one.
#[derive(Accounts)]
pub struct ApproveTransfer<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The approval to make or replace.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub approval: UncheckedAccount<'info>,
    /// The system program, which makes the approval.
    pub system_program: Program<'info, System>,
}

pub(crate) fn approve_transfer(
    ctx: Context<ApproveTransfer>,
    args: ApproveTransferArgs,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let ApproveTransferArgs {
        from,
        to,
        shares,
        expires_at,
    } = args;
    require(shares > 0, TokenError::ZeroAmount)?;
    require(
        expires_at > clock.unix_timestamp,
        TokenError::ApprovalExpired,
    )?;
    require(from != to, TokenError::SameAccount)?;
    let header = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.header(&key, &clock)?
    };

    let seeds = seeds::approval(&key, &from, &to);
    let (bump, rent_payer) = if *a.approval.owner == crate::ID {
        let bump = AccountIo::prove_address(&a.approval, &seeds)?;
        let rent_payer = AccountIo::load::<Approval>(&a.approval)?.rent_payer;
        (bump, rent_payer)
    } else {
        (
            AccountIo::create_own::<Approval>(&a.payer, &a.approval, &seeds)?,
            a.payer.key(),
        )
    };
    AccountIo::load_new::<Approval>(&a.approval)?.set(
        &key,
        &from,
        &to,
        &rent_payer,
        shares,
        expires_at,
        bump,
    );

    events::log(&TransferApproved {
        header,
        from,
        to,
        shares,
        expires_at,
    });
    Ok(())
}
