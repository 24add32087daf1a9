//! Commands that look again and again, until stopped.

use {
    crate::{
        context::Context,
        error::{CliError, Kind, Result},
        hints,
        values::seconds,
    },
    std::time::Duration,
};

/// How often to look.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Follow {
    /// How long to wait between two looks [default: 1m; 10s of an index]
    #[arg(long, value_name = "SPAN", value_parser = seconds)]
    every: Option<u32>,
    /// Look once, and end
    #[arg(long, conflicts_with = "every")]
    pub once: bool,
}

impl Follow {
    /// Rejects a chain that nobody else can change meanwhile. Errors: `Usage`.
    pub fn check(&self, ctx: &Context) -> Result<()> {
        if self.once || ctx.chain.is_none() {
            return Ok(());
        }
        Err(CliError::usage(
            "nobody else uses an embedded chain while it is watched",
            "add --once, and run it again when something has happened",
        ))
    }

    /// Looks until nobody reads any more: until a look returns `false`. `every` so many
    /// seconds, if nothing else was asked for.
    pub async fn looks(
        &self,
        ctx: &Context,
        every: u32,
        mut look: impl AsyncFnMut() -> Result<bool>,
    ) -> Result<()> {
        let wait = Duration::from_secs(self.every.unwrap_or(every).max(1).into());
        loop {
            match look().await {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                // A node that does not answer now may do so later.
                Err(error) if !self.once && hints::describe(&error).kind == Kind::Network => {
                    ctx.output.note(format!("{error}; trying again"));
                }
                Err(error) => return Err(error),
            }
            if self.once {
                return Ok(());
            }
            tokio::time::sleep(wait).await;
        }
    }
}
