//! `upside`: personal tokens on the command line.

fn main() -> std::process::ExitCode {
    upside_cli::main()
}
