use {
    crate::{
        events::{self, TermsRelaxed},
        instructions::GovernAccounts,
        state::Relaxation,
    },
    anchor_lang::prelude::*,
};

/// Makes terms better for holders, at once. The other way takes a poll.
pub(crate) fn relax_terms(ctx: Context<GovernAccounts>, relaxation: Relaxation) -> Result<()> {
    let (header, (terms, terms_version)) = ctx.accounts.as_owner(|token| {
        token.relax(&relaxation)?;
        Ok((token.terms, token.terms_version))
    })?;
    events::log(&TermsRelaxed {
        header,
        supply_cap: terms.supply_cap,
        floor: terms.floor,
        cash_out_tax_bps: u64::from(terms.cash_out_tax_bps),
        royalty_bps: u64::from(terms.royalty_bps),
        terms_version,
    });
    Ok(())
}
