use {
    crate::{
        custody::{IndexSigner, Rest},
        error::{IndexError, foreign, require},
        events::{self, WoundUpRedeemed},
        host::{AccountIo, TokenIo},
        personal::{self, WoundUp},
        state::{PooledIndex, SlotKind},
    },
    anchor_lang::{prelude::*, system_program},
    personal_token::{
        seeds::{find_claim, find_grant},
        state::{Claim, Grant, Holder, MAX_ASSETS, PersonalToken, TokenStatus},
    },
};

/// Redeems the index's shares of a person in wind-down against the reserve, once
/// everything has come in: every claim is over or shared out, what has not vested of grants
/// was revoked, nothing waits in an endowment or beside the books, nothing streams any
/// more. What is paid backs the index's shares in the slots of the paid mints. Anybody may.
/// The accounts follow of every claim and of every grant of the person in order, whether it
/// was cleared away or not; of each asset of which something is paid, in the order of the
/// list: mint, the person's vault, the index's account; and with estates the receipt to
/// make.
#[derive(Accounts)]
pub struct RedeemWoundUpAccounts<'info> {
    /// Signs, pays the rent of a receipt, and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The personal token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The index's holder account of it.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The person's share mint.
    ///
    /// CHECK: the personal token program proves it.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// The person's custody of registered shares.
    ///
    /// CHECK: the personal token program proves it.
    #[account(mut)]
    pub share_custody: UncheckedAccount<'info>,
    /// Token-2022.
    ///
    /// CHECK: the personal token program proves it.
    pub token_2022_program: UncheckedAccount<'info>,
    /// Classic SPL Token.
    ///
    /// CHECK: the personal token program proves it.
    pub token_program: UncheckedAccount<'info>,
    /// The personal token program.
    ///
    /// CHECK: proven by its address before it is called.
    pub personal_token_program: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn redeem_wound_up<'info>(
    ctx: Context<'info, RedeemWoundUpAccounts<'info>>,
    slot: u8,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.index.key(), clock.unix_timestamp);
    let mut rest = Rest(ctx.remaining_accounts);
    let shares = a.prove(slot, now)?;
    a.require_all_in(&mut rest, now)?;
    let (forgone, payments) = a.payments(shares, rest.0)?;
    let signer = {
        let mut index = a.index.load_mut()?;
        index.redeem_counter(slot, shares)?;
        IndexSigner::of(&index)
    };

    let call = WoundUp {
        program: &a.personal_token_program,
        token: a.token.as_ref(),
        holder: a.holder.as_ref(),
        mint: &a.mint,
        share_custody: &a.share_custody,
        token_2022_program: &a.token_2022_program,
        token_program: &a.token_program,
        payer: &a.payer,
        system_program: &a.system_program,
        rest: rest.0,
    };
    personal::redeem(&call, a.index.as_ref(), shares, forgone, &signer.seeds())?;

    let event = {
        let mut index = a.index.load_mut()?;
        let mut paid = [0; MAX_ASSETS];
        let mut given = rest.0.chunks_exact(3);
        for (payment, paid) in payments.iter().zip(&mut paid) {
            let Some(before) = payment.before else {
                continue;
            };
            let Some([_, _, account]) = given.next() else {
                return Err(IndexError::MissingAccounts.into());
            };
            let after = TokenIo::balance(account)?;
            *paid = after
                .checked_sub(before)
                .ok_or(IndexError::BalanceMismatch)?;
            index.receive_paid(payment.slot, *paid, now)?;
        }
        WoundUpRedeemed {
            header: index.header(&key, &clock)?,
            place: u64::from(slot),
            token: a.token.key(),
            shares,
            paid,
        }
    };

    events::log(&event);
    Ok(())
}

/// What a redemption pays, and where.
#[derive(Clone, Copy, Default)]
struct Payment {
    /// The index's slot.
    slot: u8,
    /// Atoms that the index had before it, if something is paid.
    before: Option<u64>,
}

