//! `cargo xtask idl`: the programs' interfaces as Anchor IDLs in `idl/`.
//!
//! The same as `anchor idl build`, which compiles a program with its feature
//! `idl-build` and asks it for its description. The errors are added here: they are
//! plain enums, because Anchor's `#[error_code]` makes programs larger.

use {
    crate::{
        idl_addresses, idl_constants,
        idl_diff::differences,
        reference,
        workspace::{self, Program, shown},
    },
    anchor_lang_idl::{
        build::IdlBuilder,
        types::{Idl, IdlErrorCode, IdlInstructionAccount, IdlInstructionAccountItem},
    },
    anyhow::{Context, Result, bail, ensure},
    std::{
        env,
        path::{Path, PathBuf},
        process::{Command, Stdio},
    },
};

/// Writes every program's IDL to idl/
#[derive(clap::Args)]
pub struct Args {
    /// Compare with the committed IDLs instead of writing them
    #[arg(long)]
    check: bool,

    /// Only this program (a folder under programs/)
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
}

/// How cargo compiles a description: in a folder of its own, for a library that is a
/// cdylib too has no hash in its file's name, and the one with the feature `idl-build`
/// would take the place of the one that tests are linked with.
fn cargo_args() -> [String; 4] {
    let target = workspace::root().join("target/idl");
    [
        "--locked".to_owned(),
        "--lib".to_owned(),
        "--profile=dev".to_owned(),
        format!("--target-dir={}", target.display()),
    ]
}

/// What the names of the tests that describe events begin with.
const EVENT_TEST: &str = "__anchor_private_print_idl_event_";

/// What the IDLs say, for people.
const REFERENCE: &str = "docs/REFERENCE.md";

/// Differences shown for one program before the rest is only counted.
const SHOWN_DIFFERENCES: usize = 20;

pub fn run(args: &Args) -> Result<()> {
    if env::var_os("RUSTUP_TOOLCHAIN").is_some() {
        return again_without_rustup();
    }
    let mut drift = Vec::new();
    for program in workspace::programs(args.program.as_deref())? {
        let idl = build(&program)?;
        let text = serde_json::to_string_pretty(&idl)? + "\n";
        if !args.check {
            workspace::write(&program.idl(), text)?;
            println!("{}: written to {}", program.name, shown(&program.idl()));
        } else if let Some(difference) = compare(&program, &text)? {
            drift.push(difference);
        }
    }
    if args.program.is_none() {
        let read = |program: &Program| -> Result<serde_json::Value> {
            Ok(serde_json::from_str(&workspace::read(&program.idl())?)?)
        };
        let idls: Result<Vec<_>> = workspace::programs(None)?.iter().map(read).collect();
        let (path, text) = (workspace::root().join(REFERENCE), reference::text(&idls?));
        if !args.check {
            workspace::write(&path, text)?;
            println!("the reference: written to {REFERENCE}");
        } else if workspace::read(&path)? != text {
            drift.push(format!(
                "{REFERENCE} is not what the IDLs say: run `cargo xtask idl`"
            ));
        }
    }
    ensure!(drift.is_empty(), "{}", drift.join("\n"));
    if args.check {
        println!("the committed IDLs are what the programs say");
    }
    Ok(())
}

fn build(program: &Program) -> Result<Idl> {
    println!("{}: compiling its description", program.name);
    let mut idl = IdlBuilder::new()
        .program_path(program.folder())
        .cargo_args(cargo_args().to_vec())
        .build()
        .with_context(|| format!("the IDL of {} could not be built", program.name))?;
    ensure!(
        idl.errors.is_empty(),
        "{} has an #[error_code]: errors are plain enums here",
        program.name
    );
    idl.errors = errors(program)?;
    check_events(program, &idl)?;
    check_addresses(program, &idl)?;
    document(&mut idl);
    let mut idl = without_generics(&idl)?;
    idl_addresses::note(&mut idl);
    idl_constants::note(program, &mut idl)?;
    check_documented(program, &idl)?;
    Ok(idl)
}

