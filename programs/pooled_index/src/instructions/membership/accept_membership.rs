use {
    super::subject::Shown,
    crate::{
        custody::{self, Accounts as Constituents, IndexSigner, Personal},
        error::{IndexError, require},
        events::{self, MembershipAccepted},
        host::{AccountIo, TokenIo},
        instructions::{is_settled, share::*},
        seeds,
        state::{Membership, Offer},
    },
    anchor_lang::{prelude::*, system_program},
    personal_token::state::{Holder, PersonalToken},
};

/// The bounds that a person signs.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcceptArgs {
    /// Most share atoms of the personal token to give.
    pub most_gives: u64,
    /// Least share atoms of the index to get, locked ones among them.
    pub least_index_shares: u64,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

/// The owner of a personal token accepts an offer: gives shares of the token, and gets
/// shares of the index, half of which are locked until the membership ended. Whoever is no
/// member becomes one.
#[derive(Accounts)]
pub struct AcceptMembership<'info> {
    /// Signs, pays the rent of a new membership and its subject, and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The token's owner, who signs and gives shares of the token.
    pub owner: Signer<'info>,
    /// The index, its share mint and the owner's share account.
    pub shares: ShareAccounts<'info>,
    /// The index's own account of its shares, in which half of the new ones is locked.
    ///
    /// CHECK: proven by its address.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The offer; it is closed.
    #[account(mut)]
    pub offer: AccountLoader<'info, Offer>,
    /// Who paid the offer's rent and gets it back.
    ///
    /// CHECK: proven by the offer.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// The membership; made here for a new member.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub membership: UncheckedAccount<'info>,
    /// The personal token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The owner's holder account, from which shares of the token come.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub from: UncheckedAccount<'info>,
    /// The index's holder account, to which they go.
    ///
    /// CHECK: proven by the index.
    #[account(mut)]
    pub to: UncheckedAccount<'info>,
    /// The attestation about a new member; needed if an equal share is paid.
    ///
    /// CHECK: proven by owner, address and fields.
    pub attestation: Option<UncheckedAccount<'info>>,
    /// What keeps this human from another membership; needed likewise, made if it is not there.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub subject: Option<UncheckedAccount<'info>>,
    /// The personal token program.
    ///
    /// CHECK: proven by its address before it is called.
    pub personal_token_program: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn accept_membership(ctx: Context<AcceptMembership>, args: AcceptArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    require_in_time(clock.unix_timestamp, args.deadline)?;
    let personal = Personal {
        program: &a.personal_token_program,
        token: a.token.as_ref(),
        theirs: &a.from,
        ours: &a.to,
    };
    let gives = a.deal(&personal, clock.unix_timestamp)?;
    a.become_member(clock.unix_timestamp)?;
    let effects = a.commit(&args, gives, &clock)?;

    let event = &effects.event;
    {
        let index = a.shares.index.load()?;
        let accounts = Constituents::Personal(personal);
        custody::bring_in(
            &accounts,
            &index,
            effects.slot,
            &a.owner,
            event.token_shares,
        )?;
    }
    a.mint(&effects)?;
    AccountIo::close(a.offer.as_ref(), &a.rent_payer)?;

    events::log(event);
    Ok(())
}

/// What an acceptance moves.
struct AcceptEffects {
    event: MembershipAccepted,
    slot: u8,
    /// Index share atoms that go to the member; the rest is locked.
    free: u64,
}

impl<'info> AcceptMembership<'info> {
    /// Proves all accounts but the membership's, and returns what the person gives.
    #[inline(never)]
    fn deal(&self, personal: &Personal, now: i64) -> Result<u64> {
        let key = self.shares.index.key();
        let mut index = self.shares.index.load_mut()?;
        let offer = self.offer.load()?;
        require(offer.index == key, IndexError::WrongIndex)?;
        AccountIo::same(&self.token.key(), &offer.token)?;
        AccountIo::same(self.rent_payer.key, &offer.rent_payer)?;
        let token = self.token.load()?;
        require(token.owner == *self.owner.key, IndexError::NotTokenOwner)?;
        let slot = index.slot_of(&offer.token)?;
        personal.prove(index.constituent(slot)?, self.owner.key)?;
        self.shares.prepare(&mut index, self.owner.key, now)?;
        let (mint, program) = (&self.shares.mint, &self.shares.token_program);
        prove_shares(&index, &key, mint, &self.vault, program)?;

        let holder = AccountIo::read::<Holder>(&self.to)?;
        let settled = is_settled(&token, &holder)?;
        require(settled, IndexError::PersonUnsettled)?;
        Ok(index.deal(&offer, &token, &holder, now)?)
    }

    /// Makes the membership of a person who has none.
    #[inline(never)]
    fn become_member(&self, now: i64) -> Result<()> {
        let (index, token) = (self.shares.index.key(), self.token.key());
        let account = &self.membership;
        let seeds = seeds::membership(&index, &token);
        if *account.owner != system_program::ID {
            AccountIo::prove_address(account, &seeds)?;
            return Ok(());
        }
        let bump = AccountIo::create_own::<Membership>(&self.payer, account, &seeds)?;
        let terms = self.shares.index.load()?.terms;
        let shown = Shown {
            payer: &self.payer,
            attestation: self.attestation.as_deref(),
            subject: self.subject.as_deref(),
        };
        let subject = shown.prove(&terms, [&index, account.key, self.owner.key], now)?;
        let mut membership = AccountIo::load_new::<Membership>(account)?;
        let keys = [&index, &token, self.owner.key, &subject, self.payer.key];
        let mut index = self.shares.index.load_mut()?;
        index.admit(&mut membership, keys, bump, now)?;
        Ok(())
    }

    /// Books the deal within the bounds that the person signed.
    #[inline(never)]
    fn commit(&self, args: &AcceptArgs, gives: u64, clock: &Clock) -> Result<AcceptEffects> {
        let mut index = self.shares.index.load_mut()?;
        let mut membership = AccountIo::load::<Membership>(&self.membership)?;
        let offer = self.offer.load()?;
        let within = gives <= args.most_gives && offer.index_shares >= args.least_index_shares;
        require(within, IndexError::Slippage)?;
        let slot = index.slot_of(&offer.token)?;
        let deal = (self.owner.key, gives);
        let free = index.accept(&mut membership, &offer, deal, clock.unix_timestamp)?;
        let event = MembershipAccepted {
            header: index.header(&self.shares.index.key(), clock)?,
            token: offer.token,
            member: membership.member,
            nonce: offer.nonce,
            token_shares: gives,
            index_shares: offer.index_shares,
            locked: membership.locked,
            supply: index.supply,
            members: index.members,
        };
        Ok(AcceptEffects { event, slot, free })
    }

    /// Mints the member's half and the locked one.
    #[inline(never)]
    fn mint(&self, effects: &AcceptEffects) -> Result<()> {
        let locked = effects.event.index_shares.checked_sub(effects.free);
        let locked = locked.ok_or(IndexError::InvariantBroken)?;
        if effects.free > 0 {
            self.shares.mint(effects.free)?;
        }
        let signer = IndexSigner::of(&*self.shares.index.load()?);
        TokenIo::mint_to(
            &self.shares.token_program,
            &self.shares.mint,
            &self.vault,
            self.shares.index.as_ref(),
            locked,
            &signer.seeds(),
        )
    }
}
