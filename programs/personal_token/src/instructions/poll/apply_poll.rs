use {
    super::{Said, about},
    crate::{
        error::{TokenError, require},
        events::{self, AuctionAnnounced, PollApplied, SurplusBooked},
        host::TokenIo,
        instructions::auction::announced,
        state::{Attesters, AuctionBy, Change, Claim, Evidence, Origin, PersonalToken, Poll},
    },
    anchor_lang::prelude::*,
};

/// Anybody applies a poll that passed; the owner alone, if nobody else has shares. If it
/// announces an auction, the accounts behind these are the attestations of all accepted
/// attesters on the claim, in the order of the list.
#[derive(Accounts)]
pub struct ApplyPollAccounts<'info> {
    /// Anybody; the owner if nobody else has shares.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The poll.
    #[account(mut)]
    pub poll: AccountLoader<'info, Poll>,
    /// The claim that the poll is about; `None` for other changes.
    #[account(mut)]
    pub claim: Option<AccountLoader<'info, Claim>>,
    /// The token's attesters, if the poll is about one of them or announces an auction.
    #[account(mut)]
    pub attesters: Option<AccountLoader<'info, Attesters>>,
    /// The vault whose surplus the poll books; `None` for other changes.
    ///
    /// CHECK: proven by the token's list.
    pub vault: Option<UncheckedAccount<'info>>,
}

pub(crate) fn apply_poll<'info>(ctx: Context<'info, ApplyPollAccounts<'info>>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.token.key(), clock.unix_timestamp);
    let change = a.poll.load()?.change()?;
    let balance = a.balance(&change)?;
    let said = Said {
        claim: a.claim.as_ref(),
        attesters: a.attesters.as_ref(),
        signed: ctx.remaining_accounts,
    };
    let evidence = said.weigh(&a.token, &change, now)?;
    let applied = {
        let mut token = a.token.load_mut()?;
        let mut poll = a.poll.load_mut()?;
        require(poll.token == key, TokenError::WrongToken)?;
        let owner = token.owner == *a.authority.key;
        if owner {
            token.require_owner(a.authority.key, &clock)?;
        }
        let alone = owner && token.is_owners_alone(token.owner_shares);
        poll.require_applicable(&token, alone, now)?;
        let slot = *poll.slot(&token).ok_or(TokenError::PollNotOpen)?;
        let mut claim = a.claim.as_ref().map(AccountLoader::load_mut).transpose()?;
        let mut list = a
            .attesters
            .as_ref()
            .map(AccountLoader::load_mut)
            .transpose()?;
        let about = about(&key, &change, claim.as_deref(), list.as_deref(), evidence)?;

        poll.apply(&mut token, &about, now)?;
        if let Some(claim) = &mut claim {
            claim.apply_poll(&change, now)?;
        }
        match (&change, &mut list) {
            (Change::AcceptAttester(attester), Some(list)) => {
                list.accept(attester, &token.owner, Origin::Poll, now)?;
            }
            (Change::RemoveAttester(attester), Some(list)) => list.expel(attester)?,
            _ => {}
        }
        PollApplied {
            header: token.header(&key, &clock)?,
            poll: poll.number,
            kind: u64::from(poll.kind),
            claim: poll.claim,
            subject: poll.subject,
            before: poll.before.value,
            after: poll.after.value,
            in_favor: slot.in_favor,
            against: slot.against,
            eligible: token.eligible()?,
            terms_version: token.terms_version,
        }
    };

    let auction = a.announce(&change, evidence.as_ref(), &clock)?;
    let booked = a.book(&change, balance, &clock)?;

    events::log(&applied);
    if let Some(auction) = auction {
        events::log(&auction);
    }
    if let Some(booked) = booked {
        events::log(&booked);
    }
    Ok(())
}

impl ApplyPollAccounts<'_> {
    /// What the vault holds whose surplus `change` books; `None` for other changes. Errors:
    /// `VaultRequired`, `AssetNotListed`, `WrongAccount`.
    #[inline(never)]
    fn balance(&self, change: &Change) -> Result<Option<u64>> {
        let named = self.vault.is_some() == change.surplus().is_some();
        require(named, TokenError::VaultRequired)?;
        let (Some(vault), Some(place)) = (&self.vault, change.surplus()) else {
            return Ok(None);
        };
        let expected = self.token.load()?.asset(place.into())?.vault;
        require(*vault.key == expected, TokenError::WrongAccount)?;
        Ok(Some(TokenIo::balance(vault)?))
    }

    /// Announces the auction of a change that passed.
    #[inline(never)]
    fn announce(
        &self,
        change: &Change,
        evidence: Option<&Evidence>,
        clock: &Clock,
    ) -> Result<Option<AuctionAnnounced>> {
        let (Some(claim), Some(evidence)) = (&self.claim, evidence) else {
            return Ok(None);
        };
        let Some(terms) = change.auction()? else {
            return Ok(None);
        };
        let (mut token, mut claim) = (self.token.load_mut()?, claim.load_mut()?);
        let starts_at = token.after_notice(clock.unix_timestamp)?;
        let by = AuctionBy::Poll(self.poll.load()?.number);
        claim.announce_auction(&terms, evidence, by, starts_at, clock.unix_timestamp)?;
        let header = token.header(&self.token.key(), clock)?;
        Ok(Some(announced(header, &claim)))
    }

    /// Books the surplus of a change that passed, where the vault holds `balance`.
    #[inline(never)]
    fn book(
        &self,
        change: &Change,
        balance: Option<u64>,
        clock: &Clock,
    ) -> Result<Option<SurplusBooked>> {
        let (Some(place), Some(balance)) = (change.surplus(), balance) else {
            return Ok(None);
        };
        let mut token = self.token.load_mut()?;
        let place = usize::from(place);
        let effects = token.book_surplus(place, balance)?;
        token.invariant()?;
        Ok(Some(SurplusBooked {
            header: token.header(&self.token.key(), clock)?,
            mint: token.asset(place)?.mint,
            found: effects.found,
            reserve: effects.reserve,
        }))
    }
}
