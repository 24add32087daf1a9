use {
    super::share_accounts::*,
    crate::{
        custody::{self, Rest},
        events::{self, SharesRedeemed},
        host::TokenIo,
        state::{SlotAtoms, require_at_least},
    },
    anchor_lang::prelude::*,
};

/// What a redeemer gives up and asks for at least.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct RedeemArgs {
    /// Share atoms to burn; the exit fee is taken from them.
    pub shares: u64,
    /// Least atoms of slots; a slot that is not named has no bound.
    pub least: Vec<SlotAtoms>,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

/// A wallet burns shares for its part of every constituent that the index holds.
/// The accounts of all of these follow, in the order of the slots, also where a part
/// is too small to be paid; those of a slot that is not held may be there or not. What
/// persons owe the index is left to those who stay, unless it is harvested before.
#[derive(Accounts)]
pub struct Redeem<'info> {
    /// The redeemer, who signs and gives up the shares.
    pub wallet: Signer<'info>,
    /// The index, its share mint and the redeemer's share account.
    pub shares: ShareAccounts<'info>,
    /// The personal token program.
    ///
    /// CHECK: proven by its address where it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

pub(crate) fn redeem<'info>(ctx: Context<'info, Redeem<'info>>, args: RedeemArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    require_in_time(now, args.deadline)?;
    let (event, redemption, held) = {
        let mut index = a.shares.index.load_mut()?;
        index.require_launched()?;
        a.shares.prepare(&mut index, a.wallet.key, now)?;
        let redemption = index.redemption(args.shares)?;
        require_at_least(&redemption.amounts, &args.least)?;
        // Whose accounts to expect: counters are about to change.
        let held: u64 = index.held().fold(0, |bits, (slot, _)| {
            bits | 1u64.wrapping_shl(u32::from(slot))
        });

        index.redeem(args.shares, &redemption)?;
        let event = SharesRedeemed {
            header: index.header(&a.shares.index.key(), &clock)?,
            wallet: a.wallet.key(),
            burned: args.shares,
            fee: redemption.fee,
            supply: index.supply,
            pending_fee_shares: index.pending_fee_shares,
            basket: Pubkey::default(),
        };
        (event, redemption, held)
    };

    let s = &a.shares;
    TokenIo::burn(
        &s.token_program,
        &s.mint,
        &s.share_account,
        &a.wallet,
        args.shares,
        None,
    )?;
    {
        let index = s.index.load()?;
        let mut rest = Rest(ctx.remaining_accounts);
        let slots = index.used().iter().zip(&redemption.amounts);
        for (slot, (constituent, amount)) in (0u8..).zip(slots) {
            if held & 1u64.wrapping_shl(u32::from(slot)) == 0 {
                rest.skip(constituent)?;
            } else {
                let program = &a.personal_token_program;
                let accounts = custody::next(&mut rest, constituent, program, a.wallet.key)?;
                if *amount > 0 {
                    custody::pay_out(&accounts, &index, slot, s.index.as_ref(), *amount)?;
                }
            }
        }
        rest.done()?;
    }

    events::log(&event);
    Ok(())
}
