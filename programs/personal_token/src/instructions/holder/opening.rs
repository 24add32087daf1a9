use {
    crate::{
        events::{self, HolderOpened},
        host::AccountIo,
        seeds,
        state::{Holder, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// Opens a wallet's holder account: this is admission. Under `Open` the wallet
/// signs for itself; the owner and the registrar admit anybody under any policy.
#[derive(Accounts)]
pub struct OpenHolder<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The wallet under the admission policy `Open` and in a wind-down, else the owner or the
    /// registrar.
    pub authority: Signer<'info>,
    /// The wallet whose shares will be registered. It need not sign.
    ///
    /// CHECK: any address may hold.
    pub wallet: UncheckedAccount<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The holder account to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub holder: UncheckedAccount<'info>,
    /// The system program, which makes the holder account.
    pub system_program: Program<'info, System>,
}

impl OpenHolder<'_> {
    pub(super) fn admit(&self) -> Result<()> {
        open_account(&self.payer, &self.token, &self.holder, self.wallet.key)
    }
}

/// Makes the holder account of a wallet that is admitted.
#[inline(never)]
pub(crate) fn open_account<'info>(
    payer: &AccountInfo<'info>,
    token: &AccountLoader<'info, PersonalToken>,
    holder: &AccountInfo<'info>,
    wallet: &Pubkey,
) -> Result<()> {
    let clock = Clock::get()?;
    let key = token.key();
    let seeds = seeds::holder(&key, wallet);
    let bump = AccountIo::create_own::<Holder>(payer, holder, &seeds)?;
    let (header, holders) = {
        let mut token = token.load_mut()?;
        let mut holder = AccountIo::load_new::<Holder>(holder)?;
        holder.open(&token, &key, wallet, payer.key, bump);
        token.count_holder()?;
        (token.header(&key, &clock)?, token.holders)
    };

    events::log(&HolderOpened {
        header,
        wallet: *wallet,
        holders,
    });
    Ok(())
}
