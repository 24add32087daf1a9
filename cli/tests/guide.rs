//! Runs the guides: each line of a `console` block that starts with `$ ` is a command of the
//! shell, in the order of the document, in one home. `# exits 3: why` after it says which
//! exit code it has to have; `# NAME = member` keeps a member of its JSON answer as `$NAME`
//! for later lines.

mod common;

use {
    common::{Answer, Home},
    serde_json::Value,
    std::{
        collections::BTreeMap,
        fs::{self, Permissions},
        os::unix::fs::PermissionsExt,
        path::Path,
        process::Command,
    },
};

/// What a line says about its answer.
#[derive(Debug, PartialEq, Eq)]
enum Note {
    Exits(i32),
    Keeps { name: String, member: String },
}

/// A command of a guide.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    command: String,
    note: Note,
}

fn line(text: &str) -> Line {
    let (command, note) = text.split_once("   # ").unwrap_or((text, ""));
    let exits = note
        .strip_prefix("exits ")
        .and_then(|rest| rest.split(':').next());
    let note = match (exits, note.split_once(" = ")) {
        (Some(code), _) => Note::Exits(code.trim().parse().unwrap()),
        (None, Some((name, member))) => Note::Keeps {
            name: name.to_string(),
            member: member.to_string(),
        },
        (None, None) => Note::Exits(0),
    };
    Line {
        command: command.trim().to_string(),
        note,
    }
}

/// The commands of a guide's console blocks.
fn commands(guide: &str) -> Vec<Line> {
    let mut inside = false;
    let mut found = Vec::new();
    for text in guide.lines() {
        match text.strip_prefix("```") {
            Some(kind) => inside = kind == "console",
            None if inside => {
                let command = text.strip_prefix("$ ");
                found.push(line(
                    command.unwrap_or_else(|| panic!("{text} is no command")),
                ));
            }
            None => {}
        }
    }
    found
}

/// Runs a command of the shell in a home, with `upside` on its path.
fn run(home: &Home, command: &str, kept: &BTreeMap<String, String>) -> Answer {
    let program = env!("CARGO_BIN_EXE_upside");
    let path = std::env::var("PATH").unwrap_or_default();
    // Whoever follows the guide says yes.
    let folder = home.path("agreeing");
    if !folder.exists() {
        fs::create_dir(&folder).unwrap();
        let script = folder.join("upside");
        fs::write(
            &script,
            format!("#!/bin/sh\nexec {program:?} --yes \"$@\"\n"),
        )
        .unwrap();
        fs::set_permissions(&script, Permissions::from_mode(0o755)).unwrap();
    }
    let own = folder.display();
    let output = Command::new("bash")
        .args(["-c", command])
        .current_dir(home.path(""))
        .env_clear()
        .envs(common::counters())
        .envs(kept)
        .env("HOME", home.path(""))
        .env("PATH", format!("{own}:{path}"))
        .output()
        .unwrap();
    Answer::of(output)
}

fn play(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs/guide")
        .join(name);
    let lines = commands(&fs::read_to_string(path).unwrap());
    assert!(lines.len() >= 10, "{name} has commands");
    let home = Home::new();
    let mut kept = BTreeMap::new();
    for Line { command, note } in lines {
        let (command, code) = match &note {
            Note::Keeps { .. } if !command.contains("--output") => {
                (format!("{command} --output json"), 0)
            }
            Note::Keeps { .. } => (command, 0),
            Note::Exits(code) => (command, *code),
        };
        let answer = run(&home, &command, &kept);
        let tell = || format!("{name}: {command}\n{}{}", answer.stdout, answer.stderr);
        assert_eq!(answer.code, code, "{}", tell());
        if let Note::Keeps { name, member } = note {
            let document: Value = serde_json::from_str(&answer.stdout).unwrap();
            let value = document[&member]
                .as_str()
                .unwrap_or_else(|| panic!("{}", tell()));
            kept.insert(name, value.to_string());
        }
    }
}

#[test]
fn the_owner_s_guide_runs() {
    play("owner.md");
}

#[test]
fn the_backer_s_guide_runs() {
    play("backer.md");
}

#[test]
fn the_guide_to_the_rest_of_a_life_runs() {
    play("life.md");
}

#[test]
fn the_musician_s_life_runs() {
    play("musician.md");
}

#[test]
fn the_founder_s_life_runs() {
    play("founder.md");
}

#[test]
fn the_creator_s_life_runs() {
    play("creator.md");
}

#[test]
fn the_curator_s_guide_runs() {
    play("curator.md");
}

#[test]
fn the_integrator_s_guide_runs() {
    play("integrator.md");
}

#[test]
fn the_attester_s_guide_runs() {
    play("attester.md");
}

#[test]
fn the_guide_to_claims_runs() {
    play("claims.md");
}

#[test]
fn the_guide_to_the_life_of_an_index_runs() {
    play("index.md");
}

#[test]
fn the_holder_s_guide_runs() {
    play("holder.md");
}

#[test]
fn the_guide_to_the_tools_runs() {
    play("tools.md");
}

/// The commands without subcommands below one, as they are typed.
fn leaves(command: &clap::Command, path: &str, found: &mut Vec<String>) {
    let own = command
        .get_subcommands()
        .filter(|one| one.get_name() != "help");
    let own: Vec<_> = own.collect();
    if own.is_empty() {
        found.push(path.trim().to_string());
    }
    for one in own {
        leaves(one, &format!("{path} {}", one.get_name()), found);
    }
}

/// Whether a line of a guide runs a command: its words follow each other after `upside` and
/// the options of all commands.
fn runs(line: &str, command: &str) -> bool {
    let calls = line.split("upside ").skip(1);
    let mut found = calls.map(|call| {
        let mut words = call.split_whitespace().peekable();
        while let Some(option) = words.next_if(|word| word.starts_with('-')) {
            let valued = ["-k", "-u", "--trust", "--fee-payer", "--chain-dir"];
            if valued.contains(&option) {
                words.next();
            }
        }
        command.split(' ').all(|word| words.next() == Some(word))
    });
    found.any(|it| it)
}

#[test]
fn every_command_is_in_a_guide() {
    let mut all = Vec::new();
    leaves(&upside_cli::fuzzing::command_tree(), "", &mut all);
    assert!(all.len() > 200, "{}", all.len());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide");
    let mut lines = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        lines.extend(commands(&text).into_iter().map(|line| line.command));
    }
    let missing = |command: &String| !lines.iter().any(|line| runs(line, command));
    all.retain(missing);
    assert_eq!(all, [""; 0], "commands without a guide");
}

#[test]
fn lines_say_what_their_answer_is() {
    let exits = |command: &str, code| Line {
        command: command.to_string(),
        note: Note::Exits(code),
    };
    assert_eq!(line("upside token list"), exits("upside token list", 0));
    assert_eq!(
        line("upside redeem X 1   # exits 3: none"),
        exits("upside redeem X 1", 3)
    );
    let kept = Note::Keeps {
        name: "CASH".to_string(),
        member: "mint".to_string(),
    };
    assert_eq!(line("upside mint-quote 5   # CASH = mint").note, kept);
    let guide = "text\n```console\n$ one\n```\n```rust\n$ two\n```\n";
    assert_eq!(commands(guide), [exits("one", 0)]);
}
