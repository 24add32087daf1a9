//! `upside`: personal tokens on the command line. A library only so that fuzzing reaches
//! what reads words: it promises nothing to other programs.

#![forbid(unsafe_code)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod candidates;
mod command;
mod commands;
mod config;
mod context;
mod demo;
mod device;
mod error;
mod flags;
mod follow;
#[doc(hidden)]
pub mod fuzzing;
mod hints;
mod keys;
mod output;
mod pages;
mod secrets;
mod select;
mod send;
mod values;
mod views;

use {
    clap::{CommandFactory, FromArgMatches, error::ErrorKind},
    command::{Cli, Command},
    error::{CliError, Described, Result},
    output::Output,
    std::{ffi::OsString, process::ExitCode},
};

/// Does what the command line asks for. Returns the exit code.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    secrets::keep(&arguments);
    let unparsed = || {
        let texts = arguments.iter();
        let texts: Vec<String> = texts
            .map(|text| text.to_string_lossy().into_owned())
            .collect();
        Output::unparsed(&texts)
    };
    if let Some(place) = secrets::as_argument(&arguments) {
        return fail(
            &unparsed(),
            &hints::describe(&CliError::SecretKey { place }),
        );
    }
    let cli = match parse(&arguments) {
        Ok(cli) => cli,
        Err(error) => return refuse(&error, &arguments, &unparsed()),
    };
    let output = Output::new(&cli.global);
    match run(cli, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(CliError::Shown(kind)) => ExitCode::from(kind.exit_code()),
        Err(error) => fail(&output, &hints::describe(&error)),
    }
}

/// The command line, with what its verbs say of who uses it.
fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    let matches = Cli::command().try_get_matches_from(arguments)?;
    let mut cli = Cli::from_arg_matches(&matches)?;
    let mut path = Vec::new();
    let mut at = &matches;
    while let Some((verb, inner)) = at.subcommand() {
        path.push(verb);
        at = inner;
    }
    cli.global.owners = candidates::is_owners(&path);
    Ok(cli)
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
            Command::Config(args) => output.show(&commands::settings::run(&args, &cli.global)?),
            Command::Version(args) => output.show(&commands::version::run(&args)),
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
fn refuse(error: &clap::Error, arguments: &[OsString], output: &Output) -> ExitCode {
    if !error.use_stderr() {
        error.exit();
    }
    let described = hints::usage::of_clap(error, arguments);
    match error.kind() {
        ErrorKind::InvalidUtf8 => fail(output, &described),
        _ if output.for_people() => {
            output.usage(&error.render());
            ExitCode::from(described.kind.exit_code())
        }
        _ => fail(output, &described),
    }
}
