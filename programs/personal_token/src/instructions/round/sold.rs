use {
    crate::{
        error::ProgramResult,
        events::{self, AssetsBrought, Contributed},
        host::TokenIo,
        state::{Holder, PersonalToken, Round, SellEffects},
        token_io::TokenSigner,
    },
    anchor_lang::prelude::*,
    upside_math::Purchase,
};

/// Shares that a round sold at once, and what is left to move and to tell.
pub(crate) struct Sold {
    brought: Option<AssetsBrought>,
    pub(super) event: Contributed,
    to_owner: u64,
    decimals: u8,
    signer: TokenSigner,
}

impl Sold {
    /// Sells to a holder. The token MUST have observed its supply and released its streams.
    /// Errors: those of [`Round::sell`].
    #[inline(never)]
    pub(crate) fn sell(
        token: &mut PersonalToken,
        round: &mut Round,
        holder: &mut Holder,
        purchase: &Purchase,
        exempt: u8,
        clock: &Clock,
    ) -> ProgramResult<Self> {
        let (shares, paid, key) = (purchase.shares.0, purchase.charge.0, holder.token);
        let now = clock.unix_timestamp;
        let SellEffects { placement, parts } = round.sell(token, purchase, exempt, now)?;
        token.register_new(holder, shares, paid)?;
        Ok(Sold {
            brought: token.brought(&key, shares, &parts, clock)?,
            event: Contributed {
                header: token.header(&key, clock)?,
                round: round.number,
                wallet: holder.wallet,
                paid,
                shares,
                to_reserve: placement.to_reserve.0,
                to_stream: placement.to_stream.0,
                raised: round.raised,
                supply: token.supply,
            },
            to_owner: placement.to_owner.0,
            decimals: token.quote().decimals,
            signer: TokenSigner::of(token),
        })
    }

    /// Quote atoms that are the owner's, the decimals of their mint, and who signs.
    pub(crate) fn proceeds(&self) -> (u64, u8, &TokenSigner) {
        (self.to_owner, self.decimals, &self.signer)
    }

    /// Mints the shares into the register. `accounts` are the share mint, the register, the
    /// token and Token-2022.
    pub(crate) fn mint<'info>(&self, accounts: [&AccountInfo<'info>; 4]) -> Result<()> {
        let [mint, share_custody, token, program] = accounts;
        let seeds = self.signer.seeds();
        TokenIo::mint_to(
            program,
            mint,
            share_custody,
            token,
            self.event.shares,
            &seeds,
        )
    }

    /// Tells it.
    pub(crate) fn log(&self) {
        if let Some(brought) = &self.brought {
            events::log(brought);
        }
        events::log(&self.event);
    }
}
