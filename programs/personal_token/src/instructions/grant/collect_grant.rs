use {
    crate::{
        error::{TokenError, require},
        events::{self, GrantCollected},
        host::AccountIo,
        instructions::holder::open_account,
        state::{Grant, Holder, PersonalToken, whole},
    },
    anchor_lang::prelude::*,
};

/// The beneficiary takes what has vested, with what these shares earned since the grant was
/// accepted. A missing holder account is opened: the owner's offer admitted its wallet.
#[derive(Accounts)]
pub struct CollectGrantAccounts<'info> {
    /// Pays the rent of the holder account if it is missing, and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The beneficiary.
    pub beneficiary: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The grant.
    #[account(mut)]
    pub grant: AccountLoader<'info, Grant>,
    /// The beneficiary's holder account.
    ///
    /// CHECK: proven by its fields, or by its seeds if it is made.
    #[account(mut)]
    pub holder: UncheckedAccount<'info>,
    /// The system program, which makes the holder account.
    pub system_program: Program<'info, System>,
}

pub(crate) fn collect_grant(ctx: Context<CollectGrantAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, wallet, now) = (a.token.key(), a.beneficiary.key(), clock.unix_timestamp);
    {
        let grant = a.grant.load()?;
        require(grant.token == key, TokenError::WrongToken)?;
        require(grant.beneficiary == wallet, TokenError::NotBeneficiary)?;
    }
    if *a.holder.owner != crate::ID {
        open_account(&a.payer, &a.token, &a.holder, &wallet)?;
    }
    let event = {
        let mut token = a.token.load_mut()?;
        let mut grant = a.grant.load_mut()?;
        let mut holder = AccountIo::load::<Holder>(&a.holder)?;
        require(holder.token == key, TokenError::WrongToken)?;
        require(holder.wallet == wallet, TokenError::NotHolder)?;

        token.release(now)?;
        let shares = grant.collect(&token, now)?;
        let earned = grant.earned(&token, shares)?;
        token.hand_over(&mut holder, shares, 0, &grant.since, &grant.royalty)?;
        GrantCollected {
            header: token.header(&key, &clock)?,
            grant: grant.number,
            beneficiary: wallet,
            shares,
            earned: whole(&earned),
            held: grant.held()?,
            holder_shares: holder.shares,
        }
    };

    events::log(&event);
    Ok(())
}
