use {
    super::shares::*,
    crate::{
        custody::{self, Rest},
        events::{self, SharesBought},
        state::require_at_most,
    },
    anchor_lang::prelude::*,
};

/// What a contributor asks for and gives at most.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct ContributeArgs {
    /// Share atoms; the entry fee is taken from them.
    pub shares: u64,
    /// Most atoms of each constituent that the index holds, in the order of the slots.
    pub most: Vec<u64>,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

/// A wallet gives of every constituent that the index holds, for new shares. The
/// constituents' accounts follow, in the order of the slots.
#[derive(Accounts)]
pub struct Contribute<'info> {
    /// The contributor.
    pub wallet: Signer<'info>,
    /// Index, mint and the wallet's share account.
    pub shares: ShareAccounts<'info>,
    /// CHECK: proven by its address where it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

pub(crate) fn contribute<'info>(
    ctx: Context<'info, Contribute<'info>>,
    args: ContributeArgs,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    require_in_time(now, args.deadline)?;
    let (event, contribution) = {
        let mut index = a.shares.index.load_mut()?;
        index.require_running()?;
        a.shares.prepare(&mut index, a.wallet.key, now)?;
        index.require_fresh(now)?;
        let contribution = index.contribution(args.shares)?;
        require_at_most(&contribution.amounts, &index.by_slot(&args.most)?)?;

        index.contribute(&contribution, now)?;
        let event = SharesBought {
            header: index.header(&a.shares.index.key(), &clock)?,
            wallet: a.wallet.key(),
            minted: contribution.minted,
            fee: contribution.fee,
            supply: index.supply,
            pending_fee_shares: index.pending_fee_shares,
        };
        (event, contribution)
    };

    {
        let index = a.shares.index.load()?;
        let mut rest = Rest(ctx.remaining_accounts);
        for (slot, amount) in (0u8..).zip(contribution.amounts) {
            if amount > 0 {
                let (constituent, program) = (index.slot(slot)?, &a.personal_token_program);
                let accounts = custody::next(&mut rest, constituent, program, a.wallet.key)?;
                custody::bring_in(&accounts, &index, slot, &a.wallet, amount)?;
            }
        }
        rest.done()?;
    }
    a.shares.mint(event.minted)?;

    events::log(&event);
    Ok(())
}
