use {
    crate::{
        error::TokenError,
        events::{self, GrantMade},
        host::{AccountIo, TokenIo},
        seeds,
        state::{Brought, Grant, GrantTerms, Holder, PersonalToken},
        token_io::{self, TokenSigner},
    },
    anchor_lang::prelude::*,
};

/// The owner grants new shares that vest over time. Both sides sign.
#[derive(Accounts)]
pub struct MakeGrant<'info> {
    /// Pays the rent of both accounts and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner.
    pub owner: Signer<'info>,
    /// Who gets the shares as they vest.
    pub beneficiary: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// CHECK: the grant to make, proven by its seeds.
    #[account(mut)]
    pub grant: UncheckedAccount<'info>,
    /// CHECK: the grant's own holder account to make, proven by its seeds.
    #[account(mut)]
    pub holder: UncheckedAccount<'info>,
    /// CHECK: the share mint, proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the register, proven by the token.
    #[account(mut)]
    pub register: UncheckedAccount<'info>,
    /// CHECK: Token-2022, proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

impl MakeGrant<'_> {
    /// Makes the grant's holder account. One that somebody opened before is no obstacle.
    #[inline(never)]
    fn open_holder(&self) -> Result<()> {
        let (key, wallet) = (self.token.key(), self.grant.key());
        let seeds: [&[u8]; 3] = [seeds::HOLDER, key.as_ref(), wallet.as_ref()];
        if *self.holder.owner == crate::ID {
            AccountIo::prove_address(&self.holder, &seeds)?;
            return Ok(());
        }
        let bump = AccountIo::create_own::<Holder>(&self.payer, &self.holder, &seeds)?;
        let mut token = self.token.load_mut()?;
        let mut holder = AccountIo::load_new::<Holder>(&self.holder)?;
        holder.open(&token, &key, &wallet, self.payer.key, bump);
        token.holders = token.holders.checked_add(1).ok_or(TokenError::Overflow)?;
        Ok(())
    }
}

pub(crate) fn make_grant(ctx: Context<MakeGrant>, terms: GrantTerms) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, beneficiary) = (a.token.key(), a.beneficiary.key());
    terms.validate(clock.unix_timestamp)?;
    let number = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.require_running()?;
        token_io::prove_shares(&token, &a.mint, &a.register, &a.token_2022_program)?;
        token.observe_supply(TokenIo::mint_supply(&a.mint)?)?;
        token.require_no_escrow()?;
        token.require_room(terms.shares, clock.unix_timestamp)?;
        token.grants
    };

    let bytes = number.to_le_bytes();
    let seeds: [&[u8]; 3] = [seeds::GRANT, key.as_ref(), &bytes];
    let bump = AccountIo::create_own::<Grant>(&a.payer, &a.grant, &seeds)?;
    a.open_holder()?;
    let (event, signer) = {
        let mut token = a.token.load_mut()?;
        let mut holder = AccountIo::load::<Holder>(&a.holder)?;
        let mut grant = AccountIo::load_new::<Grant>(&a.grant)?;
        grant.bump = bump;
        grant.open(&key, &beneficiary, a.payer.key, number, &terms);
        token.grants = number.checked_add(1).ok_or(TokenError::Overflow)?;
        token.release(clock.unix_timestamp)?;
        let parts = token.parts(terms.shares, 0)?;
        let by = Brought::ByEndowment;
        token.create_shares(terms.shares, &parts, by, clock.unix_timestamp)?;
        token.grant(&mut holder, terms.shares)?;
        let event = GrantMade {
            header: token.header(&key, &clock)?,
            grant: number,
            beneficiary,
            shares: terms.shares,
            start: terms.start,
            cliff_seconds: u64::from(terms.cliff_seconds),
            duration_seconds: u64::from(terms.duration_seconds),
            revocable: u64::from(terms.revocable),
            supply: token.supply,
        };
        (event, TokenSigner::of(&token))
    };

    TokenIo::mint_to(
        &a.token_2022_program,
        &a.mint,
        &a.register,
        a.token.as_ref(),
        terms.shares,
        &signer.seeds(),
    )?;

    events::log(&event);
    Ok(())
}
