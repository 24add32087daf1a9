use {
    crate::{
        custody::IndexSigner,
        error::{IndexError, foreign, require},
        events::{self, WoundUpCollected},
        host::{AccountIo, TokenIo},
        personal::{self, Estate},
        state::{PooledIndex, SlotKind},
    },
    anchor_lang::prelude::*,
    personal_token::state::{Claim, PersonalToken, Receipt},
};

/// Units of which rounding down takes at most a thousandth.
const FINE: u64 = 1_000;

/// Collects the index's part of the custody of a wound-up person, by the receipt that
/// `redeem_wound_up` made, into the slot of its mint. Anybody may; of coarse units when
/// rounding takes nothing, or less than a thousandth.
#[derive(Accounts)]
pub struct CollectWoundUpAccounts<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The personal token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim whose custody is shared out.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
    /// The index's receipt, by which its part is measured.
    #[account(mut)]
    pub receipt: AccountLoader<'info, Receipt>,
    /// Who paid the receipt's rent.
    ///
    /// CHECK: the personal token program proves it.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// The claim's vault.
    ///
    /// CHECK: the personal token program proves it.
    #[account(mut)]
    pub claim_vault: UncheckedAccount<'info>,
    /// The index's account of the mint, to which its part goes.
    ///
    /// CHECK: proven by the index.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The custody's mint, which has a slot.
    ///
    /// CHECK: proven by the index and the claim.
    pub mint: UncheckedAccount<'info>,
    /// The program that owns the mint.
    ///
    /// CHECK: the personal token program proves it.
    pub token_program: UncheckedAccount<'info>,
    /// The personal token program.
    ///
    /// CHECK: proven by its address before it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

pub(crate) fn collect_wound_up(ctx: Context<CollectWoundUpAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.index.key(), clock.unix_timestamp);
    let (number, units) = a.part()?;
    let (event, signer) = {
        let mut index = a.index.load_mut()?;
        AccountIo::same(a.personal_token_program.key, &personal_token::ID)?;
        let slot = index.slot_of(a.mint.key);
        let slot = slot.map_err(|_| IndexError::NoSlotForAsset)?;
        let constituent = index.constituent(slot)?;
        constituent.require(SlotKind::Mint)?;
        AccountIo::same(a.vault.key, &constituent.custody)?;
        index.receive_paid(slot, units, now)?;
        let event = WoundUpCollected {
            header: index.header(&key, &clock)?,
            token: a.token.key(),
            claim: number,
            place: u64::from(slot),
            units,
        };
        (event, IndexSigner::of(&index))
    };

    let before = TokenIo::balance(&a.vault)?;
    let estate = Estate {
        program: &a.personal_token_program,
        token: a.token.as_ref(),
        claim: a.claim.as_ref(),
        receipt: a.receipt.as_ref(),
        rent_payer: &a.rent_payer,
        claim_vault: &a.claim_vault,
        destination: &a.vault,
        mint: &a.mint,
        token_program: &a.token_program,
    };
    personal::collect_estate(&estate, a.index.as_ref(), &signer.seeds())?;
    let exact = before.checked_add(units) == Some(TokenIo::balance(&a.vault)?);
    require(exact, IndexError::BalanceMismatch)?;

    events::log(&event);
    Ok(())
}

impl CollectWoundUpAccounts<'_> {
    /// Number of the claim, and units that the receipt takes now. Errors: `WrongAccount`,
    /// `NothingToCollect`, `AmountTooSmall`.
    #[inline(never)]
    fn part(&self) -> Result<(u64, u64)> {
        let (token, claim) = (self.token.load()?, self.claim.load()?);
        let receipt = self.receipt.load()?;
        let token_key = self.token.key();
        let ours = receipt.wallet == self.index.key()
            && receipt.token == token_key
            && claim.token == token_key;
        require(ours, IndexError::WrongAccount)?;
        let units = claim.estate_part(&token, &receipt);
        let units = units.map_err(|_| IndexError::NothingToCollect)?;
        let outstanding = claim.outstanding(&token).map_err(foreign)?;
        let held = claim.held().map_err(foreign)?;
        let exact = u128::from(units).checked_mul(outstanding.into())
            == u128::from(held).checked_mul(receipt.shares.into());
        require(exact || units >= FINE, IndexError::AmountTooSmall)?;
        Ok((claim.number, units))
    }
}
