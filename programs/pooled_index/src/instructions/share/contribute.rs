use {
    super::share_accounts::*,
    crate::{
        custody::{self, Rest},
        error::{IndexError, require},
        events::{self, SharesBought},
        state::{SlotAtoms, require_within},
    },
    anchor_lang::prelude::*,
};

/// What a contributor asks for and gives at most.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct ContributeArgs {
    /// Share atoms; the entry fee is taken from them.
    pub shares: u64,
    /// Least share atoms that arrive, after the fee.
    pub least_shares: u64,
    /// Most atoms of each slot that costs something, in the order of the slots. Slots that
    /// cost nothing may be named too.
    pub most: Vec<SlotAtoms>,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

/// A wallet gives of every constituent that the index holds, for new shares; of a coin
/// also for what persons owe the index at this moment. The constituents' accounts follow,
/// in the order of the slots; those of a slot that costs nothing may be there or not.
#[derive(Accounts)]
pub struct Contribute<'info> {
    /// The contributor, who signs and gives the atoms.
    pub wallet: Signer<'info>,
    /// The index, its share mint and the contributor's share account.
    pub shares: ShareAccounts<'info>,
    /// The personal token program.
    ///
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
        index.require_running(now)?;
        a.shares.prepare(&mut index, a.wallet.key, now)?;
        let dues = custody::dues(&index, ctx.remaining_accounts, now)?;
        let fee = index.parameters.entry_fee_bps;
        let contribution = index.contribution(args.shares, &dues, fee)?;
        require_within(&contribution.amounts, &args.most)?;
        let enough = contribution.minted >= args.least_shares;
        require(enough, IndexError::Slippage)?;

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
        let slots = index.used().iter().zip(&contribution.amounts);
        for (slot, (constituent, amount)) in (0u8..).zip(slots) {
            if *amount == 0 {
                rest.skip(constituent)?;
            } else {
                let program = &a.personal_token_program;
                let accounts = custody::next(&mut rest, constituent, program, a.wallet.key)?;
                custody::bring_in(&accounts, &index, slot, &a.wallet, *amount)?;
            }
        }
        rest.done()?;
    }
    a.shares.mint(event.minted)?;

    events::log(&event);
    Ok(())
}
