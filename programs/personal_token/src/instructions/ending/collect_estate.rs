use {
    super::closed,
    crate::{
        error::{TokenError, require},
        events::{self, AccountClosed, EstateCollected},
        host::{AccountIo, ThisProgram, TokenIo},
        mint_policy, seeds,
        state::{Claim, MIN_DECIMALS, PersonalToken, Receipt},
        token_io::Transfer,
    },
    anchor_lang::prelude::*,
};

/// A receipt takes its part of an estate: it goes to the wallet that redeemed. The last one
/// that it has to take closes the receipt; its rent returns to who paid it. Anyone may, to the
/// wallet's associated account; of a mint with fewer than 4 decimals the wallet, as rounding
/// down can take much of a part then. If nobody can pay the associated account, it follows
/// these accounts as proof, and any other from which nobody else can take is paid.
#[derive(Accounts)]
pub struct CollectEstateAccounts<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim whose custody is shared out.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
    /// The receipt.
    #[account(mut)]
    pub receipt: AccountLoader<'info, Receipt>,
    /// Who paid the receipt's rent and gets it back when the receipt is closed.
    ///
    /// CHECK: proven by the receipt.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// The claim's vault.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub claim_vault: UncheckedAccount<'info>,
    /// The associated account of the wallet that redeemed, or another one if that is shut; any
    /// of its accounts if it signs.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// The custody's mint.
    ///
    /// CHECK: proven by the claim.
    pub mint: UncheckedAccount<'info>,
    /// The token program of the mint.
    ///
    /// CHECK: proven by the mint's owner.
    pub token_program: UncheckedAccount<'info>,
    /// The wallet that redeemed. It must sign if the mint has fewer than 4 decimals, or for
    /// another account than its associated one.
    pub wallet: Option<Signer<'info>>,
}

pub(crate) fn collect_estate(ctx: Context<CollectEstateAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, decimals) = (a.token.key(), mint_policy::decimals(&a.mint)?);
    let (event, over, number, bump) = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        let mut receipt = a.receipt.load_mut()?;
        let ours = claim.token == key && receipt.token == key;
        require(ours, TokenError::WrongToken)?;
        AccountIo::same(a.rent_payer.key, &receipt.rent_payer)?;
        require(claim.mint == *a.mint.key, TokenError::WrongMint)?;
        require(
            a.token_program.key == a.mint.owner,
            TokenError::WrongTokenProgram,
        )?;
        TokenIo::prove_account(&a.claim_vault, a.mint.key, a.claim.as_ref().key)?;
        let signed = a.wallet.as_ref();
        let signed = signed.is_some_and(|wallet| *wallet.key == receipt.wallet);
        require(signed || decimals >= MIN_DECIMALS, TokenError::CoarseUnits)?;
        // An index looks at its associated account alone: what is paid to another one is lost.
        let shut = ctx.remaining_accounts.first();
        let shut = shut.is_some_and(|it| TokenIo::is_shut(it, a.mint.key, &receipt.wallet));
        if signed || shut {
            TokenIo::prove_receiver(&a.destination, a.mint.key, &receipt.wallet, signed)?;
        } else {
            TokenIo::prove_associated(&a.destination, a.mint.key, &receipt.wallet)?;
        }

        let units = claim.collect(&token, &mut receipt, clock.unix_timestamp)?;
        let event = EstateCollected {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            wallet: receipt.wallet,
            number: receipt.number,
            shares: receipt.shares,
            units,
            held: claim.held()?,
        };
        let over = if receipt.left() == 0 {
            Some(AccountClosed {
                header: token.header(&key, &clock)?,
                account: a.receipt.key(),
                kind: closed::RECEIPT,
                number: receipt.number,
            })
        } else {
            None
        };
        (event, over, claim.number.to_le_bytes(), [claim.bump])
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals,
        from: &a.claim_vault,
        to: &a.destination,
        authority: a.claim.as_ref(),
    }
    .by_seeds::<ThisProgram>(event.units, &seeds::claim_signer(&key, &number, &bump))?;

    events::log(&event);
    if let Some(over) = &over {
        AccountIo::close(a.receipt.as_ref(), &a.rent_payer)?;
        events::log(over);
    }
    Ok(())
}
