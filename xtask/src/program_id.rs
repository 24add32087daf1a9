//! `cargo xtask program-id`: gives a program another address, for whoever deploys it
//! with a keypair of their own.

use {
    crate::workspace::{self, shown},
    anyhow::{Context, Result, bail, ensure},
};

/// Sets a program's address in the sources and in Anchor.toml
#[derive(clap::Args)]
pub struct Args {
    /// The program (a folder under programs/); needed where there are several
    #[arg(long, value_name = "NAME")]
    program: Option<String>,

    /// The new address: the public key of the program's keypair
    #[arg(value_name = "PUBKEY", value_parser = parse_pubkey)]
    id: String,
}

pub fn run(args: &Args) -> Result<()> {
    let programs = workspace::programs(args.program.as_deref())?;
    let [program] = programs.as_slice() else {
        let names: Vec<_> = programs
            .iter()
            .map(|program| program.name.as_str())
            .collect();
        bail!("say which program with --program: {}", names.join(", "));
    };
    let old = program.id()?;
    let source = program.source();
    let anchor = workspace::root().join("Anchor.toml");
    let new_source = replace_declared(&workspace::read(&source)?, &old, &args.id);
    let new_anchor = replace_listed(&workspace::read(&anchor)?, &program.name, &args.id)?;
    // Either program refuses the other's shares, and knows it by its address.
    let keys = workspace::root().join("programs/support/src/keys.rs");
    let new_keys = workspace::read(&keys)?.replace(&old, &args.id);
    workspace::write(&source, new_source)?;
    workspace::write(&anchor, new_anchor)?;
    workspace::write(&keys, new_keys)?;
    println!("{}: {old} is now {}", program.name, args.id);
    let changed = [&source, &anchor, &keys].map(|path| shown(path).to_string());
    println!("changed: {}", changed.join(", "));
    println!("next: cargo xtask sbf && cargo xtask idl");
    Ok(())
}

fn parse_pubkey(text: &str) -> Result<String> {
    let bytes = bs58::decode(text).into_vec().context("not base58")?;
    ensure!(
        bytes.len() == 32,
        "a public key has 32 bytes, this has {}",
        bytes.len()
    );
    Ok(text.to_owned())
}

fn replace_declared(source: &str, old: &str, new: &str) -> String {
    source.replacen(
        &format!("declare_id!(\"{old}\")"),
        &format!("declare_id!(\"{new}\")"),
        1,
    )
}

/// Replaces the program's address in every `[programs.CLUSTER]` table.
fn replace_listed(anchor: &str, program: &str, new: &str) -> Result<String> {
    let mut in_programs = false;
    let mut found = false;
    let mut lines = Vec::new();
    for line in anchor.lines() {
        if line.starts_with('[') {
            in_programs = line.starts_with("[programs.");
        }
        let key = line.split('=').next().map(str::trim);
        if in_programs && key == Some(program) {
            found = true;
            lines.push(format!("{program} = \"{new}\""));
        } else {
            lines.push(line.to_owned());
        }
    }
    ensure!(
        found,
        "Anchor.toml lists no address of {program} under [programs.CLUSTER]"
    );
    Ok(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "11111111111111111111111111111112";
    const NEW: &str = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";

    #[test]
    fn replaces_only_the_declaration() {
        let source = format!("declare_id!(\"{OLD}\");\nconst OTHER: &str = \"{OLD}\";\n");
        let expected = format!("declare_id!(\"{NEW}\");\nconst OTHER: &str = \"{OLD}\";\n");
        assert_eq!(replace_declared(&source, OLD, NEW), expected);
    }

    #[test]
    fn replaces_in_every_cluster_and_nowhere_else() -> Result<()> {
        let anchor = format!(
            "[programs.localnet]\na = \"{OLD}\"\nab = \"{OLD}\"\n\n[programs.devnet]\n\
             a = \"{OLD}\"\n\n[scripts]\na = \"{OLD}\"\n"
        );
        let expected = format!(
            "[programs.localnet]\na = \"{NEW}\"\nab = \"{OLD}\"\n\n[programs.devnet]\n\
             a = \"{NEW}\"\n\n[scripts]\na = \"{OLD}\"\n"
        );
        assert_eq!(replace_listed(&anchor, "a", NEW)?, expected);
        assert!(replace_listed(&anchor, "unknown", NEW).is_err());
        Ok(())
    }

    #[test]
    fn refuses_what_is_no_public_key() {
        assert!(parse_pubkey(NEW).is_ok());
        assert!(parse_pubkey("0OIl").is_err());
        assert!(parse_pubkey("abc").is_err());
    }
}
