use {
    super::{Said, about},
    crate::{
        error::{TokenError, require},
        events::{self, AuctionAsked, PollPut},
        host::AccountIo,
        seeds,
        state::{Attesters, Change, Claim, Holder, PersonalToken, Poll, Question},
    },
    anchor_lang::prelude::*,
};

/// What is asked.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct PutPollArgs {
    /// What it changes.
    pub change: Change,
    /// SHA-256 of what it says in full.
    pub document: [u8; 32],
}

/// The owner, or a wallet with 1 % of the eligible shares, puts a question to the holders.
/// If it announces an auction, the accounts behind these are the attestations of all accepted
/// attesters on the claim, in the order of the list.
#[derive(Accounts)]
pub struct PutPollAccounts<'info> {
    /// Pays the rent and gets it back when the poll is closed.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Who puts the poll: the owner or a holder.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The holder account of who puts the poll; `None` if that is the owner.
    #[account(mut)]
    pub holder: Option<AccountLoader<'info, Holder>>,
    /// The poll to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub poll: UncheckedAccount<'info>,
    /// The claim that the poll is about; `None` for other changes.
    pub claim: Option<AccountLoader<'info, Claim>>,
    /// The token's attesters, if the poll is about one of them or announces an auction.
    pub attesters: Option<AccountLoader<'info, Attesters>>,
    /// The system program, which makes the poll.
    pub system_program: Program<'info, System>,
}

pub(crate) fn put_poll<'info>(
    ctx: Context<'info, PutPollAccounts<'info>>,
    args: PutPollArgs,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.token.key(), clock.unix_timestamp);
    let number = {
        let mut token = a.token.load_mut()?;
        if token.owner == *a.authority.key {
            token.require_owner(a.authority.key, &clock)?;
        }
        token.poll_seq
    };

    let bytes = number.to_le_bytes();
    let seeds = seeds::poll(&key, &bytes);
    let bump = AccountIo::create_own::<Poll>(&a.payer, &a.poll, &seeds)?;
    let said = Said {
        claim: a.claim.as_ref(),
        attesters: a.attesters.as_ref(),
        signed: ctx.remaining_accounts,
    };
    let evidence = said.weigh(&a.token, &args.change, now)?;
    let put = {
        let mut token = a.token.load_mut()?;
        let mut poll = AccountIo::load_new::<Poll>(&a.poll)?;
        let mut holder = a.holder.as_ref().map(AccountLoader::load_mut).transpose()?;
        if let Some(holder) = &holder {
            require(holder.token == key, TokenError::WrongToken)?;
            require(holder.wallet == *a.authority.key, TokenError::NotHolder)?;
        }
        let claim = a.claim.as_ref().map(AccountLoader::load).transpose()?;
        let attesters = a.attesters.as_ref().map(AccountLoader::load).transpose()?;
        let (claim, list) = (claim.as_deref(), attesters.as_deref());
        let about = about(&key, &args.change, claim, list, evidence)?;
        let by = Question {
            token: &key,
            by: a.authority.key,
            rent_payer: a.payer.key,
            bump,
            change: args.change,
            document: args.document,
        };

        poll.put(&by, &mut token, holder.as_deref_mut(), &about, now)?;
        PollPut {
            header: token.header(&key, &clock)?,
            poll: number,
            place: u64::from(poll.place),
            kind: u64::from(poll.kind),
            against_holders: u64::from(poll.is_against_holders(&token)?),
            claim: poll.claim,
            subject: poll.subject,
            before: poll.before.value,
            after: poll.after.value,
            share_bps: u64::from(poll.after.share_bps),
            ends_at: poll.after.ends_at,
            document: poll.document,
            by: poll.put_by,
            eligible: token.eligible()?,
            supply: poll.supply,
            lapses_at: poll.lapses_at,
        }
    };

    let poll = AccountIo::read::<Poll>(&a.poll)?;
    let asked = a.asked(&args.change, &poll, &clock)?;

    events::log(&put);
    if let Some(asked) = asked {
        events::log(&asked);
    }
    Ok(())
}

impl PutPollAccounts<'_> {
    /// The event of the auction that `change` asks for.
    #[inline(never)]
    fn asked(&self, change: &Change, poll: &Poll, clock: &Clock) -> Result<Option<AuctionAsked>> {
        let Some(terms) = change.auction()? else {
            return Ok(None);
        };
        let mut token = self.token.load_mut()?;
        Ok(Some(AuctionAsked {
            header: token.header(&self.token.key(), clock)?,
            poll: poll.number,
            claim: poll.claim,
            units: terms.units,
            start: terms.start,
            end: terms.end,
            seconds: u64::from(terms.seconds),
            noted: poll.before.value,
        }))
    }
}
