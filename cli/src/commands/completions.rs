use {
    crate::{error::Result, output::Output},
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

pub fn run(args: &Args, tree: clap::Command, output: &Output) -> Result<()> {
    output.raw(&script(args.shell, tree))
}

/// What makes a shell complete the commands of a tree.
pub fn script(shell: Shell, mut tree: clap::Command) -> String {
    let mut bytes = Vec::new();
    generate(shell, &mut tree, "upside", &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