/// The program's errors in the order of their numbers.
fn errors(program: &Program) -> Result<Vec<IdlErrorCode>> {
    match program.name.as_str() {
        "personal_token" => Ok(personal_token::error::TokenError::ALL
            .iter()
            .map(|error| error_code(error.code(), error.name(), error.to_string()))
            .collect()),
        "pooled_index" => Ok(pooled_index::error::IndexError::ALL
            .iter()
            .map(|error| error_code(error.code(), error.name(), error.to_string()))
            .collect()),
        name => bail!("the IDL of {name} needs its errors: add them in xtask/src/idl.rs"),
    }
}

fn error_code(code: u32, name: &str, message: String) -> IdlErrorCode {
    IdlErrorCode {
        code,
        name: name.to_owned(),
        msg: Some(message),
    }
}

/// Refuses an IDL without some of the events. Anchor leaves out, without a word, an
/// event whose fields it cannot read, such as one whose types came through a macro as
/// `$type:ty` (`$type:tt` works). The program's tests list it all the same.
fn check_events(program: &Program, idl: &Idl) -> Result<()> {
    let output = workspace::cargo()
        .current_dir(program.folder())
        .args(["test", EVENT_TEST, "--features", "idl-build"])
        .args(cargo_args())
        .args(["--", "--list"])
        // The environment that IdlBuilder sets: with another, all is compiled again.
        .env("RUSTFLAGS", "-A warnings")
        .env("ANCHOR_IDL_BUILD_NO_DOCS", "FALSE")
        .env("ANCHOR_IDL_BUILD_RESOLUTION", "TRUE")
        .env("ANCHOR_IDL_BUILD_SKIP_LINT", "FALSE")
        .env("ANCHOR_IDL_BUILD_PROGRAM_PATH", program.folder())
        .stderr(Stdio::null())
        .output()?;
    let listed = String::from_utf8_lossy(&output.stdout);
    let missing = missing_events(&listed, idl.events.iter().map(|event| event.name.as_str()));
    ensure!(
        output.status.success() && missing.is_empty(),
        "Anchor cannot describe these events of {}: {}; a type from a macro's `$type:ty` is \
         one reason",
        program.name,
        missing.join(", ")
    );
    Ok(())
}

/// Names an enum that an account keeps in a byte by the enum alone: `Byte<E>` describes
/// itself as `E`, of which Anchor knows no arguments.
fn without_generics(idl: &Idl) -> Result<Idl> {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(fields) => {
                if let Some(defined) = fields.get_mut("defined").and_then(|it| it.as_object_mut()) {
                    defined.remove("generics");
                }
                fields.values_mut().for_each(strip);
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(idl)?;
    strip(&mut value);
    Ok(serde_json::from_value(value)?)
}

/// Drops the empty lines of docs: a paragraph's end stays an element's end.
fn document(idl: &mut Idl) {
    for instruction in &mut idl.instructions {
        instruction.docs.retain(|line| !line.is_empty());
        for item in &mut instruction.accounts {
            each_account(item, &mut |account| {
                account.docs.retain(|line| !line.is_empty())
            });
        }
    }
}

/// Calls `visit` with every account of an item, those of nested lists among them.
fn each_account(
    item: &mut IdlInstructionAccountItem,
    visit: &mut impl FnMut(&mut IdlInstructionAccount),
) {
    match item {
        IdlInstructionAccountItem::Single(account) => visit(account),
        IdlInstructionAccountItem::Composite(list) => {
            for item in &mut list.accounts {
                each_account(item, visit);
            }
        }
    }
}

/// Refuses an instruction or an account without documentation, and paths of Rust in it:
/// who reads an IDL has no crate.
fn check_documented(program: &Program, idl: &Idl) -> Result<()> {
    let mut silent = Vec::new();
    let mut note = |name: String, docs: &[String]| {
        if docs.is_empty() || docs.iter().any(|line| line.contains("::")) {
            silent.push(name);
        }
    };
    for instruction in &idl.instructions {
        note(instruction.name.clone(), &instruction.docs);
        for item in &instruction.accounts {
            each_account(&mut item.clone(), &mut |account| {
                note(
                    format!("{}.{}", instruction.name, account.name),
                    &account.docs,
                )
            });
        }
    }
    ensure!(
        silent.is_empty(),
        "{}: without documentation, or with a Rust path in it: {}",
        program.name,
        silent.join(", ")
    );
    Ok(())
}

/// The events that the list of tests has and the names have not, in snake case.
fn missing_events<'a>(tests: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    let described: Vec<_> = names.map(plain).collect();
    tests
        .lines()
        .filter_map(|line| line.strip_suffix(": test")?.split_once(EVENT_TEST))
        .map(|(_, name)| name.to_owned())
        .filter(|name| !described.contains(&plain(name)))
        .collect()
}

