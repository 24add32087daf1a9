use {
    crate::{
        context::Context,
        error::{CliError, Result},
        select::{
            index::SelectedIndex,
            wrapper::{name_of, wrapper},
        },
        send::completed::{Done, Outcome},
        values::{IndexQuery, Quantity, TokenQuery},
    },
    serde::Serialize,
    upside_sdk::{
        Pubkey, amount,
        error::SdkError,
        fetch::balance,
        index::{Part, Wrapper, action},
        inspect::Amount,
    },
    upside_view::{
        style::{facts, grouped},
        text::SlotAmount,
    },
};

/// Turn tickets of yours into what they stand for, once it moves
///
/// Each ticket is worth one atom of it and its part of what they earned. Shows what comes
/// and asks before it burns them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index wrap unwrap MAKERS ADA ALL
  upside index wrap unwrap MAKERS ADA 250
  upside index wrap unwrap MAKERS ADA ALL --without USDC_MINT")]
pub struct Args {
    /// The index
    index: IndexQuery,
    /// What is wrapped: a person's token or a mint; or the mint of the tickets
    key: TokenQuery,
    /// Tickets, in whole ones; ALL for all of yours
    tickets: Quantity,
    /// Go without what they earned in this mint: the way out while it cannot move
    #[arg(long = "without", value_name = "MINT")]
    without: Vec<Pubkey>,
}

/// What tickets were turned into.
#[derive(Debug, Serialize)]
pub struct Unwrapped {
    index: String,
    symbol: String,
    tickets_mint: String,
    tickets: Amount,
    /// Of what is wrapped.
    paid: Amount,
    name: String,
    key: String,
    /// Of the coins, what they earned.
    earned: Vec<SlotAmount>,
}

impl Outcome for Unwrapped {
    fn title(&self) -> String {
        format!("Unwrap tickets of {} of {}", self.name, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let mut rows = vec![
            ("tickets", grouped(&self.tickets)),
            ("their mint", self.tickets_mint.clone()),
            ("paid", format!("{} {}", grouped(&self.paid), self.name)),
        ];
        rows.extend(self.earned.iter().map(|amount| ("earned", amount.text())));
        rows
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Done<Unwrapped>> {
    let me = ctx.keys.me()?;
    let found = SelectedIndex::of(&args.index, ctx).await?;
    let wrapper = wrapper(&found, &args.key, ctx).await?;
    let account = upside_sdk::address::find_associated(
        &me,
        &wrapper.data.mint,
        &upside_sdk::address::TOKEN_PROGRAM,
    );
    let all = balance(&ctx.client, &account.0).await?;
    let decimals = wrapper.data.decimals;
    let tickets = args.tickets.atoms(decimals, all)?;
    if tickets > all {
        return Err(CliError::InsufficientFunds {
            wallet: me,
            mint: wrapper.data.mint,
            has: amount::print(all, decimals),
            needs: amount::print(tickets, decimals),
        });
    }
    let mut forgone = 0;
    for mint in &args.without {
        let place = found.pool.index.data.pot_place(mint);
        forgone |= 1 << place.map_err(SdkError::from)?;
    }
    let (client, pool) = (&ctx.client, &found.pool);
    let plan = action::unwrap(client, pool, &wrapper, &me, tickets, forgone).await?;
    let unwrapped = unwrapped(&found, &wrapper.data, tickets, &plan.quote.part);
    if ctx.binds() {
        ctx.ask(
            &format!("{}\n{}", unwrapped.title(), facts(&unwrapped.rows())),
            "Burn these tickets?",
        )?;
    }
    let report = ctx.send(&plan.steps).await?;
    Ok(Done::new(unwrapped, report))
}

fn unwrapped(found: &SelectedIndex, wrapper: &Wrapper, tickets: u64, part: &Part) -> Unwrapped {
    let decimals = wrapper.decimals;
    let books = found.pool.index.data.coins.iter().zip(part.pots);
    let earned = books.filter(|(_, atoms)| *atoms > 0);
    Unwrapped {
        index: found.key(),
        symbol: found.symbol.clone(),
        tickets_mint: wrapper.mint.to_string(),
        tickets: Amount::new(tickets, decimals),
        paid: Amount::new(part.atoms, decimals),
        name: name_of(found, wrapper),
        key: wrapper.key.to_string(),
        earned: earned
            .map(|(book, atoms)| found.slots.amount(book.slot, atoms))
            .collect(),
    }
}
