use {
    crate::{
        custody::{self, Accounts as Constituents, IndexSigner, Rest},
        error::{IndexError, require},
        events::{self, TicketsUnwrapped},
        host::{AccountIo, ThisProgram, TokenIo},
        seeds::TOKEN_PROGRAM,
        state::{Part, PooledIndex, SlotKind, Wrapper},
    },
    anchor_lang::prelude::*,
    personal_token::state::Holder,
    upside_support::Transfer,
};

/// How many tickets, and what at least must come.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnwrapTicketsArgs {
    /// Tickets to burn.
    pub tickets: u64,
    /// Refuse fewer atoms than this.
    pub least: u64,
    /// Bit `i` set: go without the pot of the coin at place `i`, whose part stays with the
    /// other tickets. The way out while a coin cannot move.
    pub forgone: u8,
}

/// Burns tickets of the signing wallet, wherever it got them, for what they stand for: as
/// many atoms, and their part of each pot. The accounts of what is wrapped follow as for a
/// contribution; then, for each coin of which something comes, in the order of the places:
/// mint, the wallet's account, the index's account, token program.
#[derive(Accounts)]
pub struct UnwrapTicketsAccounts<'info> {
    /// The wallet whose tickets are burned; it signs.
    pub wallet: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The wrapper.
    #[account(mut)]
    pub wrapper: AccountLoader<'info, Wrapper>,
    /// The mint of tickets.
    ///
    /// CHECK: proven by the wrapper.
    #[account(mut)]
    pub ticket_mint: UncheckedAccount<'info>,
    /// The wallet's account of tickets, from which they are burned.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub from: UncheckedAccount<'info>,
    /// Classic SPL Token.
    ///
    /// CHECK: proven by its address.
    pub token_program: UncheckedAccount<'info>,
    /// The personal token program.
    ///
    /// CHECK: proven by its address where it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

pub(crate) fn unwrap_tickets<'info>(
    ctx: Context<'info, UnwrapTicketsAccounts<'info>>,
    args: UnwrapTicketsArgs,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, wallet) = (a.index.key(), a.wallet.key());
    let mut rest = Rest(ctx.remaining_accounts);
    let wrapped = a.prove(&mut rest)?;
    let (event, part) = {
        let mut index = a.index.load_mut()?;
        let mut wrapper = a.wrapper.load_mut()?;
        require(wrapper.index == key, IndexError::WrongIndex)?;
        let seen = [TokenIo::mint_supply(&a.ticket_mint)?, balance(&wrapped)?];
        let part = index.unwrap_tickets(&mut wrapper, args.tickets, args.forgone, seen)?;
        require(part.atoms >= args.least, IndexError::Slippage)?;
        let event = TicketsUnwrapped {
            header: index.header(&key, &clock)?,
            place: u64::from(wrapper.slot),
            mint: wrapper.mint,
            wallet,
            tickets: args.tickets,
            atoms: part.atoms,
            pots: part.pots,
            left: wrapper.tickets,
        };
        (event, part)
    };

    TokenIo::burn(
        &a.token_program,
        &a.ticket_mint,
        &a.from,
        &a.wallet,
        args.tickets,
        None,
    )?;
    let index = a.index.load()?;
    if part.atoms > 0 {
        let slot = a.wrapper.load()?.slot;
        custody::pay_out(&wrapped, &index, slot, a.index.as_ref(), part.atoms)?;
    }
    a.pay_pots(&index, &mut rest, &part)?;
    rest.done()?;

    events::log(&event);
    Ok(())
}

/// Atoms in the index's account of what is wrapped.
fn balance(wrapped: &Constituents) -> Result<u64> {
    Ok(match wrapped {
        Constituents::Personal(person) => AccountIo::read::<Holder>(person.ours)?.shares,
        Constituents::Mint(mint) => TokenIo::balance(mint.ours)?,
    })
}

impl<'info> UnwrapTicketsAccounts<'info> {
    /// Errors: `MissingAccounts`, `WrongAccount`, `WrongHolder`, `WrongMint`,
    /// `WrongTokenAccount`, `WrongTokenProgram`.
    #[inline(never)]
    fn prove<'a>(&'a self, rest: &mut Rest<'a, 'info>) -> Result<Constituents<'a, 'info>> {
        let wrapper = self.wrapper.load()?;
        AccountIo::same(self.ticket_mint.key, &wrapper.mint)?;
        require(
            *self.token_program.key == TOKEN_PROGRAM,
            IndexError::WrongTokenProgram,
        )?;
        TokenIo::prove_account(&self.from, self.ticket_mint.key, self.wallet.key)?;
        let (original, program) = (wrapper.original(), &self.personal_token_program);
        custody::next(rest, &original, program, self.wallet.key)
    }

    /// Pays the part of each pot.
    #[inline(never)]
    fn pay_pots<'a>(
        &'a self,
        index: &PooledIndex,
        rest: &mut Rest<'a, 'info>,
        part: &Part,
    ) -> Result<()> {
        let signer = IndexSigner::of(index);
        for (place, pot) in (0u8..).zip(part.pots) {
            if pot == 0 {
                continue;
            }
            let coin = index.constituent(index.book(place)?.slot)?;
            require(!coin.is_wrapped(), IndexError::CoinWrapped)?;
            coin.require(SlotKind::Mint)?;
            let program = &self.personal_token_program;
            let accounts = custody::next(rest, coin, program, self.wallet.key)?;
            if let Constituents::Mint(accounts) = accounts {
                Transfer {
                    program: accounts.program,
                    mint: accounts.mint,
                    decimals: coin.decimals,
                    from: accounts.ours,
                    to: accounts.theirs,
                    authority: self.index.as_ref(),
                }
                .by_seeds::<ThisProgram>(pot, &signer.seeds())?;
            }
        }
        Ok(())
    }
}
