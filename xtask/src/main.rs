//! `cargo xtask`: what the project needs beyond cargo's own commands. Run it from
//! anywhere in the workspace; `cargo xtask help` lists the commands.

mod bench;
mod clients;
mod core;
mod coverage;
mod e2e;
mod fuzz;
mod idl;
mod idl_addresses;
mod idl_constants;
mod idl_diff;
mod program_id;
mod reference;
mod sbf;
mod size;
mod soak;
mod trust;
mod validator;
mod workspace;

use {clap::Parser, std::process::ExitCode};

#[derive(Parser)]
#[command(
    bin_name = "cargo xtask",
    about = "Builds and checks program ELFs, IDLs and more"
)]
enum Command {
    Sbf(sbf::Args),
    Idl(idl::Args),
    Bench(bench::Args),
    Size(size::Args),
    Clients(clients::Args),
    E2e(e2e::Args),
    Soak(soak::Args),
    Fuzz(fuzz::Args),
    Coverage(coverage::Args),
    Core(core::Args),
    Trust(trust::Args),
    ProgramId(program_id::Args),
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Sbf(args) => sbf::run(&args),
        Command::Idl(args) => idl::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Size(args) => size::run(&args),
        Command::Clients(args) => clients::run(&args),
        Command::E2e(args) => e2e::run(&args),
        Command::Soak(args) => soak::run(&args),
        Command::Fuzz(args) => fuzz::run(&args),
        Command::Coverage(args) => coverage::run(&args),
        Command::Core(args) => core::run(&args),
        Command::Trust(args) => trust::run(&args),
        Command::ProgramId(args) => program_id::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Not with `Debug`: where RUST_BACKTRACE is set, that buries the message.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