/// The program's address stands in three places, which must agree.
fn check_addresses(program: &Program, idl: &Idl) -> Result<()> {
    let declared = program.id()?;
    ensure!(
        idl.address == declared,
        "{} describes its address as {}, but declares {declared}",
        program.name,
        idl.address
    );
    let line = format!("{} = \"{declared}\"", program.name);
    let anchor = workspace::read(&workspace::root().join("Anchor.toml"))?;
    ensure!(
        anchor.lines().any(|candidate| candidate == line),
        "Anchor.toml does not list `{line}`: run `cargo xtask program-id --program {} {declared}`",
        program.name
    );
    Ok(())
}

/// What changed between the committed IDL and the program, or `None`.
fn compare(program: &Program, built: &str) -> Result<Option<String>> {
    let path = program.idl();
    if !path.exists() {
        return Ok(Some(format!(
            "{} is missing: run `cargo xtask idl`",
            shown(&path)
        )));
    }
    let committed = workspace::read(&path)?;
    if committed == built {
        return Ok(None);
    }
    let mut text = format!("{} is not what the program says:", shown(&path));
    let old = serde_json::from_str(&committed)
        .with_context(|| format!("{} is not JSON: run `cargo xtask idl`", shown(&path)))?;
    let found = differences(&old, &serde_json::from_str(built)?);
    for line in found.iter().take(SHOWN_DIFFERENCES) {
        text.push_str(&format!("\n  {line}"));
    }
    match found.len().checked_sub(SHOWN_DIFFERENCES) {
        None | Some(0) if found.is_empty() => text.push_str("\n  only its layout differs"),
        None | Some(0) => {}
        Some(more) => text.push_str(&format!("\n  and {more} more")),
    }
    text.push_str("\nrun `cargo xtask idl`, read the change, and commit it");
    Ok(Some(text))
}

/// Runs this command again without `RUSTUP_TOOLCHAIN`, which anchor-lang-idl 0.1.4
/// cannot handle, and with the toolchain that it stands for first on the PATH.
fn again_without_rustup() -> Result<()> {
    let cargo = env::var_os("CARGO").map(PathBuf::from);
    let toolchain = cargo
        .as_deref()
        .and_then(Path::parent)
        .map(Path::to_path_buf);
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(toolchain.into_iter().chain(env::split_paths(&path)))?;
    let status = Command::new(env::current_exe()?)
        .args(env::args_os().skip(1))
        .env_remove("RUSTUP_TOOLCHAIN")
        .env("PATH", path)
        .status()?;
    std::process::exit(status.code().unwrap_or(1));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_events_that_were_left_out() {
        let tests = "events::__anchor_private_print_idl_event_token_created: test\n\
                     events::__anchor_private_print_idl_event_vote_cast: test\n\n2 tests\n";
        assert_eq!(
            missing_events(tests, ["VoteCast"].into_iter()),
            ["token_created"]
        );
        assert!(missing_events(tests, ["TokenCreated", "VoteCast"].into_iter()).is_empty());
    }
}
