//! Where things are in the workspace, and how its commands are run.

use {
    anyhow::{Context, Result, bail, ensure},
    sha2::{Digest, Sha256},
    std::{
        env,
        ffi::OsStr,
        fs,
        path::{Path, PathBuf},
        process::Command,
    },
};

/// The workspace's root folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A path below the root, written as a reader of messages knows it.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// One on-chain program: a folder with the crate's name.
pub struct Program {
    pub name: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// One of Upside's, under `programs/`.
    Own,
    /// One that the benchmark compares with, under `benches/`.
    Measure,
}

impl Program {
    pub fn folder(&self) -> PathBuf {
        let folder = match self.kind {
            Kind::Own => "programs",
            Kind::Measure => "benches",
        };
        root().join(folder).join(&self.name)
    }

    pub fn manifest(&self) -> PathBuf {
        self.folder().join("Cargo.toml")
    }

    pub fn source(&self) -> PathBuf {
        self.folder().join("src/lib.rs")
    }

    /// The features with which it is a program, and not a library of types.
    pub fn features(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Own => &["--features", "entrypoint"],
            Kind::Measure => &[],
        }
    }

    /// The committed ELF: the SDK embeds Upside's own.
    pub fn elf(&self) -> PathBuf {
        let folder = match self.kind {
            Kind::Own => root().join("sdk/elf"),
            Kind::Measure => self.folder(),
        };
        folder.join(format!("{}.so", self.name))
    }

    /// The committed IDL.
    pub fn idl(&self) -> PathBuf {
        root().join("idl").join(format!("{}.json", self.name))
    }

    /// The address in the program's `declare_id!`.
    pub fn id(&self) -> Result<String> {
        let path = self.source();
        let source = read(&path)?;
        declared_id(&source)
            .map(str::to_owned)
            .with_context(|| format!("{} has no declare_id!(\"…\")", shown(&path)))
    }
}

/// All programs by name, or the one asked for.
pub fn programs(only: Option<&str>) -> Result<Vec<Program>> {
    let folder = root().join("programs");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        // A folder that declares no address is a library of the programs.
        let source = entry.path().join("src/lib.rs");
        if source.is_file() && declared_id(&read(&source)?).is_some() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    if let Some(only) = only {
        ensure!(
            names.iter().any(|name| name == only),
            "there is no program {only}; programs/ has: {}",
            names.join(", ")
        );
        names.retain(|name| name == only);
    }
    let kind = Kind::Own;
    let program = |name| Program { name, kind };
    Ok(names.into_iter().map(program).collect())
}

/// What the benchmark compares the programs with.
pub fn measures() -> Vec<Program> {
    let kind = Kind::Measure;
    let program = |name: &str| Program {
        name: name.into(),
        kind,
    };
    ["floor", "hello", "stake_pool"].map(program).into()
}

/// The address between the quotes of `declare_id!("…")`.
pub fn declared_id(source: &str) -> Option<&str> {
    let start = source
        .find("declare_id!(\"")?
        .checked_add("declare_id!(\"".len())?;
    source.get(start..)?.split('"').next()
}

/// The cargo that runs this program, without the environment that it set for it.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root()).env_remove("LD_LIBRARY_PATH");
    cargo
}

/// A program that cargo built for tests.
pub fn built(name: &str) -> PathBuf {
    let target =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("debug").join(name)
}

/// Runs a command to its end; anything but success is an error that names it.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot run {}", line(command)))?;
    if !status.success() {
        bail!("{} failed: {status}", line(command));
    }
    Ok(())
}

fn line(command: &Command) -> String {
    let words: Vec<_> = [command.get_program()]
        .into_iter()
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect();
    format!("`{}`", words.join(" "))
}

pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", shown(path)))
}

/// Writes a file, and the folder that it stands in.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", shown(folder)))?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", shown(path)))
}

pub fn sha256(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_declared_id() {
        let source = "use x;\ndeclare_id!(\"Abc111\");\nfn f() { g(\"y\") }";
        assert_eq!(declared_id(source), Some("Abc111"));
        assert_eq!(declared_id("// none here"), None);
    }

    #[test]
    fn every_program_folder_is_found_and_a_stranger_refused() -> Result<()> {
        let all = programs(None)?;
        assert!(all.iter().any(|program| program.name == "personal_token"));
        assert_eq!(programs(Some("personal_token"))?.len(), 1);
        let refusal = programs(Some("nobody"))
            .err()
            .map(|error| error.to_string());
        assert!(refusal.is_some_and(|text| text.contains("personal_token")));
        Ok(())
    }

    #[test]
    fn hashes_as_sha256sum_does() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(b""), empty);
    }

    #[test]
    fn a_failed_command_is_named() {
        let error = run(Command::new("false").arg("x"))
            .err()
            .map(|error| error.to_string());
        assert!(error.is_some_and(|text| text.contains("`false x` failed")));
    }
}
