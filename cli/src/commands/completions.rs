use {
    crate::{args::Cli, error::Result, output::Output},
    clap::CommandFactory,
    clap_complete::{Shell, generate},
};

/// Print what makes a shell complete commands
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside completions bash > ~/.local/share/bash-completion/completions/upside
  upside completions zsh > \"${fpath[1]}/_upside\"
  upside completions fish > ~/.config/fish/completions/upside.fish")]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(args: &Args, output: &Output) -> Result<()> {
    output.raw(&script(args.shell))
}

fn script(shell: Shell) -> String {
    let mut bytes = Vec::new();
    generate(shell, &mut Cli::command(), "upside", &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use {super::*, clap::ValueEnum};

    #[test]
    fn every_shell_completes_every_command() {
        fn names(command: &clap::Command, found: &mut Vec<String>) {
            for verb in command.get_subcommands() {
                found.push(verb.get_name().to_string());
                names(verb, found);
            }
        }
        let mut commands = Vec::new();
        names(&Cli::command(), &mut commands);
        assert!(commands.len() > 50);
        for shell in Shell::value_variants() {
            let script = script(*shell);
            for command in &commands {
                assert!(script.contains(command), "{shell} misses {command}");
            }
        }
    }
}
