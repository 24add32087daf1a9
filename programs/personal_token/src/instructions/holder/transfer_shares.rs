use {
    super::use_up,
    crate::{
        error::{TokenError, require},
        events::{self, SharesTransferred},
        host::AccountIo,
        state::{Holder, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// Moves registered shares between two holders, with their part of the cost, or with
/// another part of it that the sender names: whoever keeps shares of several people in
/// one account gives each their own back. No token moves: both are in the register.
///
/// The three accounts are loaded where they are needed and not by Anchor, which proves them
/// three times over: an index moves the shares of everybody in it through here.
#[derive(Accounts)]
pub struct TransferShares<'info> {
    /// The sender's wallet.
    pub wallet: Signer<'info>,
    /// The token.
    ///
    /// CHECK: proven where it is read.
    #[account(mut)]
    pub token: UncheckedAccount<'info>,
    /// The sender's holder account.
    ///
    /// CHECK: proven where it is read.
    #[account(mut)]
    pub from: UncheckedAccount<'info>,
    /// The receiver's holder account.
    ///
    /// CHECK: proven where it is read.
    #[account(mut)]
    pub to: UncheckedAccount<'info>,
    /// The approval that this uses up, if the transfer policy needs one. It is closed.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub approval: Option<UncheckedAccount<'info>>,
    /// Who paid the approval's rent and gets it back.
    ///
    /// CHECK: proven by the approval.
    #[account(mut)]
    pub approval_rent_payer: Option<UncheckedAccount<'info>>,
}

pub(crate) fn transfer_shares(
    ctx: Context<TransferShares>,
    shares: u64,
    cost: Option<u64>,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    require(shares > 0, TokenError::ZeroAmount)?;
    require(a.from.key != a.to.key, TokenError::SameAccount)?;
    let (event, uses_approval) = {
        let mut token = AccountIo::load::<PersonalToken>(&a.token)?;
        let mut from = AccountIo::load::<Holder>(&a.from)?;
        let mut to = AccountIo::load::<Holder>(&a.to)?;
        require(from.token == key && to.token == key, TokenError::WrongToken)?;
        require(from.wallet == *a.wallet.key, TokenError::NotHolder)?;
        let uses_approval = token.needs_approval(&from, &to)?;

        token.release(clock.unix_timestamp)?;
        let cost = token.change(&mut from, |from| from.remove_with(shares, cost))?;
        token.change(&mut to, |to| {
            to.merge_royalty(from.royalty_bps, shares)?;
            to.receive(shares, cost)
        })?;
        let header = token.header(&key, &clock)?;
        let event = SharesTransferred {
            header,
            from: from.wallet,
            to: to.wallet,
            shares,
            cost,
            from_shares: from.shares,
            to_shares: to.shares,
        };
        (event, uses_approval)
    };
    if uses_approval {
        let (account, payer) = (a.approval.as_deref(), a.approval_rent_payer.as_deref());
        let keys = [&key, &event.from, &event.to];
        use_up(account, payer, keys, shares, clock.unix_timestamp)?;
    }

    events::log(&event);
    Ok(())
}
