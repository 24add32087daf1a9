//! `cargo xtask sbf`: program sources to the ELFs that the SDK embeds, and those that
//! the benchmark compares with.
//!
//! Two toolchains can build them. `cargo build-sbf` with Anza's platform tools is
//! taken where both are installed. Elsewhere `xtask/sbf/setup.sh` sets up a compiler
//! from package registries, at first use.
//!
//! The two make different code of the same sources, and only the second one can be
//! had, in the same versions, on every machine of this project. So the ELFs in the
//! repository are always its work, and `--check`, which compares bit for bit, never
//! uses the other: commit what `cargo xtask sbf --toolchain registry` wrote.

use {
    crate::workspace::{self, Program, shown},
    anyhow::{Context, Result, bail, ensure},
    clap::ValueEnum,
    std::{
        env, fs,
        path::{Path, PathBuf},
        process::{Command, Stdio},
        time::Instant,
    },
};

/// Builds every program to an ELF in sdk/elf
#[derive(clap::Args)]
pub struct Args {
    /// Build, but compare with the committed ELFs instead of writing them
    #[arg(long)]
    check: bool,

    /// Only this program (a folder under programs/)
    #[arg(long, value_name = "NAME")]
    program: Option<String>,

    /// What compiles; `--check` always uses `registry`
    #[arg(long, value_enum, default_value_t = Toolchain::Auto, conflicts_with = "check")]
    toolchain: Toolchain,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Toolchain {
    /// Anza's where it is installed, else registry
    Auto,
    /// `cargo build-sbf` with Anza's platform tools
    Anza,
    /// The toolchain of xtask/sbf, set up from package registries
    Registry,
}

/// The folder in which the registry toolchain must stand to build the same bits.
const DEFAULT_HOME: &str = "/opt/sbf";

/// The ELF version that programs are built for: sBPF v3.
const SBPF_VERSION: u32 = 3;

pub fn run(args: &Args) -> Result<()> {
    let mut programs = workspace::programs(args.program.as_deref())?;
    if args.program.is_none() {
        programs.extend(workspace::measures());
    }
    let anza = !args.check
        && match args.toolchain {
            Toolchain::Auto => anza_is_installed(),
            Toolchain::Anza => true,
            Toolchain::Registry => false,
        };
    if !anza {
        set_up()?;
    }
    let mut differing = Vec::new();
    for program in &programs {
        let start = Instant::now();
        println!("{}: building", program.name);
        let built = if anza {
            build_with_anza(program)?
        } else {
            build(program)?
        };
        let elf = fs::read(&built).with_context(|| format!("cannot read {}", shown(&built)))?;
        check_header(&elf).with_context(|| shown(&built))?;
        println!(
            "{}: {} bytes, sha256 {}, in {:.0} s",
            program.name,
            elf.len(),
            workspace::sha256(&elf),
            start.elapsed().as_secs_f64()
        );
        if !args.check {
            workspace::write(&program.elf(), &elf)?;
            println!("{}: written to {}", program.name, shown(&program.elf()));
        } else if let Some(difference) = compare(program, &elf)? {
            differing.push(difference);
        }
    }
    if anza {
        println!("built with Anza's tools: before a commit, run with --toolchain registry");
    }
    ensure!(
        differing.is_empty(),
        "{}{}",
        differing.join("\n"),
        toolchain_notes()
    );
    if args.check {
        println!("the committed ELFs are what the sources build");
    }
    Ok(())
}

/// Why the committed ELF is not the one just built, or `None` if it is.
fn compare(program: &Program, built: &[u8]) -> Result<Option<String>> {
    let path = program.elf();
    if !path.exists() {
        return Ok(Some(format!(
            "{} is missing: run `cargo xtask sbf`",
            shown(&path)
        )));
    }
    let committed = fs::read(&path).with_context(|| format!("cannot read {}", shown(&path)))?;
    if committed == built {
        return Ok(None);
    }
    Ok(Some(format!(
        "{} is not what programs/{} builds:\n  committed: {} bytes, sha256 {}\n  built:     {} \
         bytes, sha256 {}\nrun `cargo xtask sbf --toolchain registry` and commit the file",
        shown(&path),
        shown(&program.folder()),
        committed.len(),
        workspace::sha256(&committed),
        built.len(),
        workspace::sha256(built),
    )))
}

/// What about this machine's toolchain may explain a difference.
fn toolchain_notes() -> String {
    let home = home();
    let mut notes = String::new();
    if home != Path::new(DEFAULT_HOME) {
        notes.push_str(&format!(
            "\nnote: the toolchain stands in {}; only in {DEFAULT_HOME} it builds the same bits",
            home.display()
        ));
    }
    if let Ok(drift) = fs::read_to_string(home.join("drift")) {
        notes.push_str(
            "\nnote: the registries no longer have the pinned compiler. If the sources are \
             unchanged,\nrebuild the ELFs and set the new versions in xtask/sbf/setup.sh:\n",
        );
        notes.push_str(drift.trim_end());
    }
    notes
}

fn home() -> PathBuf {
    env::var_os("SBF_HOME").map_or_else(|| DEFAULT_HOME.into(), PathBuf::from)
}

fn recipe() -> PathBuf {
    workspace::root().join("xtask/sbf")
}

/// Sets the registry toolchain up, or again where its recipe changed.
pub fn set_up() -> Result<()> {
    workspace::run(&mut Command::new(recipe().join("setup.sh")))
        .context("the sBPF toolchain could not be set up")
}

fn build(program: &Program) -> Result<PathBuf> {
    cargo_sbf(program, "build", &[])?;
    Ok(artifacts().join(format!("lib{}.so", program.name)))
}

/// Where programs are built.
pub fn artifacts() -> PathBuf {
    workspace::root().join("target/sbf/sbpf-solana/release")
}

/// Runs a cargo command that compiles a program. Only this one program is selected, so
/// that no other crate's request for the feature `no-entrypoint` takes its entrypoint
/// away.
pub fn cargo_sbf(program: &Program, command: &str, last: &[String]) -> Result<()> {
    workspace::run(
        Command::new(recipe().join("cargo-sbf"))
            .args([command, "--release", "--locked", "--quiet", "--target-dir"])
            .arg(workspace::root().join("target/sbf"))
            .args(program.features())
            .arg("--manifest-path")
            .arg(program.manifest())
            .args(last),
    )
}

fn build_with_anza(program: &Program) -> Result<PathBuf> {
    let out = workspace::root().join("target/deploy");
    workspace::run(
        workspace::cargo()
            .args(["build-sbf", "--arch", "v3", "--sbf-out-dir"])
            .arg(&out)
            .arg("--manifest-path")
            .arg(program.manifest())
            .args(["--", "--locked"])
            .args(program.features()),
    )?;
    Ok(out.join(format!("{}.so", program.name)))
}

/// `cargo build-sbf` alone is not enough: it downloads its platform tools at first
/// use, and machines without open internet cannot.
fn anza_is_installed() -> bool {
    let installed = Command::new("cargo-build-sbf")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    let Some(user) = env::home_dir() else {
        return false;
    };
    let Ok(versions) = fs::read_dir(user.join(".cache/solana")) else {
        return false;
    };
    installed
        && versions.flatten().any(|version| {
            version
                .path()
                .join("platform-tools/rust/bin/rustc")
                .exists()
        })
}

/// Refuses what the chain would refuse at deployment: not an ELF, or another sBPF
/// version.
fn check_header(elf: &[u8]) -> Result<()> {
    ensure!(elf.starts_with(b"\x7fELF"), "not an ELF file");
    let Some(&[a, b, c, d]) = elf.get(48..52) else {
        bail!("the ELF header is cut short")
    };
    let version = u32::from_le_bytes([a, b, c, d]);
    ensure!(
        version == SBPF_VERSION,
        "sBPF version {version}, expected {SBPF_VERSION}"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_elf_of_the_right_sbpf_version_passes() {
        let mut elf = [0u8; 64];
        elf[..4].copy_from_slice(b"\x7fELF");
        elf[48] = 3;
        assert!(check_header(&elf).is_ok());
        elf[48] = 0;
        assert!(check_header(&elf).is_err());
        assert!(check_header(&elf[..20]).is_err());
        assert!(check_header(b"#!/bin/sh").is_err());
    }
}
