//! `upside`: personal tokens on the command line. A library only so that fuzzing reaches
//! what reads words: it promises nothing to other programs.

#![forbid(unsafe_code)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod command;
mod commands;
mod config;
mod context;
mod demo;
mod device;
mod error;
mod flags;
#[doc(hidden)]
pub mod fuzzing;
mod hints;
mod keys;
mod output;
mod select;
mod send;
mod values;
mod views;

use upside_view::{history, html, sanitize, style, text};

use {
    clap::{CommandFactory, Parser},
    command::{Cli, Command},
    error::{CliError, Described, Kind, Result},
    output::Output,
    std::process::ExitCode,
};

/// Does what the command line asks for. Returns the exit code.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return unparsed(&error),
    };
    let output = Output::new(&cli.global);
    match run(cli, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(CliError::Shown(kind)) => ExitCode::from(kind.exit_code()),
        Err(error) => fail(&output, &hints::describe(&error)),
    }
}

fn run(cli: Cli, output: Output) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::Other(format!("no runtime: {error}")))?;
    runtime.block_on(async {
        match cli.command {
            Command::Keygen(args) => output.show(&commands::keygen::run(&args)?),
            Command::Completions(args) => {
                commands::completions::run(&args, Cli::command(), &output)
            }
            Command::Man(args) => output.show(&commands::man::run(&args, Cli::command())?),
            Command::Demo(args) => demo::run(&args, &cli.global, output).await,
            command => {
                let ctx = context::Context::open(&cli.global, output)?;
                commands::run(command, &ctx).await
            }
        }
    })
}

fn fail(output: &Output, described: &Described) -> ExitCode {
    output.fail(described);
    ExitCode::from(described.kind.exit_code())
}

/// Help and version are no errors; for scripts, a wrong command line is one as any other.
fn unparsed(error: &clap::Error) -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let output = Output::unparsed(&arguments);
    if !error.use_stderr() || output.for_people() {
        error.exit();
    }
    let text = error.render().to_string();
    let message = text
        .trim_start_matches("error: ")
        .split("\n\n")
        .next()
        .unwrap_or_default();
    let described = Described::new(Kind::Usage, "Usage", message.trim())
        .hint("see the command's --help for what it takes");
    fail(&output, &described)
}
