use {
    super::ChangeClaimAccounts,
    crate::{
        error::{TokenError, require},
        events::{self, RevenueReported},
        state::RevenueReport,
    },
    anchor_lang::prelude::*,
};

/// The owner or the payer reports a month's revenue, once it is over and in order: what is
/// due of it is booked. The last month again corrects it; both numbers stay in sight.
pub(crate) fn report_revenue(
    ctx: Context<ChangeClaimAccounts>,
    report: RevenueReport,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        require(claim.token == key, TokenError::WrongToken)?;
        let payer = claim.payer == *a.authority.key;
        require(
            payer || token.require_owner(a.authority.key, &clock).is_ok(),
            TokenError::NotPayer,
        )?;

        let due = claim.report(&report, clock.unix_timestamp)?;
        RevenueReported {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            period: u64::from(report.period),
            gross: report.gross,
            first: claim.reported_gross,
            corrections: u64::from(claim.corrections),
            due,
            unpaid: claim.unpaid(),
            due_at: claim.due_at()?.ok_or(TokenError::InvariantBroken)?,
            evidence: report.evidence,
        }
    };

    events::log(&event);
    Ok(())
}
