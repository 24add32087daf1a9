//! What a zap costs in SOL beside what it trades, and what is taken back afterwards.

use {
    crate::{
        context::Context,
        error::Result,
        send::{mode::Mode, sent::Report},
    },
    serde::Serialize,
    upside_sdk::{
        Pubkey,
        action::{Rent, Returns},
        index::action::{self, HOLDER, LOOKUP_TABLE},
        inspect::Amount,
    },
};

const SOL_DECIMALS: u8 = 9;

/// What a plan costs in SOL beside fees.
#[derive(Debug, Serialize)]
pub struct Costs {
    /// How many transactions it takes.
    transactions: usize,
    /// Accounts that it makes.
    accounts: usize,
    /// Rent of these, in SOL.
    rent: Amount,
    /// What of it comes back once they are empty.
    returns: Amount,
}

impl Costs {
    /// Of a plan's steps and rents.
    pub fn of(transactions: usize, rents: &[Rent]) -> Self {
        let sum = |of: &dyn Fn(&Rent) -> bool| {
            let chosen = rents.iter().filter(|rent| of(rent));
            let sum = chosen.fold(0u64, |sum, rent| sum.saturating_add(rent.lamports));
            Amount::new(sum, SOL_DECIMALS)
        };
        Costs {
            transactions,
            accounts: rents.len(),
            rent: sum(&|_| true),
            returns: sum(&|rent| rent.returns == Returns::OnceEmpty),
        }
    }

    /// In rows.
    pub fn rows(&self) -> Vec<(&'static str, String)> {
        let takes = match self.transactions {
            1 => "1 transaction".to_string(),
            many => format!("{many} transactions"),
        };
        let mut rows = vec![("takes", takes)];
        if self.accounts > 0 {
            let (rent, back) = (&self.rent, &self.returns);
            let accounts = match self.accounts {
                1 => "1 account".to_string(),
                many => format!("{many} accounts"),
            };
            let text = format!("{rent} SOL for {accounts}, {back} of it comes back");
            rows.push(("rent", text));
        }
        rows
    }
}

/// Closes what the plan opened and nobody needs any more, and adds that to the report.
/// What fails here fails nothing: the zap has landed.
pub async fn tidy(ctx: &Context, wallet: &Pubkey, rents: &[Rent], report: &mut Report) {
    if ctx.mode != Mode::Send || rents.is_empty() {
        return;
    }
    let closed = close(ctx, wallet, rents).await;
    match closed {
        Ok(closed) => report.transactions.extend(closed.transactions),
        Err(error) => ctx.output.note(format!(
            "empty accounts stay open, which costs nothing more: {error}"
        )),
    }
}

async fn close(ctx: &Context, wallet: &Pubkey, rents: &[Rent]) -> Result<Report> {
    let holders = action::made(rents, HOLDER);
    let tables = action::made(rents, LOOKUP_TABLE);
    let plan = action::tidy(&ctx.client, wallet, &holders, &tables).await?;
    if !plan.quote.deactivated.is_empty() {
        ctx.output.note(
            "the lookup table is closed in about four minutes by `upside lookup-table close`, \
             which brings its rent back"
                .to_string(),
        );
    }
    ctx.send(&plan.steps).await
}
