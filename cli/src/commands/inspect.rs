use {
    crate::{
        context::Context,
        error::Result,
        report::{self, Look},
        values::TokenQuery,
    },
    serde::{Serialize, Serializer},
    std::fmt,
};

/// Look through a token: supply, holders, every claim with evidence and age, reserve
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside inspect ADA
  upside inspect ADA --holders 100
  upside inspect ADA --output json        everything, all holders too")]
pub struct Args {
    /// The token
    token: TokenQuery,
    /// Show at most so many holders, the largest
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    holders: usize,
}

/// A token, looked through.
pub struct Inspected {
    look: Look,
    holders: usize,
}

impl Inspected {
    /// To be shown with so many holders.
    pub fn new(look: Look, holders: usize) -> Self {
        Inspected { look, holders }
    }
}

impl Serialize for Inspected {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.look.report.serialize(serializer)
    }
}

impl fmt::Display for Inspected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inspected { look, holders } = self;
        let parts = [
            report::identity(look),
            report::supply(look),
            report::backing(look),
            report::assets(look),
            report::streams(look),
            report::claims(look, &look.report.claims),
            report::votes(look),
            report::rounds(look, &look.report.rounds),
            report::holders(look, *holders),
        ];
        parts.iter().try_for_each(|part| f.write_str(part))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Inspected> {
    let look = report::look(&args.token, ctx).await?;
    Ok(Inspected::new(look, args.holders))
}
