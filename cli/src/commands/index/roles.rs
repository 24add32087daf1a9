//! `upside index roles`: who may do what.

use {
    crate::{
        context::Context,
        error::Result,
        send::completed::{Done, Outcome},
        values::IndexQuery,
    },
    clap::ValueEnum,
    serde::Serialize,
    std::fmt,
    upside_sdk::{
        IndexError, Pubkey,
        action::Plan,
        error::SdkError,
        index::{Role, instruction, symbol},
        report::names,
    },
    upside_view::style::{self, facts, paint},
    upside_view::words::Word,
};

/// Who may do what: show, take a role from somebody
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Show who has which role
    Show(ShowArgs),
    /// Take a role from whoever has it, at once: the curator, or who has it
    Clear(ClearArgs),
}

/// Show who has which role
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside index roles show MAKERS")]
pub struct ShowArgs {
    /// The index
    index: IndexQuery,
}

/// Take a role from whoever has it, at once: the curator, or who has it
///
/// To give somebody a role is announced: `upside index announce`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index roles clear MAKERS guardian
  upside index roles clear MAKERS proposed-curator
  upside -k launcher.json index roles clear MAKERS launcher     gives the own role up")]
pub struct ClearArgs {
    /// The index
    index: IndexQuery,
    /// The role
    #[arg(value_enum)]
    role: RoleArg,
}

/// A role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RoleArg {
    /// May become curator by accepting
    ProposedCurator,
    /// May tighten or stop what is announced
    Launcher,
    /// May offer and end memberships
    Admissions,
    /// May pause
    Guardian,
}

impl From<RoleArg> for Role {
    fn from(role: RoleArg) -> Self {
        match role {
            RoleArg::ProposedCurator => Role::PendingCurator,
            RoleArg::Launcher => Role::Launcher,
            RoleArg::Admissions => Role::Admissions,
            RoleArg::Guardian => Role::Guardian,
        }
    }
}

/// Who has which role.
#[derive(Debug, Serialize)]
pub struct Roles {
    index: String,
    symbol: String,
    curator: Option<String>,
    pending_curator: Option<String>,
    launcher: Option<String>,
    admissions: Option<String>,
    guardian: Option<String>,
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("Roles of {}", self.symbol);
        writeln!(f, "{}", paint(style::BOLD, title))?;
        let row = |(role, key): (&'static str, &Option<String>)| {
            (role, key.clone().unwrap_or_else(|| "nobody".to_string()))
        };
        let roles = [
            ("curator", &self.curator),
            ("proposed curator", &self.pending_curator),
            ("launcher", &self.launcher),
            ("admissions", &self.admissions),
            ("guardian", &self.guardian),
        ];
        f.write_str(&facts(&roles.map(row)))
    }
}

/// A role that nobody has any more.
#[derive(Debug, Serialize)]
pub struct Cleared {
    index: String,
    symbol: String,
    #[serde(serialize_with = "names::RoleName::serialize")]
    role: Role,
    previous: String,
}

impl Outcome for Cleared {
    fn title(&self) -> String {
        format!("Clear the {} of {}", self.role.word(), self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        vec![("was", self.previous.clone())]
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let out = &ctx.output;
    match command {
        Command::Show(args) => out.show(&show(&args, ctx).await?),
        Command::Clear(args) => out.show(&clear(&args, ctx).await?),
    }
}

async fn show(args: &ShowArgs, ctx: &Context) -> Result<Roles> {
    let index = ctx.index(&args.index).await?;
    let data = &index.data;
    let named = |key: &Pubkey| (*key != Pubkey::default()).then(|| key.to_string());
    Ok(Roles {
        index: index.key.to_string(),
        symbol: symbol(data).to_string(),
        curator: named(&data.curator),
        pending_curator: named(&data.pending_curator),
        launcher: named(&data.launcher),
        admissions: named(&data.admissions),
        guardian: named(&data.guardian),
    })
}

async fn clear(args: &ClearArgs, ctx: &Context) -> Result<Done<Cleared>> {
    let me = ctx.keys.me()?;
    let index = ctx.index(&args.index).await?;
    let role = Role::from(args.role);
    let previous = index.data.role(role);
    if previous == Pubkey::default() {
        return Err(SdkError::from(IndexError::RoleVacant).into());
    }
    let clear = instruction::clear_role(&index, &me, role);
    let steps = Plan::single("clear a role", vec![clear]).steps;
    let cleared = Cleared {
        index: index.key.to_string(),
        symbol: symbol(&index.data).to_string(),
        role,
        previous: previous.to_string(),
    };
    let report = ctx.send_shown(&cleared, &steps).await?;
    Ok(Done::new(cleared, report))
}
