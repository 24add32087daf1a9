use {
    crate::{
        events::{self, TermsEased},
        instructions::Govern,
        state::Easing,
    },
    anchor_lang::prelude::*,
};

/// Makes terms better for holders, at once. The other way takes a poll.
pub(crate) fn ease_terms(ctx: Context<Govern>, easing: Easing) -> Result<()> {
    let (header, (terms, terms_version)) = ctx.accounts.as_owner(|token| {
        token.ease(&easing)?;
        Ok((token.terms, token.terms_version))
    })?;
    events::log(&TermsEased {
        header,
        supply_cap: terms.supply_cap,
        floor: terms.floor,
        cash_out_tax_bps: u64::from(terms.cash_out_tax_bps),
        royalty_bps: u64::from(terms.royalty_bps),
        terms_version,
    });
    Ok(())
}