impl<'info> RedeemWoundUpAccounts<'info> {
    /// Shares to redeem: all that back the index's. Errors: `NotAConstituent`, `WrongKind`,
    /// `WrongAccount`, `NotWoundUp`, `NothingToWrap`, `DividendsDue`.
    #[inline(never)]
    fn prove(&self, slot: u8, now: i64) -> Result<u64> {
        let index = self.index.load()?;
        let constituent = index.constituent(slot)?;
        constituent.require(SlotKind::Personal)?;
        AccountIo::same(self.token.as_ref().key, &constituent.key)?;
        AccountIo::same(self.holder.as_ref().key, &constituent.custody)?;
        AccountIo::same(self.personal_token_program.key, &personal_token::ID)?;
        let (token, holder) = (self.token.load()?, self.holder.load()?);
        let over = token.status().map_err(foreign)? == TokenStatus::WindDown;
        require(over, IndexError::NotWoundUp)?;
        require(constituent.counter > 0, IndexError::NothingToWrap)?;
        // The slot is empty afterwards.
        index.require_nothing_due(&token, &holder, now)?;
        Ok(constituent.counter)
    }

    /// Refuses while more may come into the reserve: whoever redeems before it leaves it
    /// to the others. Errors: `ClaimsOpen`, `MissingAccounts`, `WrongAccount`.
    #[inline(never)]
    fn require_all_in<'a>(&self, rest: &mut Rest<'a, 'info>, now: i64) -> Result<()> {
        let token = self.token.load()?;
        let endowed = token.listed().map_err(foreign)?.iter();
        let none = endowed.map(|asset| asset.endowment).all(|atoms| atoms == 0);
        require(none, IndexError::ClaimsOpen)?;
        // What still streams to shares is left to the others by those that are burned.
        let streams = token.active_streams().map_err(foreign)?;
        let over = streams
            .iter()
            .all(|stream| stream.remaining == 0 || now >= stream.end);
        require(over, IndexError::ClaimsOpen)?;
        let key = self.token.as_ref().key;
        for number in 0..token.claims {
            let [account] = rest.take::<1>()?;
            AccountIo::same(account.key, &find_claim(key, number).0)?;
            require(is_over(account)?, IndexError::ClaimsOpen)?;
        }
        for number in 0..token.grants {
            let [account] = rest.take::<1>()?;
            AccountIo::same(account.key, &find_grant(key, number).0)?;
            require(has_vested(account, &token, now)?, IndexError::ClaimsOpen)?;
        }
        Ok(())
    }

    /// Which assets pay nothing, as bits, and where the others are paid. Errors:
    /// `NoSlotForAsset`, `ClaimsOpen`, `MissingAccounts`, `WrongAccount`.
    #[inline(never)]
    fn payments(
        &self,
        shares: u64,
        accounts: &[AccountInfo<'info>],
    ) -> Result<(u8, [Payment; MAX_ASSETS])> {
        let token = self.token.load()?;
        let index = self.index.load()?;
        let paid = token.share_out(shares, 0).map_err(foreign)?.paid;
        let (mut forgone, mut payments) = (0u8, [Payment::default(); MAX_ASSETS]);
        let mut given = accounts.chunks_exact(3);
        let listed = token.listed().map_err(foreign)?.iter().zip(paid);
        for ((place, (asset, paid)), payment) in (0u32..).zip(listed).zip(&mut payments) {
            if paid == 0 {
                forgone |= 1u8.checked_shl(place).unwrap_or(0);
                continue;
            }
            let Some([mint, vault, account]) = given.next() else {
                return Err(IndexError::MissingAccounts.into());
            };
            AccountIo::same(mint.key, &asset.mint)?;
            AccountIo::same(vault.key, &asset.vault)?;
            let surplus = asset.surplus(TokenIo::balance(vault)?).map_err(foreign)?;
            require(surplus == 0, IndexError::ClaimsOpen)?;
            let slot = index.slot_of(&asset.mint);
            let slot = slot.map_err(|_| IndexError::NoSlotForAsset)?;
            AccountIo::same(account.key, &index.constituent(slot)?.custody)?;
            *payment = Payment {
                slot,
                before: Some(TokenIo::balance(account)?),
            };
        }
        Ok((forgone, payments))
    }
}

/// Whether nothing more comes of a claim: it was cleared away, is over, or an estate, of
/// which the receipt has its part.
fn is_over(account: &AccountInfo) -> Result<bool> {
    if *account.owner == system_program::ID {
        return Ok(true);
    }
    let claim = AccountIo::read::<Claim>(account)?;
    let open = claim.is_open().map_err(foreign)?;
    Ok(!open || claim.estate_number().is_some())
}

/// Whether nothing of a grant is burned any more, which would leave its part to the others.
fn has_vested(account: &AccountInfo, token: &PersonalToken, now: i64) -> Result<bool> {
    if *account.owner == system_program::ID {
        return Ok(true);
    }
    let grant = AccountIo::read::<Grant>(account)?;
    Ok(grant.unvested(token, now).map_err(foreign)? == 0)
}
